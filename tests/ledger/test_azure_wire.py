"""The wire to Azure Tables breaks at every request of every step, and the program is killed between any two.

`make test` breaks each step in two of the five ways, and kills it after some of its requests; `make prove` tries all.
"""

from collections.abc import AsyncIterator

import pytest

from ledger import LedgerFault
from ledger.azure_ledger import AzureLedger
from ledger.entries import AlertEntry, DeliveryState
from ledger.faults import ChangedSince
from tests.ledger.azurite import (
    BUSY_AFTER,
    BUSY_BEFORE,
    CUT_AFTER,
    CUT_BEFORE,
    CUT_IN_ANSWER,
    Wire,
    empty,
    table_address,
    wire_to,
)
from tests.ledger.steps import ALL_BEFORE, BOARD, CARD, HOUR, NOW, READINGS, STEPS, Step, all_of
from tests.proving import some_of

FAULTS = (CUT_BEFORE, CUT_AFTER, CUT_IN_ANSWER, BUSY_BEFORE, BUSY_AFTER)


async def no_wait(_seconds: float) -> None:
    return None


@pytest.fixture
async def wire(tables: int) -> AsyncIterator[Wire]:
    async with wire_to(tables) as wire:
        yield wire


def over(wire: Wire) -> AzureLedger:
    """A program's own ledger, over the wire that breaks."""
    return AzureLedger(wire.address, sleep=no_wait)


async def begun(tables: int, step: Step) -> None:
    """A new ledger in which all has happened that must come before the step."""
    await empty(tables)
    async with AzureLedger(table_address(tables)) as ledger:
        for done in step.before:
            await done(ledger)


async def held(tables: int) -> object:
    """All that is in the ledger, seen without the wire."""
    async with AzureLedger(table_address(tables)) as ledger:
        return await all_of(ledger)


async def unbroken(wire: Wire, tables: int, step: Step) -> tuple[int, object, object]:
    """How many requests the step takes, what it gives, and what the ledger holds then."""
    await begun(tables, step)
    async with over(wire) as ledger:
        wire.from_now(lambda _number: None)
        given = await step.take(ledger)
        asked = wire.asked
    return asked, given, await held(tables)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
async def test_requests_that_all_fail_at_first_change_nothing_for_the_caller(
    wire: Wire, tables: int, step: Step
) -> None:
    asked, given, after = await unbroken(wire, tables, step)
    assert asked >= 2
    for fault in some_of(FAULTS, STEPS.index(step), of=3):
        await begun(tables, step)
        wire.from_now(lambda _number: None)
        async with over(wire) as ledger:
            wire.from_now(lambda number, fault=fault: fault if number % 2 else None)
            assert await step.take(ledger) == given, fault
        assert await held(tables) == after, fault


@pytest.mark.parametrize("fault", [CUT_BEFORE, CUT_AFTER])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
async def test_killed_between_any_two_requests_and_made_good_by_the_next_try(
    wire: Wire, tables: int, step: Step, fault: str
) -> None:
    asked, _, after = await unbroken(wire, tables, step)
    for nth in some_of(range(1, asked + 1), STEPS.index(step), of=3):
        await begun(tables, step)
        wire.from_now(lambda _number: None)
        async with over(wire) as ledger:
            wire.from_now(lambda number, nth=nth: dying(number, nth, fault))
            with pytest.raises(LedgerFault, match="can't be reached"):
                await step.take(ledger)
        async with AzureLedger(table_address(tables)) as next_worker:
            await step.take(next_worker)
        assert await held(tables) == after, f"{fault}, request {nth}"


def dying(number: int, nth: int, fault: str) -> str | None:
    """The nth request is the last that anybody hears of."""
    if number < nth:
        return None
    return fault if number == nth else CUT_BEFORE


@pytest.mark.parametrize("reading", READINGS, ids=lambda step: step.name)
async def test_a_reading_that_fails_once_is_read_again(wire: Wire, tables: int, reading: Step) -> None:
    step = Step(reading.name, reading.take, ALL_BEFORE)
    asked, given, _ = await unbroken(wire, tables, step)
    for fault in FAULTS:
        async with over(wire) as ledger:
            wire.from_now(lambda number, fault=fault: fault if number == 1 else None)
            assert await reading.take(ledger) == given, fault
    assert asked >= 1


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_ledger_is_opened_and_made_whatever_fails_once(wire: Wire, tables: int, fault: str) -> None:
    for nth in range(1, 7):
        await empty(tables)
        wire.from_now(lambda number, nth=nth: fault if number == nth else None)
        async with over(wire) as ledger:
            assert await ledger.owe([CARD]) == (CARD.key,)


async def test_a_lost_answer_does_not_make_somebody_elses_claim_ours(wire: Wire, tables: int) -> None:
    """Cut before the work, and another claims it before we ask again."""
    async with AzureLedger(table_address(tables)) as other, over(wire) as ours:
        await other.owe([CARD])
        claims = 0

        async def claimed_meanwhile(_seconds: float) -> None:
            nonlocal claims
            claims += await other.claim(BOARD, CARD.key, by="me", now=NOW, until=NOW + HOUR)

        ours._table._sleep = claimed_meanwhile
        wire.from_now(lambda number: CUT_BEFORE if number == 2 else None)
        assert not await ours.claim(BOARD, CARD.key, by="me", now=NOW, until=NOW + HOUR)
        assert claims == 1
        assert [one.state for one in await other.deliveries()] == [DeliveryState.CLAIMED]


async def test_alerts_beyond_one_transaction_stay_as_far_as_they_were_saved(wire: Wire, tables: int) -> None:
    """What is weaker here than in SQLite: docs/decisions/009."""
    entries = [AlertEntry(f"a{n:03}", {"n": n}) for n in range(150)]
    async with AzureLedger(table_address(tables)) as other, over(wire) as ours:

        async def saved_meanwhile(_seconds: float) -> None:
            await other.save_alerts(BOARD, [AlertEntry("a149", {"by": "another"})])

        ours._table._sleep = saved_meanwhile
        wire.from_now(lambda number: CUT_BEFORE if number == 3 else None)  # the second transaction
        with pytest.raises(ChangedSince):
            await ours.save_alerts(BOARD, entries)
        known = await other.alerts(BOARD)
        assert list(known) == [*[one.key for one in entries[:100]], "a149"]
        assert dict(known["a149"].value) == {"by": "another"}
        left = [known.get(one.key, one) for one in entries]  # read again, decided again
        await ours.save_alerts(BOARD, left)
        assert len(await other.alerts(BOARD)) == 150
