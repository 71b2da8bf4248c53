"""`report` and `agreement reminders` as a new user types them: real files, a subprocess, an empty home."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.door.typing_it import typed

NOW = ("--now", "2027-01-11T09:15")
QUARTER = ("--quarter", "2026/27-Q3")
AUTUMN = """date,start_time,end_time,title,private
2026-10-13,10:00,12:00,SEND Partnership Board,
2026-11-10,09:30,11:30,SEND Partnership Board,
2026-12-08,10:00,12:00,SEND Partnership Board,
2026-10-28,10:00,12:00,Communications Priority Group,
2026-11-18,10:00,15:00,Communications Priority Group: Sam Okafor,yes
2027-01-12,10:00,12:00,SEND Partnership Board,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "autumn.csv").write_text(AUTUMN)
    return tmp_path


def test_how_would_we_have_done_says_what_a_check_says(folder: Path) -> None:
    """The same states, key by key, as `check` gives for the same file; and nobody's name."""
    done = typed(folder, "report", *QUARTER, *NOW, "--backtest", "autumn.csv", "--format", "json")
    report = json.loads(done.stdout)
    checked = json.loads(typed(folder, "check", "autumn.csv", *NOW, "--format", "json").stdout)
    wanted = {
        one["key"]: one["state"]
        for one in checked["findings"]
        if one["meeting"]["key"] and "2026-10-01" <= one["meeting"]["starts"] < "2027-01-01"
        if one["state"] != "not in scope"
    }
    assert (done.returncode, done.stderr) == (0, "")
    assert report["backtest"] is True
    assert {one["key"]: one["state"] for one in report["entries"]} == wanted
    assert len(report["meetings"]) == 5
    assert "Okafor" not in done.stdout


def test_the_name_of_the_file_says_what_is_written(folder: Path) -> None:
    for name, begins in (
        ("report.docx", b"PK"),
        ("report.xlsx", b"PK"),
        ("report.html", b"<!DOCTYPE"),
        ("report.csv", b"\xef\xbb\xbf"),
    ):
        done = typed(folder, "report", *QUARTER, *NOW, "--backtest", "autumn.csv", "--output", name)
        assert (done.returncode, done.stdout) == (0, f"Written: {name}\n")
        assert (folder / name).read_bytes().startswith(begins)
    rows = list(csv.DictReader(io.StringIO((folder / "report.csv").read_text("utf-8-sig"))))
    assert {row["quarter"] for row in rows} == {"2026/27-Q3"}


def test_several_calendars_may_follow_backtest(folder: Path) -> None:
    (folder / "more.csv").write_text("date,start_time,title\n2026-12-01,10:00,SEND Partnership Board\n")
    done = typed(folder, "report", *QUARTER, *NOW, "--format", "json", "--backtest", "autumn.csv", "more.csv")
    assert len(json.loads(done.stdout)["meetings"]) == 6


REFUSED = [
    (("--quarter", "2026Q3"), "This could mean two quarters. 2026/27-Q3 is October to December 2026"),
    (("--quarter", "autumn"), "This is not a quarter. Write it as 2026/27-Q1"),
    (("--quarter", "2027/28-Q1"), "2027/28-Q1 has not begun. It starts on Thursday 1 April 2027."),
    ((), "Please name the quarter"),
    ((*QUARTER, "--freeze"), "Use one of them."),
    ((*QUARTER, "--easy-read", "--format", "csv"), "The easy-read page is for people"),
    ((*QUARTER, "--output", "autumn.csv"), "this is a file with your dates"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_what_cannot_be_done_is_said_in_a_sentence(folder: Path, words: tuple[str, ...], said: str) -> None:
    done = typed(folder, "report", *words, *NOW, "--backtest", "autumn.csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "autumn.csv").read_text() == AUTUMN


def test_a_file_that_is_not_there_is_named_and_the_report_is_still_made(folder: Path) -> None:
    done = typed(folder, "report", *QUARTER, *NOW, "--backtest", "autumn.csv", "gone.csv")
    assert done.returncode == 2
    assert "gone.csv" in done.stderr
    assert "How it went" in done.stdout


def test_the_forums_reminders_are_a_file_and_nothing_is_remembered(folder: Path) -> None:
    before = sorted(one.name for one in folder.iterdir())
    done = typed(folder, "agreement", "reminders", "--forum", "--now", "2026-11-27")
    assert done.returncode == 0
    assert done.stdout.count("BEGIN:VEVENT") == 7
    assert sorted(one.name for one in folder.iterdir()) == before
    assert "type 'agreement reminders --forum'" in typed(folder, "agreement", "reminders").stderr
