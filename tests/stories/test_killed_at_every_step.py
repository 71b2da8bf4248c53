"""Killed at every step: nothing is lost, and nothing comes twice but where death fell between 2xx and paid."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from functions.flow import deliver, sweep
from ledger import open_ledger
from ledger.entries import DeliveryState
from models.agreement import TellingRule
from models.people import Contact
from tests.stories.stage import Stage, meeting

BOARD = "SEND Partnership Board"
EXPECTED = {f"Starts before 10am: {BOARD}", f"In the school holidays: {BOARD}"}
STEPS = 60  # more than a sweep and a delivery take; a test below holds that


PROVING = os.environ.get("HYPOTHESIS_PROFILE") == "prove"


def _tried(steps: range, *, after: bool) -> range:
    """The quick run kills before every other step, and after those between them; `make prove` does both to each."""
    return steps if PROVING else range(steps.start + after, steps.stop, 2)


class Died(BaseException):
    """The worker is gone, wherever it was."""


class Mortal:
    """A ledger whose worker dies before its nth step, or just after it was done."""

    def __init__(self, ledger: Any, dies_at: int, *, after: bool) -> None:
        self._ledger, self._left, self._after = ledger, dies_at, after
        self.last = ""

    def __getattr__(self, name: str) -> Any:
        step = getattr(self._ledger, name)
        if not callable(step):
            return step

        async def mortal(*args: Any, **more: Any) -> Any:
            self._left -= 1
            if self._left < 0:
                raise Died  # the dead do nothing more, not even in a `finally`
            if self._left == 0 and not self._after:
                self.last = name
                raise Died
            done = await step(*args, **more)
            if self._left == 0:
                self.last = name
                raise Died
            return done

        return mortal


async def run_and_die(stage: Stage, dies_at: int, *, after: bool) -> str:
    """One sweep and delivery on a mortal ledger; which step it died at, or nothing where it lived."""
    with open_ledger(stage.ledger_address) as ledger:
        mortal = Mortal(ledger, dies_at, after=after)
        try:
            async with stage.watching(mortal) as watch:  # type: ignore[arg-type]
                await sweep(watch, stage.clock())
                await deliver(watch, stage.clock())
        except Died:
            return mortal.last
        return ""


async def unsettled(stage: Stage) -> int:
    """How many deliveries the dead worker had claimed and not settled."""
    with open_ledger(stage.ledger_address) as ledger:
        return sum(one.state is DeliveryState.CLAIMED for one in await ledger.deliveries())


@pytest.mark.parametrize("after", [False, True], ids=["before the step", "after the step"])
@pytest.mark.parametrize("first", range(1, STEPS, 5))
async def test_killed_at_every_step(tmp_path: Path, first: int, after: bool) -> None:
    for dies_at in _tried(range(first, first + 5), after=after):
        folder = tmp_path / str(dies_at)
        folder.mkdir()
        stage = Stage(folder)
        stage.only(BOARD)
        stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"), meeting(BOARD, "Thu 18 Feb 2027 10:30"))
        died_at = await run_and_die(stage, dies_at, after=after)
        sent_before = len(stage.headlines)
        gap = await unsettled(stage) if sent_before else 0  # the receiver said 2xx, and nobody wrote it down
        await stage.days_pass(2)  # leases and claims run out; the next worker makes it good
        assert set(stage.headlines) == EXPECTED, f"killed at {dies_at} ({died_at})"
        twice = len(stage.headlines) - len(EXPECTED)
        assert twice == gap, f"killed at {dies_at} ({died_at}), {sent_before} sent before"
        assert died_at == "settle" or not gap


OFFICER = Contact(role="Board officer", partner="council", address="officer@council.example")
MAIL_STEPS = 60  # more than a delivery by mail takes; the test holds that


@pytest.mark.parametrize("after", [False, True], ids=["before the step", "after the step"])
async def test_a_mail_of_several_things_killed_at_every_step(tmp_path: Path, after: bool) -> None:
    lived = False
    for dies_at in _tried(range(1, MAIL_STEPS), after=after):
        folder = tmp_path / str(dies_at)
        folder.mkdir()
        stage = Stage(folder)
        stage.by_mail(OFFICER)
        stage.only(BOARD)
        stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"), meeting(BOARD, "Thu 18 Feb 2027 10:30"))
        group = stage.book.agreement.groups[0].model_copy(update={"officer": OFFICER.role})
        patient = TellingRule(second_after=20)  # this story is about the first word
        changed = {"groups": (group,), "telling": patient}
        stage.book = replace(stage.book, agreement=stage.book.agreement.model_copy(update=changed))
        async with stage.watching() as watch:
            await sweep(watch, stage.clock())
        with open_ledger(stage.ledger_address) as ledger:
            mortal = Mortal(ledger, dies_at, after=after)
            try:
                async with stage.watching(mortal) as watch:  # type: ignore[arg-type]
                    await deliver(watch, stage.clock())
                lived = True
            except Died:
                pass
        gap = await unsettled(stage) if stage.mails else 0
        await stage.days_pass(1)
        told = stage.mailed(OFFICER.address)
        assert set(told) == EXPECTED, f"killed at {dies_at} ({mortal.last})"
        assert len(told) - len(EXPECTED) == gap, f"killed at {dies_at} ({mortal.last})"
        if gap:
            assert "Sent again" in stage.mails[-1].message.as_string()
        if lived:
            break
    assert lived


async def test_the_last_step_is_among_those_tried(stage: Stage) -> None:
    stage.only(BOARD)
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"), meeting(BOARD, "Thu 18 Feb 2027 10:30"))
    assert await run_and_die(stage, STEPS, after=False) == ""


async def test_a_card_that_may_have_arrived_says_that_it_is_sent_again(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    stage.world.faults.cut_off("workflows", times=1, after_the_work=True)
    await stage.run()
    await stage.days_pass(1)
    await stage.days_pass(1)
    assert len(stage.headlines) == 2
    first, second = (str(post.cards[0]["body"]) for post in stage.world.posts)
    assert "Sent again" not in first
    assert "Sent again" in second


@pytest.mark.parametrize("status", [429, 400, 404])
async def test_a_card_that_surely_did_not_arrive_is_sent_later_without_a_word(
    stage: Stage, status: int
) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    stage.world.faults.answer("workflows", status, times=1)
    await stage.run()
    assert stage.headlines == []
    await stage.days_pass(1)
    assert len(stage.headlines) == 1
    assert "Sent again" not in str(stage.world.posts[0].cards[0])


async def test_two_workers_send_one_card(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    async with stage.watching() as one, stage.watching() as two:
        await sweep(one, stage.clock())
        await sweep(two, stage.clock())
        await deliver(one, stage.clock())
        await deliver(two, stage.clock())
    assert len(stage.headlines) == 1
