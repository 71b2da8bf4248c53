"""`protocol-watch slots` as a new user types it: a subprocess, an empty home, the shipped agreement and dates."""

import json
from pathlib import Path

import pytest

from tests.door.typing_it import typed

BOARD = ("slots", "--group", "send partnership board", "--now", "2027-02-04")


def test_the_nearest_dates_come_with_their_papers_days(tmp_path: Path) -> None:
    done = typed(tmp_path, *BOARD)
    told = " ".join(done.stdout.split())
    assert done.returncode == 0
    assert done.stderr == ""
    assert "1. Friday 12 February 2027, 10am to noon" in told
    assert "8. Tuesday 2 March 2027, 10am to noon" in told
    assert "We can't see NHS or forum diaries, so please check with both." in told
    assert "Monday 15 to Friday 19 February 2027: half term" in told


def test_taken_times_of_several_calendars_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("date,start_time,end_time,title\n2027-02-12,10:00,11:00,Something\n")
    (tmp_path / "room.csv").write_text("date,start_time,end_time,title\n2027-02-12,11:00,11:30,Something\n")
    done = typed(tmp_path, *BOARD, "--calendar", "mine.csv", "room.csv", "--most", "1", "--format", "json")
    told = json.loads(done.stdout)
    assert told["slots"][0]["starts"] == "2027-02-12T11:30:00+00:00"
    assert told["slots"][0]["free"] == [{"from": "11:30", "to": "14:00"}]


def test_where_nothing_fits_the_exit_code_says_so(tmp_path: Path) -> None:
    done = typed(tmp_path, *BOARD, "--length", "300")
    assert done.returncode == 1
    assert "Please try a shorter one." in " ".join(done.stdout.split())


SLIPS = [
    (["slots"], "--group: say for whom you look: the name of a group, or a type of meeting."),
    (["slots", "--group", "send partnership bored"], "Did you mean 'SEND Partnership Board'?"),
    (["slots", "--type", "priority grup"], "Did you mean 'priority group'?"),
    (
        ["slots", "--type", "priority group", "--length", "0"],
        "--length: 0 can't be used. Use a number from 5 to 600.",
    ),
    (
        ["slots", "--type", "priority group", "--group", "SEND Partnership Board"],
        "Leave out either --group or --type.",
    ),
    ([*BOARD, "--from", "next week"], "--from: 'next week' is not a day. Write it as 2026-11-27."),
    ([*BOARD, "--calendar", "nowhere.ics"], "nowhere.ics: there is no such file."),
]


@pytest.mark.parametrize(("words", "sentence"), SLIPS)
def test_a_slip_gets_one_sentence_with_its_cure(tmp_path: Path, words: list[str], sentence: str) -> None:
    done = typed(tmp_path, *words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_calendar_that_cannot_be_read_does_not_keep_the_dates_back(tmp_path: Path) -> None:
    done = typed(tmp_path, *BOARD, "--calendar", "nowhere.ics", "--format", "csv")
    assert len(done.stdout.splitlines()) == 9


def test_looking_from_a_day_that_has_passed_starts_tomorrow(tmp_path: Path) -> None:
    done = typed(tmp_path, *BOARD, "--from", "2020-01-01", "--format", "json")
    assert json.loads(done.stdout)["window"]["from"] == "2027-02-05"
