"""The quarterly report as an Excel workbook: figures, months, meetings, what was read. Nothing in it is a formula."""

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from models.tally import Result, result
from wording import report_words as words
from wording.check_csv import inert
from wording.plain import LINE, clean
from wording.report_parts import HOW_IT_WENT
from wording.report_table import COLUMNS, rows
from wording.reported import Reported

DAY = "ddd d mmm yyyy"
A4 = 9  # as Excel numbers paper
WIDE, USUAL, LINE_HEIGHT = 48, 15, 15
WIDE_ONES = frozenset({"Because", "Reason", "Key", "Days", "Last read"})
DAYS = frozenset({"date", "due", "agreed_on"})
NUMBERS = frozenset({"sent_working_days_ahead"})

Cell = str | int | date | None


def report_workbook(report: Reported) -> bytes:
    """The workbook as bytes. Counts are numbers and days are days, so that Excel can add them; the rest is text."""
    book = Workbook()
    book.properties.creator = "Protocol Watch"
    book.properties.title = words.heading(report)
    book.remove(book.active)
    _sheet(book, "Figures", HOW_IT_WENT, _figures(report))
    _sheet(book, "By month", ("Month", *HOW_IT_WENT[1:-1], "Meetings held"), _months(report))
    _sheet(book, "Every meeting", [one.replace("_", " ").capitalize() for one in COLUMNS], _every(report))
    _sheet(book, "What was read", ("Group", "Last read", "Days"), _read(report))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _figures(report: Reported) -> Iterable[Sequence[Cell]]:
    for one in report.tallies:
        name = words.what(report.promises.get(one.promise), one.promise)
        yield f"{one.promise}, clause {one.clause}: {name}", *(one[each] for each in Result), one.of


def _months(report: Reported) -> Iterable[Sequence[Cell]]:
    for month in report.quarter.months:
        counts = Counter(result(one) for one in report.entries if one.day.replace(day=1) == month)
        held = sum(one.day.replace(day=1) == month for one in report.held)
        yield f"{month:%B %Y}", *(counts[one] for one in Result), held


def _every(report: Reported) -> Iterable[Sequence[Cell]]:
    for row in rows(report):
        yield [_typed(column, text) for column, text in zip(COLUMNS, row, strict=True)]


def _read(report: Reported) -> Iterable[Sequence[Cell]]:
    for one in report.read:
        yield clean(one.group, LINE), words.read_at(one), words.not_read(one)
    for text in report.notes:
        yield words.note(text), "", ""


def _typed(column: str, text: str) -> Cell:
    if not text:
        return None
    if column in DAYS:
        return date.fromisoformat(text)
    return int(text) if column in NUMBERS else text


def _sheet(book: Any, name: str, columns: Sequence[str], table: Iterable[Sequence[Cell]]) -> None:
    sheet = book.create_sheet(name)
    for number, column in enumerate(columns, 1):
        heading = sheet.cell(row=1, column=number, value=column)
        sheet.row_dimensions[1].height = 2 * LINE_HEIGHT
        heading.font, heading.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        wide = (number == 1 and name != "Every meeting") or column in WIDE_ONES
        sheet.column_dimensions[get_column_letter(number)].width = WIDE if wide else USUAL
    for line, row in enumerate(table, 2):
        for number, value in enumerate(row, 1):
            _fill(sheet.cell(row=line, column=number), value)
        sheet.row_dimensions[line].height = LINE_HEIGHT * _lines(columns, row)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0


def _lines(columns: Sequence[str], row: Sequence[Cell]) -> int:
    """How many lines a row needs, about: some programs don't find it out by themselves."""
    lines = [1]
    for number, (column, value) in enumerate(zip(columns, row, strict=True)):
        width = WIDE if number == 0 or column in WIDE_ONES else USUAL
        lines.append(-(-len(str(value or "")) * 6 // (width * 5)))
    return max(lines)


def _fill(cell: Any, value: Cell) -> None:
    """A number, a day, or text that Excel shows and never runs."""
    if isinstance(value, str):
        cell.value = inert(value)
        cell.data_type = "s"  # whatever it begins with
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DAY
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
