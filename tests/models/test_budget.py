"""The budget: never too often, nothing waits for ever, nothing is told twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.budget import A_WEEK, Due, has_room, messages, room_again

START = datetime(2026, 11, 2, 9, 15, tzinfo=UTC)  # a Monday
HALF_DAY = timedelta(hours=12)


def due(key, person="officer", hours=0, **more):
    return Due(key=key, person=person, since=START + timedelta(hours=hours), **more)


# Two messages in seven days. When were the last ones, and does one more fit on Monday 9 November at 9:15?
ROOM = [([], True), ([1], True), ([1, 3], False), ([6, 7], True), ([6, 6.9], False), ([7, 8], True)]


@pytest.mark.parametrize(("days_ago", "fits"), ROOM)
def test_two_messages_in_any_seven_days(days_ago, fits):
    now = START + A_WEEK
    sent = [now - timedelta(days=days) for days in days_ago]
    assert has_room(sent, now, 2) is fits
    assert (room_again(sent, now, 2) == now) is fits
    assert has_room(sent, room_again(sent, now, 2), 2)


def test_all_that_is_due_for_one_person_is_one_message_the_longest_wait_first():
    found = messages([due("b", hours=2), due("a", hours=1), due("c", "another", hours=3)], {}, START, 2)
    assert [(one.person, one.keys) for one in found] == [("officer", ("a", "b")), ("another", ("c",))]


def test_a_thing_apart_comes_alone_and_in_its_turn():
    waiting = [due("a", hours=2), due("thanks", hours=1, apart=True), due("b", hours=3)]
    assert [one.keys for one in messages(waiting, {}, START, 2)] == [("thanks",)]
    assert [one.keys for one in messages(waiting[::2], {}, START, 2)] == [("a", "b")]


def test_what_is_free_goes_whatever_was_sent():
    waiting = [due("list", free=True, apart=True), due("a")]
    found = messages(waiting, {"officer": [START, START - HALF_DAY]}, START + HALF_DAY, 2)
    assert [one.keys for one in found] == [("list",)]


def test_a_message_holds_only_so_much_and_the_rest_waits():
    waiting = [due(f"{number:02}") for number in range(20)]
    [one] = messages(waiting, {}, START, 2)
    assert one.keys == tuple(f"{number:02}" for number in range(15))


STREAMS = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from(["ann", "ben"]), st.booleans(), st.integers(1, 20)),
    max_size=60,
)


@given(STREAMS, st.integers(1, 3))
def test_never_too_often_never_twice_and_nothing_waits_for_ever(stream, a_week):
    """Things come up over a month, and some are put right while they wait; deliveries go on twice a day."""
    waiting: dict[str, Due] = {}
    gone_at: dict[str, int] = {}
    sent: dict[str, list[datetime]] = {}
    told: list[str] = []
    for half_day in range(400):
        now = START + half_day * HALF_DAY
        for number, (comes, person, apart, lasts) in enumerate(stream):
            if comes == half_day:
                waiting[str(number)] = Due(key=str(number), person=person, since=now, apart=apart)
                gone_at[str(number)] = half_day + lasts if number % 3 == 0 else 10_000
        waiting = {key: one for key, one in waiting.items() if gone_at[key] > half_day}
        for message in messages(waiting.values(), sent, now, a_week):
            sent.setdefault(message.person, []).append(now)
            told += message.keys
            waiting = {key: one for key, one in waiting.items() if key not in message.keys}
    assert not waiting
    assert len(told) == len(set(told))
    assert {str(n) for n in range(len(stream)) if n % 3} <= set(told)
    for moments in sent.values():
        for moment in moments:
            assert sum(timedelta() <= moment - one < A_WEEK for one in moments) <= a_week
