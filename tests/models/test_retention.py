"""How long things are kept: last days in tables that can be checked by hand, weekdays written and checked."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import retention
from models.agreement import Agreement
from models.retention import Place, kept_as, place_of
from tests.models.conftest import agreement, promise

AGREED = date(2024, 1, 11)  # Thursday


def day(text: str) -> date:
    found = datetime.strptime(text, "%a %d %b %Y").date()  # noqa: DTZ007 (a day has no zone)
    assert f"{found:%a}" == text[:3], f"{text} is a {found:%A}"
    return found


def reviewed(next_review: str = "") -> Agreement:
    told = {"next_review": day(next_review)} if next_review else {}
    return agreement(promise("hours")).model_copy(update=told)


@pytest.mark.parametrize(
    ("met", "titles", "facts"),
    [
        ("Fri 27 Nov 2026", "Sun 27 Dec 2026", "Sun 31 Jan 2027"),
        ("Mon 01 Feb 2027", "Wed 03 Mar 2027", "Wed 07 Apr 2027"),
        ("Tue 29 Feb 2028", "Thu 30 Mar 2028", "Thu 04 May 2028"),
    ],
)
def test_titles_stay_a_month_and_facts_a_month_after_the_window(met: str, titles: str, facts: str) -> None:
    assert retention.titles_until(day(met)) == day(titles)
    assert retention.facts_until(day(met)) == day(facts)


@pytest.mark.parametrize(
    ("next_review", "found", "review", "until"),
    [
        # nobody wrote a date: each year from the day it was agreed
        ("", "Fri 12 Jan 2024", "Sat 11 Jan 2025", "Sun 11 Jan 2026"),
        ("", "Sat 11 Jan 2025", "Sat 11 Jan 2025", "Sun 11 Jan 2026"),
        ("", "Sun 12 Jan 2025", "Sun 11 Jan 2026", "Mon 11 Jan 2027"),
        ("", "Fri 27 Nov 2026", "Mon 11 Jan 2027", "Tue 11 Jan 2028"),
        # what was found before it was agreed was reviewed then
        ("", "Mon 08 May 2023", "Thu 11 Jan 2024", "Sat 11 Jan 2025"),
        # the partners wrote a date
        ("Thu 01 Jul 2027", "Fri 12 Jan 2024", "Thu 01 Jul 2027", "Sat 01 Jul 2028"),
        ("Thu 01 Jul 2027", "Thu 01 Jul 2027", "Thu 01 Jul 2027", "Sat 01 Jul 2028"),
        # it is over, and nobody wrote a new one
        ("Thu 01 Jul 2027", "Fri 02 Jul 2027", "Sat 01 Jul 2028", "Sun 01 Jul 2029"),
        ("Thu 29 Feb 2024", "Fri 01 Mar 2024", "Fri 28 Feb 2025", "Sat 28 Feb 2026"),
    ],
)
def test_findings_stay_a_year_after_the_next_review(
    next_review: str, found: str, review: str, until: str
) -> None:
    theirs = reviewed(next_review)
    assert retention.review_after(day(found), theirs) == day(review)
    assert retention.findings_until(day(found), theirs) == day(until)


@given(found=st.dates(AGREED, date(2040, 1, 1)), ahead=st.integers(0, 4000))
def test_nothing_is_kept_for_good(found: date, ahead: int) -> None:
    theirs = agreement(promise("hours")).model_copy(update={"next_review": AGREED + timedelta(days=ahead)})
    until = retention.findings_until(found, theirs)
    assert found + timedelta(days=364) <= until
    assert until <= max(found, theirs.reviewed_next) + timedelta(days=2 * 366)


def test_a_record_outlives_the_months_that_a_share_looks_back() -> None:
    assert retention.months_looked_back(reviewed()) == 0
    assert retention.record_until(date(2025, 12, 1), reviewed()) == day("Mon 11 Jan 2027")
    share = promise("online")
    longest = share.model_copy(update={"test": share.test.model_copy(update={"months": 36})})
    assert retention.months_looked_back(agreement(share)) == 12
    assert retention.record_until(date(2025, 12, 1), agreement(longest)) == day("Tue 30 Jan 2029")


def test_the_last_day_is_still_a_day_on_which_it_may_be_there() -> None:
    assert not retention.is_past(AGREED, AGREED)
    assert retention.is_past(AGREED, AGREED + timedelta(days=1))


@pytest.mark.parametrize(
    ("place", "name", "known"),
    [
        (Place.GROUP, "papers by meeting", True),
        (Place.GROUP, "record 2026-11", True),
        (Place.GROUP, "meetings ahead", True),
        (Place.PARTNERSHIP, "questions of board@council.example", True),
        (Place.PARTNERSHIP, "last good agreement", True),
        (Place.REP, "preferences", True),
        (Place.REP, "papers", False),
        (Place.GROUP, "preferences", False),
        (Place.GROUP, "something new", False),
    ],
)
def test_every_name_is_in_the_table_or_a_fault(place: Place, name: str, known: bool) -> None:
    assert (kept_as(place, name) is not None) is known


def test_whose_place_a_name_is() -> None:
    names = {"": Place.PARTNERSHIP, "rep/abc": Place.REP, "SEND Partnership Board": Place.GROUP}
    assert {name: place_of(name) for name in names} == names
    assert retention.is_lease("calendar abcdef")
    assert not retention.is_lease("Calendar Group")


def test_each_row_of_the_table_says_what_how_long_and_why() -> None:
    for one in retention.TABLE:
        assert all((one.what, one.how_long, one.why)), one
    called = [(place, name) for one in retention.REMEMBERED for place in one.places for name in one.names]
    assert len(called) == len(set(called)), "a name stands in two rows"
