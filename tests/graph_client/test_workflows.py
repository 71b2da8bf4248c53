"""A card is posted once, and we say honestly whether it may have arrived."""

import json
import logging
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_client.workflows import CARD, LARGEST, POSTS, CardNotTaken, Pace, post_card

URL = "https://flows.council.example/workflows/1?api-version=1&sig=the-secret-signature"
A_CARD = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [{"type": "TextBlock", "text": "Café – 10 o’clock"}],
}


async def test_a_card_is_posted_as_the_workflow_wants_it(wire, shared):
    here = wire(httpx.Response(202))
    await post_card(URL, A_CARD, wire=here)
    (asked,) = here.asked
    assert asked.method == "POST"
    assert str(asked.url) == URL
    assert asked.headers["content-type"] == "application/json"
    message = json.loads(asked.content)
    assert message["attachments"][0]["content"] == A_CARD
    sample = json.loads((shared / "data/graph_samples/teams_workflow_webhook_request.json").read_bytes())
    assert message.keys() == sample.keys()
    assert message["attachments"][0].keys() == sample["attachments"][0].keys()
    assert message["attachments"][0]["contentType"] == sample["attachments"][0]["contentType"] == CARD


@pytest.mark.parametrize(
    ("answer", "may_have_arrived", "said"),
    [
        (httpx.Response(400), False, "400"),
        (httpx.Response(401), False, "whether the workflow is still on"),
        (httpx.Response(404), False, "whether the workflow is still on"),
        (httpx.Response(413), False, "413"),
        (httpx.Response(302, headers={"location": URL}), False, "302"),
        (httpx.Response(429, headers={"Retry-After": "17.5"}), False, "too many posts"),
        (httpx.Response(500), True, "500"),
        (httpx.Response(502, text="<html>"), True, "502"),
        (httpx.Response(503), True, "503"),
        (httpx.Response(504), True, "504"),
        (httpx.ConnectError(f"no way to {URL}"), False, "can't be reached"),
        (httpx.ConnectTimeout("slow"), False, "can't be reached"),
        (httpx.ReadTimeout("slow"), True, "connection broke"),
        (httpx.ReadError("reset"), True, "connection broke"),
        (httpx.WriteError("reset"), True, "connection broke"),
        (httpx.RemoteProtocolError("cut"), True, "connection broke"),
    ],
)
async def test_a_refusal_says_whether_it_may_have_arrived(wire, answer, may_have_arrived, said):
    here = wire(answer)
    with pytest.raises(CardNotTaken) as raised:
        await post_card(URL, A_CARD, wire=here)
    assert raised.value.may_have_arrived is may_have_arrived
    assert said in str(raised.value)
    assert ("it has not arrived" in str(raised.value)) is not may_have_arrived
    assert "the-secret-signature" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__ or raised.value.__context__ is None
    assert len(here.asked) == 1  # never tried again here


async def test_being_told_to_wait_is_passed_on(wire):
    with pytest.raises(CardNotTaken) as raised:
        await post_card(URL, A_CARD, wire=wire(httpx.Response(429, headers={"Retry-After": "17.5"})))
    assert raised.value.after == 17.5


@pytest.mark.parametrize("extra", [LARGEST, 10 * LARGEST])
async def test_a_card_that_is_too_large_never_leaves(wire, extra):
    here = wire(httpx.Response(202))
    with pytest.raises(CardNotTaken, match="make it shorter") as raised:
        await post_card(URL, A_CARD | {"fallbackText": "é" * (extra // 2)}, wire=here)
    assert not raised.value.may_have_arrived
    assert not here.asked


async def test_the_largest_card_is_sent(wire):
    here = wire(httpx.Response(202))
    await post_card(URL, {"text": ""}, wire=here)
    room = LARGEST - len(here.asked[0].content)
    await post_card(URL, {"text": "x" * room}, wire=here)
    assert len(here.asked[1].content) == LARGEST
    with pytest.raises(CardNotTaken):
        await post_card(URL, {"text": "x" * (room + 1)}, wire=here)


@pytest.mark.parametrize(
    "url", ["flows.council.example/1?sig=secret", "ftp://x/?sig=secret", "https://[x?sig=secret", ""]
)
async def test_an_address_that_is_none(url):
    with pytest.raises(CardNotTaken) as raised:
        await post_card(url, A_CARD)
    assert "secret" not in str(raised.value)
    assert not raised.value.may_have_arrived


async def test_the_address_is_in_no_log(wire, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    await post_card(URL, A_CARD, wire=wire(httpx.Response(202)))
    assert "sig" not in caplog.text
    assert "flows.council" not in caplog.text


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_by(self, seconds):
        self.now += timedelta(seconds=seconds)


async def test_more_cards_than_the_workflow_takes_are_held_back_and_say_how_long(wire):
    here, clock = wire(httpx.Response(202)), Clock()
    pace = Pace(clock)
    for _ in range(POSTS):
        await post_card(URL, A_CARD, pace=pace, wire=here)
        clock.pass_by(1)
    with pytest.raises(CardNotTaken, match="25 posts in 300 seconds; it has not arrived") as raised:
        await post_card(URL, A_CARD, pace=pace, wire=here)
    assert raised.value.after == 300 - POSTS
    assert not raised.value.may_have_arrived
    assert len(here.asked) == POSTS
    clock.pass_by(raised.value.after)
    await post_card(URL, A_CARD, pace=pace, wire=here)
    assert len(here.asked) == POSTS + 1


async def test_a_refused_post_counts_and_one_that_never_left_does_not(wire):
    pace, clock = Pace(Clock(), posts=2), Clock()
    with pytest.raises(CardNotTaken):
        await post_card(URL, A_CARD | {"x": "y" * LARGEST}, pace=pace, wire=wire(httpx.Response(202)))
    for _ in range(2):
        with pytest.raises(CardNotTaken, match="too many posts"):
            await post_card(URL, A_CARD, pace=pace, wire=wire(httpx.Response(429)))
    assert pace.wait() == 300
    assert Pace(clock).wait() == 0


@given(st.lists(st.floats(0, 120), max_size=120))
def test_no_300_seconds_ever_hold_more_posts_than_25(gaps):
    clock = Clock()
    pace, posted = Pace(clock), []
    for gap in gaps:
        clock.pass_by(gap)
        if pace.wait():
            with pytest.raises(CardNotTaken):
                pace.take()
            continue
        pace.take()
        posted.append(clock.now)
    for first in posted:
        assert sum(first <= each < first + timedelta(seconds=300) for each in posted) <= POSTS
