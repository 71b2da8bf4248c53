"""A year's plan as an Excel workbook (.xlsx): dates, days to avoid, papers' due days. Nothing in it is a formula."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import count
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from models.year_plan import YearPlan
from wording import plan_words as words
from wording.check_csv import inert
from wording.plan_table import COLUMNS, rows

DAY, TIME = "ddd d mmm yyyy", "hh:mm"
A4 = 9  # as Excel numbers paper
WIDE = {"title": 36, "group": 26, "why": 60, "worth_knowing": 40, "what": 34, "meeting": 44}
USUAL = 15
DAYS = frozenset(
    {"date", "end_date", "nearest_date", "papers_due", "papers_due_latest", "first_day", "last_day"}
)
TIMES = frozenset({"start_time", "end_time", "nearest_start", "nearest_end"})

Row = Sequence[str]


def plan_workbook(plan: YearPlan) -> bytes:
    """The workbook as bytes. Days and times are real ones, so that Excel can sort them; all else is text."""
    book = Workbook()
    book.properties.creator = "Protocol Watch"
    book.properties.title = "The year's dates"
    book.remove(book.active)
    _sheet(book, "Dates", COLUMNS, rows(plan))
    _sheet(book, "Days to avoid", ("first_day", "last_day", "what", "sort", "whose"), _avoid(plan))
    _sheet(book, "Papers due", ("papers_due", "papers_due_latest", "meeting", "date"), _papers(plan))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _avoid(plan: YearPlan) -> Iterable[Row]:
    for one in plan.avoid:
        sort = words.WHAT_TO_AVOID[one.kind]
        yield one.first.isoformat(), one.last.isoformat(), words.avoided(one), sort, one.where


def _papers(plan: YearPlan) -> Iterable[Row]:
    due = [(one.papers, one) for one in plan.dates if one.papers]
    for papers, one in sorted(due, key=lambda pair: (pair[0].day, pair[0].latest)):
        yield papers.day.isoformat(), papers.latest.isoformat(), words.named(one), one.meeting.day.isoformat()


def _sheet(book: Any, name: str, columns: Sequence[str], table: Iterable[Row]) -> None:
    sheet = book.create_sheet(name)
    for number, column in enumerate(columns, 1):
        heading = sheet.cell(row=1, column=number, value=column.replace("_", " ").capitalize())
        heading.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = WIDE.get(column, USUAL)
    for line, row in zip(count(2), table, strict=False):
        for number, (column, text) in enumerate(zip(columns, row, strict=True), 1):
            _fill(sheet.cell(row=line, column=number), column, text)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0


def _fill(cell: Any, column: str, text: str) -> None:
    """A day, a time, or text that Excel shows and never runs."""
    if text and column in DAYS:
        cell.value, cell.number_format = date.fromisoformat(text), DAY
    elif text and column in TIMES:
        cell.value, cell.number_format = time.fromisoformat(text), TIME
    elif text:
        cell.value = inert(text)
        cell.data_type = "s"  # whatever it begins with
    cell.alignment = Alignment(wrap_text=True, vertical="top")
