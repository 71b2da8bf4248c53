"""Reads the calendars and workbooks that a person named, each on its own: a bad one stops no other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.facts import Meeting
from models.spoken import count
from reading.calendars import read_calendar
from reading.faults import Fault, Unreadable
from reading.plan_xlsx import is_workbook, read_workbook

FAULTS_TOLD = 50  # of one file: a year's dates are not more


@dataclass(frozen=True, slots=True)
class FilesRead:
    """The meetings of all files in order, each once, and what could not be read or is worth a note."""

    meetings: tuple[Meeting, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


def read_files(
    files: Sequence[Path], *, horizon: date, first: date | None = None, last: date | None = None
) -> FilesRead:
    """The meetings of every .ics, .csv or .xlsx file that can be read, each file by what is in it.

    A series without an end is read to `horizon`.
    """
    found: dict[str, Meeting] = {}
    faults: list[Fault] = []
    notes: list[str] = []
    for path in files:
        try:
            read = (
                read_workbook(path, first=first, last=last)
                if is_workbook(path)
                else read_calendar(path, horizon=horizon, first=first, last=last)
            )
        except Unreadable as unreadable:
            faults += unreadable.faults
            continue
        faults += _folded(read.faults, path)
        notes += read.notes
        again = sum(meeting.key in found for meeting in read.meetings)
        found = {meeting.key: meeting for meeting in read.meetings} | found
        if again:
            notes.append(f"{path.name}: {count(again, 'meeting')} also in an earlier file, looked at once.")
    meetings = sorted(found.values(), key=lambda meeting: (meeting.starts, meeting.key))
    return FilesRead(tuple(meetings), tuple(faults), tuple(notes))


def _folded(faults: Sequence[Fault], path: Path) -> Sequence[Fault]:
    """The first faults of a file in full and the rest as a number."""
    rest = len(faults) - FAULTS_TOLD
    if rest <= 0:
        return faults
    what = f"{count(rest, 'more entry', 'more entries')} could not be read"
    return [*faults[:FAULTS_TOLD], Fault(str(path), 0, what, "Mend these first")]
