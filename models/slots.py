"""Slots: the nearest days and times that keep what was promised, and why the days before them don't."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from models.days import LONDON, ONE_DAY
from models.facts import Meeting
from models.fitting import OFFICE_HOURS, Fitting, Kind, Obstacle, PapersDue, papers_due
from models.free_times import Busy, Free, moment

TWO_HOURS = timedelta(hours=2)
MOST = 8
NOT_FREE = "no time is free that is long enough"
WEEKEND = "weekend"  # goes without saying
NOT_IN_A_CALENDAR = "slot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: a type of meeting (and its group, where one was named), how long, and on which days.

    `first` and `last` are both looked at. `busy` are the meetings of the calendars that a person gave.
    """

    type: str
    group: str = ""
    first: date
    last: date
    length: timedelta = TWO_HOURS
    most: int = MOST
    busy: Sequence[Meeting] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A day on which the meeting fits. It starts at the first free time; `free` are all, that one included."""

    starts: datetime
    ends: datetime
    free: tuple[Free, ...]
    papers: PapersDue | None
    remarks: tuple[str, ...] = ()
    whole_day_entry: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """Days before the last slot that don't fit, one after the other (weekends apart), for one reason."""

    first: date
    last: date
    kind: Kind
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was looked for and found. `promised` says whether the hours are the agreement's or only usual ones."""

    wanted: Wanted
    slots: tuple[Slot, ...]
    passed: tuple[Passed, ...]
    looked_until: date
    hours: tuple[time, time]
    promised: bool
    too_long: bool


def search(fitting: Fitting, wanted: Wanted) -> Search:
    """The nearest slots, one a day, until there are enough or the last day is reached."""
    agreed = fitting.hours(wanted.type, wanted.first)
    hours = agreed or OFFICE_HOURS
    busy = Busy(wanted.busy)
    slots: list[Slot] = []
    passed: list[Passed] = []
    day, open_run = wanted.first, False
    while day <= wanted.last and len(slots) < wanted.most:
        answer = _day(fitting, wanted, busy, day)
        if isinstance(answer, Slot):
            slots.append(answer)
            open_run = False
        elif fitting.book.working.why_not(day) != WEEKEND:
            open_run = _pass(passed, day, answer, open_run=open_run)
        day += ONE_DAY
    return Search(
        wanted=wanted,
        slots=tuple(slots),
        passed=tuple(passed),
        looked_until=day - ONE_DAY,
        hours=hours,
        promised=agreed is not None,
        too_long=moment(wanted.first, hours[0]) + wanted.length > moment(wanted.first, hours[1]),
    )


def _day(fitting: Fitting, wanted: Wanted, busy: Busy, day: date) -> Slot | Obstacle:
    """The slot of a day, or the first thing that stands against it.

    The rules judge a meeting that fills the agreed hours: what keeps them as a whole keeps them in every part.
    """
    hours = fitting.hours(wanted.type, day) or OFFICE_HOURS
    whole = _meeting(wanted, moment(day, hours[0]), moment(day, hours[1]))
    found = fitting.findings(whole)
    against = fitting.obstacles(whole, found)
    if against:
        return against[0]
    free = busy.free(day, hours, wanted.length)
    if not free:
        return Obstacle(Kind.TAKEN, NOT_FREE)
    starts = moment(day, free[0].starts)
    return Slot(
        starts=starts,
        ends=(starts.astimezone(UTC) + wanted.length).astimezone(LONDON),
        free=free,
        papers=papers_due(found),
        remarks=fitting.remarks(whole, found),
        whole_day_entry=busy.whole_day(day),
    )


def _pass(passed: list[Passed], day: date, answer: Obstacle, *, open_run: bool) -> bool:
    """One more day that does not fit: it joins the run before it where the reason is the same."""
    if open_run and (passed[-1].kind, passed[-1].why) == (answer.kind, answer.why):
        passed[-1] = replace(passed[-1], last=day)
    else:
        passed.append(Passed(day, day, answer.kind, answer.why))
    return True


def _meeting(wanted: Wanted, starts: datetime, ends: datetime) -> Meeting:
    return Meeting(
        key=NOT_IN_A_CALENDAR,
        uid=NOT_IN_A_CALENDAR,
        title=wanted.group or wanted.type,
        starts=starts,
        ends=ends,
        group=wanted.group,
        type=wanted.type,
    )
