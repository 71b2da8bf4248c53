"""How long we wait: as told, in every form, and never past the budget."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_client.asked import calendar_of
from graph_client.errors import TryAgainLater
from graph_client.waiting import LONGEST_WAIT, TRIES, Hours, Patience, retry_after

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": " 2.128 "}, 2.128),  # Microsoft's own sample
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "Mon, 23 Nov 2026 09:01:30 GMT"}, 90.0),
        ({"retry-after": "Mon, 23 Nov 2026 08:00:00 GMT"}, None),
        # a clock that is an hour wrong on one side changes nothing
        ({"retry-after": "Mon, 23 Nov 2026 10:00:07 GMT", "date": "Mon, 23 Nov 2026 10:00:00 GMT"}, 7.0),
        ({"retry-after": "Mon, 23 Nov 2026 09:00:07 GMT", "date": "rubbish"}, 7.0),
    ],
)
def test_the_wait_that_an_answer_asks_for(headers, seconds):
    assert retry_after(headers, NOW) == seconds


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_header_breaks_it(told, date):
    seconds = retry_after({"retry-after": told, "date": date}, NOW)
    assert seconds is None or seconds >= 0


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=30),
    st.floats(0, 1, exclude_max=True),
    st.floats(0, 200),
)
async def test_waits_are_never_shorter_than_told_and_never_exceed_the_budget(told, jitter, budget):
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    patience = Patience(budget, sleep, lambda: jitter)
    for tried, after in enumerate(told, start=1):
        try:
            await patience.wait(TryAgainLater(calendar_of("x"), "busy", after=after), tried)
        except TryAgainLater:
            break
        assert waits[-1] >= (after or 0)
        assert after is not None or waits[-1] <= LONGEST_WAIT
    assert sum(waits) <= budget * (1 + 1e-9)
    assert len(waits) < TRIES


async def test_waits_grow_where_nobody_says_how_long():
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    patience = Patience(500, sleep, lambda: 1.0)
    for tried in range(1, TRIES):
        await patience.wait(TryAgainLater(calendar_of("x"), "busy"), tried)
    assert waits == [1, 2, 4, 8, 16, 30, 30]


async def test_when_a_wait_is_over_it_is_never_still_before_its_end():
    """Sums of seconds are off by a hair; a hair too soon, and what was due was passed over for others."""

    async def no_wait(_seconds: float) -> None:
        return None

    hours = Hours(no_wait)
    for number in range(2_000):
        moment = hours.now() + 0.1 * number + 1 / 3
        await hours.wait_until(moment)
        assert hours.now() >= moment
