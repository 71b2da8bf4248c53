"""The calendars of one mailbox: its own main one, and those that somebody made beside it."""

from dataclasses import replace
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from emulator.answers import Answer, Call, GraphError
from emulator.calendars import view_of
from emulator.mailbox_access import readable_mailbox
from emulator.mailboxes import Mailbox
from emulator.queries import page, positive_number, query_of
from emulator.site_access import chosen_of
from emulator.world import World

PAGE, MOST = 10, 1000
MAIN = "Calendar"


def calendars(world: World, call: Call, user: str) -> Answer:
    """GET /users/{id}/calendars"""
    mailbox = readable_mailbox(world, call, user)
    query = query_of(call, ["$select", "$top"])
    names = [MAIN, *(one.name for one in mailbox.further)]
    rows, next_link = page(call, names, positive_number(query, "$top", MOST) or PAGE)
    body: dict[str, object] = {
        "@odata.context": f"{call.base_url}/v1.0/$metadata#users('{quote(mailbox.id)}')/calendars",
        "value": [chosen_of(_body(mailbox, name), query.get("$select"), "calendar") for name in rows],
    }
    if next_link:
        body["@odata.nextLink"] = next_link
    return Answer(200, body)


def calendar_view_of_one(world: World, call: Call, user: str, calendar: str) -> Answer:
    """GET /users/{id}/calendars/{id}/calendarView"""
    mailbox = readable_mailbox(world, call, user)
    if calendar == _id(mailbox, MAIN):
        return view_of(world, call, mailbox)
    for one in mailbox.further:
        if calendar == _id(mailbox, one.name):
            return view_of(world, call, replace(mailbox, calendar=one.calendar))
    raise GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")


def _body(mailbox: Mailbox, name: str) -> dict[str, object]:
    return {
        "id": _id(mailbox, name),
        "name": name,
        "color": "auto",
        "isDefaultCalendar": name == MAIN,
        "canEdit": True,
        "owner": {"name": mailbox.name, "address": mailbox.address},
    }


def _id(mailbox: Mailbox, name: str) -> str:
    return f"AAMk{uuid5(NAMESPACE_URL, f'calendar:{mailbox.address.lower()}:{name}').hex}="
