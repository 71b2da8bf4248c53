"""Bank holidays come from the list on disk, agree with a second list, and nag before they run out."""

import socket
from datetime import date, datetime, timedelta
from pathlib import Path

import holidays
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from models.agreement import CountingRule
from models.days import LONDON
from reading.bank_holidays import PROCLAIMED_SINCE, bank_holidays, working_days
from reading.terms import read_terms

ENGLAND = bank_holidays()
TODAY = datetime.now(LONDON).date()
NINE_MONTHS = timedelta(days=274)
SIX_MONTHS = timedelta(days=183)


def missing_bank_holidays(known_until: date, today: date) -> str:
    """What to do about a list that ends too soon; empty where it does not."""
    if known_until - today >= NINE_MONTHS:
        return ""
    return (
        f"The bank holiday list ends on {known_until}. Raise govuk-bank-holidays in pyproject.toml to its "
        "newest release (https://pypi.org/project/govuk-bank-holidays/), make the requirements files anew, "
        "and see which dates moved."
    )


def missing_terms(covered_until: date, today: date) -> str:
    """What to do about Lancashire's shipped dates when they end too soon; empty where they do not."""
    if covered_until - today >= SIX_MONTHS:
        return ""
    return (
        f"Lancashire's school dates end on {covered_until}. Take next year's from "
        "https://www.lancashire.gov.uk (school term dates) and add six rows with their source to "
        "agreements/term-dates.csv; they should come to 195 days."
    )


def test_the_bank_holiday_list_reaches_far_enough() -> None:
    for division in ("england-and-wales", "scotland", "northern-ireland"):
        known_until = working_days(CountingRule(bank_holidays=division)).known_until
        assert not (nag := missing_bank_holidays(known_until, TODAY)), nag


def test_the_shipped_lancashire_dates_reach_far_enough(house: Path) -> None:
    calendars, _ = read_terms(house / "agreements" / "term-dates.csv", ENGLAND)
    lancashire = next(each for each in calendars if each.name == "Lancashire County Council")
    assert lancashire.covered_until is not None
    assert not (nag := missing_terms(lancashire.covered_until, TODAY)), nag


def test_the_nagging_starts_in_time_and_says_what_to_do() -> None:
    assert missing_bank_holidays(date(2028, 12, 31), date(2026, 11, 21)) == ""
    assert "govuk-bank-holidays" in missing_bank_holidays(date(2028, 12, 31), date(2028, 4, 2))
    assert missing_terms(date(2027, 7, 21), date(2026, 11, 21)) == ""
    assert "agreements/term-dates.csv" in missing_terms(date(2027, 7, 21), date(2027, 1, 20))


def test_no_socket_is_ever_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the bank holidays were asked for over the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    bank_holidays.cache_clear()
    assert len(working_days(CountingRule()).bank_holidays) >= 140


@pytest.mark.parametrize(
    ("division", "subdivision"),
    [("england-and-wales", "ENG"), ("scotland", "SCT"), ("northern-ireland", "NIR")],
)
def test_two_independent_lists_agree_on_every_weekday(division: str, subdivision: str) -> None:
    other = holidays.country_holidays("GB", subdiv=subdivision, years=range(2012, 2029))
    ours = bank_holidays(division)
    first = date(2012, 1, 1)
    every_day = (first + timedelta(days=n) for n in range((date(2028, 12, 31) - first).days + 1))
    differ = [day for day in every_day if day.weekday() < 5 and (day in ours) != (day in other)]
    assert differ == []


def test_what_we_added_is_not_yet_in_the_list() -> None:
    for division, added in PROCLAIMED_SINCE.items():
        listed = {each["date"] for each in BankHolidays(use_cached_holidays=True).get_holidays(division)}
        known = sorted(listed & set(added))
        assert not known, f"the list has {known} now: take them out of PROCLAIMED_SINCE"


def test_days_are_named_as_people_know_them() -> None:
    assert ENGLAND[date(2026, 12, 28)] == "Boxing Day (substitute day)"
    assert ENGLAND[date(2022, 9, 19)] == "Bank Holiday for the State Funeral of Queen Elizabeth II"
    assert date(2026, 12, 26) not in ENGLAND  # a Saturday: GOV.UK names the Monday only


def test_the_divisions_differ() -> None:
    assert date(2026, 11, 30) in bank_holidays("scotland")
    assert date(2026, 11, 30) not in ENGLAND
    assert date(2026, 7, 13) in bank_holidays("northern-ireland")
    assert date(2026, 4, 6) not in bank_holidays("scotland")


def test_the_calendar_can_not_be_changed_from_outside() -> None:
    closed = {date(2026, 12, 29): "offices shut"}
    working = working_days(CountingRule(), closed)
    closed.clear()
    assert working.why_not(date(2026, 12, 29)) == "closed: offices shut"
    with pytest.raises(TypeError):
        working.bank_holidays[date(2026, 12, 29)] = "mine"  # type: ignore[index]
