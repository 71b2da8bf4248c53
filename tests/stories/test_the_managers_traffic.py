"""What we ask of SharePoint for the manager's lists and page is judged by the referee, call by call."""

from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from emulator.app import emulator_app
from emulator.recording import App, Recorded
from emulator.world import World
from functions.flow import daily, sweep
from functions.showing.page import show_page
from functions.showing.showing import show
from models.showing import Counts, quarter_rows
from models.shown_lists import SHOWN_LISTS
from tests.faults.test_referee import assert_clean, calls_in
from tests.stories import stage as staging
from tests.stories.stage import Stage, made_list, meeting
from tests.stories.test_the_managers_lists import BOARD, CHAIR, EARLY, MANAGER, put, row_of, type_in


class Noted(httpx.ASGITransport):
    """The emulated tenant, whose Graph traffic is written down."""

    def __init__(self, world: World, record_to: Path) -> None:
        super().__init__(app=cast("Any", Recorded(cast(App, emulator_app(world)), record_to, None)))


@pytest.fixture
def recording(tmp_path: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "graph.jsonl"
    monkeypatch.setattr(staging, "Wire", lambda _app: Noted(stage.world, path))
    return path


async def shown(stage: Stage) -> None:
    """A review, then the lists and the page."""
    quarters = quarter_rows([("P04", "2026/27-Q3", Counts(kept=7))], stage.book.agreement)
    async with stage.watching() as watch:
        await daily(watch, await sweep(watch, stage.clock()), stage.clock())
        await show(watch, stage.clock(), quarters=quarters)
        await show_page(watch, stage.clock(), quarters)


async def test_the_referee_is_content_with_the_managers_lists(
    stage: Stage, recording: Path, shared: Path, house: Path
) -> None:
    stage.only(BOARD)
    stage.people([MANAGER, CHAIR])
    for one in SHOWN_LISTS:
        put(stage, made_list(one))
    stage.calendar(EARLY, meeting(BOARD, "Fri 8 Jan 2027 09:00", uid="later"))
    await shown(stage)  # rows are added
    stage.calendar(EARLY)
    await shown(stage)  # some are deleted
    type_in(stage, row_of(stage, "P04"), Reason="The hall was booked.")
    await shown(stage)  # the reason is heard
    await shown(stage)  # and its row is changed
    stage.world.deltas.expire()
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 10:30", uid="early"))
    await shown(stage)  # all are read anew, and the page is refreshed
    calls = list(calls_in(recording))
    assert {method for method, url in calls if "/items" in url} == {"GET", "POST", "PATCH", "DELETE"}
    assert [url for method, url in calls if method == "PATCH" and "horizontalSections" in url]
    assert_clean(recording, shared, house)
