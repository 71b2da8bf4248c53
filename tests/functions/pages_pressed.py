"""Every button of every page once, and what stands in the ledger afterwards."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from models.reps import BEGUN, PREFERENCES, partition_of
from tests.functions.pages_stage import EVERY_PAGE, REP, Desk, at_a_desk

PRESSES: dict[str, tuple[str, dict[str, str]]] = {
    "I'm seeing to it": ("alert", {"do": "hand", "turn": "2"}),
    "they went out": ("alert", {"do": "sent", "day": "2026-11-23", "turn": "2"}),
    "no papers this time": ("alert", {"do": "none", "turn": "2"}),
    "coming on": ("alert", {"do": "coming", "day": "2026-11-26", "text": "New figures", "turn": "2"}),
    "a reason": ("alert", {"do": "reason", "text": "Half of us were ill", "turn": "2"}),
    "this is wrong": ("alert", {"do": "wrong", "text": "They went by post", "turn": "2"}),
    "taken back": ("alert", {"do": "undo", "turn": "2"}),
    "a reason for a series": (
        "alert of a series",
        {
            "do": "reason",
            "text": "Only then is there a room",
            "which": "all",
            "day": "2027-03-01",
            "turn": "0",
        },
    ),
    "agree": ("reason", {"do": "agree", "turn": "0"}),
    "not this time": ("reason", {"do": "not_this", "turn": "0"}),
    "we asked for this": ("reason", {"do": "asked", "turn": "0"}),
    "it stands": ("check", {"do": "stands", "turn": "0"}),
    "our mistake": ("check", {"do": "mistake", "turn": "0"}),
    "can't open": ("open", {"do": "open", "text": "It asks for a password", "turn": "0"}),
    "a call": ("call", {"do": "call", "turn": "0"}),
    "a pause": ("pause", {"do": "pause"}),
    "what I get": ("preferences", {"do": "choose", "day": "3", "due_days": "yes"}),
    "another address of the feed": ("preferences", {"do": "feed", "turn": "0"}),
    "stop": ("unsubscribe", {"do": "stop"}),
    "yes, start": ("introduce", {"do": "start"}),
}


def desk_of(ledger: Any, folder: Path, by: str) -> Desk:
    """A desk on this ledger, at which this worker answers."""
    desk = at_a_desk(ledger, folder)
    desk.here._watch = replace(desk.here._watch, by=by)  # type: ignore[arg-type]
    return desk


async def prepared(desk: Desk) -> None:
    """The officer has said that it is wrong, and given a reason, so that there is something to answer."""
    await desk.begin()
    await desk.press(EVERY_PAGE["alert"], do="wrong", text="They went out on Monday", turn="0")
    await desk.press(EVERY_PAGE["alert"], do="reason", text="New figures come on Tuesday", turn="1")


async def what_stands(desk: Desk) -> tuple[object, ...]:
    """All that people said, chose and let begin, without the moment at which they did."""
    said = tuple((one.id, one.said, one.subject, one.text, one.day, one.undoes) for one in await desk.said())
    chosen = (await desk.remembered(partition_of(REP))).get(PREFERENCES)
    begun = (await desk.remembered("")).get(BEGUN, {}).get("by")
    return said, str(chosen), begun
