"""One wrong date in a real school year: the sum does not come right, and the row to look at is named.

Every start and end of every full year of 195 days that we ship is moved by a day, some days, a week,
two weeks or a month, one at a time.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from models.terms import Term
from reading.bank_holidays import bank_holidays
from reading.odd_rows import odd_rows, school_days
from reading.term_csv import term_rows
from reading.term_rows import TermRow
from reading.text_files import text_of

ENGLAND = bank_holidays()
SHIFTS = (-30, -14, -10, -7, -5, -3, -2, -1, 1, 2, 3, 4, 7, 10, 14, 30)


@dataclass(frozen=True)
class Tally:
    """How many wrong dates led to the right row, to another, to none."""

    right: int
    wrong: int
    none: int


@cache
def full_years(path: Path) -> tuple[tuple[TermRow, ...], ...]:
    years: dict[tuple[str, str], list[TermRow]] = {}
    for row in term_rows(text_of(path), path)[0]:
        years.setdefault((row.name, str(row.year)), []).append(row)
    return tuple(tuple(rows) for rows in years.values() if total(rows) == 195)


def total(rows: list[TermRow]) -> int:
    return sum(len(school_days(row.term.first, row.term.last, ENGLAND)) for row in rows)


def moved(row: TermRow, end: str, days: int) -> TermRow:
    term = row.term
    changed = replace(term, **{end: getattr(term, end) + timedelta(days)})
    return replace(row, term=changed)


def stands(rows: list[TermRow]) -> bool:
    """Whether the rows would get as far as the sum: in order, no overlap."""
    return all(row.term.first <= row.term.last for row in rows) and all(
        later.term.first > earlier.term.last for earlier, later in pairwise(rows)
    )


@cache  # the shifts are looked at one by one and all together
def tally(path: Path, days: int) -> Tally:
    found = {"right": 0, "wrong": 0, "none": 0}
    for year in full_years(path):
        for index in range(len(year)):
            for end in ("first", "last"):
                rows = [*year[:index], moved(year[index], end, days), *year[index + 1 :]]
                if stands(rows) and total(rows) != 195:
                    named = odd_rows(rows, total(rows) - 195, ENGLAND)
                    found["right" if rows[index] in named else "wrong" if named else "none"] += 1
    return Tally(**found)


@pytest.mark.parametrize("days", SHIFTS)
def test_the_wrong_row_is_named_and_hardly_ever_another(days: int, house: Path) -> None:
    found = tally(house / "agreements" / "term-dates.csv", days)
    every = found.right + found.wrong + found.none
    assert every > 50
    assert found.right >= 0.7 * every  # a year may start or end a day or two either way: nothing to see
    assert found.wrong <= 0.04 * every


def test_nine_of_ten_wrong_rows_are_named(house: Path) -> None:
    found = [tally(house / "agreements" / "term-dates.csv", days) for days in SHIFTS]
    right, wrong, none = (sum(getattr(each, word) for each in found) for word in ("right", "wrong", "none"))
    assert right >= 0.9 * (right + wrong + none)
    assert wrong <= 0.01 * (right + wrong + none)


def test_nothing_is_named_where_nothing_is_strange(house: Path) -> None:
    lancashire = full_years(house / "agreements" / "term-dates.csv")[1]
    assert odd_rows(lancashire, 1, ENGLAND) == []


def test_school_days_leave_out_weekends_and_bank_holidays() -> None:
    term = Term("Summer 1", date(2026, 5, 1), date(2026, 5, 5))
    assert school_days(term.first, term.last, ENGLAND) == [date(2026, 5, 1), date(2026, 5, 5)]
