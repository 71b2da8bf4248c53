"""Two years of cards lie in the ledger: to send one more, nobody reads them again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from functions.flow import deliver, sweep
from functions.showing.needs_rows import needs_rows
from functions.telling.needs import needs_of
from functions.telling.owing import OFFICERS, Kind
from functions.waking.health import health
from ledger import deliveries, open_ledger
from ledger.entries import Delivery, DeliveryState
from tests.stories.stage import MONDAY, Stage, meeting

BOARD = "SEND Partnership Board"
YEARS = timedelta(days=730)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The key of every delivery that is read from the ledger's file, as often as it is."""
    keys: list[str] = []
    as_it_is = deliveries._delivery

    def counted(row: tuple[object, ...]) -> Delivery:
        keys.append(str(row[0]))
        return as_it_is(row)

    monkeypatch.setattr(deliveries, "_delivery", counted)
    return keys


async def two_years(stage: Stage, cards: int) -> None:
    """So many cards that the officers took, the last of them a month ago."""
    async with open_ledger(stage.ledger_address) as ledger:
        every = [
            Delivery(
                key=f"old/{number}",
                group=BOARD,
                channel=OFFICERS,
                about=f"old/{number}",
                not_before=MONDAY - YEARS + (YEARS - timedelta(days=30)) * number / cards,
                value={"kind": Kind.OPENED.value, "opened_at": (MONDAY - YEARS).isoformat()},
            )
            for number in range(cards)
        ]
        await ledger.owe(every)
        for one in every:
            at = one.not_before
            assert await ledger.claim(BOARD, one.key, by="once", now=at, until=at + timedelta(minutes=5))
            assert await ledger.settle(BOARD, one.key, DeliveryState.PAID, by="once", at=at)


async def test_two_years_of_cards_are_not_read_again(stage: Stage, read: list[str]) -> None:
    await two_years(stage, 400)
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    async with stage.watching() as watch:
        await sweep(watch, stage.clock())
        read.clear()
        [card] = await deliver(watch, stage.clock())
        assert card.state is DeliveryState.PAID
        assert (await health(watch, stage.clock())).page["deliveries"] == {"owed": 0, "due": 0, "unsure": 0}
        needs = await needs_of(watch.ledger, watch.book, observing=False)
        await needs_rows(watch, needs, stage.clock())
        assert await deliver(watch, stage.clock()) == ()
    assert stage.headlines == [f"Starts before 10am: {BOARD}"]
    assert read
    assert not [key for key in read if key.startswith("old/")]
