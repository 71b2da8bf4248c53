"""What `watch` and `release` print, from values alone: who was told, what waits, and nothing that does harm."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO

import pytest
from rich.console import Console

from models.days import LONDON
from tests.wording import invented_results
from wording.release_text import LetGo, quiet_text, released_text
from wording.watch_json import watch_json
from wording.watch_text import MOST, watch_text
from wording.watched import Calendar, Told, Watched

MONDAY = datetime(2026, 11, 2, 13, 15, tzinfo=LONDON)  # a delivery time
WARD = "send.partnership@council.example"


def told(state: str, channel: str = "teams", note: str = "", hours: int = 0) -> Told:
    return Told(
        key=f"{channel}/{state}",
        channel=channel,
        state=state,
        about="lancashire-2024/P04/abc",
        not_before=MONDAY + timedelta(hours=hours),
        note=note,
    )


@pytest.fixture
def watched() -> Watched:
    return Watched(
        results=invented_results.everything(),
        calendars=(Calendar(WARD, MONDAY, 12), Calendar("gone@council.example", None, 0, "It is gone.")),
        deliveries=(),
    )


def text(watched: Watched) -> str:
    console = Console(file=StringIO(), width=80, color_system=None)
    console.print(watch_text(watched))
    assert isinstance(console.file, StringIO)
    return " ".join(console.file.getvalue().split())


def test_who_was_told_and_what_waits(watched: Watched) -> None:
    said = text(
        replace(
            watched,
            deliveries=(
                told("paid"),
                told("paid"),
                told("paid", "manager"),
                told("dropped", note="put right meanwhile"),
                told("owed"),
                told("owed", hours=20, note="the workflow did not take the card"),
                told("unsure", note="the connection broke"),
                told("claimed", "manager"),
            ),
        )
    )
    for words in (
        "Read 12 meetings in 1 calendar,",
        "1 calendar could not be read: see below.",
        "The officers' chat: 2 deliveries.",
        "The partnership manager's chat: 1 delivery.",
        "1 delivery was no longer needed and not sent.",
        "The officers' chat: 1 delivery from Monday 2 November 2026 at 1:15pm on.",
        "from Tuesday 3 November 2026 at 9:15am on. The workflow did not take the card.",
        "The officers' chat: a card may have arrived. The connection broke.",
        "The partnership manager's chat: a card is being sent by another run.",
    ):
        assert words in said, words


def test_nobody_was_told(watched: Watched) -> None:
    assert "Nobody, this time." in text(watched)
    assert "What waits" not in text(watched)


def test_quiet_groups_are_counted_unless_nobody_is_told_anyway(watched: Watched) -> None:
    quiet = replace(watched, quiet=("Board", "Inclusion"))
    assert "2 groups still quiet" in text(quiet)
    assert "'observe'" in text(replace(quiet, observing=True))


def test_a_question_is_asked_once(watched: Watched) -> None:
    results = replace(watched.results, notes=("Which meeting is it for?", "Dates want a check."))
    said = text(replace(watched, results=results, questions=("Which meeting is it for?",)))
    assert said.count("Which meeting is it for?") == 1
    assert "Dates want a check." in said


def test_a_long_day_is_cut_and_says_so() -> None:
    crowded = Watched(results=invented_results.crowded(), calendars=(), deliveries=())
    assert "more: use --format json" in text(crowded)
    assert len(text(crowded)) < 20_000
    assert MOST < 20


@pytest.mark.parametrize("hostile", ["\x1b[31mred\x1b[0m", "[bold]loud[/bold]", "a\u202eb", "x\r\nBcc: y"])
def test_what_others_typed_does_no_harm(watched: Watched, hostile: str) -> None:
    harmed = replace(
        watched,
        results=invented_results.titled(hostile),
        deliveries=(replace(told("owed", note=hostile), channel=hostile, key=hostile, about=hostile),),
        calendars=(Calendar(hostile, None, 0, hostile),),
        questions=(hostile,),
    )
    for said in (text(harmed), json.dumps(watch_json(harmed), ensure_ascii=False)):
        assert not {"\x1b", "\u202e", "\r"} & set(said)
        assert "\\r" not in said


def test_times_have_their_offset_and_an_unread_calendar_none(watched: Watched) -> None:
    said = watch_json(replace(watched, deliveries=(told("owed"),)))
    assert said["deliveries"][0]["not_before"] == "2026-11-02T13:15:00+00:00"
    assert said["calendars"][0]["read_at"] == "2026-11-02T13:15:00+00:00"
    assert said["calendars"][1] == {
        "name": "gone@council.example",
        "read_at": None,
        "meetings": 0,
        "why_not": "It is gone.",
    }


def test_release_says_one_line_a_group() -> None:
    done = LetGo(new=("Board", "Inclusion"), already=("Executive",), unread=("Inclusion",), held=2)
    assert released_text(done).splitlines() == [
        "Board: people are told of it from now on.",
        "Inclusion: people are told of it from now on. Its calendar was not read yet.",
        "Executive: people were told of it before; nothing changed.",
        "2 held deliveries leave at the next delivery time.",
    ]
    assert released_text(LetGo(held=1)) == "1 held delivery leaves at the next delivery time."


def test_release_lists_who_is_quiet() -> None:
    assert "  Board\n" in quiet_text(("Board",))
    assert "Every group is released" in quiet_text(())
