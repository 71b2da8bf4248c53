"""A mailbox's calendar over a window of time, every series opened up into its dates."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from zlib import crc32

from emulator.answers import Answer, Call, GraphError
from emulator.event_body import event_body, properties
from emulator.mailboxes import Event, Mailbox
from emulator.queries import Preferences, names_in, page, positive_number, preferences_of, query_of
from emulator.world import World

PAGE, MOST = 10, 1000
LONGEST = timedelta(days=1825)
"""Remembered of Graph and not confirmed (graph.md §12)."""
# Documented: these two can only be had without $select (graph.md §1)
NOT_SELECTABLE = {"createddatetime", "lastmodifieddatetime"}


def calendar_view(world: World, call: Call, user: str) -> Answer:
    """GET /users/{id}/calendarView"""
    mailbox = readable_mailbox(world, call, user)
    query = query_of(call, ["startDateTime", "endDateTime", "$select", "$top", "$orderby"])
    starts, ends = _window(query)
    preferences = preferences_of(call)
    chosen = _chosen(query)
    ordered = _ordered(mailbox.calendar.between(starts, ends), query.get("$orderby"))
    rows, next_link = page(call, query, ordered, _page_size(query, preferences))
    body: dict[str, object] = {
        "@odata.context": _context(call, mailbox, chosen),
        "value": [_selected(event, mailbox, preferences, chosen) for event in rows],
    }
    if next_link:
        body["@odata.nextLink"] = next_link
    return Answer(200, body, preferences.headers)


def readable_mailbox(world: World, call: Call, user: str) -> Mailbox:
    """The mailbox, if it exists and the app's Exchange scope holds it."""
    mailbox = world.mailbox(user)
    if mailbox is None:
        raise GraphError(404, "ErrorInvalidUser", f"The requested user '{user}' is invalid.")
    if not call.app.may_read_mailbox(mailbox.address):
        raise GraphError(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    return mailbox


def _window(query: dict[str, str]) -> tuple[datetime, datetime]:
    if "startdatetime" not in query or "enddatetime" not in query:
        raise GraphError(
            400,
            "ErrorInvalidParameter",
            "This request requires a time window specified by the query string parameters "
            "StartDateTime and EndDateTime.",
        )
    starts, ends = _instant(query["startdatetime"]), _instant(query["enddatetime"])
    if ends <= starts:
        raise GraphError(400, "ErrorInvalidParameter", "The end of the window must be after its start.")
    if ends - starts > LONGEST:
        raise GraphError(
            400, "ErrorCalendarViewRangeTooBig", f"The window is longer than {LONGEST.days} days."
        )
    return starts, ends


def _instant(text: str) -> datetime:
    # Read by its own offset; without one it is UTC, whatever the Prefer header asks (graph.md §1)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise GraphError(400, "ErrorInvalidParameter", f"'{text}' is not a date and time.") from wrong
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _chosen(query: dict[str, str]) -> list[str] | None:
    if "$select" not in query:
        return None
    names, known = names_in(query["$select"]), {name.lower(): name for name in properties()}
    for name in names:
        if name.lower() not in known:
            raise GraphError(
                400,
                "BadRequest",
                f"Could not find a property named '{name}' on type 'Microsoft.OutlookServices.Event'.",
            )
        if name.lower() in NOT_SELECTABLE:
            raise GraphError(
                400, "ErrorInvalidProperty", f"'{name}' can't be had by $select on a calendar view."
            )
    return [known[name.lower()] for name in names]


def _ordered(events: Sequence[Event], order: str | None) -> list[Event]:
    # Graph promises no order unless asked: this one is the same each time, and no help to who leans on one
    rows = sorted(events, key=lambda event: crc32(f"{event.uid}|{event.original_start}".encode()))
    if order is None:
        return rows
    words = order.lower().split()
    if words[:1] != ["start/datetime"] or words[1:] not in ([], ["asc"], ["desc"]):
        raise GraphError(400, "BadRequest", f"Ordering by '{order}' is not supported here.")
    return sorted(rows, key=lambda event: event.starts, reverse=words[1:] == ["desc"])


def _page_size(query: dict[str, str], preferences: Preferences) -> int:
    asked = [size for size in (positive_number(query, "$top", MOST), preferences.page_size) if size]
    return min([*asked, MOST]) if asked else PAGE


def _selected(
    event: Event, mailbox: Mailbox, preferences: Preferences, chosen: list[str] | None
) -> dict[str, object]:
    body = event_body(
        event, mailbox, preferences.zone or mailbox.zone, immutable_ids=preferences.immutable_ids
    )
    if chosen is None:
        return body
    # The id and the etag come whether asked for or not (graph_samples, event_instances_with_exception.json)
    return {name: value for name, value in body.items() if name in chosen or name in ("@odata.etag", "id")}


def _context(call: Call, mailbox: Mailbox, chosen: list[str] | None) -> str:
    properties = f"({','.join(chosen)})" if chosen else ""
    return f"{call.base_url}/v1.0/$metadata#users('{quote(mailbox.id)}')/calendarView{properties}"
