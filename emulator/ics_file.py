"""A calendar file read into its meetings, or one plain sentence that says why it can't be."""

from datetime import datetime
from typing import Any

from icalendar import Calendar
from icalendar.prop import vBroken
from icalendar.timezone import tzp

type Part = Any
"""One VEVENT. Its properties can be of thirty kinds, and a messy file may hold any of them."""


def calendar_in(content: bytes, name: str) -> Calendar:
    """The calendar in a file of this name, every meeting of it fit to be read."""
    calendar = _read(content, name)
    parts = meetings_of(calendar)
    if not parts:
        raise ValueError(f"{name} has no meetings in it.")
    for number, part in enumerate(parts, start=1):
        fault = _fault(part)
        if fault:
            raise ValueError(f"{name}: meeting number {number} {fault}.")
    return calendar


def meetings_of(calendar: Calendar) -> list[Part]:
    """The meetings of a calendar: singles, series, and single dates of a series that were changed."""
    return list(calendar.walk("VEVENT"))


def time_of(part: Part, *names: str) -> datetime | None:
    """The first of these times that the meeting has and that can be read."""
    for name in names:
        value = part.get(name)
        if value is not None and not isinstance(value, vBroken) and isinstance(value.dt, datetime):
            return value.dt
    return None


def _read(content: bytes, name: str) -> Calendar:
    tzp.use_default()  # forgets: another file's zone of the same name has rules of its own
    try:
        calendars = list[Part](Calendar.from_ical(content, multiple=True))
    except Exception as broken:  # the library raises many kinds, all meaning the same to a person
        raise ValueError(f"{name} is not a calendar file that can be read (.ics).") from broken
    whole = [each for each in calendars if isinstance(each, Calendar)]
    if not whole or b"END:VCALENDAR" not in content.upper():
        raise ValueError(f"{name} is not a whole calendar file (.ics): it may have been cut short.")
    for other in whole[1:]:
        whole[0].subcomponents.extend(other.subcomponents)
    return whole[0]


def _fault(part: Part) -> str | None:
    """What keeps this meeting from being read, if anything. It names no title: it may be private."""
    for name in ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE"):
        if isinstance(part.get(name), vBroken):
            return f"has a {name} that can't be read"
    if "DTSTART" not in part:
        return "has no start"
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        value = part.get(name)
        zone = value.params.get("TZID") if value is not None else None
        if zone and isinstance(value.dt, datetime) and value.dt.tzinfo is None:
            return f"names a time zone, {str(zone)!r}, that is not known"
    return _span_fault(part)


def _span_fault(part: Part) -> str | None:
    try:
        starts, ends = part.start, part.end
        return f"ends before it starts, on {starts:%Y-%m-%d}" if ends < starts else None
    except (TypeError, ValueError):  # a date with a time, or an end and a length at once
        return "has a start and an end that don't go together"
