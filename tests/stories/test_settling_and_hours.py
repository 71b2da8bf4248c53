"""A meeting settles before anybody hears of it, and nobody hears in the evening or at weekends."""

from datetime import timedelta

import pytest

from models.telling import Hours
from tests.stories.stage import Stage, at, meeting

BOARD = "SEND Partnership Board"
EARLY = f"Starts before 10am: {BOARD}"
OTHER = meeting("Communications Priority Group", "Tue 8 Dec 2026 11:00")


def board(starts: str):
    return meeting(BOARD, f"Fri 11 Dec 2026 {starts}", uid="board")


@pytest.fixture
async def stage(stage: Stage) -> Stage:
    """A calendar that has been read before, at 10 on a Monday, with twenty minutes of settling."""
    stage.settle_minutes = 20
    stage.clock.now = at("Mon 2 Nov 2026 10:00")
    stage.calendar(OTHER)
    await stage.run()
    return stage


async def test_booked_at_half_past_nine_and_put_right_in_ten_minutes_nobody_hears(stage: Stage) -> None:
    stage.calendar(OTHER, board("09:30"))
    await stage.run()
    stage.clock.pass_by(timedelta(minutes=10))
    stage.calendar(OTHER, board("10:30"))
    for _ in range(10):
        await stage.run()
        stage.clock.pass_by(timedelta(minutes=10))
    assert stage.headlines == []


async def test_left_as_it_is_it_is_told_once_after_twenty_minutes(stage: Stage) -> None:
    stage.calendar(OTHER, board("09:30"))
    await stage.run()
    stage.clock.pass_by(timedelta(minutes=19))
    await stage.run()
    assert stage.headlines == []
    stage.clock.pass_by(timedelta(minutes=1))
    for _ in range(5):
        await stage.run()
    assert stage.headlines == [EARLY]


async def test_moved_to_half_past_nine_is_one_card_and_back_in_time_is_none(stage: Stage) -> None:
    stage.calendar(OTHER, board("10:00"))
    await stage.run()
    stage.clock.pass_by(timedelta(days=1))
    stage.calendar(OTHER, board("09:30"))
    await stage.run()
    stage.clock.pass_by(timedelta(minutes=15))
    stage.calendar(OTHER, board("10:00"))
    await stage.run()
    stage.clock.pass_by(timedelta(days=1))
    await stage.run()
    assert EARLY not in stage.headlines
    stage.calendar(OTHER, board("09:30"))
    await stage.run()
    stage.clock.pass_by(timedelta(minutes=30))
    await stage.run()
    await stage.run()
    assert stage.headlines.count(EARLY) == 1


# Booked on Friday evening, after the last delivery: officers hear on Monday at a quarter past nine
LEAVES = [
    ("Fri 6 Nov 2026 19:00", "Mon 9 Nov 2026 09:14", 0),
    ("Fri 6 Nov 2026 19:00", "Mon 9 Nov 2026 09:15", 1),
    ("Mon 9 Nov 2026 08:50", "Mon 9 Nov 2026 09:15", 1),
    ("Mon 9 Nov 2026 09:00", "Mon 9 Nov 2026 13:14", 0),
    ("Mon 9 Nov 2026 09:00", "Mon 9 Nov 2026 13:15", 1),
    ("Mon 9 Nov 2026 13:00", "Tue 10 Nov 2026 09:15", 1),
]


@pytest.mark.parametrize(("booked", "now", "cards"), LEAVES)
async def test_cards_leave_at_their_times(stage: Stage, booked: str, now: str, cards: int) -> None:
    stage.hours = Hours()
    stage.calendar(OTHER, board("09:30"))
    stage.clock.now = at(booked)
    await stage.run()
    stage.clock.now = at(now)
    await stage.run()
    assert stage.headlines == [EARLY] * cards


async def test_what_could_not_leave_in_time_waits_for_the_morning(stage: Stage) -> None:
    """The workflow is down all afternoon; nobody gets the card at night."""
    stage.calendar(OTHER, board("09:30"))
    stage.world.faults.answer("workflows", 503, times=stage.ticks)
    stage.clock.now = at("Mon 9 Nov 2026 17:20")
    await stage.run()
    stage.clock.now = at("Mon 9 Nov 2026 17:50")
    await stage.run()
    stage.clock.now = at("Mon 9 Nov 2026 20:00")
    await stage.run()
    assert stage.headlines == []
    stage.clock.now = at("Tue 10 Nov 2026 08:30")
    await stage.run()
    assert stage.headlines == [EARLY]
