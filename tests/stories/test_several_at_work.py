"""Several workers at once, windows that slide, clocks that change: no false alert, and nothing twice."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.flow import Sources, deliver, review, sweep, window
from functions.papers.sources import PapersSources
from functions.watch import Watch
from graph_client.calendar_windows import read_window
from models.groups import Placing
from tests.stories.stage import MAILBOX, Stage, at, meeting

BOARD = "SEND Partnership Board"
EARLY = f"Starts before 10am: {BOARD}"


def board(starts: str, day: str = "Fri 11 Dec 2026", **more: object):
    return meeting(BOARD, f"{day} {starts}", uid=str(more.pop("uid", "board")), **more)


async def test_two_sweeps_at_once_tell_once(stage: Stage) -> None:
    stage.calendar(board("09:30"))
    async with stage.watching(by="one") as one, stage.watching(by="two") as two:
        await asyncio.gather(sweep(one, stage.clock()), sweep(two, stage.clock()))
        await asyncio.gather(deliver(one, stage.clock()), deliver(two, stage.clock()))
    await stage.days_pass(2)
    assert stage.headlines == [EARLY]


async def _own(stage: Stage, watch: Watch):
    """A reading of the calendar at this moment, as a worker holds it before its review."""
    read = await read_window(watch.tenant, MAILBOX, *window(stage.clock()))
    placing = Placing(stage.book.agreement, MAILBOX)
    own = [placing.placed(one) for one in read.meetings]
    return replace(read, meetings=tuple(one for one in own if one.group == BOARD))


async def _review(stage: Stage, watch: Watch, read) -> None:
    group = stage.book.agreement.group(BOARD)
    assert group is not None
    papers = PapersSources(
        watch.tenant, stage.book.agreement, site=watch.site, papers_list=watch.papers_list, now=stage.clock()
    )
    await review(watch, group, read, Sources(papers), stage.clock())


async def test_a_slow_worker_does_not_bring_back_what_was_put_right(stage: Stage) -> None:
    """It read the calendar before the meeting was moved, and comes to its review after another one did."""
    stage.calendar(board("10:30"))
    await stage.run()
    stage.calendar(board("09:30"))
    async with stage.watching(by="slow") as slow:
        old = await _own(stage, slow)
        stage.clock.pass_by(timedelta(minutes=1))
        stage.calendar(board("10:30"))
        async with stage.watching(by="quick") as quick:
            await sweep(quick, stage.clock())
        await _review(stage, slow, old)
    await stage.days_pass(2)
    assert stage.headlines == []


async def test_a_sweep_during_a_review_leaves_that_group_alone(stage: Stage) -> None:
    stage.calendar(board("09:30"))
    async with stage.watching(by="reviewing") as one, stage.watching(by="sweeping") as two:
        assert await one.ledger.take_lease(
            BOARD, by="reviewing", now=stage.clock(), until=stage.clock() + timedelta(minutes=5)
        )
        swept = await sweep(two, stage.clock())
        assert await two.ledger.alerts(BOARD) == {}
        assert swept.calendars[0].read_at is not None
        await one.ledger.give_lease(BOARD, by="reviewing")
    await stage.days_pass(1)
    assert stage.headlines == [EARLY]


async def test_windows_slide_for_forty_days_and_nothing_is_new_or_gone(stage: Stage) -> None:
    """An endless weekly series: dates slide in at one end and out at the other, and are neither."""
    first = at("Tue 1 Sep 2026 10:30")
    weeks = [first + timedelta(weeks=n) for n in range(80)]
    stage.calendar(
        *(
            board(f"{day:%H:%M}", f"{day:%a} {day.day} {day:%b %Y}", uid="endless", kind="occurrence",
                  original_start=day)
            for day in weeks
        )
    )  # fmt: skip
    stage.only(BOARD)
    await stage.run()
    told = stage.headlines
    async with stage.watching() as watch:
        before = await watch.ledger.alerts(BOARD)
    for _ in range(40):
        await stage.days_pass(1)
        async with stage.watching() as watch:
            stamps = await watch.ledger.stamps(BOARD)
            alerts = await watch.ledger.alerts(BOARD)
        assert all(stamp.on_or_before for stamp in stamps.values())  # none was new
        states = {entry.value["alert"]["state"] for entry in alerts.values()}
        assert "called off" not in states  # none was gone
    assert set(before) == set(alerts)
    assert stage.headlines == told


# The clocks go back on Sunday 25 October 2026 and forward on Sunday 28 March 2027
CHANGES = ["Thu 22 Oct 2026 09:15", "Thu 25 Mar 2027 09:15"]


@pytest.mark.parametrize("start", CHANGES)
async def test_a_change_of_the_clocks_is_no_move(stage: Stage, start: str) -> None:
    stage.clock.now = at(start)
    days = ["Tue 20 Oct 2026", "Tue 3 Nov 2026", "Tue 16 Mar 2027", "Tue 13 Apr 2027"]
    stage.calendar(*(board("10:00", day, uid=day) for day in days))
    await stage.run()
    await stage.days_pass(7)
    assert stage.headlines == []
    async with stage.watching() as watch:
        stamps = await watch.ledger.stamps(BOARD)
    assert all(stamp.on_or_before for stamp in stamps.values())


async def test_a_calendar_that_comes_back_after_a_week_has_lost_nothing(stage: Stage) -> None:
    stage.calendar(board("09:30"))
    await stage.run()
    stage.world.faults.answer("calendarView", 503, times=10_000)
    await stage.days_pass(7)
    stage.world.faults.waiting.clear()
    await stage.days_pass(2)
    assert stage.headlines == [EARLY]
