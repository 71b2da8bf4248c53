"""A mailbox's calendar over a window of time, every series opened up into its dates."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from zlib import crc32

from emulator.answers import Answer, Call, GraphError
from emulator.event_body import event_body
from emulator.event_pages import Prepared
from emulator.event_reads import chosen_properties
from emulator.mailbox_access import readable_mailbox
from emulator.mailboxes import Event, Mailbox
from emulator.queries import Preferences, page, positive_number, preferences_of, query_of
from emulator.world import World

PAGE, MOST = 10, 1000
LONGEST = timedelta(days=1825)
"""Remembered of Graph and not confirmed (graph.md §12)."""
# Documented: these two can only be had without $select (graph.md §1)
NOT_SELECTABLE = ("createddatetime", "lastmodifieddatetime")


def calendar_view(world: World, call: Call, user: str) -> Answer:
    """GET /users/{id}/calendarView"""
    return view_of(world, call, readable_mailbox(world, call, user))


def view_of(world: World, call: Call, mailbox: Mailbox) -> Answer:
    """The window of the calendar that this mailbox is given with."""
    query = query_of(call, ["startDateTime", "endDateTime", "$select", "$top", "$orderby"])
    asked = (call.url, call.headers.get("prefer", ""), call.base_url)
    return world.event_pages.get(mailbox, asked, lambda: _page(world, call, mailbox, query))


def _page(world: World, call: Call, mailbox: Mailbox, query: dict[str, str]) -> Answer:
    starts, ends = _window(query)
    preferences, order = preferences_of(call), query.get("$orderby")
    chosen = chosen_properties(query["$select"], NOT_SELECTABLE) if "$select" in query else None
    ordered = world.event_pages.get(
        mailbox, (starts, ends, order), lambda: _ordered(mailbox.calendar.between(starts, ends), order)
    )
    rows, next_link = page(call, ordered, _page_size(query, preferences))
    body = Prepared(
        {
            "@odata.context": _context(call, mailbox, chosen),
            "value": [_selected(event, mailbox, preferences, chosen) for event in rows],
        }
    )
    if next_link:
        body["@odata.nextLink"] = next_link
    return Answer(200, body, preferences.headers)


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
