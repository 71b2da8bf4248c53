"""A year's plan in every form: the same facts in each, opened again by other programs."""

import csv
import io
import json
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import recurring_ical_events
from icalendar import Calendar
from openpyxl import load_workbook
from rich.console import Console

from models.year_plan import YearPlan
from reading.plan_xlsx import read_workbook
from tests.wording.invented_plan import made
from wording.calendar_file import calendar_file
from wording.plan_page import plan_page
from wording.plan_table import COLUMNS, plan_csv, plan_json
from wording.plan_text import plan_text
from wording.plan_workbook import plan_workbook
from wording.year_grid import months

PRIVATE = "Okafor"


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> YearPlan:
    return made(tmp_path_factory.mktemp("year"))


def printed(year: YearPlan, width: int = 80) -> str:
    console = Console(width=width, file=io.StringIO(), color_system=None)
    console.print(plan_text(year))
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_the_text_says_what_does_not_fit_and_the_nearest_date_that_would(year: YearPlan) -> None:
    told = " ".join(printed(year).split())
    assert "10 dates from Friday 1 January to Thursday 30 September 2027. 3 fit, 5 do not fit" in told
    assert "Thursday 18 February 2027 is in half term for most Lancashire County Council schools." in told
    assert "Nearest that fits: Monday 22 February 2027, 10am to noon." in told
    assert "It is longer than the agreed hours. Please make it shorter, or hold it as two." in told
    assert "It is a weekend day." in told
    assert "Please add dates." in told
    assert "Which group is this?" in told
    assert "next year.csv, line 13: there is no such day as '2027-31-12'" in told
    assert "We can't see NHS or forum diaries, so please check with both." in told


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_text_keeps_to_its_width(year: YearPlan, width: int) -> None:
    assert all(len(line) <= width for line in printed(year, width).splitlines())


def test_the_json_holds_every_date_with_what_the_rules_say(year: YearPlan) -> None:
    told = json.loads(json.dumps(plan_json(year)))
    by_day = {one["meeting"]["starts"][:10]: one for one in told["dates"]}
    assert by_day["2027-02-18"]["fits"] is False
    assert [one["promise"] for one in by_day["2027-02-18"]["misfits"]] == ["P05"]
    assert by_day["2027-02-18"]["nearest"]["starts"] == "2027-02-22T10:00:00+00:00"
    assert by_day["2027-04-20"]["nearest"]["starts"] == "2027-04-20T10:00:00+01:00"
    assert by_day["2027-01-12"]["papers_due"] == "2027-01-04"
    assert by_day["2027-01-12"]["papers_due_latest"] == "2027-01-05"
    assert by_day["2027-09-14"]["unknown"][0]["state"] == "cannot tell"
    assert told["window"] == {"from": "2027-01-01", "to": "2027-09-30"}


def test_the_table_can_be_looked_at_again_as_a_plan(year: YearPlan, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(plan_csv(year).removeprefix("\ufeff"))))
    assert [row["fits"] for row in rows].count("Does not fit") == 5
    assert rows[1]["nearest_date"] == "2027-02-22"
    again = made(tmp_path, plan_csv(year))
    assert [one.meeting.starts for one in again.dates] == [one.meeting.starts for one in year.dates]
    assert [one.misfits == () for one in again.dates] == [one.misfits == () for one in year.dates]


def test_the_workbook_holds_real_days_and_no_formula(year: YearPlan, tmp_path: Path) -> None:
    """Opened by openpyxl, and by our own reader as next year's dates."""
    file = tmp_path / "plan.xlsx"
    file.write_bytes(plan_workbook(year))
    book = load_workbook(file)
    assert book.sheetnames == ["Dates", "Days to avoid", "Papers due"]
    heading, first, *_ = book["Dates"].iter_rows(values_only=True)
    assert heading == tuple(name.replace("_", " ").capitalize() for name in COLUMNS)
    assert first[:3] == (year.dates[0].meeting.starts.replace(tzinfo=None, hour=0), time(10), time(12))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    due = [row[0].date() for row in book["Papers due"].iter_rows(min_row=2, values_only=True)]
    assert due == sorted(due)
    again = {one.starts for one in read_workbook(file).meetings}
    assert {one.meeting.starts for one in year.dates} <= again


def test_the_calendar_has_days_to_avoid_and_papers_days_and_takes_nobodys_time(year: YearPlan) -> None:
    """Read back by icalendar, and spread over the year by recurring-ical-events."""
    calendar = Calendar.from_ical(calendar_file(year))
    entries = recurring_ical_events.of(calendar).between(date(2026, 12, 1), date(2027, 12, 31))
    spans = {(str(e["SUMMARY"]), e.start, e.end - timedelta(days=1)) for e in entries}
    assert ("Half term", date(2027, 2, 15), date(2027, 2, 19)) in spans
    assert ("Good Friday", date(2027, 3, 26), date(2027, 3, 26)) in spans
    assert ("Easter holidays", date(2027, 3, 26), date(2027, 4, 9)) in spans
    papers = "Papers due: SEND Partnership Board, Tuesday 12 January 2027"
    assert (papers, date(2027, 1, 4), date(2027, 1, 4)) in spans
    assert {str(entry["TRANSP"]) for entry in entries} == {"TRANSPARENT"}
    names = [str(entry["UID"]) for entry in calendar.walk("VEVENT")]
    assert len(set(names)) == len(names)
    assert calendar.errors == []


def test_the_calendar_of_the_same_plan_is_the_same(year: YearPlan, tmp_path: Path) -> None:
    assert calendar_file(made(tmp_path)) == calendar_file(year)


def test_lines_of_the_calendar_are_folded_at_75_octets(year: YearPlan) -> None:
    assert all(len(line) <= 75 for line in calendar_file(year).split(b"\r\n"))


def test_no_output_says_what_a_private_meeting_is_about(year: YearPlan, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(plan_workbook(year))
    cells = [str(cell.value) for sheet in load_workbook(file) for row in sheet.iter_rows() for cell in row]
    told = [printed(year), json.dumps(plan_json(year)), plan_csv(year), plan_page(year)]
    told += [calendar_file(year).decode(), " ".join(cells)]
    assert not [one for one in told if PRIVATE in one]
    assert all("Private meeting" in one for one in told)


def test_the_grid_has_every_month_with_whole_weeks_and_the_right_weekdays(year: YearPlan) -> None:
    shown = months(year)
    assert (shown[0].name, shown[-1].name) == ("January 2027", "September 2027")
    for month in shown:
        assert all(len(week) == 7 for week in month.weeks)
        numbers = [day.number for week in month.weeks for day in week if day]
        assert all(after == before + 1 for before, after in pairwise(numbers))
    february = {day.number: day for week in shown[1].weeks for day in week if day}
    assert february[18].marks == "M H"
    assert february[18].says == "meeting, Half term"
    assert shown[1].weeks[2][3] is february[18]  # a Thursday
    assert february[10].marks == "P"


def test_a_plan_that_starts_early_in_january_shows_when_its_papers_are_due(tmp_path: Path) -> None:
    early = made(tmp_path, "date,start_time,title\nMonday 4 January 2027,10:00,SEND Partnership Board\n")
    assert [month.name for month in months(early)] == ["December 2026", "January 2027"]
    assert early.avoid[0].name == "the Christmas holidays"


def test_an_empty_plan_still_shows_the_year(tmp_path: Path) -> None:
    nothing = made(tmp_path, "date,start_time,title\n")
    assert "We saw no dates here. Are these the right files and days?" in " ".join(printed(nothing).split())
    assert len(months(nothing)) == 12
    assert Calendar.from_ical(calendar_file(nothing)).walk("VEVENT")
