"""The rooms of the tenant, and whether a wheelchair user can get in."""

from emulator.answers import Answer, Call, GraphError
from emulator.mailboxes import Mailbox
from emulator.queries import page, positive_number, query_of
from emulator.site_access import chosen_of
from emulator.world import World

PAGE = 100


def rooms(world: World, call: Call) -> Answer:
    """GET /places/microsoft.graph.room"""
    query = query_of(call, ["$top", "$select"])
    if not call.app.holds("Place.Read.All"):
        raise GraphError(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    found = [mailbox for mailbox in world.mailboxes.values() if mailbox.kind == "room"]
    rows, next_link = page(call, found, positive_number(query, "$top", PAGE) or PAGE)
    bodies = [chosen_of(_body(room), query.get("$select"), "room") for room in rows]
    body: dict[str, object] = {
        "@odata.context": f"{call.base_url}/v1.0/$metadata#places/microsoft.graph.room"
    }
    body["value"] = bodies
    if next_link:
        body["@odata.nextLink"] = next_link
    return Answer(200, body)


def _body(room: Mailbox) -> dict[str, object]:
    return {
        "id": room.id,
        "displayName": room.name,
        "emailAddress": room.address,
        "bookingType": "standard",
        "capacity": None,
        "building": None,
        "isWheelChairAccessible": room.wheelchair,
    }
