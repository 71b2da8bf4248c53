"""Reads dates kept in an Excel workbook (.xlsx): the columns that a .csv has, on one sheet or several."""

import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900, from_excel  # type: ignore[import-untyped]

from reading.calendar_columns import WANTED, cells_of, columns_of, missing_from
from reading.calendar_row import meeting_of
from reading.calendars import CalendarFile, calendar_file
from reading.faults import Fault, Unreadable
from reading.misread import MisreadError
from reading.quoting import quoted
from reading.reading_result import Reading

ZIP = b"PK\x03\x04"
LARGEST = 100_000_000  # bytes when unpacked: a small file can hold a huge one
MOST_ROWS = 100_000
MOST_COLUMNS = 60
HEADER_WITHIN = 15  # rows: people put a title and a remark above their table
FIRST_DAY, LAST_DAY = 32_874, 73_415  # 1990 and 2100, as Excel numbers the days
MIDNIGHT = time()
_SAVE_AGAIN = "Open it in Excel and save it again as .xlsx or as CSV"
_TOO_MANY = (
    f"there are more than {MOST_ROWS:,} rows; those from here on were not read",
    "Split the workbook",
)
_WHOLE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    rows: Sequence[tuple[Any, ...]]


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook (or another zip file), by what is in it and not by its name."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as handle:
            return handle.read(len(ZIP)) == ZIP
    except OSError:  # whoever reads it as a calendar says why it can't be opened
        return False


def read_workbook(path: Path, *, first: date | None = None, last: date | None = None) -> CalendarFile:
    """The meetings of every sheet that has the columns, with a fault for each row that can't be read.

    Formulas are never worked out: what Excel last showed is read. Raises Unreadable where no sheet can be used.
    """
    reading = Reading()
    seen: Counter[str] = Counter()
    passed = []
    for sheet in _sheets(path):
        place = f"{path}, sheet {quoted(sheet.name)}"
        header = _header(sheet)
        if header is None:
            passed.append(sheet.name)
            continue
        _read(place, sheet, header, reading, seen)
    if not reading.meetings and not reading.faults and passed:
        what = "no sheet of this workbook has the columns we look for"
        raise Unreadable([Fault(str(path), 0, what, WANTED)])
    found = calendar_file(str(path), reading, last or date.max, first, last)
    notes = [
        f"{path.name}: the sheet {quoted(name)} has no dates in columns that we know." for name in passed
    ]
    return CalendarFile(found.file, found.meetings, found.faults, (*found.notes, *notes))


def _read(place: str, sheet: _Sheet, header: int, reading: Reading, seen: Counter[str]) -> None:
    columns = columns_of([_text(value) for value in sheet.rows[header]])
    for number, row in enumerate(sheet.rows[header + 1 :], header + 2):
        cells = [_written(column, value) for column, value in _paired(columns, row)]
        if not any(cells) or cells[0].startswith("#"):
            continue
        if number > MOST_ROWS:
            reading.faults.append(Fault(place, number, *_TOO_MANY))
            return
        try:
            reading.meetings.append(meeting_of(cells_of(columns, cells), seen))
        except MisreadError as misread:
            reading.faults.append(Fault(place, number, misread.what, misread.cure))


def _paired(columns: Sequence[str], row: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    for index, value in enumerate(row):
        yield (columns[index] if index < len(columns) else ""), value


def _header(sheet: _Sheet) -> int | None:
    """Which row names the columns; None where none of the first ones does."""
    for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        if not missing_from(columns_of([_text(value) for value in row])):
            return index
    return None


def _sheets(path: Path) -> list[_Sheet]:
    """The sheets that people see, row by row, as Excel last showed them."""
    _check_its_size(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings and rules that it does not read: nor do we
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                return [
                    _Sheet(str(sheet.title), [*_rows(sheet)])
                    for sheet in book.worksheets
                    if sheet.sheet_state == "visible"
                ]
            finally:
                book.close()
    except Exception:  # a broken workbook can trip the library in any way there is
        raise Unreadable(
            [Fault(str(path), 0, "there is no Excel workbook in this file that can be read", _SAVE_AGAIN)]
        ) from None


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    yield from sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)


def _check_its_size(path: Path) -> None:
    try:
        with ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (BadZipFile, OSError, ValueError):
        raise Unreadable([Fault(str(path), 0, "this workbook is damaged", _SAVE_AGAIN)]) from None
    if size > LARGEST:
        what = "this workbook is larger than 100 MB when unpacked"
        raise Unreadable([Fault(str(path), 0, what, "Give a workbook with the dates only")])


def _written(column: str, value: Any) -> str:
    """A cell as the same row of a .csv would have it."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = _of_a_number(column, value)
    if isinstance(value, timedelta) and timedelta() <= value < _WHOLE_DAY:
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        value = time(*divmod(minutes, 60), seconds)
    if isinstance(value, datetime):
        if column.endswith("_time"):
            value = value.time()
        elif value.time() == MIDNIGHT:
            value = value.date()
    if isinstance(value, time):
        return value.strftime("%H:%M:%S")
    return _text(value)


def _of_a_number(column: str, value: float) -> Any:
    """Days and times that lost their format: Excel keeps a day as a number, and a time as a part of a day."""
    if column.endswith("_time") and 0 <= value < 1:
        return timedelta(seconds=round(value * 86_400))
    if column.endswith("date") and FIRST_DAY <= value < LAST_DAY and float(value).is_integer():
        return from_excel(value, CALENDAR_WINDOWS_1900)
    return value


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()
