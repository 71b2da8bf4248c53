"""Looks at next year's dates before the invitations go out: files in, a plan out, no tenant and no ledger."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from functions.files.files_read import read_files
from functions.files.rulebooks import known_type, read_book
from models.days import LONDON
from models.facts import Meeting
from models.fitting import Fitting
from models.groups import placed
from models.spoken import count, day
from models.year_plan import MOST_LOOKED_FOR, YearPlan, days_to_avoid, planned

HORIZON = timedelta(
    days=550
)  # a series without an end is read eighteen months ahead: to the end of next year
LONGEST_YEAR = timedelta(days=731)  # of days to avoid; a slip of the pen in one date would make it a century


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asked for; without `first` and `last` the plan runs from its first date to its last."""

    files: Sequence[Path]
    now: datetime
    agreement: Path | None = None
    terms: Sequence[Path] = ()
    meeting_type: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan, with the exit code of the command."""

    plan: YearPlan

    @property
    def exit_code(self) -> int:
        """0 every date fits, 1 one does not, 2 bad input."""
        return 2 if self.plan.faults else int(any(one.misfits for one in self.plan.dates))


def plan(asked: Asked) -> Planned:
    """Judge every date of every readable file; raises Unreadable where the agreement can't be used."""
    read = read_book(asked.agreement, asked.terms)
    agreement = read.book.agreement
    kind = known_type(asked.meeting_type, agreement)
    given = read_files(
        asked.files,
        horizon=asked.last or asked.now.astimezone(LONDON).date() + HORIZON,
        first=asked.first,
        last=asked.last,
    )
    every = [placed(meeting, agreement, meeting_type=kind) for meeting in given.meetings]
    standing = [meeting for meeting in every if not meeting.cancelled]
    first, last = _days(asked, standing)
    notes = [*read.doubts, *given.notes]
    if len(every) > len(standing):
        notes.append(f"{count(len(every) - len(standing), 'cancelled meeting')} left out.")
    dates = planned(Fitting(read.book, asked.now), [one for one in standing if one.type])
    if sum(one.looked_for for one in dates) == MOST_LOOKED_FOR:
        notes.append(f"Other dates were looked for only for the first {MOST_LOOKED_FOR} that don't fit.")
    if last - first > LONGEST_YEAR:
        notes.append(
            f"These dates reach from {day(first)} to {day(last)}. The days to avoid are shown for the first two "
            "years. Use --from and --to to choose others."
        )
    whole = YearPlan(
        agreement=agreement,
        first=first,
        last=last,
        now=asked.now,
        dates=dates,
        avoid=(),
        unplaced=tuple(meeting for meeting in standing if not meeting.type),
        faults=tuple(str(fault) for fault in (*read.faults, *given.faults)),
        notes=tuple(notes),
    )
    begins = whole.begins.replace(day=1)
    avoid = days_to_avoid(read.book, begins, min(last, begins + LONGEST_YEAR))
    return Planned(replace(whole, avoid=avoid))


def _days(asked: Asked, meetings: Sequence[Meeting]) -> tuple[date, date]:
    """The days asked for, else the whole months from the first date to the last; a year where there is none."""
    today = asked.now.astimezone(LONDON).date()
    days = [one for meeting in meetings for one in (meeting.day, meeting.last_day)]
    first = asked.first or min(days, default=today).replace(day=1)
    end = max(days, default=first + timedelta(days=364))
    last = asked.last or end.replace(day=monthrange(end.year, end.month)[1])
    return first, max(first, last)
