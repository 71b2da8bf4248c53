"""Term dates from a calendar file (.ics), as councils and schools publish them: of holidays, or of terms."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar
from icalendar.prop import vDDDTypes

from models.days import LONDON
from reading.faults import Fault
from reading.quoting import printable
from reading.text_files import unreadable
from reading.written_dates import EARLIEST, LATEST

ONE_DAY = timedelta(days=1)
PREFIX = re.compile(r"([^:]{2,60}):\s+(?=\S)")
LONGEST_TITLE = 80
LONGEST = 120  # days; no term or holiday is longer
EXPORT_AGAIN = "Put its dates right and export the calendar again"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a school calendar: its title, first and last day, and the line it begins on."""

    line: int
    title: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Entries:
    """A calendar file as read: its name, its entries in order, faults, and where an entry is missing."""

    name: str
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    missing_at: tuple[
        date | None, ...
    ]  # a day of each entry that can't be used; None where no day can be read


class BadEntryError(ValueError):
    """An entry that can't be used: what is wrong, the cure, and a day it is about where that can be read."""

    def __init__(self, what: str, cure: str, day: date | None = None) -> None:
        super().__init__(what)
        self.what, self.cure, self.day = what, cure, day


def is_calendar_file(text: str) -> bool:
    """Whether a text is an iCalendar file, whatever its name says."""
    return text.lstrip()[:15].upper() == "BEGIN:VCALENDAR"


def read_entries(text: str, path: Path) -> Entries:
    """The entries of a calendar file; raises Unreadable where it is cut off or holds none."""
    calendars = _parsed(text, path)
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if not events:
        raise unreadable(
            path, "there is no entry in this calendar", "Export it again, with the term dates in it"
        )
    entries: list[Entry] = []
    faults: list[Fault] = []
    missing_at: list[date | None] = []
    for line, event in zip(_lines_of_events(text), events, strict=False):
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        try:
            entries.append(_entry(event, line))
        except BadEntryError as wrong:
            faults.append(Fault(str(path), line, wrong.what, wrong.cure))
            missing_at.append(wrong.day)
    name = _common_prefix(entries)
    return Entries(
        name=name or _calendar_name(calendars) or printable(path.stem),
        entries=tuple(sorted(_without(name, entries), key=lambda entry: (entry.first, entry.last))),
        faults=tuple(faults),
        missing_at=tuple(missing_at),
    )


def _parsed(text: str, path: Path) -> list[Any]:
    if text.rstrip()[-13:].upper() != "END:VCALENDAR":
        raise unreadable(path, "this calendar file is cut off before its end", "Export or download it again")
    try:
        return list(Calendar.from_ical(text, multiple=True))
    except Exception:  # the parser meets any bytes at all and promises no one error
        raise unreadable(path, "this calendar file is broken", "Export or download it again") from None


def _lines_of_events(text: str) -> Iterator[int]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip().upper() == "BEGIN:VEVENT":
            yield number


def _entry(event: Any, line: int) -> Entry:
    title = printable(event.get("SUMMARY", ""))[:LONGEST_TITLE] or "this entry"
    first = _value(event, "DTSTART", title)
    if not isinstance(first, date):
        raise BadEntryError(f"{title} has no first day", EXPORT_AGAIN)
    start = _local_day(first)
    if event.get("RRULE") is not None or event.get("RDATE") is not None:
        raise BadEntryError(f"{title} repeats", "Enter each holiday or term with its own dates", start)
    last = _last_day(event, first, title)
    if last < start:
        raise BadEntryError(f"{title} ends before it starts on {start}", EXPORT_AGAIN, start)
    if (last - start).days > LONGEST:
        raise BadEntryError(f"{title} lasts more than {LONGEST} days", "Check the years of its dates", start)
    return Entry(line, title, start, last)


def _last_day(event: Any, first: date | datetime, title: str) -> date:
    """The last day an entry touches: DTEND is the day (or moment) after it."""
    after = _value(event, "DTEND", title)
    length = _value(event, "DURATION", title)
    if after is None and isinstance(length, timedelta):
        after = first + length
    if not isinstance(after, date) or after == first:  # many programs end a one-day entry where it starts
        return _local_day(first)
    if isinstance(after, datetime):
        return _local_day(after - timedelta(seconds=1))
    return after - ONE_DAY


def _value(event: Any, name: str, title: str) -> date | datetime | timedelta | None:
    """The date, moment or length under a name; None where the entry has none of that name."""
    held = event.get(name)
    if held is None:
        return None
    value = held.dt if isinstance(held, vDDDTypes) else None
    if isinstance(value, date) and EARLIEST <= value.year <= LATEST:
        return value
    if isinstance(value, timedelta) and abs(value.days) <= 2 * LONGEST:
        return value
    raise BadEntryError(f"{title} has dates that can't be read ({name})", EXPORT_AGAIN)


def _local_day(moment: date | datetime) -> date:
    """The day in London; a time without a zone is taken as it stands."""
    if not isinstance(moment, datetime):
        return moment
    return moment.date() if moment.tzinfo is None else moment.astimezone(UTC).astimezone(LONDON).date()


def _common_prefix(entries: Sequence[Entry]) -> str:
    """The name before a colon that every title has: "Sheffield" in "Sheffield: February half-term"."""
    found = {match[1] if (match := PREFIX.match(entry.title)) else "" for entry in entries}
    return found.pop() if len(found) == 1 else ""


def _without(name: str, entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        title = PREFIX.sub("", entry.title, count=1) if name else entry.title
        yield Entry(entry.line, title, entry.first, entry.last)


def _calendar_name(calendars: Sequence[Any]) -> str:
    return next((name for each in calendars if (name := printable(each.get("X-WR-CALNAME", "")))), "")
