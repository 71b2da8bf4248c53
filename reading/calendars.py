"""The door for calendars that people exported: one file in, its meetings out, whatever program wrote it."""

import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.facts import Meeting
from reading.calendar_csv import read_csv
from reading.faults import Fault, Unreadable
from reading.file_lines import HEAD, opened
from reading.ics import read_ics
from reading.reading_result import Reading

LARGEST = 200_000_000  # bytes
_BEGINS = re.compile(rb"^[\s\xef\xbb\xbf]*BEGIN:VCALENDAR", re.MULTILINE | re.IGNORECASE)
_KINDS = {
    b"PK\x03\x04": "an Excel workbook or a zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel or Outlook file",
    b"%PDF": "a PDF",
    b"!BDN": "an Outlook data file (.pst)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
EXPORT = "Export the calendar as iCalendar (.ics), or as CSV with the columns date, start_time and title"


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What one exported calendar says.

    `meetings` are sorted by start, then key, and not yet placed with a group. `faults` are the entries
    that could not be read. `notes` are plain sentences worth telling. Neither ever quotes a title.
    """

    file: str
    meetings: tuple[Meeting, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


def read_calendar(
    path: Path,
    *,
    horizon: date,
    first: date | None = None,
    last: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> CalendarFile:
    """The meetings of an exported calendar, .ics or .csv by what is in it, not by its name.

    A series without an end is read to `horizon`, all else whole, unless `first` and `last` narrow it.
    Raises Unreadable where the file as a whole can't be used.
    """
    try:
        reading = _read(path, horizon, progress or _nobody_asks)
    except (OSError, ValueError) as error:
        raise Unreadable([_why_not_opened(str(path), error)]) from None
    return calendar_file(str(path), reading, horizon, first, last)


def _read(path: Path, horizon: date, progress: Callable[[int, int], None]) -> Reading:
    _check_that_it_is_a_file(path)
    with opened(path) as handle:
        head = handle.read(HEAD)
    if not head.strip():
        raise _unreadable(path, "the file is empty", "Export the calendar again")
    if _BEGINS.search(head):
        return read_ics(path, horizon, progress)
    for mark, kind in _KINDS.items():
        if head.startswith(mark):
            raise _unreadable(path, f"this is {kind}, not a calendar", EXPORT)
    if b"\0" in head:
        raise _unreadable(path, "this is not a text file, so not a calendar", EXPORT)
    if path.suffix.lower() in (".ics", ".ical", ".ifb", ".vcs"):
        raise _unreadable(path, "there is no calendar in this file (no line BEGIN:VCALENDAR)", EXPORT)
    return read_csv(path, progress)


def _check_that_it_is_a_file(path: Path) -> None:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise _unreadable(path, "this is a folder", "Name the calendar file that is in it")
    if not stat.S_ISREG(status.st_mode):
        raise _unreadable(path, "this is not an ordinary file", "Save the calendar as a file first")
    if status.st_size > LARGEST:
        raise _unreadable(path, "the file is larger than 200 MB", "Export fewer years at a time")


def calendar_file(
    file: str, reading: Reading, horizon: date, first: date | None, last: date | None
) -> CalendarFile:
    """What was read, in order and narrowed to the days asked for, with notes on what is not plain fact."""
    meetings = [each for each in reading.meetings if _within(each, first, last)]
    meetings.sort(key=lambda meeting: (meeting.starts, meeting.key))
    faults = sorted(reading.faults, key=lambda fault: fault.line)
    return CalendarFile(file, tuple(meetings), tuple(faults), tuple(_notes(reading, meetings, horizon)))


def _within(meeting: Meeting, first: date | None, last: date | None) -> bool:
    return (first is None or meeting.last_day >= first) and (last is None or meeting.day <= last)


def _notes(reading: Reading, meetings: list[Meeting], horizon: date) -> list[str]:
    assumed = sum(meeting.end_assumed for meeting in meetings)
    doubted = sum(bool(meeting.doubt) for meeting in meetings)
    until = f"{horizon.day} {horizon:%B %Y}"
    notes = [
        (assumed, f"{_some(assumed, 'meeting has', 'meetings have')} no end: two hours are assumed."),
        (
            doubted,
            f"{_some(doubted, 'meeting is', 'meetings are')} in a time zone we don't know: read as UK time.",
        ),
        (
            reading.endless,
            f"{_some(reading.endless, 'series has', 'series have')} no end: shown until {until}.",
        ),
        (
            reading.shortened,
            f"{_some(reading.shortened, 'long series', 'long series')}: only later dates were read.",
        ),
        (reading.older, f"{_some(reading.older, 'older version', 'older versions')} of meetings left out."),
    ]
    return [sentence for number, sentence in notes if number]


def _some(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _why_not_opened(file: str, error: OSError | ValueError) -> Fault:
    if isinstance(error, FileNotFoundError):
        return Fault(file, 0, "there is no such file", "Check the name and the folder")
    if isinstance(error, PermissionError):
        return Fault(
            file, 0, "you are not allowed to read this file", "Ask its owner for a copy, or for access"
        )
    reason = getattr(error, "strerror", None) or "its name can't be used"
    return Fault(file, 0, f"the file can't be opened ({reason})", "Copy it to this computer and try again")


def _unreadable(path: Path, what: str, cure: str) -> Unreadable:
    return Unreadable([Fault(str(path), 0, what, cure)])


def _nobody_asks(done: int, total: int) -> None:
    del done, total
