"""School terms: is a day in term, in which holiday, or do we not know?

Each authority (and each school that differs) has a calendar of its own with where it comes from, who
checked it and how far it reaches. Beyond that, and wherever a list has a hole, the answer is "we don't
know", never "in term" and never "in the holidays". Bank holidays are a list of their own (models/days).
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from models import spoken

ONE_DAY = timedelta(days=1)
SATURDAY = 5

# What is longer than these is a hole in the list. A missing row for half a term leaves at least six weeks
# between its neighbours; the longest break outside the summer is four weeks, and schools in Northern
# Ireland are shut for nine weeks in the summer. No half term of a UK school year runs over thirteen weeks.
LONGEST_BREAK = timedelta(days=35)
LONGEST_SUMMER = timedelta(days=63)
LONGEST_HALF_TERM = timedelta(days=91)

SUMMER = "the summer holidays"


class Standing(StrEnum):
    """What a school calendar says of a day."""

    OPEN = "in term"
    CLOSED = "in the holidays"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Term:
    """An unbroken period, first and last day included: schools open (a term) or shut (a holiday)."""

    name: str
    first: date
    last: date
    year: str = ""

    def holds(self, day: date) -> bool:
        """Whether the day lies in this period."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """What is known of one day, and the term, holiday or gap it lies in, in plain words."""

    standing: Standing
    name: str


@dataclass(frozen=True)
class TermCalendar:
    """The school year of one authority, or of one school that differs from it.

    Either `terms` (days open) or `holidays` (days shut) is given, as the source has them, in order and
    without overlap. `shut_days` are single days off inside a term: INSET days, a local holiday. Dates run
    from `covered_from` to `covered_until`, both included. `unclear` are spans in which a line of the
    source could not be used: there we believe what the other lines say and nothing that follows from
    silence. `checked_by` is empty until a person has looked at every line. `doubts` are sentences about
    lines that are used, but look odd.
    """

    authority: str
    terms: tuple[Term, ...] = ()
    holidays: tuple[Term, ...] = ()
    shut_days: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))
    school: str = ""
    source: str = ""
    checked_by: str = ""
    checked_on: date | None = None
    covered_from: date | None = None
    covered_until: date | None = None
    unclear: tuple[Term, ...] = ()
    doubts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.terms and self.holidays:
            raise ValueError(f"{self.name}: give terms or holidays, not both")
        periods = self.terms or self.holidays
        if any(later.first <= earlier.last for earlier, later in pairwise(periods)):
            raise ValueError(f"{self.name}: the periods must be in order and must not overlap")

    @property
    def name(self) -> str:
        """The school where there is one, else the authority."""
        return self.school or self.authority

    def on(self, day: date) -> SchoolDay:
        """What this calendar says of a day."""
        beyond = self._beyond(day)
        if beyond:
            return SchoolDay(Standing.UNKNOWN, beyond)
        look = self._in_terms(day) if self.terms else self._in_holidays(day)
        if look.standing is Standing.OPEN and day in self.shut_days:
            return SchoolDay(Standing.CLOSED, self.shut_days[day])
        from_silence = Standing.CLOSED if self.terms else Standing.OPEN
        if look.standing is from_silence and any(span.holds(day) for span in self.unclear):
            return SchoolDay(Standing.UNKNOWN, f"a line in the dates of {self.name} could not be used")
        return look

    def _beyond(self, day: date) -> str:
        """Why the calendar does not reach a day; empty where it does."""
        if self.covered_from is None or self.covered_until is None or not self._starts:
            return f"there are no term dates for {self.name}"
        if day < self.covered_from:
            return f"the dates of {self.name} start on {spoken.day(self.covered_from)}"
        if day > self.covered_until:
            return f"the dates of {self.name} end on {spoken.day(self.covered_until)}"
        return ""

    def _in_terms(self, day: date) -> SchoolDay:
        index = bisect_right(self._starts, day) - 1
        if index < 0:
            return self._hole()
        term = self.terms[index]
        if term.holds(day):
            return SchoolDay(Standing.OPEN, term.name)
        back = self.terms[index + 1].first if index + 1 < len(self.terms) else self._day_after
        first, last = term.last + ONE_DAY, back - ONE_DAY
        if _only_a_weekend(first, last):
            return SchoolDay(Standing.OPEN, term.name)
        name = holiday_name(first, last)
        longest = LONGEST_SUMMER if name == SUMMER else LONGEST_BREAK
        return SchoolDay(Standing.CLOSED, name) if last - first < longest else self._hole()

    def _in_holidays(self, day: date) -> SchoolDay:
        index = bisect_right(self._starts, day) - 1
        if index >= 0 and self.holidays[index].holds(day):
            return SchoolDay(Standing.CLOSED, self.holidays[index].name)
        first = self.holidays[index].last + ONE_DAY if index >= 0 else self.covered_from
        after = self.holidays[index + 1].first if index + 1 < len(self.holidays) else self._day_after
        if first is None or after - first > LONGEST_HALF_TERM:
            return self._hole()
        return SchoolDay(Standing.OPEN, "term")

    def _hole(self) -> SchoolDay:
        return SchoolDay(Standing.UNKNOWN, f"there is a gap in the dates of {self.name}")

    @property
    def _day_after(self) -> date:
        """The day after the last one covered, where a person says the dates reach beyond the last line."""
        return (self.covered_until or date.min) + ONE_DAY

    @cached_property
    def _starts(self) -> tuple[date, ...]:
        return tuple(period.first for period in (self.terms or self.holidays))


@dataclass(frozen=True)
class Terms:
    """All the school calendars a partnership looks at, by authority or school name."""

    calendars: Mapping[str, TermCalendar]

    def of(self, name: str) -> TermCalendar:
        """The calendar of an authority or school; an empty one, which knows no day, where there is none."""
        return (
            self.calendars.get(name) or self._by_casefold.get(name.strip().casefold()) or TermCalendar(name)
        )

    @cached_property
    def _by_casefold(self) -> Mapping[str, TermCalendar]:
        return {name.casefold(): calendar for name, calendar in self.calendars.items()}


def holiday_name(first: date, last: date) -> str:
    """What people call the holiday from `first` to `last`: half term, the Easter holidays and so on.

    By the month of its middle day, which holds for every authority in agreements/term-dates.csv, for a
    school year that starts in August (Leicester) and for Scotland.
    """
    middle = first + (last - first) / 2
    if middle.month in (7, 8):
        return SUMMER
    if middle.month in (12, 1):
        return "the Christmas holidays"
    if middle.month in (3, 4):
        return "the Easter holidays"
    return "half term" if (last - first).days >= 4 else "a short school holiday"


def _only_a_weekend(first: date, last: date) -> bool:
    """Whether no school day lies between two lines of the list: a Friday's term and a Monday's."""
    return (last - first).days < 2 and all(day.weekday() >= SATURDAY for day in (first, last))
