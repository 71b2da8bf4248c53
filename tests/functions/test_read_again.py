"""Touched calendars are read again: each once for the same news, and none twice within a minute."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from functions.waking.read_again import read_again
from functions.waking.touched import WINDOW, Touched, Why, calendar_key
from functions.watch import Watch
from tests.stories.stage import MAILBOX, Stage, meeting

BOARD = "SEND Partnership Board"
KEY = calendar_key(MAILBOX)
NO_WINDOW = timedelta(0)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    stage = Stage(tmp_path)
    stage.only(BOARD)
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    return stage


def reads(stage: Stage) -> int:
    return sum(times for (who, _), times in stage.world.limits.used.items() if "@" in who)


def news(at: datetime, why: Why = Why.NOTIFICATION) -> Touched:
    return Touched(calendars=(KEY,), at=at, why=why)


def next_message(watch: Watch, number: int) -> Watch:
    return replace(watch, by=f"message {number}")


async def test_news_that_came_before_the_last_read_is_no_news(stage: Stage) -> None:
    async with stage.watching() as watch:
        first = news(stage.clock())
        for number in range(5):
            assert await read_again(next_message(watch, number), first, stage.clock(), NO_WINDOW) == ()
    assert reads(stage) == 1


async def test_news_within_the_same_minute_waits_and_is_read_when_it_is_over(stage: Stage) -> None:
    async with stage.watching() as watch:
        now = stage.clock()
        assert await read_again(next_message(watch, 1), news(now), now) == ()
        later = stage.clock() + timedelta(seconds=30)
        stage.clock.now = later
        assert await read_again(next_message(watch, 2), news(later), later) == (MAILBOX,)
        assert await read_again(next_message(watch, 3), news(later), later) == (MAILBOX,)
        assert reads(stage) == 1
        stage.clock.now = later + WINDOW
        for number in (2, 3):
            assert await read_again(next_message(watch, number), news(later), stage.clock()) == ()
    assert reads(stage) == 2


async def test_a_sweep_leaves_alone_what_was_just_read(stage: Stage) -> None:
    async with stage.watching() as watch:
        now = stage.clock()
        assert await read_again(next_message(watch, 1), news(now), now) == ()
        tick = now + timedelta(seconds=30)
        assert await read_again(next_message(watch, 2), news(tick, Why.SWEEP), tick) == ()
    assert reads(stage) == 1


async def test_a_calendar_that_is_in_no_agreement_is_never_read(stage: Stage) -> None:
    stranger = Touched(
        calendars=(calendar_key("somebody@council.example"),), at=stage.clock(), why=Why.NOTIFICATION
    )
    async with stage.watching() as watch:
        assert await read_again(watch, stranger, stage.clock(), NO_WINDOW) == ()
        assert await read_again(watch, replace(stranger, calendars=()), stage.clock(), NO_WINDOW) == ()
    assert reads(stage) == 0


async def test_a_group_that_another_worker_reviews_waits(stage: Stage) -> None:
    async with stage.watching() as watch:
        now = stage.clock()
        await watch.ledger.take_lease(BOARD, by="another", now=now, until=now + timedelta(minutes=5))
        assert await read_again(watch, news(now), now, NO_WINDOW) == (MAILBOX,)
        await watch.ledger.give_lease(BOARD, by="another")
        assert await read_again(watch, news(now), now, NO_WINDOW) == ()


async def test_a_busy_tenant_is_asked_again_and_a_refusal_is_not(stage: Stage) -> None:
    async with stage.watching() as watch:
        stage.world.faults.answer("calendarView", 503, times=50)
        assert await read_again(watch, news(stage.clock()), stage.clock(), NO_WINDOW) == (MAILBOX,)
        stage.world.faults.waiting.clear()
        stage.world.faults.answer("calendarView", 403, times=50)
        assert await read_again(watch, news(stage.clock()), stage.clock(), NO_WINDOW) == ()
