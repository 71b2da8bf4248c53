"""The figures of a quarter: they add up, nothing is counted twice, and nothing is counted as kept that was not."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.files.rulebooks import read_book
from models.findings import State
from models.quarters import quarter_named, quarter_of
from models.record import SETTLED, Recorded
from models.tally import Result, in_words, meetings_of, of_quarter, result, tallies
from tests.models.invented_record import entry

AGREEMENT = read_book().book.agreement
QUARTER = quarter_named("2026/27-Q3")
MAY, JUNE = date(2026, 5, 12), date(2026, 6, 9)
BOARDS = [date(2026, 10, 13), date(2026, 11, 10), date(2026, 12, 8)]  # Tuesdays


def test_a_quarter_as_somebody_would_count_it_on_paper() -> None:
    entries = [
        entry("P04", BOARDS[0]),
        entry("P04", BOARDS[1], State.MISSED),
        entry("P04", BOARDS[2], State.MISSED, reason="The room was free", reason_given=True),
        entry("P01", BOARDS[0], State.EXPLAINED, reason="New figures", reason_given=True),
        entry("P01", BOARDS[1], State.AGREED_CHANGE, agreed_by=("council", "forum")),
        entry("P01", BOARDS[2], State.CANNOT_TELL),
        entry("P01", MAY, State.MISSED),
    ]
    papers, hours = tallies(entries, QUARTER, AGREEMENT)
    assert (papers.promise, papers.of, papers[Result.KEPT]) == ("P01", 3, 0)
    assert {one: papers[one] for one in Result if papers[one]} == {
        Result.EXPLAINED: 1,
        Result.AGREED_CHANGE: 1,
        Result.CANNOT_TELL: 1,
    }
    assert (hours[Result.KEPT], hours[Result.MISSED], hours[Result.MISSED_WITH_REASON]) == (1, 1, 1)
    assert hours.few
    assert meetings_of(of_quarter(entries, QUARTER)) == 3


@pytest.mark.parametrize(
    ("number", "said"), [(0, "none"), (1, "one"), (4, "four"), (5, "5"), (1200, "1,200")]
)
def test_fewer_than_five_are_told_in_words(number: int, said: str) -> None:
    assert in_words(number) == said


def test_the_forums_own_promises_have_no_figures() -> None:
    own = [one.id for one in AGREEMENT.promises if one.forums_own]
    assert own == [f"P{number}" for number in range(34, 41)]
    assert tallies([entry(one, BOARDS[0], State.MISSED) for one in own], QUARTER, AGREEMENT) == ()


ENTRIES = st.lists(
    st.builds(
        lambda promise, day, state, reason: entry(promise, day, state, reason_given=reason),
        st.sampled_from(["P01", "P04", "P05", "P07", "P34"]),
        st.dates(date(2026, 3, 1), date(2027, 4, 30)),
        st.sampled_from(State),
        st.booleans(),
    )
)


@given(ENTRIES)
def test_totals_add_up_and_no_state_is_counted_twice(entries: list[Recorded]) -> None:
    counted = tallies(entries, QUARTER, AGREEMENT)
    own = {one.id for one in AGREEMENT.promises if one.forums_own}
    inside = [one for one in of_quarter(entries, QUARTER) if one.promise not in own]
    assert sum(one.of for one in counted) == len({one.key for one in inside})
    for one in counted:
        by_hand = Counter(result(each) for each in inside if each.promise == one.promise)
        assert dict(one.counts) == {each: by_hand[each] for each in Result}
        assert one[Result.KEPT] == sum(
            each.state is State.KEPT for each in inside if each.promise == one.promise
        )


@given(ENTRIES)
def test_the_quarters_part_the_year_without_rest(entries: list[Recorded]) -> None:
    settled = {one.key for one in entries if one.state in SETTLED}
    quarters = {quarter_of(one.day) for one in entries}
    parts = [{one.key for one in of_quarter(entries, quarter)} for quarter in quarters]
    assert sum(map(len, parts)) == len(settled)
    assert set().union(*parts) == settled


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_day_before_and_after_the_quarter_are_not_in_it(one: date) -> None:
    quarter = quarter_of(one)
    outside = [quarter.first - timedelta(days=1), quarter.last + timedelta(days=1)]
    assert of_quarter([entry("P04", day) for day in outside], quarter) == ()
