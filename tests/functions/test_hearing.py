"""The webhook's answers, to Graph and to anybody else who finds its address."""

import json
from datetime import UTC, datetime
from pathlib import Path

import azure.functions as func
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions import cloud
from functions.telemetry import of_notices
from functions.triggers.notifications import answer
from functions.waking.hearing import LARGEST, Heard, Post, heard
from functions.waking.touched import Touched, Why, calendar_key
from tests.stories.nothing_personal import every_line, told_in

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # a Monday
SIGNS_IN = {"PROTOCOL_WATCH_TOKEN": "opens-nothing"}
WORD, KEY = "the-word-that-only-graph-was-given", calendar_key("send.partnership@council.example")


def posted(*items: object, calendar: str = KEY, media: str = "application/json; charset=utf-8") -> Post:
    return Post(calendar=calendar, media=media, body=json.dumps({"value": items}).encode())


def item(word: object = WORD, **more: object) -> dict[str, object]:
    return {"subscriptionId": "1", "clientState": word, **more}


@pytest.mark.parametrize(
    "token",
    ["Validation: Testing & more+plus", "<script>alert(1)</script>", "two\r\nlines", "x" * 5000, "é €"],
)
def test_the_handshake_gives_back_the_token_and_nothing_else(token: str) -> None:
    assert heard(Post(token=token, media="text/plain"), WORD, NOW) == Heard(200, token)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ({}, Why.NOTIFICATION),
        ({"lifecycleEvent": "missed"}, Why.MISSED),
        ({"lifecycleEvent": "reauthorizationRequired"}, Why.SUBSCRIPTION),
        ({"lifecycleEvent": "subscriptionRemoved"}, Why.SUBSCRIPTION),
        ({"lifecycleEvent": "somethingNew"}, Why.NOTIFICATION),
    ],
)
def test_what_graph_tells_touches_the_calendar_of_the_address(event: dict[str, str], why: Why) -> None:
    said = heard(posted(item(**event)), WORD, NOW)
    assert said == Heard(202, touched=Touched(calendars=(KEY,), at=NOW, why=why), notices=1)


def test_fifty_in_one_post_are_one_message() -> None:
    said = heard(posted(*[item()] * 49, item(lifecycleEvent="missed")), WORD, NOW)
    assert said.touched == Touched(calendars=(KEY,), at=NOW, why=Why.MISSED)


def test_of_several_only_those_with_the_word_count() -> None:
    assert heard(posted(item("a guess"), item(None), "rubbish", 7), WORD, NOW) == Heard(
        202, notices=2, foreign=2
    )
    assert heard(posted(item("a guess"), item()), WORD, NOW).touched is not None


@pytest.mark.parametrize("word", ["", WORD[:-1], f"{WORD} ", WORD.upper(), "wörd", "\ud800"])
def test_without_the_word_nothing_is_read(word: str) -> None:
    assert heard(posted(item(word)), WORD, NOW).touched is None


def test_without_a_word_of_our_own_nobody_is_believed() -> None:
    assert heard(posted(item("")), "", NOW) == Heard(202, notices=1, foreign=1)


@pytest.mark.parametrize("calendar", ["", "../../x", "send.partnership@council.example", "0" * 19, KEY + "0"])
def test_an_address_that_names_no_calendar_wakes_nobody(calendar: str) -> None:
    assert heard(posted(item(), calendar=calendar), WORD, NOW) == Heard(202, notices=1)


def test_the_body_is_no_data() -> None:
    forged = item(
        resource="Users/somebody.else@council.example/Events/1", siteUrl="https://elsewhere.example"
    )
    assert heard(posted(forged), WORD, NOW).touched == Touched(calendars=(KEY,), at=NOW, why=Why.NOTIFICATION)


@pytest.mark.parametrize(("size", "status"), [(LARGEST + 1, 413), (10_000_000, 413)])
def test_more_than_a_notification_is_refused(size: int, status: int) -> None:
    assert heard(Post(calendar=KEY, media="application/json", body=b" " * size), WORD, NOW).status == status


@pytest.mark.parametrize("media", ["", "text/html", "application/x-www-form-urlencoded", "applicationjson"])
def test_another_kind_of_content_is_refused(media: str) -> None:
    assert heard(posted(item(), media=media), WORD, NOW).status == 415


@pytest.mark.parametrize(
    "name",
    [
        "change_notification.json",
        "change_notification_rich.json",
        "lifecycle_missed.json",
        "lifecycle_subscription_removed.json",
        "lifecycle_reauthorization_required.json",
    ],
)
def test_microsofts_own_samples_are_heard_whatever_their_expiry_looks_like(shared: Path, name: str) -> None:
    body = json.loads((shared / "data" / "graph_samples" / name).read_text())
    items = body.get("value", [])
    word = items[0]["clientState"]
    assert heard(posted(*items), word, NOW).touched is not None


def test_a_message_that_only_tries_the_way_wakes_nobody(shared: Path) -> None:
    body = (shared / "data" / "graph_samples" / "eventhub_validation_message.json").read_bytes()
    found = heard(Post(calendar=KEY, media="application/json", body=body), WORD, NOW)
    assert found == Heard(202, notices=1, foreign=1)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode(errors="replace")))
def test_whatever_is_posted_it_answers_and_reads_nothing(body: bytes) -> None:
    assert heard(Post(calendar=KEY, media="application/json", body=body), WORD, NOW) == Heard(202)


def test_what_the_log_knows_of_a_call_is_how_many_notices_and_whose() -> None:
    told = of_notices(heard(posted(item(), item(), item("a guess")), WORD, NOW))
    assert told == {"status": 202, "notices": 3, "foreign": 1, "why": "notification", "calendar": KEY[:12]}
    nobody = of_notices(heard(Post(media="text/html", body=b"jo.marsh@council.example"), WORD, NOW))
    assert nobody == {"status": 415, "notices": 0, "foreign": 0, "why": "", "calendar": ""}


class Queue:
    """Where the host takes what a function gives to a queue."""

    def __init__(self) -> None:
        self.held: list[str] = []

    def set(self, text: str) -> None:
        self.held.append(text)


def test_each_call_leaves_one_line_of_counts_and_nothing_of_what_was_posted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        cloud, "HERE", cloud.Cloud({"PROTOCOL_WATCH_CLIENT_STATE": WORD, **SIGNS_IN}, lambda: NOW)
    )
    posts = posted(item(resource="users/jo.marsh@council.example/events"), item("a guess"))
    queue = Queue()
    with every_line() as lines:
        said = answer(
            func.HttpRequest(
                method="POST",
                url="https://app.example/api/notifications",
                headers={"Content-Type": posts.media},
                params={"calendar": KEY},
                body=posts.body,
            ),
            queue,
        )
    assert (said.status_code, len(queue.held)) == (202, 1)
    [line] = [one for one in lines if '"notified"' in one]
    assert '"notices": 2, "foreign": 1' in line
    assert told_in(lines, [WORD, "jo.marsh", "a guess", KEY]) == []
