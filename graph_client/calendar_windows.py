"""Reads everything in one mailbox's calendar between two days, as meetings.

calendarView unfolds a series into its dates, and takes $select (its delta does not: facts, graph §1).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from graph_client.asked import calendar_of
from graph_client.meetings import meetings_in
from graph_client.reads import Build, Read
from models.days import LONDON
from models.facts import Meeting

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

A_PAGE = 500
SELECT = [  # never the body
    "id",
    "iCalUId",
    "subject",
    "start",
    "end",
    "isAllDay",
    "isCancelled",
    "sensitivity",
    "organizer",
    "isOnlineMeeting",
    "onlineMeetingUrl",
    "location",
    "seriesMasterId",
    "type",
    "originalStartTimeZone",
    "showAs",
]
# Both are per request, so also on each next page (graph §1).
PREFER = ('outlook.timezone="UTC"', 'IdType="ImmutableId"')


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRead:
    """One calendar between two days (both included), read completely, at the moment the reading began.

    `unreadable` has a sentence for each entry that can't be understood; it names the day, never the title.
    """

    mailbox: str
    first: date
    last: date
    read_at: datetime
    meetings: tuple[Meeting, ...]
    unreadable: tuple[str, ...] = ()


async def read_window(tenant: "Tenant", mailbox: str, first: date, last: date) -> WindowRead:
    """Every meeting that touches the days from `first` to `last`; a GraphError where any page is missing."""
    read_at = tenant.clock()
    entries: list[Any] = []
    read = Read(tenant, calendar_of(mailbox), outlook=True)
    async for page in read.pages(*_requests(tenant, mailbox, first, last)):
        entries += page
    meetings, unreadable = meetings_in(entries, mailbox)
    return WindowRead(
        mailbox=mailbox, first=first, last=last, read_at=read_at, meetings=meetings, unreadable=unreadable
    )


def _requests(tenant: "Tenant", mailbox: str, first: date, last: date) -> tuple[Build, Any]:
    from graph_client.transport import configuration

    view = tenant.line.graph.users.by_user_id(mailbox).calendar_view
    query = view.CalendarViewRequestBuilderGetQueryParameters(
        start_date_time=_midnight(first),
        end_date_time=_midnight(last + timedelta(days=1)),
        select=SELECT,
        top=A_PAGE,
    )

    def following(link: str) -> Build:
        return lambda: view.with_url(link).to_get_request_information(configuration(None, *PREFER))

    return lambda: view.to_get_request_information(configuration(query, *PREFER)), following


def _midnight(day: date) -> str:
    """London's midnight, written in UTC: a time without offset would be read as UTC (graph §1)."""
    return f"{datetime.combine(day, time(), LONDON).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
