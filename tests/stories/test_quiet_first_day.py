"""The quiet first day: what is new to us is shown to the manager first, and to nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from functions.telling.release import quiet_groups, release
from models.days import LONDON
from tests.stories.stage import Stage, at, checked, meeting

BOARD, INCLUSION = "SEND Partnership Board", "Task and Finish Groups"


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.quiet = True
    stage.calendar(
        meeting(BOARD, "Fri 11 Dec 2026 09:30"),
        meeting("Inclusion Task and Finish Group", "Wed 16 Dec 2026 15:00"),
        meeting("A chat about something", "Tue 8 Dec 2026 10:00"),
    )
    return stage


async def test_only_the_manager_hears_and_in_one_list(stage: Stage) -> None:
    await stage.run()
    assert stage.headlines == []
    assert len(stage.managers_headlines) == 1
    told = str(stage.world.posts)
    assert "Partnership Board" in told
    assert "A chat about something" in told  # which group is this?


async def test_forty_days_without_a_release_bring_the_manager_two_lists(stage: Stage) -> None:
    await stage.run()
    await stage.days_pass(40)
    assert stage.headlines == []
    assert len(stage.managers_headlines) == 2  # the second after four weeks of waiting


async def test_a_released_group_is_told_and_the_others_stay_quiet(stage: Stage) -> None:
    await stage.run()
    async with stage.watching() as watch:
        assert INCLUSION in await quiet_groups(watch.ledger, stage.book)
        assert await release(watch.ledger, stage.book, [BOARD], stage.clock()) == (BOARD,)
        assert await release(watch.ledger, stage.book, [BOARD], stage.clock()) == ()
        assert BOARD not in await quiet_groups(watch.ledger, stage.book)
    await stage.run()
    assert stage.headlines == [f"Starts before 10am: {BOARD}"]


async def test_what_was_put_right_before_the_release_is_never_told(stage: Stage) -> None:
    await stage.run()
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 10:30", uid=f"{BOARD}-Fri 11 Dec 2026 09:30"))
    await stage.run()
    async with stage.watching() as watch:
        await release(watch.ledger, stage.book, [BOARD], stage.clock())
    await stage.run()
    assert stage.headlines == []


async def test_observing_tells_nobody_but_the_manager_even_after_a_release(stage: Stage) -> None:
    stage.observing = True
    async with stage.watching() as watch:
        await release(watch.ledger, stage.book, [BOARD, INCLUSION], stage.clock())
    await stage.run(whole_day=True)
    await stage.days_pass(5)
    assert stage.headlines == []
    assert len(stage.managers_headlines) == 1


async def test_school_dates_that_nobody_checked_hold_their_alerts(stage: Stage) -> None:
    unchecked = {name: replace(one, checked_by="") for name, one in stage.book.terms.calendars.items()}
    stage.book = replace(stage.book, terms=type(stage.book.terms)(unchecked))
    stage.calendar(meeting(BOARD, "Thu 18 Feb 2027 10:30"))  # half term
    stage.quiet = False
    await stage.run()
    assert stage.headlines == []
    assert len(stage.managers_headlines) == 1
    stage.book = checked(stage.book)
    await stage.run()
    assert [headline.split(":")[0] for headline in stage.headlines] != []


async def test_new_school_dates_are_shown_to_the_manager_first(stage: Stage) -> None:
    async with stage.watching() as watch:
        await release(watch.ledger, stage.book, [BOARD], stage.clock())
    stage.calendar(meeting(BOARD, "Tue 8 Dec 2026 10:30"))
    await stage.run()
    main = stage.book.agreement.terms.main
    calendar = stage.book.terms.of(main)
    shorter = tuple(
        replace(t, last=at("Fri 4 Dec 2026 00:00").date())
        if t.holds(at("Tue 8 Dec 2026 00:00").date())
        else t
        for t in calendar.terms
    )
    mended = dict(stage.book.terms.calendars) | {main: replace(calendar, terms=shorter)}
    stage.book = replace(stage.book, terms=type(stage.book.terms)(mended))
    await stage.run()
    assert stage.headlines == []
    async with stage.watching() as watch:
        assert await release(watch.ledger, stage.book, [BOARD], stage.clock()) == (BOARD,)
    await stage.run()
    assert len(stage.headlines) == 1


async def test_a_new_agreement_is_quiet_again_and_takes_back_what_the_old_one_said(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    async with stage.watching() as watch:
        await release(watch.ledger, stage.book, [BOARD], stage.clock())
    await stage.run()
    assert len(stage.headlines) == 1
    newer = stage.book.agreement.model_copy(update={"id": "lancashire-2027"})
    stage.book = replace(stage.book, agreement=newer)
    stage.clock.pass_by(timedelta(days=1))
    await stage.run()
    assert len(stage.headlines) == 2  # the second says that the agreement changed
    assert "agreement" in str(stage.cards[1]).lower()
    await stage.days_pass(3)
    assert len(stage.headlines) == 2
    assert stage.clock().astimezone(LONDON) > at("Thu 5 Nov 2026 09:00")


async def test_what_cures_itself_within_a_day_is_no_matter_for_the_manager(stage: Stage) -> None:
    await stage.run()
    stage.world.faults.answer("calendarView", 503, times=10_000)
    stage.clock.pass_by(timedelta(hours=3))
    await stage.run()
    assert len(stage.managers_headlines) == 1
    await stage.days_pass(1)
    assert len(stage.managers_headlines) == 2
    assert "just now" in str(stage.world.posts[-1].cards[0])
