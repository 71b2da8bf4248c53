"""Which row of a school year that is too long or too short is probably the wrong one.

Breaks are far more regular than terms: half terms have 5 or 10 school days, Christmas and Easter about 10,
and terms start on a Monday and end on a Friday. The wrong row is the one whose start or end, moved by as
many days as the year is out, makes the year look most usual.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from models.terms import holiday_name
from reading.term_rows import TermRow

ONE_DAY = timedelta(days=1)
MONDAY, FRIDAY, SATURDAY = 0, 4, 5
MOST_NAMED = 2
IMPOSSIBLE = 1000.0
HALF_TERM = {5: 0.0, 10: 0.5}  # school days, and how strange they are: two weeks are rarer than one
LONG_HOLIDAY = {10: 0.0, 11: 0.0}

Edges = list[tuple[date, date]]
BankHolidays = Mapping[date, str]


def odd_rows(rows: Sequence[TermRow], too_many: int, bank_holidays: BankHolidays) -> list[TermRow]:
    """The row that looks wrong in a year of `too_many` open days (or of too few, where it is negative).

    Two rows where either side of one break may be wrong; none where no change makes the year more usual.
    """
    edges: Edges = [(row.term.first, row.term.last) for row in rows]
    as_it_is = _strangeness(edges, bank_holidays)
    gains = [
        (as_it_is - _strangeness(_moved(edges, index, end, too_many, bank_holidays), bank_holidays), index)
        for index in range(len(rows))
        for end in (0, 1)
    ]
    best = max(gain for gain, _ in gains)
    likely = sorted({index for gain, index in gains if gain == best})
    return [rows[index] for index in likely] if best > 0 and len(likely) <= MOST_NAMED else []


def school_days(first: date, last: date, bank_holidays: BankHolidays) -> list[date]:
    """The days from first to last that are neither weekend nor bank holiday."""
    days = (first + n * ONE_DAY for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < SATURDAY and day not in bank_holidays]


def _moved(edges: Edges, index: int, end: int, too_many: int, bank_holidays: BankHolidays) -> Edges:
    """The edges with one row's start (0) or end (1) moved so that the year comes right."""
    first, last = edges[index]
    if end:
        moved = (first, _shifted(last, -too_many, bank_holidays))
    else:
        moved = (_shifted(first, too_many, bank_holidays), last)
    return [*edges[:index], moved, *edges[index + 1 :]]


def _shifted(day: date, number: int, bank_holidays: BankHolidays) -> date:
    step = ONE_DAY if number > 0 else -ONE_DAY
    while number:
        day += step
        number -= (step > timedelta()) - (step < timedelta()) if school_days(day, day, bank_holidays) else 0
    return day


def _strangeness(edges: Edges, bank_holidays: BankHolidays) -> float:
    """How far a year is from the usual, in days: its breaks, the weekdays of its edges, its two ends."""
    start, finish = edges[0][0], edges[-1][1]
    strange = _outside(start, date(start.year, 8, 25), date(start.year, 9, 5))
    strange += _outside(finish, date(finish.year, 7, 17), date(finish.year, 7, 24))
    for (_, last), (first, _) in pairwise(edges):
        if first <= last:
            return IMPOSSIBLE
        strange += _odd_break(last + ONE_DAY, first - ONE_DAY)
        strange += _odd_weekday(last, FRIDAY, +1, bank_holidays) + _odd_weekday(
            first, MONDAY, -1, bank_holidays
        )
    return strange


def _outside(day: date, first: date, last: date) -> float:
    return max((first - day).days, (day - last).days, 0) * 5 / 7


def _odd_break(first: date, last: date) -> float:
    length = sum((first + n * ONE_DAY).weekday() < SATURDAY for n in range((last - first).days + 1))
    usual = (
        HALF_TERM if holiday_name(first, last) in ("half term", "a short school holiday") else LONG_HOLIDAY
    )
    return min(abs(length - each) + strange for each, strange in usual.items())


def _odd_weekday(day: date, usual: int, towards_break: int, bank_holidays: BankHolidays) -> float:
    """1 where a term ends before the last school day of its week, or starts after the first."""
    following = day + towards_break * ONE_DAY
    return 0.0 if day.weekday() == usual or following in bank_holidays else 1.0
