"""Reads what else a mailbox has beside its main calendar, and whether Exchange wrote over the subjects in it.

Only for a look at the set-up: meetings are read from the main calendar alone. Of an entry nothing is kept.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from graph_client.asked import calendar_of
from graph_client.asking import following, get
from graph_client.bodies import Body, Page, Text
from graph_client.calendar_windows import midnight
from graph_client.reads import Read

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

A_LOOK = 50  # entries: enough to see whether a calendar is in use
MOST_CALENDARS = 10


@dataclass(frozen=True, slots=True)
class FurtherCalendar:
    """A calendar beside the main one, and how many entries with a time of day a look at it found.

    All-day entries don't count: public holidays and birthdays have calendars of their own in most mailboxes.
    """

    name: str
    entries: int


class _Calendar(Body):
    id: str = Field(min_length=1)
    name: Text = ""
    is_default_calendar: bool | None = None


class _Entry(Body):
    is_all_day: bool | None = None
    is_cancelled: bool | None = None


class _Address(Body):
    name: Text = ""


class _Organizer(Body):
    email_address: _Address | None = None


class _Titled(Body):
    subject: Text = ""
    organizer: _Organizer | None = None


async def read_further_calendars(
    tenant: "Tenant", mailbox: str, first: date, last: date
) -> tuple[FurtherCalendar, ...]:
    """The calendars of a mailbox other than its main one, with how much stands in them; GraphError as elsewhere."""
    asked = get(tenant, "users", mailbox, "calendars", select="id,name,isDefaultCalendar", top=100)
    entries = await Read(tenant, calendar_of(mailbox), outlook=True).every(asked, following())
    known = [one for entry in entries if (one := _read(_Calendar, entry))]
    others = [one for one in known if one.is_default_calendar is False][:MOST_CALENDARS]
    return tuple(
        [FurtherCalendar(one.name, await _entries(tenant, mailbox, one.id, first, last)) for one in others]
    )


async def read_overwritten(tenant: "Tenant", mailbox: str, first: date, last: date) -> tuple[int, int]:
    """In how many entries the organiser's name stands in place of the subject, and of how many.

    Exchange does so with the bookings of a room. Guests are not asked for.
    """
    page = await _view(tenant, mailbox, first, last, select="subject,organizer")
    titled = [one for entry in page.value if (one := _read(_Titled, entry))]
    return sum(map(_is_overwritten, titled)), len(titled)


async def _entries(tenant: "Tenant", mailbox: str, calendar: str, first: date, last: date) -> int:
    page = await _view(tenant, mailbox, first, last, "calendars", calendar, select="isAllDay,isCancelled")
    found = [one for entry in page.value if (one := _read(_Entry, entry))]
    return sum(not (one.is_all_day or one.is_cancelled) for one in found)


async def _view(tenant: "Tenant", mailbox: str, first: date, last: date, *which: str, select: str) -> Page:
    """The first page of a calendar between two days, both included: a look, and no more."""
    window = {"startDateTime": midnight(first), "endDateTime": midnight(last, after=True)}
    asked = get(tenant, "users", mailbox, *which, "calendarView", plain=window, select=select, top=A_LOOK)
    return await Read(tenant, calendar_of(mailbox), outlook=True).one(asked, Page)


def _is_overwritten(entry: _Titled) -> bool:
    name = entry.organizer.email_address.name if entry.organizer and entry.organizer.email_address else ""
    return bool(name.strip()) and entry.subject.strip().casefold() == name.strip().casefold()


def _read[Kind: Body](kind: type[Kind], entry: Any) -> Kind | None:
    try:
        return kind.model_validate(entry)
    except ValidationError:
        return None
