"""The health page: what was read and when, what runs out, what waits; no names and no addresses."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from emulator.certificates import app_certificate
from emulator.serve import running
from functions.flow import sweep
from functions.telling.needs import needs_of
from functions.waking.health import health, not_ready
from functions.waking.heartbeat import beat
from functions.waking.put_aside import LINES, STAYS, forget_old, put_aside
from models.keys import slug
from tests.stories.stage import MAILBOX, OFFICER, Stage, at, meeting

BOARD = "SEND Partnership Board"
KEYS = {
    "well", "at", "version", "telling", "calendars", "dates", "deliveries", "subscriptions",
}  # fmt: skip


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    stage = Stage(tmp_path)
    stage.only(BOARD)
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    return stage


async def test_before_the_first_read_it_is_not_well(stage: Stage) -> None:
    async with stage.watching() as watch:
        found = await health(watch, stage.clock())
    assert (found.well, found.status) == (False, 503)
    assert [(one["read_at"], one["late"]) for one in found.page["calendars"]] == [(None, True)]


@pytest.mark.parametrize(("minutes", "well"), [(0, True), (59, True), (61, False)])
async def test_it_is_well_while_every_calendar_was_read_in_the_last_hour(
    stage: Stage, minutes: int, well: bool
) -> None:
    async with stage.watching() as watch:
        await sweep(watch, stage.clock())
        found = await health(watch, stage.clock() + timedelta(minutes=minutes))
    assert found.well is well
    assert found.status == (200 if well else 503)


async def test_it_says_what_waits_and_what_runs_out(stage: Stage) -> None:
    async with stage.watching() as watch:
        await sweep(watch, stage.clock())
        page = (await health(watch, stage.clock())).page
        late = (await health(watch, at("Mon 1 Jan 2035 10:00"))).page
    assert set(page) == KEYS
    assert page["deliveries"]["owed"] == page["deliveries"]["due"] > 0
    assert page["deliveries"]["unsure"] == 0
    assert page["dates"][0]["school_dates_of"] == "lancashire-county-council"
    assert [one["runs_out_soon"] for one in late["dates"]] == [True] * len(late["dates"])


async def test_it_names_every_date_that_runs_out_and_the_manager_hears_of_a_review_that_is_past(
    stage: Stage, tmp_path: Path
) -> None:
    made, pem = app_certificate(), tmp_path / "app.pem"
    pem.write_text(made.private_key + made.certificate)
    async with stage.watching() as opened:
        agreement = opened.book.agreement
        board = agreement.groups[0].model_copy(update={"until": date(2026, 12, 18)})
        told = {"groups": (board, *agreement.groups[1:]), "next_review": date(2026, 10, 1)}
        watch = replace(opened, book=replace(opened.book, agreement=agreement.model_copy(update=told)))
        await sweep(watch, stage.clock())
        dates = (await health(watch, stage.clock(), pem)).page["dates"]
        asked = (await needs_of(watch.ledger, watch.book, observing=False)).questions
    assert {"group": slug(board.name), "until": "2026-12-18", "runs_out_soon": True} in dates
    assert {"next_review": "2026-10-01", "runs_out_soon": True} in dates
    [ends] = [one["certificate_until"] for one in dates if "certificate_until" in one]
    assert ends
    assert date.fromisoformat(ends) > date(2026, 1, 1)
    assert [
        one
        for one in asked
        if one.startswith("The day for looking at the agreement again was Thursday 1 October 2026")
    ]


async def test_it_holds_no_name_no_address_and_no_title(stage: Stage) -> None:
    private = "Annual review of a child"
    stage.calendar(meeting(private, "Fri 11 Dec 2026 09:30"))
    async with stage.watching() as watch:
        await sweep(watch, stage.clock())
        said = json.dumps((await health(watch, stage.clock())).page)
    for hidden in (MAILBOX, "@", OFFICER.name, private, "https://"):
        assert hidden not in said
    assert "send-partnership-board" in said


def test_a_set_up_that_is_no_good_is_counted_and_not_told() -> None:
    found = not_ready(("PROTOCOL_WATCH_TOKEN is not well: do this.",))
    assert found.status == 503
    assert "PROTOCOL" not in json.dumps(found.page)


async def test_work_put_aside_is_one_line_a_day_to_the_manager_for_a_week(stage: Stage) -> None:
    async with stage.watching() as watch:
        now = stage.clock()
        for queue in LINES:
            await put_aside(watch, queue, now)
            await put_aside(watch, queue, now)
        lines = await _questions(watch)
        assert len(lines) == 2
        assert all(line.startswith("On Monday 2 November 2026 ") for line in lines)
        await forget_old(watch, now + STAYS - timedelta(minutes=1))
        assert await _questions(watch) == lines
        await forget_old(watch, now + STAYS)
        assert await _questions(watch) == ()


async def _questions(watch) -> tuple[str, ...]:
    needs = await needs_of(watch.ledger, watch.book, observing=watch.observing)
    return tuple(one for one in needs.questions if one.startswith("On "))


async def test_the_heart_beats_only_after_everything_was_read(stage: Stage) -> None:
    heard = []

    async def hear(request: Request) -> Response:
        heard.append(request.url.path)
        return Response("")

    with running(Starlette(routes=[Route("/beat", hear)]), tls=False) as outside:
        async with stage.watching() as watch:
            address = f"{outside.base_url}/beat"
            assert await beat(watch, address, stage.clock()) is False
            await sweep(watch, stage.clock())
            assert await beat(watch, address, stage.clock() + timedelta(minutes=41)) is False
            assert heard == []
            assert await beat(watch, address, stage.clock()) is True
            assert heard == ["/beat"]


async def test_a_watcher_that_can_not_be_reached_stops_nothing(stage: Stage) -> None:
    async with stage.watching() as watch:
        await sweep(watch, stage.clock())
        assert await beat(watch, "http://127.0.0.1:1/beat", stage.clock()) is False
