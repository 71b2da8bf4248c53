"""Files that are no calendar: one plain sentence with the cure, quickly, and never a traceback."""

import errno
import os
import socket
import time
from datetime import date
from pathlib import Path

import pytest

from reading import calendars
from reading.calendars import read_calendar
from reading.faults import Fault, Unreadable

HORIZON = date(2027, 12, 21)
LONGEST_WAIT = 10  # seconds of one processor
ONE_EVENT = (
    b"BEGIN:VEVENT\nUID:%d\nDTSTART:20260601T090000Z\nDTEND:20260601T100000Z\nSUMMARY:SECRET\nEND:VEVENT\n"
)


def refused(path: Path) -> Fault:
    with pytest.raises(Unreadable) as caught:
        read_calendar(path, horizon=HORIZON)
    (fault,) = caught.value.faults
    assert fault.file == str(path)
    assert fault.cure
    return fault


WHOLE_FILES = {
    "nothing in it": ("a.ics", b"", "the file is empty"),
    "only blanks": ("a.csv", b" \r\n\r\n", "the file is empty"),
    "no calendar": ("a.ics", b"Hello\n", "there is no calendar in this file (no line BEGIN:VCALENDAR)"),
    "no meetings": ("a.ics", b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "this calendar has no meetings in it"),
    "only a to-do": (
        "a.ics",
        b"BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:a\nEND:VTODO\nEND:VCALENDAR\n",
        "this calendar has no meetings in it",
    ),
    "cut before the first end": (
        "a.ics",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:SECRET",
        "the file ends in the middle, before its first meeting was complete",
    ),
    "ten megabytes on one line": (
        "a.ics",
        b"x" * 10_000_000,
        "there is no calendar in this file (no line BEGIN:VCALENDAR)",
    ),
    "a calendar all on one line": (
        "a.ics",
        b"BEGIN:VCALENDAR BEGIN:VEVENT " + b"x" * 10_000_000,
        "this calendar is all on one line, so nothing in it can be read",
    ),
    "a table on one line": (
        "a.csv",
        b"date," * 2_000_000,
        "this is not a calendar we can read: its first row has no column start_time and no title",
    ),
    "a workbook": (
        "a.csv",
        b"PK\x03\x04" + b"x" * 100,
        "this is an Excel workbook or a zip file, not a calendar",
    ),
    "a picture": ("a.ics", b"\x89PNG\r\n\x1a\n", "this is a picture, not a calendar"),
    "a PDF": ("a.ics", b"%PDF-1.7\n", "this is a PDF, not a calendar"),
    "bytes without sense": ("a.dat", bytes(range(256)) * 40, "this is not a text file, so not a calendar"),
}


@pytest.mark.parametrize(("name", "content", "what"), WHOLE_FILES.values(), ids=WHOLE_FILES.keys())
def test_a_file_that_is_no_calendar_gets_one_sentence(tmp_path: Path, name: str, content: bytes, what: str):
    path = tmp_path / name
    path.write_bytes(content)
    fault = refused(path)
    assert fault.what == what
    assert "SECRET" not in str(fault)


def test_a_missing_file(tmp_path: Path):
    assert refused(tmp_path / "gone.ics").what == "there is no such file"


def test_a_folder(tmp_path: Path):
    assert refused(tmp_path).what == "this is a folder"


def test_a_file_we_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a.ics"
    path.write_text("BEGIN:VCALENDAR")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refused(path).what == "you are not allowed to read this file"


def test_a_name_that_no_file_can_have(tmp_path: Path):
    assert "can't be opened" in refused(tmp_path / ("x" * 5_000)).what
    assert "can't be opened" in refused(Path("a\0b.ics")).what


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs a kind of file that Windows lacks")
def test_a_pipe_does_not_keep_us_waiting(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.ics")
    assert refused(tmp_path / "pipe.ics").what == "this is not an ordinary file"


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(calendars, "LARGEST", 100)
    path = tmp_path / "a.ics"
    path.write_bytes(b"BEGIN:VCALENDAR\n" * 10)
    assert refused(path).what == "the file is larger than 200 MB"


def test_a_calendar_is_known_by_what_is_in_it_not_by_its_name(tmp_path: Path):
    path = tmp_path / "calendar.csv"
    path.write_bytes(b"\xef\xbb\xbfbegin:vcalendar\n" + ONE_EVENT % 1 + b"END:VCALENDAR\n")
    assert len(read_calendar(path, horizon=HORIZON).meetings) == 1


HEAVY = {
    "a title of ten megabytes": ONE_EVENT.replace(b"SECRET", b"x" * 10_000_000).replace(b"%d", b"1"),
    "a title folded three million times": ONE_EVENT.replace(b"SECRET", b"x\n" + b" x\n" * 3_000_000),
    "60 series that never come true": b"".join(
        (ONE_EVENT % n).replace(b"SUMMARY", b"RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nSUMMARY")
        for n in range(60)
    ),
    "40 series for every second": b"".join(
        (ONE_EVENT % n).replace(b"SUMMARY", b"RRULE:FREQ=SECONDLY\nSUMMARY") for n in range(40)
    ),
    "a million entries without an end": b"BEGIN:VEVENT\n" * 1_000_000,
    "an endless time zone": b"BEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
    b"TZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"
    + ONE_EVENT.replace(b"DTSTART:", b"DTSTART;TZID=Mine:"),
}


@pytest.mark.parametrize("content", HEAVY.values(), ids=HEAVY.keys())
def test_nothing_keeps_us_waiting(tmp_path: Path, content: bytes):
    path = tmp_path / "heavy.ics"
    path.write_bytes(b"BEGIN:VCALENDAR\n" + content + b"END:VCALENDAR\n")
    began = time.process_time()
    try:
        faults = read_calendar(path, horizon=HORIZON).faults
    except Unreadable as unreadable:
        faults = unreadable.faults
    assert time.process_time() - began < LONGEST_WAIT
    assert not any("SECRET" in str(fault) for fault in faults)


def test_a_file_with_too_many_entries_is_read_as_far_as_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("reading.ics_entries.MOST_ENTRIES", 3)
    path = tmp_path / "a.ics"
    path.write_bytes(b"BEGIN:VCALENDAR\n" + b"".join(ONE_EVENT % n for n in range(5)) + b"END:VCALENDAR\n")
    calendar = read_calendar(path, horizon=HORIZON)
    assert len(calendar.meetings) == 3
    assert "those from here on were not read" in calendar.faults[0].what


def test_a_file_with_too_many_dates_is_read_as_far_as_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("reading.ics_meetings.MOST_MEETINGS", 10)
    series = ONE_EVENT.replace(b"SUMMARY", b"RRULE:FREQ=DAILY;COUNT=8\nSUMMARY")
    path = tmp_path / "a.ics"
    path.write_bytes(b"BEGIN:VCALENDAR\n" + b"".join(series % n for n in range(5)) + b"END:VCALENDAR\n")
    calendar = read_calendar(path, horizon=HORIZON)
    assert len(calendar.meetings) == 16
    assert "the other series were not read" in calendar.faults[0].what
