"""Many calendars in few calls: each ends in its own meetings or its own sentence, whatever befalls the rest."""

import asyncio
import json
import random
import tracemalloc
from datetime import date

import httpx
import pytest

from graph_client.calendar_windows import PREFER, SELECT, read_window
from graph_client.errors import (
    AnswerUnusable,
    ChangedMeanwhile,
    GraphRefused,
    NotThere,
    PersonMustAct,
    TryAgainLater,
)
from graph_client.windows_of_many import each_window, read_windows
from tests.graph_client.batching import ManyMailboxes, ok, refused
from tests.graph_client.conftest import BEARER
from tests.graph_client.events import event
from tests.graph_client.test_reads import Renewable

FIRST, LAST = date(2026, 10, 19), date(2027, 12, 23)
NEXT = "https://graph.council.example/v1.0/users/{}/calendarView?$skiptoken={}"
ONE = ok(event())


def boxes(count):
    return [f"box{number}@council.example" for number in range(count)]


def always(part):
    return lambda box, call: part


def first_then_well(part):
    return lambda box, call: part if call == 1 else ONE


def only_box(number, part):
    return lambda box, call: part if box.startswith(f"box{number}@") else ONE


async def test_a_thousand_calendars_in_fifty_calls(opened):
    here = ManyMailboxes(always(ONE))
    read = await read_windows(await opened(here), boxes(1000), FIRST, LAST)
    assert len(here.batches) == 50
    assert not here.singles
    assert list(read) == boxes(1000)
    assert all(len(window.meetings) == 1 for window in read.values())
    assert {window.meetings[0].source for window in read.values()} == set(boxes(1000))


async def test_what_each_part_asks(opened):
    here = ManyMailboxes(always(ONE))
    await read_windows(await opened(here), ["a+b'c@council.example", "d#EXT#@council.example"], FIRST, LAST)
    [[one, other]] = here.batches
    assert one["method"] == "GET"
    path, _, query = one["url"].partition("?")
    assert path == "/users/a%2Bb%27c%40council.example/calendarView"
    assert "d%23EXT%23%40council.example" in other["url"]
    asked = dict(httpx.QueryParams(query))
    assert asked["$select"].split(",") == SELECT
    assert asked["$top"] == "1000"
    assert "%24" not in query
    headers = {name.lower(): value for name, value in one["headers"].items()}
    assert headers["prefer"] == ", ".join(PREFER)
    assert "authorization" not in headers
    assert "body" not in one


async def test_a_mailbox_named_twice_is_read_once(opened):
    here = ManyMailboxes(always(ONE))
    assert list(await read_windows(await opened(here), [*boxes(2), *boxes(2)], FIRST, LAST)) == boxes(2)
    assert len(here.batches[0]) == 2


async def test_no_mailboxes_no_call(opened):
    here = ManyMailboxes(always(ONE))
    assert await read_windows(await opened(here), [], FIRST, LAST) == {}
    assert not here.batches


LASTING = {
    "locked": (refused(423, "resourceLocked"), PersonMustAct),
    "not ours": (refused(403, "ErrorAccessDenied"), PersonMustAct),
    "an empty code": (refused(403), PersonMustAct),
    "gone": (refused(404, "ErrorInvalidUser"), NotThere),
    "a group": (refused(403, "ErrorGroupIsUsedInNonGroupURI"), PersonMustAct),
    "a redirect": ({"status": 302, "headers": {"location": "https://elsewhere.example"}}, GraphRefused),
    "changed": (refused(412), ChangedMeanwhile),
    "no headers and no body": ({"status": 403, "headers": None, "body": None}, PersonMustAct),
    "nothing in it": ({"status": 204, "body": None}, AnswerUnusable),
    "not what is published": ({"status": 200, "body": {"value": 3}}, AnswerUnusable),
    "another address": (ok(event(), next_link="https://elsewhere.example/next"), AnswerUnusable),
    "never well": (refused(503), TryAgainLater),
    "a wait that is too long": (refused(429, "TooManyRequests", Retry_After="179"), TryAgainLater),
    "always left out": (None, TryAgainLater),
    "a web page": ({"status": 200, "body": "PGh0bWw+"}, TryAgainLater),
    "no status": ({"body": {}}, TryAgainLater),
}


@pytest.mark.parametrize("fault", LASTING)
async def test_one_of_twenty_harms_no_other(opened, fault):
    part, kind = LASTING[fault]
    here = ManyMailboxes(only_box(7, part))
    read = await read_windows(await opened(here), boxes(20), FIRST, LAST)
    error = read.pop("box7@council.example")
    assert type(error) is kind
    assert "box7@council.example" in str(error)
    assert "\n" not in str(error)
    assert BEARER not in str(error)
    assert all(len(window.meetings) == 1 for window in read.values())
    assert len(here.batches) <= 8
    assert all(len(batch) == 1 for batch in here.batches[1:])
    assert sum(here.waits) <= 90


PASSING = {
    "429 with its own wait": (refused(429, "TooManyRequests", Retry_After="2.128"), 2.128),
    "a number for a wait": (refused(429, "TooManyRequests", retry_after=3), 3.0),
    "a date": (refused(429, Retry_After="Mon, 23 Nov 2026 09:00:30 GMT"), 30.0),
    "424, as the whole batch may be": (refused(424), 0.5),
    "503 without a word": (refused(503), 0.5),
    "502 and an empty code": (refused(502, ""), 0.5),
    "left out": (None, 0.5),
    "a web page": ({"status": 200, "body": "PGh0bWw+"}, 0.5),
}


@pytest.mark.parametrize("fault", PASSING)
async def test_what_passes_is_asked_again_in_a_later_batch(opened, fault):
    part, wait = PASSING[fault]
    here = ManyMailboxes(first_then_well(part))
    read = await read_windows(await opened(here), boxes(20), FIRST, LAST)
    assert all(len(window.meetings) == 1 for window in read.values())
    assert [len(batch) for batch in here.batches] == [20, 20]
    assert sum(here.waits) == pytest.approx(wait, abs=0.1)


async def test_nobody_is_asked_again_before_its_time_and_nobody_waits_for_another(opened):
    def told(box, call):
        return refused(429, "", Retry_After="20") if box.startswith("box3@") and call == 1 else ONE

    here = ManyMailboxes(told)
    tenant = await opened(here)
    order = [box async for box, _ in each_window(tenant, boxes(60), FIRST, LAST)]
    assert [len(batch) for batch in here.batches] == [20, 20, 20, 1]
    assert here.waited_before[2] == 0
    assert here.waited_before[3] == pytest.approx(20, abs=0.5)
    assert order[-1] == "box3@council.example"


WHOLE = {
    "throttled": httpx.Response(429, headers={"Retry-After": "2.128"}, json={"error": {"code": ""}}),
    "a bare 503": httpx.Response(503),
    "424 for all": httpx.Response(424),
    "a reset": httpx.ReadError("reset"),
    "too slow": httpx.ReadTimeout("slow"),
    "cut short": httpx.Response(200, content=b'{"responses": [{"id"'),
    "a web page": httpx.Response(200, text="<html></html>"),
}


@pytest.mark.parametrize("fault", WHOLE)
async def test_a_whole_batch_that_fails_for_the_moment_is_asked_again_whole(opened, fault):
    here = ManyMailboxes(always(ONE), WHOLE[fault])
    read = await read_windows(await opened(here), boxes(45), FIRST, LAST)
    assert all(len(window.meetings) == 1 for window in read.values())
    assert [len(batch) for batch in here.batches] == [20, 20, 20, 5]
    assert sum(here.waits) == pytest.approx(2.128 if fault == "throttled" else 0.5, abs=0.1)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (httpx.Response(403, json={"error": {"code": "Forbidden"}}), PersonMustAct),
        (httpx.Response(400, json={"error": {"code": "BadRequest"}}), GraphRefused),
        ({"answers": []}, AnswerUnusable),
        ({"responses": None}, AnswerUnusable),
    ],
)
async def test_a_whole_batch_that_is_refused_names_each_calendar(opened, answer, kind):
    here = ManyMailboxes(always(ONE), answer)
    read = await read_windows(await opened(here), boxes(25), FIRST, LAST)
    wrong = {box: error for box, error in read.items() if isinstance(error, Exception)}
    assert list(wrong) == boxes(20)
    assert {type(error) for error in wrong.values()} == {kind}
    assert all(box in str(error) for box, error in wrong.items())
    assert len(here.batches) == 2
    assert not here.waits


async def test_a_line_that_stays_down_is_not_tried_to_the_end_for_every_batch(opened):
    here = ManyMailboxes(always(ONE), *[httpx.ConnectError("down")] * 1000)
    read = await read_windows(await opened(here), boxes(1000), FIRST, LAST)
    assert {type(error) for error in read.values()} == {TryAgainLater}
    assert len(here.batches) == 8 + 49
    assert sum(here.waits) <= 90


async def test_parts_out_of_the_blue_are_passed_over(opened):
    answer = {
        "responses": [{"id": "99", "status": 200, "body": {}}, "rubbish", None]
        + [{"id": n, "status": 200, "body": ONE["body"]} for n in (2, 1, 1)]
    }
    read = await read_windows(await opened(ManyMailboxes(always(ONE), answer)), boxes(2), FIRST, LAST)
    assert all(len(window.meetings) == 1 for window in read.values())


async def test_pages_after_the_first_go_on_by_themselves(opened):
    def told(box, call):
        if box.startswith("box1@") and call < 4:
            return ok(event(call), next_link=NEXT.format(box, call))
        return ok(event(call))

    here = ManyMailboxes(told)
    read = await read_windows(await opened(here), boxes(20), FIRST, LAST)
    assert len(read["box1@council.example"].meetings) == 4
    assert len(here.batches) == 1
    assert len(here.singles) == 3
    assert all('IdType="ImmutableId"' in asked.headers["prefer"] for asked in here.singles)


async def test_a_fault_on_a_later_page_is_that_calendars_own(opened):
    def told(box, call):
        if box.startswith("box1@"):
            return ok(event(1), next_link=NEXT.format(box, 1)) if call == 1 else refused(403)
        return ONE

    read = await read_windows(await opened(ManyMailboxes(told)), boxes(3), FIRST, LAST)
    assert isinstance(read["box1@council.example"], PersonMustAct)
    assert len(read["box2@council.example"].meetings) == 1


async def test_an_odd_event_in_a_batch_is_told_and_the_rest_is_read(opened):
    part = ok(event(1), event(2, start="soon"), event(3))
    read = await read_windows(await opened(ManyMailboxes(always(part))), boxes(1), FIRST, LAST)
    [window] = read.values()
    assert len(window.meetings) == 2
    assert len(window.unreadable) == 1


async def test_a_token_called_back_in_the_middle_is_renewed_once_for_all(opened):
    here = ManyMailboxes(first_then_well(refused(401, "InvalidAuthenticationToken")))
    tokens = Renewable()
    read = await read_windows(await opened(here, tokens=tokens), boxes(20), FIRST, LAST)
    assert all(len(window.meetings) == 1 for window in read.values())
    assert here.tokens == ["Bearer token-1", "Bearer token-2"]
    here = ManyMailboxes(always(refused(401)))
    read = await read_windows(await opened(here, tokens=tokens), boxes(20), FIRST, LAST)
    assert {type(error) for error in read.values()} == {PersonMustAct}
    assert len(here.batches) == 2


async def test_a_token_refused_for_the_whole_batch_is_renewed_once(opened):
    here = ManyMailboxes(always(ONE), httpx.Response(401))
    read = await read_windows(await opened(here, tokens=Renewable()), boxes(20), FIRST, LAST)
    assert all(len(window.meetings) == 1 for window in read.values())
    assert len(here.batches) == 2


async def test_never_more_than_one_batch_or_four_calls_at_once(opened):
    def told(box, call):
        return ok(event(call), next_link=NEXT.format(box, call)) if call < 3 else ONE

    here = ManyMailboxes(told)
    tenant = await opened(here)
    many = [read_windows(tenant, boxes(30), FIRST, LAST) for _ in range(3)]
    await asyncio.gather(*many, *(read_window(tenant, box, FIRST, LAST) for box in boxes(9)))
    assert here.most == 4


async def test_two_lines_to_the_tenant_share_their_places(opened):
    here = ManyMailboxes(always(ONE))
    one, other = await opened(here), await opened(here)
    await asyncio.gather(*(read_windows(tenant, boxes(60), FIRST, LAST) for tenant in (one, other)))
    assert here.most == 4


async def test_memory_does_not_grow_with_the_number_of_calendars(opened):
    body = json.loads(json.dumps(ok(*(event(number) for number in range(40)))))

    async def peak(count):
        tenant = await opened(ManyMailboxes(lambda box, call: body))
        tenant.line.outlook  # noqa: B018 (opened before measuring)
        tracemalloc.start()
        async for _box, window in each_window(
            tenant, (f"box{n}@x.example" for n in range(count)), FIRST, LAST
        ):
            assert len(window.meetings) == 40
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    await peak(20)
    assert await peak(200) < await peak(40) * 1.35


async def test_whoever_stops_listening_leaves_nothing_behind(opened):
    here = ManyMailboxes(always(ONE))
    tenant = await opened(here)
    windows = each_window(tenant, boxes(60), FIRST, LAST)
    await anext(windows)
    await windows.aclose()
    assert len(here.batches) == 1
    await read_window(tenant, "box1@council.example", FIRST, LAST)


@pytest.mark.parametrize("seed", range(25))
async def test_one_part_in_ten_and_one_batch_in_ten_goes_wrong_and_nothing_is_lost(opened, seed):
    chance = random.Random(seed)  # noqa: S311 (no secret)
    parts = [part for part, _ in PASSING.values()]

    def told(box, call):
        if chance.random() < 0.1:
            return chance.choice(parts)
        if box.startswith("box3") and call < 3:
            return ok(event(call), next_link=NEXT.format(box, call))
        return ok(event(call), event(9))

    class Shaky(ManyMailboxes):
        def _single(self, request):
            part = self._told(str(request.url.raw_path, "ascii").removeprefix("/v1.0"))
            if part is None or isinstance(part["body"], str):  # what is no JSON comes as it is here
                return httpx.Response(200, text="<html></html>")
            return httpx.Response(part["status"], json=part["body"])

    here = Shaky(told)
    here.outer = [chance.choice(list(WHOLE.values())) for _ in range(2)]
    read = await read_windows(await opened(here), boxes(70), FIRST, LAST)
    assert not [window for window in read.values() if isinstance(window, Exception)]
    assert all(any(one.uid.endswith("0009") for one in window.meetings) for window in read.values())


async def test_a_batch_that_never_ends_is_given_up_in_time(opened):
    class Stuck(ManyMailboxes):
        async def handle_async_request(self, request):
            await asyncio.sleep(5)
            raise AssertionError

    read = await read_windows(await opened(Stuck(always(ONE)), budget=0.05), boxes(3), FIRST, LAST)
    assert all("no answer in time" in str(error) for error in read.values())
    assert list(read) == boxes(3)
