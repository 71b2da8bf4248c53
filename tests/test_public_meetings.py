"""Real meetings of ten Lancashire councils, judged row by row against an oracle that shares nothing with us.

Those councils never promised these hours: the meetings are here because they are real. The oracle below
is plain dates and clock times as the files have them, local and without a zone.
"""

import csv
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from models import rules
from models.agreement import Agreement
from models.days import LONDON, WorkingDays
from models.facts import Coverage, Facts, Meeting
from models.findings import Finding
from models.terms import Term, TermCalendar, Terms

LANCASHIRE = "Lancashire County Council"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=LONDON)  # all of them were held
TWO_HOURS, ONE_DAY = timedelta(hours=2), timedelta(days=1)


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, str]]:
    with (shared / "data" / "public_meetings.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def open_periods(shared: Path) -> list[tuple[str, date, date]]:
    with (shared / "data" / "term_dates.csv").open(encoding="utf-8-sig", newline="") as file:
        return sorted(
            (
                (row["term_name"], date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))
                for row in csv.DictReader(file)
                if row["authority"] == LANCASHIRE
            ),
            key=lambda period: period[1],
        )


@pytest.fixture(scope="module")
def holidays() -> set[date]:
    listed = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return {holiday["date"] for holiday in listed}


def _by_hours(row: dict[str, str]) -> str:
    """What the clock says: from 10 to 2, two hours long; a row without a time has no hours."""
    if not row["start_time"]:
        return "cannot tell"
    hour, minute = (int(part) for part in row["start_time"].split(":"))
    starts = hour * 60 + minute
    return "kept" if starts >= 10 * 60 and starts + 120 <= 14 * 60 else "missed"


def _by_terms(row: dict[str, str], periods: list[tuple[str, date, date]], holidays: set[date]) -> str:
    held = row["date"]  # ISO days sort as text
    inside = any(first.isoformat() <= held <= last.isoformat() for _, first, last in periods)
    return "kept" if inside and date.fromisoformat(held) not in holidays else "missed"


@pytest.fixture(scope="module")
def found(rows, open_periods, holidays) -> dict[tuple[int, str], Finding]:
    """What our rules find, by row and promise."""
    terms = tuple(Term(name, first, last) for name, first, last in open_periods)
    calendar = TermCalendar(
        LANCASHIRE, terms=terms, covered_from=terms[0].first, covered_until=terms[-1].last
    )
    meetings = []
    for number, row in enumerate(rows):
        timed = bool(row["start_time"])
        starts = datetime.fromisoformat(f"{row['date']}T{row['start_time'] or '00:00'}").replace(
            tzinfo=LONDON
        )
        meetings.append(
            Meeting(
                key=f"row-{number}",
                uid=row["source"],
                title=row["committee"],
                starts=starts,
                ends=starts + (TWO_HOURS if timed else ONE_DAY),
                type="partnership group",
                all_day=not timed,
                cancelled=row["cancelled"] == "true",
                end_assumed=timed,
                place=row["venue"],
            )
        )
    facts = Facts(
        meetings=tuple(meetings),
        working_days=WorkingDays(dict.fromkeys(holidays, ""), date(2012, 1, 1), date(2028, 12, 31)),
        terms=Terms({LANCASHIRE: calendar}),
        coverage=Coverage(first=date(2026, 1, 1), last=date(2026, 12, 31)),
    )
    promises = [
        {"id": "P04", "operator": "window", "test": {"from": "10:00", "to": "14:00"}},
        {"id": "P05", "operator": "calendar", "test": {"inside": "term"}},
    ]
    usual = {"clause": "4.2", "says": "", "strength": "firm", "applies_to": ["partnership group"]}
    agreement = Agreement.model_validate(
        {
            "agreement": "Lancashire",
            "agreed_on": date(2024, 1, 11),
            "terms": {"main": LANCASHIRE},
            "groups": [{"name": "Board", "type": "partnership group"}],
            "promises": [usual | {"says": promise["id"]} | promise for promise in promises],
        }
    )
    return {
        (int(one.subject.removeprefix("row-")), one.promise): one
        for one in rules.findings(facts, agreement, NOW)
    }


def test_the_file_is_the_one_we_know(rows):
    assert len(rows) > 130
    assert {row["cancelled"] for row in rows} <= {"true", "false"}


def test_every_row_has_its_two_findings_and_no_other(rows, found):
    judged = {number for number, row in enumerate(rows) if row["cancelled"] == "false"}
    assert set(found) == {(number, promise) for number in judged for promise in ("P04", "P05")}


def test_hours_agree_with_the_oracle_in_every_row(rows, found):
    wrong = [
        (row["date"], row["start_time"], one.state, one.because)
        for (number, promise), one in found.items()
        if promise == "P04" and (row := rows[number])
        if one.state != _by_hours(row)
    ]
    assert not wrong


def test_terms_agree_with_the_oracle_in_every_row(rows, open_periods, holidays, found):
    wrong = [
        (row["date"], one.state, one.because)
        for (number, promise), one in found.items()
        if promise == "P05" and (row := rows[number])
        if one.state != _by_terms(row, open_periods, holidays)
    ]
    assert not wrong


def test_both_answers_occur_so_that_the_comparison_means_something(found):
    seen = Counter((promise, str(one.state)) for (_, promise), one in found.items())
    assert {(promise, state) for promise in ("P04", "P05") for state in ("kept", "missed")} <= set(seen)


def test_an_assumed_end_is_said_wherever_it_decides(found):
    ends_late = [one for (_, promise), one in found.items() if promise == "P04" and "ends at" in one.because]
    assert all("two hours are assumed" in one.because for one in ends_late)
