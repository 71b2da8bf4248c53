"""A worker dies anywhere in a press: it is noted once or not at all, and pressing again puts it right."""

import asyncio
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from shutil import copy

import pytest

from ledger import open_ledger
from tests.functions.pages_pressed import PRESSES, desk_of, prepared, what_stands
from tests.functions.pages_stage import EVERY_PAGE
from tests.stories.test_killed_at_every_step import Died, Mortal

PROVE = os.environ.get("HYPOTHESIS_PROFILE") == "prove"


@pytest.fixture(scope="module")
def begins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which everything waits to be answered."""
    folder = tmp_path_factory.mktemp("begins")

    async def prepare() -> None:
        async with open_ledger(f"sqlite:///{folder / 'ledger.sqlite3'}") as ledger:
            await prepared(desk_of(ledger, folder, "begins"))

    asyncio.run(prepare())
    return folder / "ledger.sqlite3"


@pytest.mark.parametrize("name", PRESSES)
async def test_killed_at_every_step_a_press_is_noted_once_or_not_at_all(
    begins: Path, tmp_path: Path, name: str
) -> None:
    page, form = PRESSES[name]
    link = EVERY_PAGE[page]
    async with open_ledger(f"sqlite:///{begins}") as ledger:
        before = await what_stands(desk_of(ledger, tmp_path, "before"))
    async with open_ledger(f"sqlite:///{copy(begins, tmp_path / 'whole.sqlite3')}") as ledger:
        desk = desk_of(ledger, tmp_path, "lives")
        assert (await desk.press(link, **form)).status == 200
        after = await what_stands(desk)
    assert after != before
    died, found = True, set()
    dies_at, kill_after = 0, True
    while died:
        kill_after = not kill_after
        dies_at += not kill_after
        if not PROVE and kill_after != bool(dies_at % 2):  # before every other step, and after those between
            continue
        file = copy(begins, tmp_path / f"{dies_at}-{kill_after}.sqlite3")
        async with open_ledger(f"sqlite:///{file}") as ledger:
            mortal = Mortal(ledger, dies_at, after=kill_after)
            died = True
            with suppress(Died):
                await desk_of(mortal, tmp_path, "dies").press(link, **form)
                died = False
            desk = desk_of(ledger, tmp_path, "another")
            stands = await what_stands(desk)
            assert stands in (before, after), (
                f"{name}: half of it was noted at step {dies_at} ({mortal.last})"
            )
            found.add(stands)
            desk.moment += timedelta(minutes=1)  # whoever saw no answer presses once more
            answer = await desk.press(link, **form)
            assert answer.status == 200, f"{name}: {dies_at} ({mortal.last})"
            assert await what_stands(desk) == after, f"{name}: {dies_at} ({mortal.last})"
    assert found == {before, after}
    assert dies_at > 2
