"""Subscriptions are asked for whole, believed only as granted, and found again when they are lost."""

import json
from datetime import UTC, datetime

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from graph_client.errors import AnswerUnusable, NotThere, PersonMustAct, TryAgainLater
from graph_client.subscriptions import (
    Listener,
    Subscription,
    calendar_events,
    create,
    delete,
    list_rows,
    reauthorize,
    renew,
    subscriptions,
)
from graph_client.writes_refused import AlreadyThere, WriteUnsure
from tests.graph_client.conftest import GRAPH
from tests.graph_client.events import BOX

SECRET = "a-word-that-only-graph-and-we-know"
LISTENER = Listener(
    "https://watch.example/api/changes?code=k3y", "https://watch.example/api/lifecycle", SECRET
)
HELD = Subscription(
    id="7f105c7d",
    resource=f"users/{BOX}/events",
    changes="updated",
    expires=datetime(2026, 11, 26, tzinfo=UTC),
)


def refused(status, code="", **headers):
    return httpx.Response(status, headers=headers, json={"error": {"code": code, "message": "secret words"}})


def granted(**changed):
    return {"id": "7f105c7d", "resource": "x", "expirationDateTime": "2026-11-26T09:00:00Z"} | changed


class Small(httpx.ASGITransport):
    """A small Graph that keeps subscriptions, grants a day less than it is asked, and has one on a page."""

    def __init__(self, sample):
        self.kept, self.sample, self.asked, self.waits = {}, sample, [], []
        one = Route("/v1.0/subscriptions/{id}", self.one, methods=["PATCH", "DELETE"])
        again = Route("/v1.0/subscriptions/{id}/reauthorize", self.again, methods=["POST"])
        routes = [Route("/v1.0/subscriptions", self.all, methods=["GET", "POST"]), one, again]
        super().__init__(app=Starlette(routes=routes))

    async def handle_async_request(self, request):
        self.asked.append(request)
        return await super().handle_async_request(request)

    async def wait(self, seconds):
        self.waits.append(seconds)

    async def all(self, request: Request) -> Response:
        if request.method == "GET":
            at = int(request.query_params.get("$skiptoken", "0"))
            page = {"value": list(self.kept.values())[at : at + 1]}
            if at + 1 < len(self.kept):
                page["@odata.nextLink"] = f"{GRAPH}/subscriptions?$skiptoken={at + 1}"
            return JSONResponse(page)
        asked = await request.json()
        if any(each["resource"] == asked["resource"] for each in self.kept.values()):
            return JSONResponse({"error": {"code": "ExtensionError", "message": "a"}}, 409)
        id = f"id-{len(self.kept) + 1}"
        self.kept[id] = self.sample | asked | {"id": id, "expirationDateTime": "2026-11-25T09:00:00.9356913Z"}
        return JSONResponse(self.kept[id], 201)

    async def one(self, request: Request) -> Response:
        id = request.path_params["id"]
        if id not in self.kept:
            return JSONResponse({"error": {"code": "ResourceNotFound", "message": "a"}}, 404)
        if request.method == "DELETE":
            del self.kept[id]
            return Response(status_code=204)
        asked = await request.json()
        assert asked.keys() == {"expirationDateTime"}
        self.kept[id] |= {"expirationDateTime": "2026-11-26T08:30:00.99074+05:30"}
        return JSONResponse(self.kept[id])

    async def again(self, request: Request) -> Response:
        return Response(status_code=200 if request.path_params["id"] in self.kept else 404)


@pytest.fixture
def small(shared):
    return Small(json.loads((shared / "data/graph_samples/subscription_created.json").read_bytes()))


async def test_what_is_asked_for(opened, wire, shared):
    here = wire(httpx.Response(201, json=granted()))
    await create(await opened(here), calendar_events(BOX), LISTENER)
    (asked,) = here.asked
    assert str(asked.url) == f"{GRAPH}/subscriptions"
    assert asked.headers["prefer"] == 'IdType="ImmutableId"'
    body = json.loads(asked.content)
    sample = json.loads((shared / "data/graph_samples/subscription_create_request.json").read_bytes())
    assert body.keys() == sample.keys()
    assert body["resource"] == f"users/{BOX}/events"
    assert body["changeType"] == "created,updated,deleted"
    assert body["expirationDateTime"] == "2026-11-26T09:00:00Z"  # three days from now
    assert body["clientState"] == SECRET


def test_a_list_only_says_that_it_changed():
    watched = list_rows("h,a,b", "l", "Papers")
    assert (watched.resource, watched.changes) == ("sites/h,a,b/lists/l", "updated")


async def test_a_life_from_creation_to_deletion(opened, small):
    tenant = await opened(small)
    made = await create(tenant, calendar_events(BOX), LISTENER)
    assert made.expires == datetime(2026, 11, 25, 9, 0, 0, 935691, tzinfo=UTC)  # a day less than asked for
    await create(tenant, list_rows("h,a,b", "l", "Papers"), LISTENER)
    assert [each.id for each in await subscriptions(tenant)] == ["id-1", "id-2"]
    renewed = await renew(tenant, made)
    assert renewed.expires == datetime(2026, 11, 26, 3, 0, 0, 990740, tzinfo=UTC)
    await reauthorize(tenant, made.id)
    assert await delete(tenant, made.id)
    assert not await delete(tenant, made.id)
    assert [each.id for each in await subscriptions(tenant)] == ["id-2"]


async def test_a_second_one_like_it_is_not_made(opened, small):
    tenant = await opened(small)
    await create(tenant, calendar_events(BOX), LISTENER)
    with pytest.raises(AlreadyThere, match="use that"):
        await create(tenant, calendar_events(BOX), LISTENER)
    assert len(small.kept) == 1


async def test_one_that_is_gone_is_for_the_caller_to_make_anew(opened, small):
    tenant = await opened(small)
    with pytest.raises(NotThere, match="our subscription to users/"):
        await renew(tenant, HELD)
    with pytest.raises(NotThere, match="our subscription 7f105c7d"):
        await reauthorize(tenant, HELD.id)


@pytest.mark.parametrize(
    ("spelt", "moment"),
    [
        ("2016-11-20T18:23:45.9356913Z", datetime(2016, 11, 20, 18, 23, 45, 935691, UTC)),
        ("2019-09-18T00:52:45.9696658+00:00", datetime(2019, 9, 18, 0, 52, 45, 969665, UTC)),
        ("2021-12-31T16:16:44.9907405+05:30", datetime(2021, 12, 31, 10, 46, 44, 990740, UTC)),
        ("2016-03-19T22:11:09.952Z", datetime(2016, 3, 19, 22, 11, 9, 952000, UTC)),
        ("2026-11-26T09:00:00Z", datetime(2026, 11, 26, 9, 0, tzinfo=UTC)),
    ],
)
async def test_the_granted_expiry_is_read_however_it_is_spelt(opened, wire, spelt, moment):
    here = wire(httpx.Response(201, json=granted(expirationDateTime=spelt)))
    made = await create(await opened(here), calendar_events(BOX), LISTENER)
    assert made.expires == moment
    assert made.expires.tzinfo is UTC


@pytest.mark.parametrize(
    "answer", [{}, granted(expirationDateTime="NA"), granted(id=""), granted(expirationDateTime=None)]
)
async def test_a_grant_that_does_not_say_until_when_is_unsure(opened, wire, answer):
    tenant = await opened(wire(httpx.Response(201, json=answer)))
    with pytest.raises(WriteUnsure, match="may or may not have promised to tell us of changes"):
        await create(tenant, calendar_events(BOX), LISTENER)
    with pytest.raises(AnswerUnusable):
        await subscriptions(await opened(wire({"value": [answer]})))


async def test_microsofts_own_sample_is_read(opened, wire, shared):
    body = json.loads((shared / "data/graph_samples/subscription_created.json").read_bytes())
    (held,) = await subscriptions(await opened(wire({"value": [body]})))
    assert held.id == "7f105c7d-2dc5-4530-97cd-4e7ae6534c07"
    assert held.expires == datetime(2016, 11, 20, 18, 23, 45, 935691, UTC)


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (refused(400, "ValidationError"), PersonMustAct, "PROTOCOL_WATCH_PUBLIC_URL"),
        (refused(400, "InvalidRequest"), PersonMustAct, "PROTOCOL_WATCH_PUBLIC_URL"),
        (refused(403, "ErrorAccessDenied"), PersonMustAct, r"Application Calendars\.Read"),
        (refused(429, **{"Retry-After": "17"}), TryAgainLater, "in 17 seconds"),
        (httpx.Response(504), WriteUnsure, "may or may not"),
        (httpx.ReadTimeout("x"), WriteUnsure, "may or may not"),
    ],
)
async def test_a_refusal_says_who_must_do_what_and_no_secret(opened, wire, answer, kind, said):
    here = wire(answer)
    with pytest.raises(kind, match=said) as raised:
        await create(await opened(here), calendar_events(BOX), LISTENER)
    sentence = str(raised.value)
    assert BOX in sentence
    assert "\n" not in sentence
    for secret in (SECRET, "k3y", "watch.example", "secret words"):
        assert secret not in sentence
    assert len(here.asked) == 1


def test_no_secret_is_shown():
    shown = repr(LISTENER) + repr(Subscription(**{**vars_of(HELD), "url": LISTENER.url}))
    assert "k3y" not in shown
    assert SECRET not in shown


def vars_of(held):
    return {name: getattr(held, name) for name in held.__slots__}


@pytest.mark.parametrize("state", ["", "x" * 129])
def test_a_client_state_that_graph_would_refuse(state):
    with pytest.raises(ValueError, match="PROTOCOL_WATCH_CLIENT_STATE"):
        Listener("https://a", "https://b", state)
