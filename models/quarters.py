"""Quarters of the partners' own year: `2026/27-Q1` is April to June where the year starts in April.

A council counts its year from April and most calendars count from January, so "2026Q1" may mean two things. It is
refused with both of them named, and never guessed. Days are dates; both ends of a quarter are in it.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.days import ONE_DAY, months_after

MONTHS = 3


class YearStarts(StrEnum):
    """The month in which the partners' year starts."""

    JANUARY = "january"
    FEBRUARY = "february"
    MARCH = "march"
    APRIL = "april"
    MAY = "may"
    JUNE = "june"
    JULY = "july"
    AUGUST = "august"
    SEPTEMBER = "september"
    OCTOBER = "october"
    NOVEMBER = "november"
    DECEMBER = "december"

    @property
    def month(self) -> int:
        """Its number, from 1 to 12."""
        return list(YearStarts).index(self) + 1


class NotAQuarter(ValueError):
    """What was written is no quarter, or could be two; one plain sentence that says how to write it."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year that starts in `starts`; `year` is the calendar year in which that year starts."""

    year: int
    number: int
    starts: YearStarts = YearStarts.APRIL

    @property
    def first(self) -> date:
        """Its first day."""
        return months_after(date(self.year, self.starts.month, 1), MONTHS * (self.number - 1))

    @property
    def last(self) -> date:
        """Its last day."""
        return months_after(self.first, MONTHS) - ONE_DAY

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each of its three months."""
        return tuple(months_after(self.first, number) for number in range(MONTHS))

    @property
    def name(self) -> str:
        """As people and programs write it: 2026/27-Q1; 2026-Q1 where the year starts in January."""
        if self.starts is YearStarts.JANUARY:
            return f"{self.year}-Q{self.number}"
        return f"{self.year}/{(self.year + 1) % 100:02}-Q{self.number}"

    @property
    def spoken(self) -> str:
        """As people say it: April to June 2026; November 2026 to January 2027."""
        year = "" if self.first.year == self.last.year else f" {self.first.year}"
        return f"{self.first:%B}{year} to {self.last:%B} {self.last.year}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def quarter_of(day: date, starts: YearStarts = YearStarts.APRIL) -> Quarter:
    """The quarter in which a day lies."""
    months = (day.month - starts.month) % 12
    year = day.year if day.month >= starts.month else day.year - 1
    return Quarter(year, months // MONTHS + 1, starts)


_WRITTEN = re.compile(r"(\d{4})(?:\s*/\s*(\d{4}|\d{2}))?\s*[- ]?\s*Q([1-4])", re.IGNORECASE | re.ASCII)


def quarter_named(text: str, starts: YearStarts = YearStarts.APRIL) -> Quarter:
    """The quarter that somebody wrote; NotAQuarter where it is none, or could be two."""
    written = _WRITTEN.fullmatch(text.strip())
    if written is None or not 1900 <= int(written[1]) <= 9000:
        example = Quarter(2026, 1, starts)
        raise NotAQuarter(f"This is not a quarter. Write it as {example.name}: that is {example.spoken}.")
    year, following, number = int(written[1]), written[2], int(written[3])
    if starts is YearStarts.JANUARY:
        if following is not None:
            asked = Quarter(year, number, starts)
            raise NotAQuarter(f"This agreement's year starts in January. Write {asked.name}: {asked.spoken}.")
        return Quarter(year, number, starts)
    if following is None:
        raise NotAQuarter(_both_readings(year, number, starts))
    if int(following) not in (year + 1, (year + 1) % 100) or (
        len(following) == 4 and int(following) != year + 1
    ):
        asked = Quarter(year, number, starts)
        raise NotAQuarter(f"The two years do not follow each other. Write {asked.name}: {asked.spoken}.")
    return Quarter(year, number, starts)


def _both_readings(year: int, number: int, starts: YearStarts) -> str:
    own = Quarter(year, number, starts)
    by_calendar = Quarter(year, number, YearStarts.JANUARY)
    same_days = quarter_of(by_calendar.first, starts)
    first = f"{own.name} is {own.spoken}"
    if same_days.first == by_calendar.first:
        both = f"{first}, and {same_days.name} is {by_calendar.spoken}"
        return f"This could mean two quarters. {both}. Write one of them."
    month = starts.value.capitalize()
    other = f"By the calendar it would be {by_calendar.spoken}, which is no quarter of a year from {month}"
    return f"This could mean two quarters. {first}. {other}. Write {own.name}, or another."
