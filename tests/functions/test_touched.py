"""Messages that say which calendars are to be read again."""

import json
from datetime import UTC, datetime

import pytest

from functions.waking.touched import TOGETHER, Touched, Why, calendar_key, shared_out, touched_in

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # a Monday
KEY = calendar_key("send.partnership@council.example")
GOOD = {"calendars": [KEY], "at": NOW.isoformat(), "why": "sweep"}


def test_a_message_is_read_as_it_was_written() -> None:
    written = Touched(calendars=(KEY,), at=NOW, why=Why.MISSED)
    assert touched_in(written.text) == written


def test_the_key_is_the_same_however_the_address_is_spelt_and_does_not_show_it() -> None:
    assert calendar_key(" SEND.Partnership@Council.example") == KEY
    assert "send" not in KEY
    assert "@" not in Touched(calendars=(KEY,), at=NOW, why=Why.SWEEP).text


@pytest.mark.parametrize("calendars", [0, 1, 20, 21, 200])
def test_a_sweep_is_shared_out_twenty_to_a_message(calendars: int) -> None:
    mailboxes = [f"board-{number}@council.example" for number in range(calendars)]
    messages = list(shared_out(mailboxes, NOW))
    assert [key for one in messages for key in one.calendars] == [calendar_key(one) for one in mailboxes]
    assert all(len(one.calendars) <= TOGETHER for one in messages)
    assert len(messages) == -(-calendars // TOGETHER)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "this is no message of ours",
        "[]",
        "null",
        '"text"',
        "[" * 50_000,
        json.dumps({**GOOD, "at": "soon"}),
        json.dumps({**GOOD, "at": "2026-11-02T10:00:00"}),  # names no zone
        json.dumps({**GOOD, "why": "because"}),
        json.dumps({**GOOD, "calendars": ["send.partnership@council.example"]}),
        json.dumps({**GOOD, "calendars": 7}),
        json.dumps({**GOOD, "calendars": [7]}),
        json.dumps({"calendars": [KEY]}),
    ],
)
def test_what_is_no_message_of_ours_is_said_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="the next sweep reads every calendar"):
        touched_in(text)
