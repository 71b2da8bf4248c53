"""The rows of a term list: one half term of one authority or school each, or a row that can't be used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models import spoken
from models.terms import Term
from reading.quoting import quoted
from reading.written_dates import EARLIEST, LATEST, BadDateError

YEAR = re.compile(r"(\d{4})\s*[-/\u2013]\s*(\d{2}|\d{4})")  # u2013: the dash that Word makes
A_SCHOOL = re.compile(
    r"\b(school|primary|infants?|juniors?|nursery|academy|college|secondary|high)\b", re.IGNORECASE
)
OTHER_NATIONS = ("W", "S", "N")  # ONS codes of Wales, Scotland and Northern Ireland


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school year by the calendar year it starts in. It runs from 1 August: Leicester starts in August."""

    starts: int

    @classmethod
    def of(cls, day: date) -> "SchoolYear":
        """The school year a day lies in."""
        return cls(day.year if day.month >= 8 else day.year - 1)

    @property
    def first(self) -> date:
        """1 August."""
        return date(self.starts, 8, 1)

    @property
    def last(self) -> date:
        """31 July of the year after."""
        return date(self.starts + 1, 7, 31)

    def __str__(self) -> str:
        return f"{self.starts}/{(self.starts + 1) % 100:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """One row that can be used: a half term, whose it is, and what is said about the source."""

    line: int
    authority: str
    school: str
    ons_code: str
    year: SchoolYear
    term: Term
    shut_days: Mapping[date, str]
    source: str
    checked_by: str
    checked_on: date | None
    covered_until: date | None

    @property
    def name(self) -> str:
        """The name of the calendar it belongs to."""
        return self.school or self.authority

    @property
    def is_school(self) -> bool:
        """Whether this is one school, which opens to pupils 190 days, and no authority with its 195."""
        return bool(self.school) or A_SCHOOL.search(self.authority) is not None

    @property
    def is_english(self) -> bool:
        """Whether England's 195 days are expected; without an ONS code we take it so."""
        return not self.ons_code.upper().startswith(OTHER_NATIONS)

    def __str__(self) -> str:
        return f"{self.term.name} ({spoken.day(self.term.first)} to {spoken.day(self.term.last)})"


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A row that can't be used: whose calendar (empty: any) and which year (None: any) may lack a term."""

    name: str
    year: SchoolYear | None

    def touches(self, name: str) -> bool:
        """Whether the row may have been about the calendar of that name."""
        return self.name.casefold() in ("", name.casefold())

    def span(self) -> Term:
        """The days of which this row may have said something."""
        if self.year is None:
            return Term("", date.min, date.max)
        return Term("", self.year.first, self.year.last)


def read_year(text: str) -> SchoolYear:
    """A school year such as 2025/26, 2025-26 or 2025/2026."""
    match = YEAR.fullmatch(text)
    if match is None or not EARLIEST <= int(match[1]) <= LATEST:
        raise BadDateError(
            f"{quoted(text)} is not a school year", "Write it as 2025/26 in the column academic_year"
        )
    year = SchoolYear(int(match[1]))
    if match[2] not in (str(year.starts + 1), str(year)[-2:]):
        raise BadDateError(
            f"{quoted(text)} is not one school year", f"Write it as {year} if it starts in {year.starts}"
        )
    return year
