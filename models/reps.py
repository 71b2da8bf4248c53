"""What a forum rep has chosen: the day of the weekly mail, pauses, and what else may come. All of it may change.

Kept in the ledger under the rep's key, beside the names of its groups, and without an address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
USUAL_DAY = 0  # Monday
PREFERENCES, SEATS = "preferences", "seats"  # the names under which these are remembered of a rep
BEGUN = "reps' mails"  # of the partnership: since when reps get mail, because the forum's chair said so
PARTITION = "rep/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What one rep wants. `day` counts from Monday, 0 to 4.

    `paused_until`: no mail up to and including that day. `at_once`: the few things that can't wait for the weekly
    mail. `in_holidays`: mail in the school holidays too. `due_days`: the papers' due days as calendar entries.
    `turn` is the number of the present feed: links to those before it open nothing.
    """

    day: int = USUAL_DAY
    paused_until: date | None = None
    stopped: bool = False
    at_once: bool = True
    in_holidays: bool = False
    due_days: bool = False
    turn: int = 0

    @classmethod
    def of(cls, remembered: Mapping[str, Mapping[str, Any]]) -> Self:
        """What is remembered of a rep; what nobody has chosen is as usual."""
        saved = dict(remembered.get(PREFERENCES, {}))
        until = saved.get("paused_until")
        return cls(**saved | {"paused_until": date.fromisoformat(until) if until else None})

    def plain(self) -> dict[str, Any]:
        """The same as plain JSON."""
        until = self.paused_until
        return {
            "day": self.day,
            "paused_until": until.isoformat() if until else None,
            "stopped": self.stopped,
            "at_once": self.at_once,
            "in_holidays": self.in_holidays,
            "due_days": self.due_days,
            "turn": self.turn,
        }

    def resting(self, today: date) -> bool:
        """Whether no mail at all may go to this rep today."""
        return self.stopped or (self.paused_until is not None and today <= self.paused_until)


def partition_of(rep_key: str) -> str:
    """The ledger's place for what is remembered of a rep."""
    return f"{PARTITION}{rep_key}"
