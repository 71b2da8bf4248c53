"""The dates we ship: every sourced row, what they add up to, and what they say on days that matter."""

import csv
from datetime import date
from pathlib import Path

import pytest

from models.terms import SchoolDay, Standing, Terms
from reading.bank_holidays import bank_holidays
from reading.closed_days import read_closed_days
from reading.terms import terms_from

LANCASHIRE = "Lancashire County Council"
SCHOOL = "Carleton Green Community Primary"
OPEN, CLOSED, UNKNOWN = Standing.OPEN, Standing.CLOSED, Standing.UNKNOWN


@pytest.fixture(scope="module")
def terms(house: Path) -> Terms:
    folder = house / "agreements"
    found, faults = terms_from(
        [folder / "term-dates.csv", folder / "term-dates-schools.csv"], bank_holidays()
    )
    assert faults == ()
    return found


def table(path: Path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_every_sourced_row_is_shipped_with_its_source_and_confidence(house: Path, shared: Path) -> None:
    shipped = table(house / "agreements" / "term-dates.csv")
    sourced = table(shared / "data" / "term_dates.csv")
    assert len(shipped) == len(sourced) == 157
    for ours, theirs in zip(shipped, sourced, strict=True):
        assert ours["ons_code"] == theirs.pop("ons_code_if_known")
        assert theirs.items() <= ours.items()
    assert all(row["source"] and row["confidence"] for row in shipped)


def test_nobody_is_said_to_have_checked_them(terms: Terms) -> None:
    assert {each.checked_by for each in terms.calendars.values()} == {""}


def test_there_are_fourteen_authorities_and_one_school(terms: Terms) -> None:
    assert len(terms.calendars) == 15
    assert terms.of(SCHOOL).authority == LANCASHIRE


DAYS = [
    (LANCASHIRE, "2026-02-18", CLOSED, "half term"),
    (LANCASHIRE, "2026-02-13", OPEN, "Spring 1"),
    (LANCASHIRE, "2026-03-31", CLOSED, "the Easter holidays"),
    (LANCASHIRE, "2026-04-14", OPEN, "Summer 1"),
    (LANCASHIRE, "2026-11-27", OPEN, "Autumn 2"),
    (LANCASHIRE, "2026-08-12", CLOSED, "the summer holidays"),
    (LANCASHIRE, "2027-05-31", CLOSED, "half term"),
    (LANCASHIRE, "2027-07-21", OPEN, "Summer 2"),
    (LANCASHIRE, "2027-07-22", UNKNOWN, f"the dates of {LANCASHIRE} end on Wednesday 21 July 2027"),
    ("Leeds City Council", "2026-03-31", OPEN, "Spring 2"),  # across the border: open, then shut
    ("Leeds City Council", "2026-04-14", CLOSED, "the Easter holidays"),
    ("Kent County Council", "2026-04-01", OPEN, "Term 4"),
    ("Cornwall Council", "2026-04-15", CLOSED, "the Easter holidays"),
    (
        "Cornwall Council",
        "2025-10-28",
        UNKNOWN,
        "the dates of Cornwall Council start on Monday 3 November 2025",
    ),
    ("Nottingham City Council", "2026-10-20", CLOSED, "half term"),
    ("Leicester City Council", "2025-08-26", OPEN, "Autumn 1"),
    ("City of Edinburgh Council", "2026-05-05", CLOSED, "schools closed"),
    ("City of Edinburgh Council", "2026-04-14", CLOSED, "the Easter holidays"),
    (SCHOOL, "2025-10-21", CLOSED, "half term"),
    (LANCASHIRE, "2025-10-21", OPEN, "Autumn 1"),
    ("Blackburn with Darwen Borough Council", "2026-02-18", UNKNOWN, ""),
]


@pytest.mark.parametrize(("name", "when", "standing", "words"), DAYS)
def test_what_they_say(terms: Terms, name: str, when: str, standing: Standing, words: str) -> None:
    expected = words or f"there are no term dates for {name}"
    assert terms.of(name).on(date.fromisoformat(when)) == SchoolDay(standing, expected)


def test_every_holiday_has_one_of_five_names(terms: Terms) -> None:
    names = set()
    for calendar in terms.calendars.values():
        for number in range(date(2024, 8, 1).toordinal(), date(2028, 8, 1).toordinal()):
            look = calendar.on(date.fromordinal(number))
            if look.standing is CLOSED:
                names.add(look.name)
    holidays = {"half term", "the Christmas holidays", "the Easter holidays", "the summer holidays"}
    assert names == holidays | {"schools closed"}


def test_what_does_not_come_to_195_days_is_known(terms: Terms) -> None:
    """Four years; each has its reason in the column confidence. Lancashire's three come to exactly 195."""
    doubts = {name: len(each.doubts) for name, each in terms.calendars.items() if each.doubts}
    assert doubts == {"Nottingham City Council": 1, "Kent County Council": 1, "Leicester City Council": 2}
    assert "194 open days in 2025/26" in terms.of("Nottingham City Council").doubts[0]


def test_no_closed_day_is_in_force_until_a_person_says_so(house: Path) -> None:
    assert read_closed_days(house / "agreements" / "closed-days.csv") == ({}, ())


def test_the_example_of_closed_days_works_as_it_is_explained(house: Path, tmp_path: Path) -> None:
    text = (house / "agreements" / "closed-days.csv").read_text(encoding="utf-8")
    example = next(line for line in text.splitlines() if line.startswith("# 2026"))
    path = tmp_path / "closed.csv"
    path.write_text(text + example.removeprefix("# ") + "\n", encoding="utf-8")
    closed, faults = read_closed_days(path)
    assert faults == ()
    assert sorted(closed) == [date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)]
    assert set(closed.values()) == {"council offices closed between Christmas and New Year"}
