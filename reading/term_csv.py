"""Term dates from a CSV file: one row a half term, several authorities and schools in one file.

A row that can't be used is left out with a fault; what it would have said is then not known, and no
holiday is claimed in its school year where only silence says so.
"""

import re
from collections.abc import Mapping
from datetime import date
from itertools import takewhile
from pathlib import Path

from models.terms import Term
from reading.csv_table import Row, table_from
from reading.faults import Fault
from reading.quoting import printable, quoted
from reading.term_rows import SchoolYear, Spoilt, TermRow, read_year
from reading.written_dates import BadDateError, read_date

NEEDED = ("authority", "academic_year", "term_name", "starts_on", "ends_on")
ALIASES = {
    "ons_code_if_known": "ons_code",
    "year": "academic_year",
    "term": "term_name",
    "starts": "starts_on",
    "start_date": "starts_on",
    "ends": "ends_on",
    "end_date": "ends_on",
    "inset": "inset_days",
}
LONGEST_NAME = 80
INSET = "an INSET day"
FIGURES = re.compile(r"\d+[-/.]\d+[-/.]\d+")  # a date without blanks in it
# "Half term 1" is a term in schools that count six; "half term" alone is a holiday.
A_HOLIDAY = re.compile(r"holiday|vacation|\bbreak\b|inset|half[ -]?term(?!\s*\d)", re.IGNORECASE)

TermRows = tuple[list[TermRow], list[Spoilt], list[Fault]]


def term_rows(text: str, path: Path) -> TermRows:
    """The rows of a term list that can be used by themselves, the spoilt ones, and why they are."""
    rows: list[TermRow] = []
    spoilt: list[Spoilt] = []
    faults: list[Fault] = []
    for row in table_from(text, path, NEEDED, ALIASES):
        try:
            rows.append(_term_row(row))
        except BadDateError as wrong:
            spoilt.append(_spoilt(row))
            faults.append(Fault(str(path), row.line, wrong.what, wrong.cure))
    return rows, spoilt, faults


def _term_row(row: Row) -> TermRow:
    if row.too_long:
        raise BadDateError(
            "this row has more cells than the header", "Put text that has a comma in double quotes"
        )
    if not row["authority"]:
        raise BadDateError("this row names no authority", "Say in the column authority whose dates these are")
    year = read_year(row["academic_year"])
    return TermRow(
        line=row.line,
        authority=printable(row["authority"]),
        school=printable(row["school"]),
        ons_code=row["ons_code"],
        year=year,
        term=_term(row, year),
        shut_days=_shut_days(row["inset_days"], year),
        source=printable(row["source"]),
        checked_by=printable(row["checked_by"]),
        checked_on=_optional(row, "checked_on"),
        covered_until=_optional(row, "covered_until"),
    )


def _term(row: Row, year: SchoolYear) -> Term:
    """The row's term, in the right order and inside its school year."""
    name = printable(row["term_name"])[:LONGEST_NAME] or "term"
    if A_HOLIDAY.search(name):
        raise BadDateError(
            f"{quoted(name)} sounds like a holiday, and this is a list of terms",
            "Write the periods in which schools are open, and INSET days in the column inset_days",
        )
    first = _date(row, "starts_on", year)
    last = _date(row, "ends_on", year)
    if last < first:
        raise BadDateError(
            f"{name} ends on {last.isoformat()}, before it starts on {first.isoformat()}",
            "Check starts_on and ends_on: the day, the month and the year",
        )
    for column, day in (("starts_on", first), ("ends_on", last)):
        if not year.first <= day <= year.last:
            raise BadDateError(
                f"{name} of {year} has {day.isoformat()} in {column}, which is not in that school year",
                f"Check the year in {column} and academic_year: {year} runs from {year.first} to {year.last}",
            )
    return Term(name, first, last, str(year))


def _date(row: Row, column: str, year: SchoolYear) -> date:
    try:
        return read_date(row[column], year.first, year.last)
    except BadDateError as wrong:
        raise BadDateError(f"in the column {column}, {wrong.what}", wrong.cure) from None


def _optional(row: Row, column: str) -> date | None:
    try:
        return read_date(row[column]) if row[column] else None
    except BadDateError as wrong:
        raise BadDateError(f"in the column {column}, {wrong.what}", wrong.cure) from None


def _shut_days(text: str, year: SchoolYear) -> Mapping[date, str]:
    """Days off inside a term: dates with blanks or ';' between; words after a date say what day it is."""
    found: dict[date, str] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        try:
            found |= _days_off(part, year)
        except BadDateError as wrong:
            raise BadDateError(f"in the column inset_days, {wrong.what}", wrong.cure) from None
    return found


def _days_off(part: str, year: SchoolYear) -> Mapping[date, str]:
    words = part.split()
    dates = list(takewhile(FIGURES.fullmatch, words))
    why = printable(" ".join(words[len(dates) :])) if dates else ""
    days = [read_date(each, year.first, year.last) for each in dates or [part]]
    for day in days:
        if not year.first <= day <= year.last:
            raise BadDateError(
                f"{day.isoformat()} is not in the school year {year}", "Check the year of that day"
            )
    return dict.fromkeys(days, why or INSET)


def _spoilt(row: Row) -> Spoilt:
    """What can still be said of a row that can't be used: whose it was, and of which year."""
    try:
        year = read_year(row["academic_year"])
    except BadDateError:
        year = None
    return Spoilt(printable(row["school"]) or printable(row["authority"]), year)
