"""The breaker: more than ten new alerts in one round are held, and the manager is asked why."""

from datetime import timedelta

from functions.telling.release import held_keys, let_held_go
from tests.stories.stage import Stage, meeting

BOARD = "SEND Partnership Board"
DAYS = [
    "Tue 1 Dec 2026", "Wed 2 Dec 2026", "Thu 3 Dec 2026", "Fri 4 Dec 2026", "Mon 7 Dec 2026", "Tue 8 Dec 2026",
    "Wed 9 Dec 2026", "Thu 10 Dec 2026", "Fri 11 Dec 2026", "Mon 14 Dec 2026", "Tue 15 Dec 2026", "Wed 16 Dec 2026",
]  # fmt: skip


def dates(number: int, starts: str = "09:30"):
    return [meeting(BOARD, f"{day} {starts}", uid=day) for day in DAYS[:number]]


async def test_ten_are_told(stage: Stage) -> None:
    stage.calendar(*dates(10))
    await stage.run()
    assert len(stage.headlines) == 10


async def test_eleven_are_held_and_the_manager_is_asked_once(stage: Stage) -> None:
    stage.calendar(*dates(11))
    await stage.run()
    await stage.days_pass(5)
    assert stage.headlines == []
    assert len([line for line in stage.managers_headlines if "11" in line]) == 1
    async with stage.watching() as watch:
        assert len(await held_keys(watch.ledger)) == 11


async def test_let_go_they_are_told(stage: Stage) -> None:
    stage.calendar(*dates(12))
    await stage.run()
    async with stage.watching() as watch:
        assert await let_held_go(watch.ledger, stage.clock()) == 12
        assert await let_held_go(watch.ledger, stage.clock()) == 0
    await stage.days_pass(2)
    assert len(stage.headlines) == 12


async def test_mended_meanwhile_nobody_ever_hears(stage: Stage) -> None:
    stage.calendar(*dates(12))
    await stage.run()
    stage.calendar(*dates(12, "10:30"))
    await stage.run()
    async with stage.watching() as watch:
        await let_held_go(watch.ledger, stage.clock())
    await stage.days_pass(2)
    assert stage.headlines == []


async def test_one_more_on_the_next_day_is_told_while_the_others_are_held(stage: Stage) -> None:
    stage.calendar(*dates(11))
    await stage.run()
    stage.clock.pass_by(timedelta(days=1))
    stage.calendar(*dates(12))
    await stage.run()
    assert len(stage.headlines) == 1
