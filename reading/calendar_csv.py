"""Reads a calendar kept as a table (.csv): a meeting a row, with at least date, start time and title."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from reading.calendar_columns import WANTED, cells_of, columns_of, missing_from
from reading.calendar_row import meeting_of
from reading.faults import Fault, Unreadable
from reading.file_lines import opened, physical_lines, text
from reading.misread import MisreadError
from reading.reading_result import Progress, Reading

MOST_ROWS = 100_000
NOW_AND_THEN = 500  # rows between two words about progress
LONGEST_HEADER = 10_000
_SEPARATORS = ",;\t"

_TOO_MANY = (f"the file has more than {MOST_ROWS:,} rows; those from here on were not read", "Split the file")
_BROKEN = (
    "this row can't be read, nor perhaps those just after it",
    "Look for a quote mark that is not closed",
)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    values: list[str]
    broken: bool = False


def read_csv(path: Path, progress: Progress) -> Reading:
    """All meetings of a table, with a fault for each row that can't be read."""
    with opened(path) as handle:
        rows = _rows(map(text, physical_lines(handle)))
        columns = _columns(path, next(rows, None))
        body = list(islice(rows, MOST_ROWS + 1))
    reading = Reading()
    if len(body) > MOST_ROWS:
        reading.faults.append(Fault(str(path), body.pop().line, *_TOO_MANY))
    seen: Counter[str] = Counter()
    for number, row in enumerate(body):
        if number % NOW_AND_THEN == 0:
            progress(number, len(body))
        try:
            reading.meetings.append(meeting_of(_cells(columns, row), seen))
        except MisreadError as misread:
            reading.faults.append(Fault(str(path), row.line, misread.what, misread.cure))
    progress(len(body), len(body))
    return reading


def _rows(lines: Iterator[str]) -> Iterator[_Row]:
    """The rows with something in them, with the line each starts on; a # at the start makes a remark."""
    line, header, separator = _header_line(lines)
    table = csv.reader(chain([header], (f"{line}\n" for line in lines)), delimiter=separator, strict=True)
    before = line - 1
    while True:
        began = before + table.line_num + 1
        try:
            values = next(table)
        except StopIteration:
            return
        except csv.Error:
            yield _Row(began, [], broken=True)
            continue
        if any(value.strip() for value in values) and not values[0].lstrip().startswith("#"):
            yield _Row(began, values)


def _header_line(lines: Iterator[str]) -> tuple[int, str, str]:
    """The first line that says something, its number, and what stands between cells."""
    separator = ""
    for number, line in enumerate(lines, 1):
        if told := re.fullmatch(r"sep=(.)", line.strip(), re.IGNORECASE):
            separator = told[1]  # Excel's own way to say it
        elif line.strip() and not line.lstrip().startswith("#"):
            short = line[:LONGEST_HEADER]
            return number, short, separator or max(_SEPARATORS, key=short.count)
    return 1, "", ","


def _columns(path: Path, header: _Row | None) -> list[str]:
    """What each column is called, in our words; Unreadable where one that we need is missing."""
    columns = columns_of(header.values) if header else []
    missing = missing_from(columns)
    if missing:
        what = f"this is not a calendar we can read: its first row has no column {' and no '.join(missing)}"
        raise Unreadable([Fault(str(path), header.line if header else 0, what, WANTED)])
    return columns


def _cells(columns: list[str], row: _Row) -> dict[str, str]:
    if row.broken:
        raise MisreadError(*_BROKEN)
    return cells_of(columns, row.values)
