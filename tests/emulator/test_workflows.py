"""The Teams workflow takes cards, keeps all of them, and refuses what the real one refuses."""

import json

import pytest

CARD = {"type": "AdaptiveCard", "version": "1.4", "body": [{"type": "TextBlock", "text": "Hello"}]}


def message(card=CARD):
    attachment = {
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": None,
        "content": card,
    }
    return {"type": "message", "attachments": [attachment]}


@pytest.fixture
def url(county):
    return county.workflow_url("https://emulated")


def test_the_documented_message_is_taken(graph, county, url, sample):
    answer = graph.post(url, json=sample("teams_workflow_webhook_request.json"))
    assert (answer.status_code, answer.content) == (202, b"")
    assert county.posts[0].cards[0]["type"] == "AdaptiveCard"


def test_the_same_card_twice_is_kept_twice(graph, county, url):
    for _ in range(2):
        assert graph.post(url, json=message()).status_code == 202
    assert [post.message for post in county.posts] == [message(), message()]


def test_a_wrong_signature_is_refused(graph, county, url):
    assert graph.post(url + "x", json=message()).status_code == 401
    assert graph.post(url.split("?")[0], json=message()).status_code == 401
    assert graph.post("/workflows/another?sig=x", json=message()).status_code == 404
    assert county.posts == []


def test_a_card_over_28_kb_is_refused(graph, url):
    room = 28 * 1024 - len(json.dumps(message(CARD | {"text": ""})))
    fits, too_long = (json.dumps(message(CARD | {"text": "x" * size})) for size in (room, room + 1))
    assert graph.post(url, content=fits).status_code == 202
    assert graph.post(url, content=too_long).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'{"text": "hello"}',
        b'{"type": "message", "attachments": []}',
        json.dumps(message({})).encode(),
    ],
)
def test_what_is_no_message_with_a_card_is_refused(graph, county, url, body):
    assert graph.post(url, content=body).status_code == 400
    assert county.posts == []


def test_the_26th_post_within_300_seconds_is_throttled(graph, county, url):
    now = [1000.0]
    county.clock = lambda: now[0]
    assert [graph.post(url, json=message()).status_code for _ in range(25)] == [202] * 25
    now[0] += 100
    refused = graph.post(url, json=message())
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "200")
    now[0] += 200
    assert graph.post(url, json=message()).status_code == 202
    assert len(county.posts) == 26


def test_a_workflow_can_be_made_to_fail(graph, county, url):
    county.faults.unavailable("POST /workflows")
    assert graph.post(url, json=message()).status_code == 503
    assert county.posts == []
