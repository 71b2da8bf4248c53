"""The pages once more, with what is remembered in Azure Tables in place of a file."""

import asyncio
from pathlib import Path

from ledger import Ledger, open_ledger
from ledger.azure_ledger import AzureLedger
from tests.functions.pages_pressed import PRESSES, desk_of, prepared, what_stands
from tests.functions.pages_stage import EVERY_PAGE
from tests.ledger.azurite import CUT_AFTER, CUT_BEFORE, table_address, wire_to
from tests.ledger.test_stories_on_tables import no_wait

EVERY = 3  # request at which the connection breaks


async def pressed(ledger: Ledger, folder: Path) -> list[tuple[object, ...]]:
    """Every button once, then once more by two at once: what stands after each."""
    desk = desk_of(ledger, folder, "pages")
    await prepared(desk)
    found = []
    for name, (page, form) in PRESSES.items():
        link = EVERY_PAGE[page]
        assert (await desk.look(link)).status == 200
        assert (await desk.press(link, **form)).status == 200, name
        once = await what_stands(desk)
        twice = await asyncio.gather(*(desk.press(link, **form) for _ in range(2)))
        assert {one.status for one in twice} == {200}, name
        assert await what_stands(desk) == once, name
        found.append(once)
    return found


async def test_every_button_says_the_same_on_both_ledgers_and_says_it_once(
    tmp_path: Path, tables: int
) -> None:
    async with (
        open_ledger(table_address(tables)) as here,
        open_ledger(f"sqlite:///{tmp_path / 'l'}") as there,
    ):
        assert await pressed(here, tmp_path) == await pressed(there, tmp_path)


async def test_where_the_tables_cannot_be_reached_what_was_written_is_given_back_and_pressing_again_helps(
    tmp_path: Path, tables: int
) -> None:
    page, form = PRESSES["a reason"]
    async with open_ledger(table_address(tables)) as ledger:
        await prepared(desk_of(ledger, tmp_path, "pages"))
        before = len(await desk_of(ledger, tmp_path, "pages").said())
    for nth in (1, 1 + EVERY):
        for fault in (CUT_BEFORE, CUT_AFTER):
            async with wire_to(tables) as wire, AzureLedger(wire.address, sleep=no_wait) as broken:
                wire.from_now(lambda n, nth=nth, fault=fault: None if n < nth else fault)
                answer = await desk_of(broken, tmp_path, "pages").press(EVERY_PAGE[page], **form)
            assert answer.status == 503
            assert form["text"].encode() in answer.body
    async with open_ledger(table_address(tables)) as ledger:
        desk = desk_of(ledger, tmp_path, "pages")
        assert (await desk.press(EVERY_PAGE[page], **form)).status == 200
        assert len(await desk.said()) == before + 1
