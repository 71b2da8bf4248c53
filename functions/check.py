"""Check exported calendars against an agreement: files in, results out, no tenant and no ledger.

Every file is read on its own: one that can't be used gets its sentence and the others are still judged.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from functions.files.rulebooks import known_type, read_book
from models.days import LONDON
from models.facts import Coverage, Facts, Meeting
from models.groups import placed
from models.rules import findings
from models.spoken import count
from reading.calendars import read_calendar
from reading.faults import Fault, Unreadable
from wording.results import Results

HORIZON = timedelta(days=396)  # endless series are looked at thirteen months ahead, as a review does

FAULTS_TOLD = 20  # of one file

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asked for at the keyboard; what is left out is shipped, or open-ended."""

    files: Sequence[Path]
    now: datetime
    agreement: Path | None = None
    terms: Sequence[Path] = ()
    meeting_type: str = ""
    first: date | None = None
    last: date | None = None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The results, and whether anything that was given could not be read."""

    results: Results
    unread: bool

    @property
    def exit_code(self) -> int:
        """0 all well, 1 something found, 2 bad input."""
        return 2 if self.unread else int(any(finding.found for finding in self.results.findings))


def check(asked: Asked) -> Checked:
    """Judge every meeting of every readable file; raises Unreadable where the agreement can't be used."""
    read = read_book(asked.agreement, asked.terms)
    agreement = read.book.agreement
    kind = known_type(asked.meeting_type, agreement)
    meetings, faults, notes = _read_all(asked)
    every = tuple(placed(meeting, agreement, meeting_type=kind) for meeting in meetings)
    standing = tuple(meeting for meeting in every if not meeting.cancelled)
    judged = tuple(meeting for meeting in standing if meeting.type)
    first, last = _window(asked, standing)
    facts = Facts(
        meetings=judged,
        working_days=read.book.working,
        terms=read.book.terms,
        coverage=Coverage(first=first, last=last),
    )
    cancelled = len(every) - len(standing)
    if cancelled:
        notes.append(f"{count(cancelled, 'cancelled meeting')} left out.")
    all_faults = (*read.faults, *faults)
    results = Results(
        agreement=agreement,
        first=first,
        last=last,
        now=asked.now,
        meetings=judged,
        findings=findings(facts, agreement, asked.now),
        unplaced=tuple(meeting for meeting in standing if not meeting.type),
        faults=tuple(str(fault) for fault in all_faults),
        notes=(*read.doubts, *notes),
    )
    return Checked(results, bool(all_faults))


def _read_all(asked: Asked) -> tuple[list[Meeting], list[Fault], list[str]]:
    found: dict[str, Meeting] = {}
    faults: list[Fault] = []
    notes: list[str] = []
    for path in asked.files:
        try:
            read = read_calendar(
                path,
                horizon=asked.now.date() + HORIZON,
                first=asked.first,
                last=asked.last,
                progress=_progress_of(path, asked.progress),
            )
        except Unreadable as unreadable:
            faults += unreadable.faults
            continue
        faults += _folded(read.faults, path)
        notes += read.notes
        again = _add(found, read.meetings)
        if again:
            notes.append(f"{path.name}: {count(again, 'meeting')} also in an earlier file, judged once.")
    return sorted(found.values(), key=lambda meeting: (meeting.starts, meeting.key)), faults, notes


def _folded(faults: Sequence[Fault], path: Path) -> Sequence[Fault]:
    """The first faults of a file in full and the rest as a number: fifty thousand sentences help nobody."""
    rest = len(faults) - FAULTS_TOLD
    if rest <= 0:
        return faults
    more = Fault(
        str(path), 0, f"{count(rest, 'more entry', 'more entries')} could not be read", "Mend these first"
    )
    return [*faults[:FAULTS_TOLD], more]


def _add(found: dict[str, Meeting], meetings: Iterable[Meeting]) -> int:
    """Add what is not there yet; how many were there already."""
    again = 0
    for meeting in meetings:
        again += meeting.key in found
        found.setdefault(meeting.key, meeting)
    return again


def _progress_of(path: Path, progress: Progress | None) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    return lambda done, total: progress(path.name, done, total)


def _window(asked: Asked, meetings: Sequence[Meeting]) -> tuple[date, date]:
    today = asked.now.astimezone(LONDON).date()
    days = [day for meeting in meetings for day in (meeting.day, meeting.last_day)] or [today]
    return asked.first or min(days), asked.last or max(days)
