"""Working days: which days count, which are skipped and why, and the day something is due.

Every sum gives back the days it counted and the days it skipped, so that nobody has to trust it.
The readings, with worked dates, are in the docs ("How days are counted"): an agreement that says
"5 working days in advance" may mean counted or clear days, which differ by at least one day.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
END_OF_DAY = time(23, 59)
ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
# Bank holidays of their own right. GOV.UK lists only the weekday that is given instead when one of them falls
# on a weekend, which matters where Saturdays count: Boxing Day 2026 is a Saturday.
FEASTS = {(12, 25): "Christmas Day", (12, 26): "Boxing Day", (1, 1): "New Year’s Day"}
NOBODY_WAITS_LONGER = 3_660  # days; a sum that runs this far has met a calendar with no working days


class Count(StrEnum):
    """How the two ends of a count are treated."""

    COUNTED = "counted"  # the day of sending counts, the day of the meeting does not
    CLEAR = "clear"  # neither counts
    UNSETTLED = "unsettled"  # the partners have not said which of the two
    CALENDAR = "calendar"  # every day counts, weekends too
    INCLUSIVE = "inclusive"  # both ends count ("beginning with the day of the meeting")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that did not count, and why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class DaySum:
    """The day something is due, with the days that were counted to find it.

    `due` is the working day to act on. `last_day` is the last day that still keeps the promise: later
    than `due` only where clear days are counted and a weekend or holiday lies between. `beyond` is the
    first day of the sum that the bank holiday list does not reach: the sum may then be wrong.
    """

    reading: Count
    due: date
    last_day: date
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]
    beyond: date | None = None


@dataclass(frozen=True, eq=False)
class WorkingDays:
    """Which days a partnership works, and for every other day the reason it does not.

    `bank_holidays` come from GOV.UK for one division and are known from `known_from` to `known_until`.
    `closed` are the partnership's own days (council closure between Christmas and New Year, say); by
    law those are working days, so each needs a reason that people will see.
    Compared by identity, so that sums made with it can be remembered.
    """

    bank_holidays: Mapping[date, str]
    known_from: date
    known_until: date
    closed: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))
    saturdays: bool = False

    def why_not(self, day: date) -> str | None:
        """Why this is not a working day; None where it is one."""
        if day in self.bank_holidays:
            return f"bank holiday: {self.bank_holidays[day]}"
        if day in self.closed:
            return f"closed: {self.closed[day]}"
        weekday = day.weekday()
        if weekday < SATURDAY:
            return None
        if weekday == SUNDAY or not self.saturdays:
            return "weekend"
        feast = FEASTS.get((day.month, day.day))
        return f"bank holiday: {feast}" if feast else None

    def knows(self, day: date) -> bool:
        """Whether the bank holiday list reaches this day."""
        return self.known_from <= day <= self.known_until


def end_of(day: date) -> datetime:
    """The last minute of a day in London, 23:59, summer or winter: what is due on a day is due by then."""
    return datetime.combine(day, END_OF_DAY, LONDON)


@lru_cache(maxsize=8192)
def before(day: date, number: int, working: WorkingDays, reading: Count) -> DaySum:
    """The day by which something must be sent so that `number` days lie before `day`.

    `reading` is one of counted, clear, inclusive (working days) or calendar (all days); an unsettled
    agreement has two sums, see `readings_before`.
    """
    if reading is Count.CALENDAR:
        due = day - number * ONE_DAY
        return DaySum(reading, due, due, _span(due, day - ONE_DAY), ())
    first = day if reading is Count.INCLUSIVE else day - ONE_DAY
    counted, skipped = _collect(first, number, working, -1)
    if reading is Count.CLEAR:
        last_day = (counted[-1] if counted else day) - ONE_DAY
        extra, passed = _collect(last_day, 1, working, -1)
        return _sum(reading, extra[0], last_day, reversed(counted), reversed(skipped + passed), working)
    due = counted[-1] if counted else day
    return _sum(reading, due, due, reversed(counted), reversed(skipped), working)


@lru_cache(maxsize=8192)
def after(day: date, number: int, working: WorkingDays, reading: Count = Count.COUNTED) -> DaySum:
    """The day by which something must follow `day`: a reply, a note, a talk.

    Counted days leave out the day itself ("within 10 working days" of receipt: the day of receipt is
    not counted). Inclusive days count it. Clear days leave the whole number of days between the two.
    """
    if reading is Count.CALENDAR:
        due = day + number * ONE_DAY
        return DaySum(reading, due, due, _span(day + ONE_DAY, due), ())
    first = day if reading is Count.INCLUSIVE else day + ONE_DAY
    wanted = number + 1 if reading is Count.CLEAR else number
    counted, skipped = _collect(first, wanted, working, +1)
    due = counted[-1] if counted else day
    between = counted[:-1] if reading is Count.CLEAR else counted
    return _sum(reading, due, due, between, skipped, working)


def readings_before(day: date, number: int, working: WorkingDays, count: Count) -> tuple[DaySum, ...]:
    """The sum for each reading the agreement leaves open, the earliest due day first.

    Unsettled: nudge by the first, say "missed" only after the last (DESIGN.md, Counting).
    """
    if count is Count.UNSETTLED:
        return (before(day, number, working, Count.CLEAR), before(day, number, working, Count.COUNTED))
    return (before(day, number, working, count),)


def weeks_before(day: date, weeks: int) -> date:
    """The same weekday, so many weeks earlier ("12 weeks" is 84 days, whatever lies between)."""
    return day - timedelta(weeks=weeks)


def months_after(day: date, months: int) -> date:
    """The same day of a later calendar month, or that month's last day (31 August + 6 is 28 February)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_after_with_grace(day: date, months: int, grace: int, working: WorkingDays) -> DaySum:
    """The last day that still keeps "every so many months": calendar months and some working days' grace.

    "3 monthly" is not 90 days: a strict count of days calls most good partnerships late. The usual grace
    is 10 working days.
    """
    return after(months_after(day, months), grace, working)


def hours_before(moment: datetime, hours: float) -> datetime:
    """A moment so many real hours earlier, across a clock change too; the result is London time."""
    return (moment.astimezone(UTC) - timedelta(hours=hours)).astimezone(LONDON)


def working_days_between(first: date, last: date, working: WorkingDays) -> int:
    """How many working days lie from `first` up to but not including `last` (0 where last is not later)."""
    return sum(working.why_not(first + n * ONE_DAY) is None for n in range((last - first).days))


def _collect(
    first: date, number: int, working: WorkingDays, step: int
) -> tuple[tuple[date, ...], tuple[Skipped, ...]]:
    counted: list[date] = []
    skipped: list[Skipped] = []
    day = first
    for _ in range(NOBODY_WAITS_LONGER):
        if len(counted) == number:
            return tuple(counted), tuple(skipped)
        why = working.why_not(day)
        if why is None:
            counted.append(day)
        else:
            skipped.append(Skipped(day, why))
        day += step * ONE_DAY
    raise ValueError(
        f"No {number} working days within ten years of {first.isoformat()}: look at the closed days."
    )


def _sum(
    reading: Count,
    due: date,
    last_day: date,
    counted: Iterator[date] | tuple[date, ...],
    skipped: Iterator[Skipped] | tuple[Skipped, ...],
    working: WorkingDays,
) -> DaySum:
    days, passed = tuple(counted), tuple(skipped)
    touched = sorted({due, *days, *(skip.day for skip in passed)})
    beyond = next((day for day in touched if not working.knows(day)), None)
    return DaySum(reading, due, last_day, days, passed, beyond)


def _span(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + n * ONE_DAY for n in range((last - first).days + 1))
