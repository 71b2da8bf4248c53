"""Quarters: which days they hold, how they are written, and which writing is refused with both readings."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.quarters import NotAQuarter, Quarter, YearStarts, quarter_named, quarter_of


def day(text: str) -> date:
    """Wed 01 Apr 2026, with the weekday checked."""
    parsed = datetime.strptime(text, "%a %d %b %Y").date()  # noqa: DTZ007 (a day has no zone)
    assert f"{parsed:%a}" == text[:3], f"{text} is a {parsed:%A}"
    return parsed


@pytest.mark.parametrize(
    ("name", "first", "last", "spoken"),
    [
        ("2026/27-Q1", "Wed 01 Apr 2026", "Tue 30 Jun 2026", "April to June 2026"),
        ("2026/27-Q2", "Wed 01 Jul 2026", "Wed 30 Sep 2026", "July to September 2026"),
        ("2026/27-Q3", "Thu 01 Oct 2026", "Thu 31 Dec 2026", "October to December 2026"),
        ("2026/27-Q4", "Fri 01 Jan 2027", "Wed 31 Mar 2027", "January to March 2027"),
        ("2099/00-Q4", "Fri 01 Jan 2100", "Wed 31 Mar 2100", "January to March 2100"),
    ],
)
def test_quarters_of_a_council_year(name: str, first: str, last: str, spoken: str) -> None:
    quarter = quarter_named(name)
    assert (quarter.first, quarter.last, quarter.spoken) == (day(first), day(last), spoken)
    assert quarter.name == name


def test_a_school_year_starts_in_september() -> None:
    quarter = quarter_named("2026/27-Q1", YearStarts.SEPTEMBER)
    assert quarter.spoken == "September to November 2026"
    assert quarter_named("2026/27-Q2", YearStarts.SEPTEMBER).spoken == "December 2026 to February 2027"


@pytest.mark.parametrize(
    "written", ["2026/27-Q1", "2026/27 q1", " 2026/2027-Q1 ", "2026/27Q1", "2026 / 27 - Q1"]
)
def test_people_may_write_it_in_several_ways(written: str) -> None:
    assert quarter_named(written) == Quarter(2026, 1)


@pytest.mark.parametrize("bare", ["2026Q1", "2026-Q1", "2026 q1"])
def test_a_bare_quarter_is_refused_with_both_readings(bare: str) -> None:
    with pytest.raises(NotAQuarter) as refused:
        quarter_named(bare)
    assert str(refused.value) == (
        "This could mean two quarters. 2026/27-Q1 is April to June 2026, and 2025/26-Q4 is January to March 2026. "
        "Write one of them."
    )


def test_where_the_calendar_reading_is_no_quarter_it_is_still_named() -> None:
    with pytest.raises(NotAQuarter, match="By the calendar it would be January to March 2026") as refused:
        quarter_named("2026Q1", YearStarts.MAY)
    assert "2026/27-Q1 is May to July 2026" in str(refused.value)


def test_where_the_year_starts_in_january_there_is_only_one_reading() -> None:
    assert quarter_named("2026Q1", YearStarts.JANUARY).spoken == "January to March 2026"
    with pytest.raises(NotAQuarter, match=r"starts in January\. Write 2026-Q1"):
        quarter_named("2026/27-Q1", YearStarts.JANUARY)


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "Q1",
        "2026",
        "2026/27",
        "2026/27-Q5",
        "2026/27-Q0",
        "26/27-Q1",
        "spring",
        "٢٠٢٦/27-Q1",
        "0001/02-Q1",
    ],
)
def test_what_is_no_quarter_is_refused_with_an_example(nonsense: str) -> None:
    with pytest.raises(NotAQuarter, match="Write it as 2026/27-Q1"):
        quarter_named(nonsense)


@pytest.mark.parametrize("wrong", ["2026/28-Q1", "2026/25-Q1", "2026/2028-Q1", "2026/26-Q1"])
def test_years_that_do_not_follow_each_other_are_refused(wrong: str) -> None:
    with pytest.raises(NotAQuarter, match="Write 2026/27-Q1"):
        quarter_named(wrong)


DAYS = st.dates(date(1950, 1, 1), date(2200, 12, 31))
STARTS = st.sampled_from(YearStarts)


@given(DAYS, STARTS)
def test_every_day_lies_in_one_quarter_and_is_found_by_its_name(one: date, starts: YearStarts) -> None:
    quarter = quarter_of(one, starts)
    assert one in quarter
    assert quarter_named(quarter.name, starts) == quarter
    assert quarter_of(quarter.first, starts) == quarter_of(quarter.last, starts) == quarter


@given(DAYS, STARTS)
def test_quarters_follow_each_other_without_a_gap(one: date, starts: YearStarts) -> None:
    quarter = quarter_of(one, starts)
    following = quarter_of(quarter.last + timedelta(days=1), starts)
    assert following.first == quarter.last + timedelta(days=1)
    assert following > quarter
    assert following.number == quarter.number % 4 + 1
    assert 90 <= (quarter.last - quarter.first).days + 1 <= 92 or quarter.first.month in (12, 1, 2)


@given(DAYS, STARTS)
def test_four_quarters_make_a_year_that_starts_in_its_month(one: date, starts: YearStarts) -> None:
    year = quarter_of(one, starts).year
    first, *_, last = (Quarter(year, number, starts) for number in (1, 2, 3, 4))
    assert (first.first.month, first.first.day) == (starts.month, 1)
    assert (last.last - first.first).days + 1 in (365, 366)
