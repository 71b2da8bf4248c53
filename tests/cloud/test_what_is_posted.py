"""What anybody may post to the webhook, handed on by Microsoft's worker: answered at once, believed by its word."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest

from functions.waking.touched import Why, calendar_key, touched_in
from tests.cloud.county import County, county, hosted
from tests.cloud.storage import storage
from tests.cloud.test_from_change_to_card import TIMERS, board, first_read
from tests.cloud.worker import FunctionFailed, Worker, answer_of, http, message, timer, worker

WORD, KEY = "the-word-that-only-graph-was-given", calendar_key("send.partnership@council.example")
SET_UP = {
    "PROTOCOL_WATCH_TOKEN": "opens-nothing",
    "PROTOCOL_WATCH_CLIENT_STATE": WORD,
    "PROTOCOL_WATCH_GRAPH_URL": "http://127.0.0.1:1/v1.0",
}
DOORS = ("notifications", "lifecycle")
JSON = "application/json; charset=utf-8"
TOKENS = (
    "Validation: Testing client application reachability for subscription Request-Id: 522a8e7e",
    "a+b & c=d?e",
    "<script>alert(document.cookie)</script>",
    "two\r\nlines\r\nSet-Cookie: mine=1",
    "pêche 会議",
    "x" * 4000,
)
EXPIRIES = (  # as Microsoft spells one kind of moment, in its own published bodies
    "2016-03-19T22:11:09.952Z",
    "2016-04-30T17:27:00.0000000Z",
    "2016-11-20T18:23:45.9356913Z",
    "2018-07-15T14:00:00.000Z",
    "2019-03-20T11:00:00.0000000Z",
    "2019-09-18T00:52:45.9696658+00:00",
    "2021-12-31T16:16:44.9907405+05:30",
    "NA",
    "",
    None,
)
OF_EVENT_HUBS = {
    "subscriptionId": "NA",
    "subscriptionExpirationDateTime": "NA",
    "clientState": "NA",
    "changeType": "Validation: Testing client application reachability for subscription Request-Id: 522a8e7e",
    "resource": "NA",
    "resourceData": {"@odata.type": "NA", "@odata.id": "NA", "id": "NA"},
}


def told(**more: Any) -> dict[str, Any]:
    return {"subscriptionId": "1", "clientState": WORD, **more}


def posted(*items: Any, media: str = JSON, calendar: str = KEY, body: bytes | None = None) -> dict[str, Any]:
    given = json.dumps({"value": items}).encode() if body is None else body
    return http(query={"calendar": calendar}, headers={"Content-Type": media}, body=given)


async def said(one: Worker, name: str, given: dict[str, Any]) -> tuple[int, Why | None]:
    """What was answered, and why a calendar is to be read again: in just one message, or in none."""
    done = await one.call(name, given)
    messages = [text_of(each) for each in done["outputs"].values()]
    assert len(messages) <= 1
    touched = touched_in(messages[0]) if messages else None
    assert touched is None or touched.calendars == (KEY,)
    answer = answer_of(done["value"])
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert WORD.encode() not in answer.body
    return answer.status, touched.why if touched else None


def text_of(output: dict[str, Any]) -> str:
    """The text of one message that the worker gave away."""
    [(kind, text)] = output.items()
    assert kind == "string"
    return str(text)


async def test_the_handshake_gives_the_token_back_as_plain_text(house: Path) -> None:
    async with worker(house, SET_UP) as one:
        for name in DOORS:
            for token in TOKENS:
                given = http(query={"validationToken": token}, headers={"Content-Type": "text/plain"})
                done = await one.call(name, given)
                answer = answer_of(done["value"])
                assert (answer.status, answer.body.decode()) == (200, token)
                assert answer.headers["content-type"].startswith("text/plain")
                assert "set-cookie" not in answer.headers
                assert answer.headers["x-content-type-options"] == "nosniff"
                assert done["outputs"] == {}


async def test_whatever_is_posted_is_answered_and_only_the_word_wakes_us(house: Path) -> None:
    async with worker(house, SET_UP) as one:
        for name in DOORS:
            for expiry in EXPIRIES:
                item = told(subscriptionExpirationDateTime=expiry)
                assert await said(one, name, posted(item)) == (202, Why.NOTIFICATION), expiry
            assert await said(one, name, posted(OF_EVENT_HUBS)) == (202, None)
            assert await said(one, name, posted(OF_EVENT_HUBS, told())) == (202, Why.NOTIFICATION)
            strangers = [
                told(clientState=word) for word in ("a guess", "", None, WORD.upper(), WORD + " ", 7)
            ]
            assert await said(one, name, posted(*strangers)) == (202, None)
            assert await said(one, name, posted(*strangers, told())) == (202, Why.NOTIFICATION)
            assert await said(one, name, posted(told(), calendar="")) == (202, None)
            for word, why in (
                ("reauthorizationRequired", Why.SUBSCRIPTION),
                ("subscriptionRemoved", Why.SUBSCRIPTION),
                ("missed", Why.MISSED),
            ):
                both = posted(told(), told(lifecycleEvent=word))
                assert await said(one, name, both) == (202, why)
            for media in ("", "text/html", "application/xml", "multipart/form-data; boundary=x"):
                assert await said(one, name, posted(told(), media=media)) == (415, None)
            for body in (b"", b"\xff\xfe", b"[]", b"{}", b'{"value": 7}', b"[" * 100_000, b'{"value": [[]]}'):
                assert await said(one, name, posted(body=body)) == (202, None), body[:20]


async def test_ten_megabytes_are_refused_before_anybody_reads_them(house: Path) -> None:
    """And the next notification is answered as if nothing had been."""
    whole = json.dumps({"value": [told()] * 200_000}).encode()
    assert len(whole) > 10_000_000
    async with worker(house, SET_UP) as one:
        before = await one.loaded()
        for name in DOORS:
            assert await said(one, name, posted(body=whole)) == (413, None)
        after = await one.loaded()
        assert (after["kilobytes"] - before["kilobytes"]) / 1024 < 120  # the worker's own copies of the body
        began = time.monotonic()
        assert await said(one, "notifications", posted(told())) == (202, Why.NOTIFICATION)
        assert time.monotonic() - began < 3


async def test_what_is_missing_and_what_is_malformed_are_named_at_once(house: Path, tmp_path: Path) -> None:
    """Nothing signs in, the mode is none, the address is none, the word is too long, and a name is misspelt."""
    faulty = {
        "MODE": "shout",
        "PUBLIC_URL": "app.example without a scheme",
        "CLIENT_STATE": "x" * 129,
        "LEDGERS": "https://ledger.table.core.windows.net",
    }
    log = tmp_path / "log"
    async with worker(
        house, {f"PROTOCOL_WATCH_{name}": text for name, text in faulty.items()}, log=log
    ) as one:
        with pytest.raises(FunctionFailed) as raised:
            await one.call("sweep", timer())
    for name in ("TENANT_ID", *faulty):
        assert f"PROTOCOL_WATCH_{name}" in str(raised.value), name
        assert f"PROTOCOL_WATCH_{name}" in log.read_text(), name
    assert "x" * 129 not in str(raised.value) + log.read_text()


async def test_storage_goes_down_in_the_middle_of_the_day(house: Path, tmp_path: Path) -> None:
    """Every function says so in a sentence, nobody is told anything, and the worker lives on."""
    (tmp_path / "storage").mkdir()
    with storage(house, tmp_path / "storage") as account, county(tmp_path, account.ledger) as one:
        one.calendar(board(10, 30))
        async with hosted(one, house, account.connection, hears=False) as story:
            await first_read(story)
            told_before = len(story.world.posts)
            story.calendar(board(9, 30))
            account.process.kill()
            account.process.wait()
            asked, _ = await asyncio.gather(story.worker.call("health", http("GET")), _all_fail(story))
            assert len(story.world.posts) == told_before
            shown = answer_of(asked["value"])
            assert (shown.status, json.loads(shown.body)["well"]) == (503, False)


async def _all_fail(story: County) -> None:
    """At once: each tries again for a while before it gives up."""
    given: dict[str, Any] = {name: (timer(),) for name in TIMERS}
    del given["sweep"]  # which asks the ledger nothing; the host can't take its messages
    given |= {name: message("{}") for name in ("deliveries", "deliveries_poison", "touched_groups_poison")}
    calls = (story.worker.call(name, *each) for name, each in given.items())
    for failed in await asyncio.gather(*calls, return_exceptions=True):
        assert isinstance(failed, FunctionFailed)
        assert "The ledger at" in str(failed)
        assert "\n" not in str(failed)
