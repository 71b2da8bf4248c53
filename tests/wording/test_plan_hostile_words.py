"""Whatever somebody types into next year's dates, no output carries it in a form that does something."""

import csv
import io
import json
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from rich.console import Console

from tests.wording.invented import HOSTILE
from tests.wording.invented_plan import titled
from wording.calendar_file import calendar_file
from wording.check_csv import FORMULA_STARTS
from wording.plan_page import plan_page
from wording.plan_table import plan_csv, plan_json
from wording.plan_text import plan_text
from wording.plan_workbook import plan_workbook

MORE = [
    "=1+1",
    "+44 20",
    "-2",
    "@SUM(A1)",
    "x\r\nATTENDEE:mailto:a@b",
    "<script>alert(1)</script>",
    "\u202etxt.exe",
]


class Tags(HTMLParser):
    """The elements of a page."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember it."""
        self.found.add(tag)


@pytest.mark.parametrize("text", [*HOSTILE, *MORE])
def test_no_output_runs_what_somebody_typed(tmp_path: Path, text: str) -> None:
    year = titled(tmp_path, text)
    plain = titled(tmp_path, "Board")
    assert Tags(plan_page(year)).found == Tags(plan_page(plain)).found
    cells = [cell for row in csv.reader(io.StringIO(plan_csv(year).removeprefix("\ufeff"))) for cell in row]
    file = tmp_path / "plan.xlsx"
    file.write_bytes(plan_workbook(year))
    for sheet in load_workbook(file):
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f"]
            cells += [cell.value for cell in row if isinstance(cell.value, str)]
    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]
    calendar = Calendar.from_ical(calendar_file(year))
    assert calendar.errors == []
    assert {name for entry in calendar.walk("VEVENT") for name in entry} <= {
        "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "DESCRIPTION", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS",
    }  # fmt: skip
    console = Console(width=80, file=io.StringIO(), force_terminal=True, color_system=None)
    console.print(plan_text(year))
    everything = [console.file.getvalue(), json.dumps(plan_json(year), ensure_ascii=False)]  # type: ignore[attr-defined]
    everything += [plan_page(year), *cells]
    assert not [
        letter
        for one in everything
        for letter in one
        if unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs") and letter != "\n"
    ]
