"""Dates kept in an Excel workbook: what people really make of it, and workbooks that are broken or hostile."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from reading.calendars import read_calendar
from reading.faults import Unreadable
from reading.plan_xlsx import is_workbook, read_workbook

HEADER = ["Date", "Start time", "End time", "Title", "Group"]
Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """A workbook with one sheet, or with several by name."""

    def made(*rows: list[object], **sheets: list[list[object]]) -> Path:
        book = Workbook()
        book.remove(book.active)
        for name, lines in (sheets or {"Dates": list(rows)}).items():
            sheet = book.create_sheet(name)
            for line in lines:
                sheet.append(line)
        book.save(tmp_path / "dates.xlsx")
        return tmp_path / "dates.xlsx"

    return made


def kept(*parts: int) -> datetime:
    """A moment as Excel keeps it: of no zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def told(path: Path) -> list[str]:
    return [
        f"{one.starts:%a %d %b %Y %H:%M}-{one.ends:%H:%M} {one.title}" for one in read_workbook(path).meetings
    ]


TUESDAY = "Tue 12 Jan 2027 10:00-12:00 Board"
WAYS = [
    [date(2027, 1, 12), time(10), time(12)],
    [kept(2027, 1, 12), time(10), time(12)],  # how Excel keeps a day
    [kept(2027, 1, 12), kept(1899, 12, 30, 10), kept(1899, 12, 30, 12)],
    ["12/01/2027", "10:00", "12.00"],
    ["Tuesday 12 January 2027", "10am", "12pm"],
    [46399, 10 / 24, 0.5],  # days and times that lost their format
    [date(2027, 1, 12), timedelta(hours=10), timedelta(hours=12)],  # a length of time, used as a time
    [" 2027-01-12 ", " 10:00 ", ""],
]


@pytest.mark.parametrize("when", WAYS)
def test_days_and_times_are_read_however_excel_keeps_them(written: Written, when: list[object]) -> None:
    assert told(written(HEADER, [*when, "Board", ""])) == [TUESDAY]


def test_a_workbook_says_what_the_same_table_says_as_csv(written: Written, tmp_path: Path) -> None:
    rows = [["2027-01-12", "10:00", "12:00", "Board", "SEND"], ["2027-02-18", "", "", "Away day", ""]]
    table = tmp_path / "dates.csv"
    table.write_text("\n".join(",".join(row) for row in [HEADER, *rows]))
    known = read_calendar(table, horizon=date(2027, 12, 31))
    assert read_workbook(written(HEADER, *rows)).meetings == known.meetings


def test_rows_that_nobody_can_read_are_told_by_line_and_the_rest_stands(written: Written) -> None:
    path = written(
        ["Our dates for 2027"],  # people put a title above their table
        [],
        HEADER,
        ["2027-02-30", "10:00", "12:00", "Board", ""],
        [date(2027, 1, 12), time(10), time(12), "Board", ""],
        ["# a remark"],
        [date(2027, 1, 13), "whenever", "", "Board", ""],
        [date(2027, 1, 14), time(12), time(10), "Board", ""],
        [kept(2027, 1, 15, 10, 30), "", "", "Board", ""],  # a day with a time in it: which is meant?
        [None, time(10), "", "Board", ""],
        [date(2027, 1, 16), 10, "", "Board", ""],
    )
    read = read_workbook(path)
    assert told(path) == [TUESDAY]
    assert [fault.line for fault in read.faults] == [4, 7, 8, 9, 10, 11]
    assert str(read.faults[0]) == (
        f"{path}, sheet 'Dates', line 4: there is no such day as '2027-02-30'. "
        "Write dates as 2026-02-13 or 13/02/2026."
    )


def test_every_sheet_with_the_columns_is_read_and_the_others_are_named(written: Written) -> None:
    autumn, spring = (
        [date(2026, 11, 27), time(10), time(12), "A"],
        [date(2027, 1, 12), time(10), time(12), "B"],
    )
    path = written(Autumn=[HEADER, autumn], Spring=[HEADER, spring], Rooms=[["Room", "Seats"], ["1", 20]])
    assert told(path) == ["Fri 27 Nov 2026 10:00-12:00 A", "Tue 12 Jan 2027 10:00-12:00 B"]
    assert read_workbook(path).notes == (
        "dates.xlsx: the sheet 'Rooms' has no dates in columns that we know.",
    )


def test_formulas_are_never_worked_out(written: Written) -> None:
    """A day that only a formula knows, and that Excel never saved, is a row nobody can read."""
    read = read_workbook(written(HEADER, ["=DATE(2027,1,12)", time(10), time(12), "Board", ""]))
    assert read.meetings == ()
    assert [fault.line for fault in read.faults] == [2]


def test_only_the_days_asked_for_are_given(written: Written) -> None:
    days = [date(2027, 1, 12), date(2027, 2, 9), date(2027, 3, 9)]
    path = written(HEADER, *([day, time(10), time(12), "Board"] for day in days))
    read = read_workbook(path, first=date(2027, 2, 1), last=date(2027, 2, 28))
    assert [one.day for one in read.meetings] == [date(2027, 2, 9)]


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


BROKEN = {
    "cut short": (b"PK\x03\x04 and no more", "this workbook is damaged"),
    "another zip file": (_zip(a=b"text"), "there is no Excel workbook in this file that can be read"),
    "a bomb": (_zip(a=b"0" * 101_000_000), "this workbook is larger than 100 MB when unpacked"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_workbook_that_cannot_be_used_gets_one_sentence(tmp_path: Path, kind: str) -> None:
    content, what = BROKEN[kind]
    path = tmp_path / "broken.xlsx"
    path.write_bytes(content)
    assert is_workbook(path)
    with pytest.raises(Unreadable) as unreadable:
        read_workbook(path)
    assert [fault.what for fault in unreadable.value.faults] == [what]


def test_a_workbook_without_the_columns_says_which_ones_it_needs(written: Written) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read_workbook(written(["Day", "Who"], ["Monday", "All"]))
    assert "must name the columns date, start_time and title" in str(unreadable.value)


def test_what_is_no_file_is_no_workbook(tmp_path: Path) -> None:
    assert not is_workbook(tmp_path)
    assert not is_workbook(tmp_path / "nowhere.xlsx")
