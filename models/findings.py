"""Findings: what the program can see of one promise and one meeting, computed afresh every time.

A finding is a fact, never a judgement of a person: whether a promise was broken is for people to say.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.agreement import Operator, Strength
from models.days import Skipped
from models.facts import Meeting


class State(StrEnum):
    """How a promise stands for one subject (DESIGN.md, Words and states)."""

    KEPT = "kept"
    DUE = "due"  # the due moment is ahead, nothing wrong
    AT_RISK = "at risk"  # a breach that can still be put right, or evidence absent close to the due day
    MISSED = "missed"  # the moment passed in a covered read
    EXPLAINED = "explained"  # an aim, with a reason
    AGREED_CHANGE = "agreed change"  # both partners
    NOT_IN_SCOPE = "not in scope"
    CANNOT_TELL = "cannot tell"


FOUND = frozenset({State.AT_RISK, State.MISSED})  # what a person should look at


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one promise stands for one meeting, group, row or authority, and why.

    `subject` is the last part of the key. `due` is the earliest due moment, `due_latest` the latest
    where the agreement leaves the reading open. `counted` and `skipped` are the days of the sum.
    `because` is one plain sentence of facts. `reason` is what a person gave, where one did. `mistaken` says
    that the partnership manager found us wrong: nobody is asked about it again. `not_agreed` says that the forum
    answered the reason with "not this time".
    """

    key: str
    promise: str
    clause: str
    operator: Operator
    strength: Strength
    state: State
    because: str
    subject: str
    meeting: Meeting | None = None
    group: str = ""
    series: str = ""
    due: datetime | None = None
    due_latest: datetime | None = None
    counted: tuple[date, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    reason: str = ""
    mistaken: bool = False  # the manager looked, and said that we were wrong
    not_agreed: bool = False  # the forum said "not this time" to the reason

    @property
    def found(self) -> bool:
        """Whether a person should look at it."""
        return self.state in FOUND
