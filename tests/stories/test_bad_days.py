"""A week of bad days: calls fail by chance, the workflow too, and the worker dies wherever it stands.

Nothing is lost, and nothing comes twice but what the receiver took while nobody could write it down. That gap
is counted where it happens, at the receiver and at the worker's death, and not by asking the ledger.
Twenty seeds in the quick run, five hundred in `make prove`. The name of a failing test has its seed.
"""

import os
import random
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from functions.flow import daily, deliver, sweep
from functions.telling.owing import OFFICERS
from ledger import open_ledger
from ledger.entries import DeliveryState
from tests.stories.stage import Stage, at, meeting, pieces_on
from tests.stories.test_killed_at_every_step import Died

BOARD = "SEND Partnership Board"
SEEDS = range(500 if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else 20)
BAD_DAYS, CALLS_THAT_FAIL = 5, 0.10
LONGEST_WAIT = (
    10  # days: what may have arrived uses up a week's two messages, and the rest waits for the next
)
MOST_STEPS = 70  # a sweep, a daily pass and deliveries on a good day take about so many

EXPECTED = [
    f"Called off: {BOARD}",
    f"In the school holidays: {BOARD}",
    f"Put right: {BOARD}",
    f"Starts before 10am: {BOARD}",
    f"Starts before 10am: {BOARD}",
]


class Mortal:
    """A ledger whose worker dies at its nth step, before it is done or just after.

    `written` is how many pieces of news for the officers it wrote down as taken.
    """

    def __init__(self, ledger: Any, dies_at: int, *, after: bool) -> None:
        self._ledger, self._left, self._after = ledger, dies_at, after
        self.written = 0

    def __getattr__(self, name: str) -> Any:
        step = getattr(self._ledger, name)
        if not callable(step):
            return step

        async def mortal(*args: Any, **more: Any) -> Any:
            self._left -= 1
            if self._left < 0:
                raise Died
            if self._left == 0 and not self._after:
                raise Died
            done = await step(*args, **more)
            self.written += name == "settle" and DeliveryState.PAID in args and _officers(more)
            if self._left == 0:
                raise Died
            return done

        return mortal


def _officers(settled: Mapping[str, Any]) -> bool:
    return (settled.get("value") or {}).get("way") == OFFICERS


async def a_run(stage: Stage, chance: random.Random) -> int:
    """One run that may die anywhere; how many pieces of news the officers' workflow took that nobody wrote down."""
    before = len(stage.headlines)
    dies_at = chance.randrange(1, MOST_STEPS) if chance.random() < 0.7 else 10_000
    with open_ledger(stage.ledger_address) as ledger:
        mortal = Mortal(ledger, dies_at, after=chance.random() < 0.5)
        by = f"worker {chance.randrange(3)}"
        try:
            async with stage.watching(mortal, by) as watch:  # type: ignore[arg-type]
                swept = await sweep(watch, stage.clock())
                await daily(watch, swept, stage.clock())
                await deliver(watch, stage.clock())
        except Died:
            pass
        return len(stage.headlines) - before - mortal.written


def bad_luck(stage: Stage, seed: int, chance: random.Random) -> None:
    """What goes wrong in one run: at Graph by chance, and up to two times at the officers' workflow."""
    stage.world.faults.waiting.clear()
    stage.world.faults.random(seed, CALLS_THAT_FAIL)
    for _ in range(chance.randrange(3)):
        kind = chance.choice(["429", "500", "before", "after"])
        if kind in ("429", "500"):
            stage.world.faults.answer("workflows/officers", int(kind), times=1)
        else:
            stage.world.faults.cut_off("workflows/officers", times=1, after_the_work=kind == "after")


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_week_of_bad_days(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same luck for the same seed)
    stage = Stage(tmp_path, at("Mon 2 Nov 2026 09:15"))
    stage.only(BOARD)
    stays, moves = meeting(BOARD, "Fri 11 Dec 2026 09:30"), "Fri 15 Jan 2027"
    goes = meeting(BOARD, "Thu 18 Feb 2027 10:30")
    gap = 0
    for day in range(BAD_DAYS):
        stage.calendar(stays, meeting(BOARD, f"{moves} 09:00", uid="moves"), goes)
        for _ in range(chance.randrange(1, 4)):
            bad_luck(stage, seed * 100 + day, chance)
            gap += await a_run(stage, chance)
            stage.clock.pass_by(timedelta(minutes=20))
        stage.clock.pass_by(timedelta(days=1))
    stage.world.faults.waiting.clear()
    stage.world.faults.misfortunes = None
    await stage.days_pass(2)
    stage.calendar(stays, meeting(BOARD, f"{moves} 10:30", uid="moves"))
    await stage.days_pass(LONGEST_WAIT)
    once = list(dict.fromkeys(_told(stage)))
    assert sorted(headline for headline, _ in once) == EXPECTED, seed
    assert len(stage.headlines) - len(once) == gap, f"seed {seed}: {stage.headlines}"


async def test_bad_days_are_bad(tmp_path: Path) -> None:
    """The luck above does kill workers and lose answers, or the story would prove nothing."""
    gaps = 0
    for seed in range(6):
        chance = random.Random(seed)  # noqa: S311
        folder = tmp_path / str(seed)
        folder.mkdir()
        stage = Stage(folder)
        stage.only(BOARD)
        stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"), meeting(BOARD, "Thu 18 Feb 2027 10:30"))
        for _ in range(6):
            bad_luck(stage, seed, chance)
            gaps += await a_run(stage, chance)
            stage.clock.pass_by(timedelta(minutes=20))
    assert gaps > 1


def _told(stage: Stage) -> list[tuple[str, str]]:
    """The headline and the first line of each piece of news, however often it came and on whatever card."""
    return [
        (str(piece[0]["text"]), str(piece[1]["text"])) for card in stage.cards for piece in pieces_on(card)
    ]
