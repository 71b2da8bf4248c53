"""A table that people keep in a CSV file: named columns, one line a row, lines with # left out."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from reading.faults import Fault, Unreadable
from reading.quoting import quoted
from reading.text_files import text_of, unreadable

DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file it starts on, and its cells by column name, without outer blanks."""

    line: int
    cells: Mapping[str, str]
    too_long: bool = False

    def __getitem__(self, column: str) -> str:
        """The cell of a column; empty where the row or the file does not have it."""
        return self.cells.get(column, "")


def read_table(
    path: Path, needed: Sequence[str], aliases: Mapping[str, str] | None = None
) -> tuple[Row, ...]:
    """The rows of a CSV file that has the needed columns. Capitals and blanks in the header don't matter."""
    return table_from(text_of(path), path, needed, aliases)


def table_from(
    text: str, path: Path, needed: Sequence[str], aliases: Mapping[str, str] | None = None
) -> tuple[Row, ...]:
    """The rows of a table whose text is at hand; `path` is only named in faults."""
    records = _records(text, path)
    line, header = next(records, (0, []))
    if not header:
        raise unreadable(path, "the file has no row in it", f"The first row must name: {', '.join(needed)}")
    columns = [_column(name, aliases or {}) for name in header]
    faults = [Fault(str(path), line, what, cure) for what, cure in _header_faults(columns, needed)]
    if faults:
        raise Unreadable(faults)
    return tuple(_row(line, columns, values) for line, values in records)


def _records(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """The non-empty records with the line each starts on."""
    delimiter = max(DELIMITERS, key=_first_line(text).count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)  # an open quote eats rows
    line = 1
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            what = "this row is broken, or far too long"
            raise unreadable(path, what, "Look for a missing quotation mark", line) from None
        if any(value.strip() for value in values) and not values[0].lstrip().startswith("#"):
            yield line, values
        line = reader.line_num + 1


def _first_line(text: str) -> str:
    """The first line that is no comment: the header."""
    return next((line for line in text.split("\n") if line.strip() and not line.startswith("#")), "")


def _column(name: str, aliases: Mapping[str, str]) -> str:
    plain = "_".join(name.strip().casefold().replace("-", " ").replace("_", " ").split())
    return aliases.get(plain, plain)


def _header_faults(columns: list[str], needed: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the row of column names, and the cure of each."""
    if not set(needed) & set(columns):
        yield "the first row does not name the columns we need", f"They are: {', '.join(needed)}"
        return
    for column in needed:
        if column not in columns:
            close = get_close_matches(column, [name for name in columns if name not in needed], 1, 0.6)
            meant = f" (is it the one called {quoted(close[0])}?)" if close else ""
            cure = f"The first row must name these columns: {', '.join(needed)}"
            yield f"there is no column '{column}'{meant}", cure
    for column in sorted({name for name in columns if name and columns.count(name) > 1}):
        yield f"two columns are called {quoted(column)}", "Leave one out"


def _row(line: int, columns: list[str], values: list[str]) -> Row:
    cells = {column: value.strip() for column, value in zip(columns, values, strict=False)}
    return Row(line, cells, too_long=any(value.strip() for value in values[len(columns) :]))
