"""The times of one calendar entry: in which zone, until when, and what is assumed where nothing is said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Event
from icalendar.prop import vBroken

from models.days import LONDON
from reading.misread import MisreadError
from reading.quoting import quoted
from reading.zone_names_without_quotes import ASIDE
from reading.zones import Zones

Moment = date | datetime  # a datetime here always has its zone; a bare date is a whole day
ASSUMED_LENGTH = timedelta(hours=2)
ONE_DAY = timedelta(days=1)
YEARS = range(1900, 2201)  # others are a slip of a program, and strain the arithmetic of dates
CORRECT_IT = "Correct it in the calendar it came from and export it again"


@dataclass(frozen=True, slots=True)
class When:
    """A moment, and why it may be wrong (empty where there is no doubt)."""

    at: Moment
    doubt: str = ""


def is_whole_day(moment: Moment) -> bool:
    """Whether this is a date without a time of day."""
    return not isinstance(moment, datetime)


def first_of(event: Event, name: str) -> Any:
    """The property of that name, the first where a program wrote it twice; None where it is missing."""
    value = event.get(name)
    return value[0] if isinstance(value, list) and value else value


def all_of(event: Event, name: str) -> list[Any]:
    """Every property of that name."""
    value = event.get(name, [])
    return value if isinstance(value, list) else [value]


def said_by(prop: Any) -> Any:
    """The moment or length that a property names; None where it is missing or could not be read."""
    return None if prop is None or isinstance(prop, vBroken) else prop.dt


def when(event: Event, name: str, zones: Zones, words: str) -> When | None:
    """The moment that a property names; None where the entry does not have it."""
    prop = first_of(event, name)
    if prop is None:
        return None
    value = said_by(prop)
    if not isinstance(value, date) or value.year not in YEARS:
        raise MisreadError(f"the {words} of this entry can't be read", CORRECT_IT)
    return _in_its_zone(value, prop.params.get(ASIDE, ""), zones)


def dates_listed(event: Event, name: str, zones: Zones) -> Iterator[tuple[Moment, timedelta | None]]:
    """All dates of a list such as RDATE, with a length where one is given; unreadable ones are left out."""
    for prop in all_of(event, name):
        for each in [] if isinstance(prop, vBroken) else prop.dts:
            value, end = each.dt if isinstance(each.dt, tuple) else (each.dt, None)
            if isinstance(value, date) and value.year in YEARS:
                both = isinstance(value, datetime) and isinstance(end, datetime)
                length = end - value if both else end
                yield _in_its_zone(value, prop.params.get(ASIDE, ""), zones).at, length


def like(moment: Moment, other: Moment) -> Moment:
    """A moment in the kind of another: programs name one occurrence of a timed series by its date alone."""
    if is_whole_day(other):
        return moment.date() if isinstance(moment, datetime) else moment
    if isinstance(moment, datetime):
        return moment
    assert isinstance(other, datetime)  # noqa: S101 - narrows the type
    return datetime.combine(moment, other.timetz())


def ends_of(event: Event, starts: Moment, zones: Zones) -> tuple[Moment, bool]:
    """When an entry ends, and whether that is only assumed."""
    end = when(event, "DTEND", zones, "end")
    if end is not None and is_whole_day(end.at) == is_whole_day(starts):
        return end.at, False
    duration = first_of(event, "DURATION")
    if duration is not None:
        if not isinstance(said_by(duration), timedelta):
            raise MisreadError("the duration of this entry can't be read", CORRECT_IT)
        return later(starts, duration.dt), False
    return (starts + ONE_DAY, False) if is_whole_day(starts) else (later(starts, ASSUMED_LENGTH), True)


def later(starts: Moment, length: timedelta) -> Moment:
    """So much later: whole days by the calendar, hours by the clock, also across a clock change."""
    days = timedelta(days=length.days)
    if not isinstance(starts, datetime):
        return starts + (days if length == days else days + ONE_DAY)
    by_calendar = starts + days
    return (by_calendar.astimezone(UTC) + (length - days)).astimezone(starts.tzinfo)


def in_london(moment: Moment) -> datetime:
    """London time of a moment; of a whole day its first minute."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).astimezone(LONDON)
    return datetime.combine(moment, time(), LONDON)


def london_day(moment: Moment) -> date:
    """The day a midnight means: in its own zone where it is midnight there, else in London."""
    if not isinstance(moment, datetime):
        return moment
    return moment.date() if moment.time() == time() else in_london(moment).date()


def _in_its_zone(value: Moment, name: str, zones: Zones) -> When:
    if not isinstance(value, datetime) or value.tzinfo is not None:
        return When(value)
    zone = zones.named(name) if name else LONDON
    if zone is None:
        return When(value.replace(tzinfo=LONDON), f"its time zone {quoted(name)} is not known")
    return When(value.replace(tzinfo=zone))
