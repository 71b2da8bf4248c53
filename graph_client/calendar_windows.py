"""Reads everything in one mailbox's calendar between two days, as meetings.

calendarView unfolds a series into its dates, and takes $select (its delta does not: facts, graph §1).
Many mailboxes at once: windows_of_many.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from graph_client.asked import Asked, calendar_of
from graph_client.event_bodies import SELECT, EventsPage, EventsPages
from graph_client.meetings import Gathered
from graph_client.reads import Build, Read
from models.days import LONDON
from models.facts import Meeting

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

__all__ = ["A_PAGE", "PREFER", "SELECT", "WindowRead", "midnight", "read_window"]

A_PAGE = 1000  # the most that Outlook gives: a year of most calendars is one page, and one part of a batch
# Both are per request, so also on each next page (graph §1).
PREFER = ('outlook.timezone="UTC"', 'IdType="ImmutableId"')
PAGES = EventsPages()


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRead:
    """One calendar between two days (both included), read completely, at the moment the reading began.

    `unreadable` has a sentence for each entry that can't be understood; it names the day, never the title.
    `attached` has the event's id for each meeting key where the invitation has attachments.
    """

    mailbox: str
    first: date
    last: date
    read_at: datetime
    meetings: tuple[Meeting, ...]
    unreadable: tuple[str, ...] = ()
    attached: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


async def read_window(tenant: "Tenant", mailbox: str, first: date, last: date) -> WindowRead:
    """Every meeting that touches the days from `first` to `last`; a GraphError where any page is missing."""
    window = Window(tenant, mailbox, first, last)
    read = Read(tenant, window.asked, outlook=True)
    async for page in read.whole_pages(window.build, window.following, PAGES):
        window.take(page)
    return window.read()


class Window:
    """One calendar's window while it is being read: how to ask for it, and what has come so far."""

    def __init__(self, tenant: "Tenant", mailbox: str, first: date, last: date) -> None:
        self.asked: Asked = calendar_of(mailbox)
        self.mailbox = mailbox
        self._tenant, self._first, self._last = tenant, first, last
        self._gathered = Gathered(mailbox)
        self._began = tenant.clock()

    def build(self) -> Any:
        """The request for the first page; with it the reading begins, or begins again."""
        from graph_client.transport import configuration

        self._began = self._tenant.clock()
        query = self._view.CalendarViewRequestBuilderGetQueryParameters(
            start_date_time=midnight(self._first),
            end_date_time=midnight(self._last, after=True),
            select=SELECT,
            top=A_PAGE,
        )
        return self._view.to_get_request_information(configuration(query, *PREFER))

    def following(self, link: str) -> Build:
        """The request for a page that another one named."""
        from graph_client.transport import configuration

        later = self._view.with_url(link)
        return lambda: later.to_get_request_information(configuration(None, *PREFER))

    def take(self, page: EventsPage) -> None:
        """Keep the meetings of one page."""
        self._gathered.add(page.value)

    def read(self) -> WindowRead:
        """What has been read, once the last page was taken."""
        return WindowRead(
            mailbox=self.mailbox,
            first=self._first,
            last=self._last,
            read_at=self._began,
            meetings=self._gathered.meetings,
            unreadable=self._gathered.unreadable,
            attached=MappingProxyType(self._gathered.attached),
        )

    @property
    def _view(self) -> Any:
        return self._tenant.line.graph.users.by_user_id(self.mailbox).calendar_view


def midnight(day: date, *, after: bool = False) -> str:
    """London's midnight before (or after) a day, in UTC: a time without offset would be read as UTC (graph §1)."""
    day += timedelta(days=int(after))
    return f"{datetime.combine(day, time(), LONDON).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
