"""`protocol-watch plan` as a new user types it: real files, a subprocess, an empty home."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import Workbook, load_workbook

from tests.door.typing_it import typed
from tests.wording.invented_plan import YEAR

NOW = ("--now", "2026-11-22")
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//EN
BEGIN:VEVENT
UID:a@x
DTSTART;TZID=Europe/London:20270218T100000
DTEND;TZID=Europe/London:20270218T120000
SUMMARY:SEND Partnership Board
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "next.csv").write_text(YEAR)
    (tmp_path / "next.ics").write_text(CALENDAR.replace("\n", "\r\n"), newline="")
    book = Workbook()
    book.active.append(["Date", "Start time", "End time", "Title"])
    book.active.append([date(2027, 2, 18), "10:00", "12:00", "SEND Partnership Board"])
    book.save(tmp_path / "next.xlsx")
    return tmp_path


def test_a_plan_says_what_does_not_fit_and_rows_nobody_can_read_by_line(folder: Path) -> None:
    done = typed(folder, "plan", "next.csv", *NOW)
    assert done.returncode == 2
    assert "Nearest that fits: Monday 22 February 2027, 10am to noon." in done.stdout
    assert "next.csv, line 13: there is no such day as '2027-31-12'" in done.stderr


@pytest.mark.parametrize("name", ["next.ics", "next.xlsx"])
def test_calendars_and_workbooks_are_read_alike(folder: Path, name: str) -> None:
    done = typed(folder, "plan", name, *NOW, "--format", "json")
    (one,) = json.loads(done.stdout)["dates"]
    assert done.returncode == 1
    assert done.stderr == ""
    assert one["nearest"]["starts"] == "2027-02-22T10:00:00+00:00"


def test_a_plan_says_what_a_check_says(folder: Path) -> None:
    """The same findings, key by key, as `check` gives for the same file."""
    checked = json.loads(typed(folder, "check", "next.csv", *NOW, "--format", "json").stdout)
    wanted = {one["key"] for one in checked["findings"] if one["found"] and one["meeting"]["key"]}
    planned = json.loads(typed(folder, "plan", "next.csv", *NOW, "--format", "json").stdout)
    assert {one["key"] for date in planned["dates"] for one in date["misfits"]} == wanted
    assert len(wanted) == 5


def test_a_year_where_all_is_well_ends_with_nought(folder: Path) -> None:
    (folder / "good.csv").write_text("date,start_time,title\n2027-01-12,10:00,SEND Partnership Board\n")
    assert typed(folder, "plan", "good.csv", *NOW).returncode == 0


def test_a_file_is_written_by_its_name(folder: Path) -> None:
    for name in ("year.html", "year.xlsx", "year.ics", "year.csv", "year.json", "year.txt"):
        done = typed(folder, "plan", "next.ics", *NOW, "--output", name)
        assert done.stdout == f"Written: {name}\n"
        assert done.returncode == 1
    assert "<h1>The year's dates</h1>" in (folder / "year.html").read_text()
    assert load_workbook(folder / "year.xlsx").sheetnames[0] == "Dates"
    assert Calendar.from_ical((folder / "year.ics").read_bytes()).walk("VEVENT")
    assert json.loads((folder / "year.json").read_text())["dates"]
    assert "Nearest that fits" in (folder / "year.txt").read_text()


def test_a_workbook_can_be_piped(folder: Path) -> None:
    """As bytes, untouched: what stands on standard output opens as a workbook."""
    import subprocess
    import sys

    command = [sys.executable, str(Path(__file__).parents[2] / "command_line.py"), "plan", "next.ics", *NOW]
    done = subprocess.run(
        [*command, "--format", "xlsx"], cwd=folder, capture_output=True, timeout=120, check=False
    )
    assert load_workbook(BytesIO(done.stdout)).sheetnames[0] == "Dates"


SLIPS = [
    (["plan", "next.csv", "--output", "next.csv"], "next.csv: this is a file with your dates"),
    (["plan", "next.ics", "--output", "no/such/folder/year.html"], "the file can't be written"),
    (["plan", "nowhere.xlsx"], "nowhere.xlsx: there is no such file."),
    (["plan", "next.ics", "--meeting-type", "bord"], "this agreement has no meetings of type 'bord'"),
]


@pytest.mark.parametrize(("words", "sentence"), SLIPS)
def test_a_slip_gets_one_sentence_with_its_cure(folder: Path, words: list[str], sentence: str) -> None:
    done = typed(folder, *words, *NOW)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "next.csv").read_text() == YEAR


def test_a_plan_needs_no_order_in_its_files(folder: Path) -> None:
    """The same date in two files is looked at once."""
    done = typed(folder, "plan", "next.ics", "next.ics", *NOW, "--format", "json")
    told = json.loads(done.stdout)
    assert len(told["dates"]) == 1
    assert told["notes"][-1] == "next.ics: 1 meeting also in an earlier file, looked at once."
