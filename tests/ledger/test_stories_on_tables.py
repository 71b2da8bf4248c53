"""Some of the stories once more, with what is remembered in Azure Tables in place of a file."""

from pathlib import Path

import pytest

from functions.flow import deliver, sweep
from ledger import LedgerFault, open_ledger
from ledger.azure_ledger import AzureLedger
from tests.ledger.azurite import CUT_AFTER, CUT_BEFORE, Wire, empty, table_address, wire_to
from tests.stories.stage import Stage, meeting, pieces_on

BOARD = "SEND Partnership Board"
EXPECTED = {f"Starts before 10am: {BOARD}", f"In the school holidays: {BOARD}"}


EVERY = 6  # request at which we die: all would take minutes


@pytest.fixture
def stage(tmp_path: Path, tables: int) -> Stage:
    return told(tmp_path, tables)


def told(tmp_path: Path, tables: int) -> Stage:
    """A stage on which two meetings break a promise each."""
    stage = Stage(tmp_path)
    stage.ledger_address = table_address(tables)
    stage.only(BOARD)
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"), meeting(BOARD, "Thu 18 Feb 2027 10:30"))
    return stage


async def test_each_promise_in_danger_is_told_once(stage: Stage) -> None:
    await stage.run()
    assert sorted(stage.headlines) == sorted(EXPECTED)
    await stage.days_pass(3)
    assert len(stage.headlines) == 2


async def test_a_meeting_put_right_is_thanked_for(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30", uid="december"))
    await stage.run()
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 10:30", uid="december"))
    await stage.days_pass(3)
    assert stage.headlines[0] == f"Starts before 10am: {BOARD}"
    async with open_ledger(stage.ledger_address) as ledger:
        [alert] = (await ledger.alerts(BOARD)).values()
        assert "put right" in str(alert.value)


async def test_two_workers_send_one_card_each(stage: Stage) -> None:
    async with stage.watching(by="one") as one, stage.watching(by="two") as two:
        await sweep(one, stage.clock())
        await sweep(two, stage.clock())
        await deliver(one, stage.clock())
        await deliver(two, stage.clock())
    assert sorted(stage.headlines) == sorted(EXPECTED)


async def test_a_card_that_may_have_arrived_says_that_it_is_sent_again(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    stage.world.faults.cut_off("workflows", times=1, after_the_work=True)
    await stage.run()
    await stage.days_pass(2)
    first, second = (str(post.cards[0]["body"]) for post in stage.world.posts if post.flow == "officers")
    assert "Sent again" not in first
    assert "Sent again" in second


@pytest.mark.parametrize("fault", [CUT_BEFORE, CUT_AFTER])
async def test_killed_at_requests_to_the_ledger(tmp_path: Path, tables: int, fault: str) -> None:
    """Nothing is lost; what may have arrived is sent again, and says so, and nothing else comes twice."""
    nth, lived = (2 if fault == CUT_AFTER else 4), False
    while not lived:
        await empty(tables)
        stage = told(tmp_path, tables)
        async with wire_to(tables) as wire:
            lived = await run_and_die(stage, wire, nth, fault)
        sent = len(stage.cards)
        await stage.days_pass(2)  # leases and claims run out; the next worker makes it good
        assert set(stage.headlines) == EXPECTED, f"{fault}, request {nth}"
        again = [card for card in stage.cards[sent:] if "Sent again" in str(card["body"])]
        twice = len(stage.headlines) - len(EXPECTED)
        assert len(again) <= 1, f"{fault}, request {nth}"
        assert twice <= sum(len(pieces_on(card)) for card in again), f"{fault}, request {nth}"
        nth += EVERY
    assert nth > 40  # there was much to die of


async def run_and_die(stage: Stage, wire: Wire, nth: int, fault: str) -> bool:
    """One sweep and delivery whose nth request to the ledger is the last that anybody hears of; True if it lived."""
    async with AzureLedger(wire.address, sleep=no_wait) as mortal:
        try:
            async with stage.watching(mortal) as watch:
                wire.from_now(lambda number: None if number < nth else fault if number == nth else CUT_BEFORE)
                await sweep(watch, stage.clock())
                await deliver(watch, stage.clock())
        except LedgerFault:
            return False
        return True


async def no_wait(_seconds: float) -> None:
    return None
