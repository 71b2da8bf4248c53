"""Subscriptions that are not as they should be: a line on the manager's list with its cure, gone when cured."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from emulator.outside import Reply
from functions.flow import deliver, sweep
from functions.last_refusals import AT_MOST, last_refusals, refusals_kept
from functions.settings import Settings
from functions.telemetry import key_of
from functions.telling.needs import needs_of
from functions.waking.not_told import LINE
from functions.waking.subscribing import reconcile
from functions.watch import Watch
from graph_client.asked import calendar_of
from graph_client.errors import PersonMustAct
from tests.stories.stage import MAILBOX, Stage

WANTED = Settings(
    public_url="https://app.example", client_state=SecretStr("the-word-that-only-graph-was-given")
)
NO_MORE = Settings()


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    stage = Stage(tmp_path)
    stage.only("SEND Partnership Board")
    app_answers(stage, well=True)
    return stage


def app_answers(stage: Stage, *, well: bool) -> None:
    """Whether our own app, as Microsoft 365 calls it, gives back the token of a handshake."""

    def outside(url: str, _body: bytes, _media: str, _seconds: float) -> Reply:
        token = parse_qs(urlsplit(url).query)["validationToken"][0]
        return Reply(200, token, "text/plain") if well else Reply(502, "Bad gateway", "text/html")

    stage.world.outside = outside


async def lines(watch: Watch) -> list[str]:
    needs = await needs_of(watch.ledger, watch.book, observing=watch.observing)
    return [one for one in needs.questions if one.startswith(LINE)]


async def after(stage: Stage, days: float, settings: Settings = WANTED) -> list[str]:
    """What stands on the list once the subscriptions were looked at again, so many days later."""
    stage.clock.pass_by(timedelta(days=days))
    async with stage.watching() as watch:
        await reconcile(watch, settings, stage.clock())
        return await lines(watch)


async def test_what_a_person_must_put_right_is_said_at_once_with_its_cure(stage: Stage) -> None:
    stage.world.faults.answer("subscriptions", 403, times=1)
    [line] = await after(stage, 0)
    assert "ask your Microsoft 365 administrator" in line
    assert MAILBOX not in line


async def test_an_app_that_microsoft_can_not_reach_is_a_line_until_it_can(stage: Stage) -> None:
    app_answers(stage, well=False)
    [line] = await after(stage, 0)
    assert "PROTOCOL_WATCH_PUBLIC_URL" in line
    app_answers(stage, well=True)
    assert await after(stage, 0.25) == []
    assert len(stage.world.subscriptions) == 1


async def test_the_same_fault_is_the_same_line_and_makes_no_second_list(stage: Stage) -> None:
    said = []
    for _ in range(3):
        stage.world.faults.answer("subscriptions", 403, times=1)
        said += await after(stage, 0.25)
        async with stage.watching() as watch:
            await sweep(watch, stage.clock())
            await deliver(watch, stage.clock())
    assert len(said) == 3
    assert len(set(said)) == 1
    assert len(stage.managers_headlines) == 1


async def test_what_may_pass_is_said_after_a_day(stage: Stage) -> None:
    found = []
    for _ in range(6):
        stage.world.faults.answer("subscriptions", 500, times=9)
        found.append(len(await after(stage, 0.25)))
        stage.world.faults.waiting.clear()
    assert found == [0, 0, 0, 0, 1, 1]


async def test_the_line_goes_when_subscriptions_are_switched_off(stage: Stage) -> None:
    stage.world.faults.answer("subscriptions", 403, times=1)
    assert len(await after(stage, 0)) == 1
    assert await after(stage, 0.25, NO_MORE) == []


async def test_nothing_is_remembered_where_all_is_well(stage: Stage) -> None:
    async with stage.watching() as watch:
        assert await reconcile(watch, NO_MORE, stage.clock()) is None
        assert await watch.ledger.remembered("") == {}


async def test_the_numbers_of_refused_calls_are_kept_and_no_more_than_twenty(stage: Stage) -> None:
    refused = PersonMustAct(calendar_of(MAILBOX), "it answered 403", status=403)
    async with stage.watching() as watch:
        for number in range(AT_MOST + 5):
            refused.request = f"number {number}"
            await refusals_kept(watch, [(MAILBOX, refused)], stage.clock())
        kept = await last_refusals(watch.ledger)
    assert [one["request"] for one in kept] == [f"number {number}" for number in range(5, AT_MOST + 5)]
    assert {one["calendar"] for one in kept} == {key_of(MAILBOX)}
    assert MAILBOX not in repr(kept)


async def test_a_calendar_that_is_refused_leaves_its_number(stage: Stage) -> None:
    stage.world.change_app(mailboxes=frozenset())
    async with stage.watching() as watch:
        await sweep(watch, stage.clock())
        [kept] = await last_refusals(watch.ledger)
    assert (kept["status"], len(str(kept["request"]))) == (403, 36)
