"""A write is sent once, and its error says honestly whether it may have been done."""

import asyncio
import contextlib
import json
import logging
import subprocess
import sys
from dataclasses import replace

import httpx
import pytest

from graph_client.bodies import ListItem
from graph_client.errors import (
    ChangedMeanwhile,
    GraphError,
    GraphRefused,
    NotThere,
    PersonMustAct,
    TryAgainLater,
)
from graph_client.refusals import Refusal
from graph_client.tenant import Wrote
from graph_client.writes_refused import AlreadyThere, WriteUnsure, Writing, may_have_happened
from graph_client.writing import call, graph_of, understood, write
from tests.graph_client.conftest import BEARER, GRAPH

A_ROW = Writing(
    "the list 'Papers'",
    "ask your administrator for the role 'write' on this site",
    "added a row to the list 'Papers'",
    makes=True,
    cures={"listfull": "delete old rows"},
)
WAIT = {"Retry-After": "2.128"}


def refused(status, code="", headers=None):
    return httpx.Response(status, headers=headers, json={"error": {"code": code, "message": "secret words"}})


def row(tenant, method="POST", **options):
    items = graph_of(tenant).sites.by_site_id("a,b,c").lists.by_list_id("Forum reps").items
    if method == "POST":
        return call("POST", items, {"fields": {"Title": "Café"}}, **options)
    fields = items.by_list_item_id("5/6").fields
    return call(method, fields, {"Title": "x"} if method == "PATCH" else None, **options)


async def sent(opened, here, method="POST", **options):
    tenant = await opened(here)
    return await write(tenant, row(tenant, method, **options), A_ROW)


async def test_a_write_goes_as_json_to_the_place_of_the_builder(opened, wire):
    here = wire(httpx.Response(201, json={"id": "7"}))
    assert await sent(opened, here) == b'{"id":"7"}'
    (asked,) = here.asked
    assert asked.method == "POST"
    assert str(asked.url) == f"{GRAPH}/sites/a%2Cb%2Cc/lists/Forum%20reps/items"
    assert json.loads(asked.content) == {"fields": {"Title": "Café"}}
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["authorization"] == f"Bearer {BEARER}"
    assert "if-match" not in asked.headers


async def test_a_change_can_be_bound_to_one_version(opened, wire):
    here = wire(httpx.Response(200, json={}))
    await sent(opened, here, "PATCH", if_match='"guid,3"', prefer='IdType="ImmutableId"')
    assert here.asked[0].method == "PATCH"
    assert here.asked[0].headers["if-match"] == '"guid,3"'
    assert here.asked[0].headers["prefer"] == 'IdType="ImmutableId"'
    assert "/items/5%2F6/fields" in str(here.asked[0].url)


async def test_a_deletion_has_no_body(opened, wire):
    here = wire(httpx.Response(204))
    assert await sent(opened, here, "DELETE") == b""
    assert here.asked[0].content == b""


SURELY_NOT = {
    "429 with a fraction": (refused(429, "TooManyRequests", WAIT), TryAgainLater, "try again in 2 seconds"),
    "429 without a word": (refused(429), TryAgainLater, "try again later"),
    "503 that says when": (
        refused(503, "serviceNotAvailable", WAIT),
        TryAgainLater,
        "try again in 2 seconds",
    ),
    "no connection": (httpx.ConnectError("no"), TryAgainLater, "can't be reached"),
    "slow to connect": (httpx.ConnectTimeout("slow"), TryAgainLater, "can't be reached"),
    "no place in the pool": (httpx.PoolTimeout("full"), TryAgainLater, "can't be reached"),
    "a proxy that refuses": (httpx.ProxyError("403"), TryAgainLater, "can't be reached"),
    "not trusted": (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED]"), PersonMustAct, "proxy"),
    "400": (refused(400, "invalidRequest"), GraphRefused, "a fault of Protocol Watch"),
    "401": (refused(401, "InvalidAuthenticationToken"), PersonMustAct, "app registration"),
    "403": (refused(403, "accessDenied"), PersonMustAct, "role 'write'"),
    "403 without a code": (refused(403), PersonMustAct, "role 'write'"),
    "404": (refused(404, "itemNotFound"), NotThere, "the list 'Papers'"),
    "410": (refused(410), NotThere, "the list 'Papers'"),
    "409": (refused(409, "nameAlreadyExists"), AlreadyThere, "there is one like it already"),
    "412": (refused(412, "resourceModified"), ChangedMeanwhile, "read it again, then save"),
    "423": (refused(423, "resourceLocked"), PersonMustAct, "unlock"),
    "a code that says who must do what": (refused(400, "listFull"), PersonMustAct, "delete old rows"),
    "507": (refused(507, "quotaLimitReached"), PersonMustAct, "role 'write'"),
    "501": (refused(501), GraphRefused, "a fault of Protocol Watch"),
    "a redirect": (httpx.Response(302, headers={"location": "https://x.example"}), GraphRefused, "302"),
}
OPEN = {
    "500": refused(500, "generalException"),
    "502 with a web page": httpx.Response(502, text="<html>Bad gateway</html>"),
    "a bare 503": httpx.Response(503),
    "504": refused(504, "gatewayTimeout", WAIT),
    "408": refused(408),
    "a 5xx nobody knows": refused(599),
    "a reset": httpx.ReadError("reset"),
    "a reset while it went out": httpx.WriteError("reset"),
    "no answer": httpx.ReadTimeout("slow"),
    "slow to go out": httpx.WriteTimeout("slow"),
    "half an answer": httpx.RemoteProtocolError("cut"),
    "broken compression": lambda _: httpx.Response(
        201, content=b"no gzip", headers={"content-encoding": "gzip"}
    ),
}


def check_sentence(error, here):
    said = str(error)
    assert "\n" not in said
    assert said.endswith(".")
    assert "'Papers'" in said
    assert BEARER not in said
    assert "secret words" not in said
    assert error.__cause__ is None
    assert len(here.asked) == 1
    assert here.waits == []


@pytest.mark.parametrize("fault", SURELY_NOT)
async def test_what_was_surely_not_done(opened, wire, fault):
    answer, kind, says = SURELY_NOT[fault]
    here = wire(answer)
    with pytest.raises(kind, match=says) as raised:
        await sent(opened, here)
    assert not isinstance(raised.value, WriteUnsure)
    check_sentence(raised.value, here)


@pytest.mark.parametrize("fault", OPEN)
async def test_what_may_have_been_done(opened, wire, fault):
    here = wire(OPEN[fault])
    with pytest.raises(WriteUnsure, match="may or may not have added a row") as raised:
        await sent(opened, here)
    check_sentence(raised.value, here)


async def test_a_conflict_while_changing_is_somebody_elses_save(opened, wire):
    tenant = await opened(wire(refused(409)))
    with pytest.raises(ChangedMeanwhile):
        await write(tenant, row(tenant, "PATCH"), replace(A_ROW, makes=False))


def test_no_status_is_forgotten():
    for status in range(100, 600):
        for after in (None, 5.0):
            unsure = may_have_happened(Refusal(status, "", after))
            assert not unsure or status == 408 or status >= 500
            if status >= 500 and not unsure:
                assert status in {501, 505, 507, 510, 511} or (status == 503 and after)


async def test_a_fresh_token_is_tried_once_because_a_401_did_nothing(opened, wire):
    class Renewable:
        number = 1

        async def token(self):
            return f"token-{self.number}"

        async def renew(self):
            self.number += 1
            return True

    here = wire(refused(401), httpx.Response(201, json={}))
    tenant = await opened(here, tokens=Renewable())
    await write(tenant, row(tenant), A_ROW)
    assert [asked.headers["authorization"] for asked in here.asked] == ["Bearer token-1", "Bearer token-2"]
    assert here.asked[0].content == here.asked[1].content
    here = wire(refused(401))
    tenant = await opened(here, tokens=Renewable())
    with pytest.raises(PersonMustAct):
        await write(tenant, row(tenant), A_ROW)
    assert len(here.asked) == 2


async def test_an_answer_that_drips_for_ever_is_unsure(opened):
    class Dripping(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request):
            await asyncio.sleep(30)
            raise AssertionError

        async def wait(self, seconds):
            raise AssertionError

    tenant = await opened(Dripping(), budget=0.05)
    with pytest.raises(WriteUnsure, match="no answer in time"):
        await write(tenant, row(tenant), A_ROW)


async def test_mailboxes_are_written_to_a_few_at_a_time(opened):
    class Slow(httpx.AsyncBaseTransport):
        now = most = 0

        async def handle_async_request(self, request):
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0.002)
            self.now -= 1
            return httpx.Response(202)

        async def wait(self, seconds):
            raise AssertionError

    here = Slow()
    tenant = await opened(here)
    await asyncio.gather(*(write(tenant, row(tenant), A_ROW, outlook=True) for _ in range(12)))
    assert here.most <= 4


def test_an_answer_that_cannot_be_read_is_unsure():
    assert understood(b'{"id": 7}', ListItem, A_ROW).id == "7"
    for body in (b"", b"<html>", b"[]", b"{}"):
        with pytest.raises(WriteUnsure, match="can't be read") as raised:
            understood(body, ListItem, A_ROW)
        assert raised.value.__context__ is None


async def test_no_log_names_what_was_written(opened, wire, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    await sent(opened, wire(httpx.Response(201, json={})))
    assert "council" not in caplog.text
    assert BEARER not in caplog.text


def test_writing_is_cheap_to_enter(house):
    """The webhook function never needs msgraph-sdk, and must not pay for it."""
    rooms = ("writing", "lists_written", "mail_sent", "subscriptions", "pages")
    there = [room for room in rooms if (house / f"graph_client/{room}.py").exists()]
    code = "import sys, " + ", ".join(f"graph_client.{room}" for room in there)
    code += "; print(sorted(set(sys.modules) & {'msgraph', 'msal', 'kiota_abstractions', 'httpx'}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=house)
    assert ran.stdout == b"[]\n"


def test_every_error_of_a_write_is_an_error_of_the_room():
    assert issubclass(WriteUnsure, GraphError)
    assert issubclass(AlreadyThere, GraphError)


NUMBER = "3f0c6d1e-5a7b-4c2d-9e8f-10a2b3c4d5e6"


async def written(opened, here, method="POST"):
    """What a log is told of one write, whatever came of it."""
    heard = []
    tenant = replace(await opened(here), wrote=heard.append)
    with contextlib.suppress(GraphError):
        await write(tenant, row(tenant, method), A_ROW)
    return heard


@pytest.mark.parametrize("status", [201, 403, 503])
async def test_a_log_is_told_of_each_write_with_microsofts_number_and_no_name(opened, wire, status):
    here = wire(httpx.Response(status, headers={"request-id": NUMBER.upper()}, json={"id": "7"}))
    heard = await written(opened, here)
    assert heard == [Wrote("POST sites/{}/lists/{}/items", status, NUMBER)]


async def test_a_log_is_told_of_a_write_that_nobody_answered(opened, wire):
    here = wire(httpx.ReadTimeout("slow"))
    assert await written(opened, here, "PATCH") == [Wrote("PATCH sites/{}/lists/{}/items/{}/fields", 0, "")]


async def test_the_error_of_a_write_knows_microsofts_number(opened, wire):
    here = wire(refused(403, "accessDenied", {"request-id": NUMBER}))
    with pytest.raises(PersonMustAct) as told:
        await sent(opened, here)
    assert told.value.request == NUMBER
