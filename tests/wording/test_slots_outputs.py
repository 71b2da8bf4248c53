"""The dates that `slots` found, in every form: the same facts in each."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from rich.console import Console

from functions.plan import Asked as PlanAsked
from functions.plan import plan
from functions.slots import Asked, find
from models.days import LONDON
from wording.slots_found import SlotsFound
from wording.slots_table import slots_csv, slots_json
from wording.slots_text import slots_text

NOW = datetime(2027, 2, 4, 10, tzinfo=LONDON)  # a Thursday
BOARD = "SEND Partnership Board"


def found(**more: object) -> SlotsFound:
    return find(Asked(**({"now": NOW, "group": BOARD} | more))).found  # type: ignore[arg-type]


def printed(one: SlotsFound, width: int = 80) -> str:
    console = Console(width=width, file=io.StringIO(), color_system=None)
    console.print(slots_text(one))
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_the_text_says_when_by_when_papers_go_out_and_why_not_sooner() -> None:
    told = " ".join(printed(found(most=2)).split())
    assert "2 hours between 10am and 2pm, from Friday 5 February 2027 on." in told
    assert "We can't see NHS or forum diaries, so please check with both." in told
    assert "1. Friday 12 February 2027, 10am to noon Any time from 10am to 2pm." in told
    assert (
        "Papers go out by the end of Thursday 4 February 2027 "
        "(or Friday 5 February 2027, if the day of sending counts)." in told
    )
    assert "2. Monday 22 February 2027, 10am to noon" in told
    assert "Friday 5 to Thursday 11 February 2027: too soon to send papers in time" in told
    assert "Monday 15 to Friday 19 February 2027: half term" in told
    assert "You gave no calendar, so we can't see what else is on." in told


SENTENCES = [
    ({"length": 300}, "It is longer than the time between 10am and 2pm. Please try a shorter one."),
    (
        {"weeks": 1},
        "We found no date that fits. We looked until Thursday 11 February 2027. To look further, use --weeks.",
    ),
    ({"weeks": 2}, "There are no more until Thursday 18 February 2027. To look further, use --weeks."),
    (
        {"now": datetime(2027, 7, 15, 10, tzinfo=LONDON), "weeks": 3},
        "From Thursday 22 July 2027 we have no school dates of Lancashire County Council for then. Please add dates.",
    ),
    ({"group": "SEND Executive Group"}, "(the agreement sets no hours for these meetings)"),
]


@pytest.mark.parametrize(("asked", "sentence"), SENTENCES)
def test_where_little_or_nothing_fits_the_text_says_why(asked: dict[str, object], sentence: str) -> None:
    told = " ".join(printed(found(**asked)).split())
    assert (
        sentence.replace("There are no more", "We found no date that fits. We looked") in told
        or sentence in told
    )


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_text_keeps_to_its_width(width: int) -> None:
    assert all(len(line) <= width for line in printed(found(), width).splitlines())


def test_there_are_eight_slots_where_nobody_says_how_many() -> None:
    assert len(slots_json(found())["slots"]) == 8


def test_the_json_holds_both_readings_and_the_days_passed() -> None:
    told = json.loads(json.dumps(slots_json(found(most=1, length=60))))
    assert told["slots"] == [
        {
            "starts": "2027-02-12T10:00:00+00:00",
            "ends": "2027-02-12T11:00:00+00:00",
            "free": [{"from": "10:00", "to": "14:00"}],
            "papers_due": "2027-02-04",
            "papers_due_latest": "2027-02-05",
            "remarks": [],
            "whole_day_entry": False,
        }
    ]
    assert told["passed"] == [
        {"from": "2027-02-05", "to": "2027-02-11", "why": "too soon to send papers in time"}
    ]
    assert told["hours"] == {"from": "10:00", "to": "14:00", "promised": True}


def test_the_table_is_a_plan_in_which_every_date_fits(tmp_path: Path) -> None:
    """What `slots` offers, `plan` finds nothing wrong with: copied, pasted, looked at again."""
    table = tmp_path / "slots.csv"
    table.write_text(slots_csv(found()), encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(slots_csv(found()).removeprefix("\ufeff"))))
    again = plan(PlanAsked(files=[table], now=NOW)).plan
    assert len(again.dates) == len(rows) == 8
    assert all(one.fits and not one.remarks for one in again.dates)


def test_no_output_names_what_is_in_a_calendar(tmp_path: Path) -> None:
    calendar = tmp_path / "mine.csv"
    calendar.write_text("date,start_time,end_time,title\n2027-02-12,10:00,12:00,Talk with Sam Okafor\n")
    busy = found(calendars=[calendar], most=1)
    told = [printed(busy), json.dumps(slots_json(busy)), slots_csv(busy)]
    assert not [one for one in told if "Okafor" in one]
    assert "Friday 12 February 2027, noon to 2pm" in told[0]
