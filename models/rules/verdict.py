"""What a rule is given and what it answers, before the answer gets its key and what people said about it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from models.agreement import Agreement, Promise
from models.days import LONDON, Skipped
from models.facts import Facts, Meeting, RegisterRow
from models.findings import State
from models.register import VENUES
from models.terms import SchoolDay


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state, one plain sentence of facts, and the sum where there is one. See `Finding` for the fields."""

    state: State
    because: str
    due: datetime | None = None
    due_latest: datetime | None = None
    counted: tuple[date, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Case:
    """What every rule is given beside the promise and the meeting: the facts, the agreement and the moment.

    `now` is UTC: two London times are compared by the clock on the wall, which is wrong in the hour that
    comes twice in October. `school_days` remembers the days that were looked up: many meetings share one.
    """

    facts: Facts
    agreement: Agreement
    now: datetime
    school_days: dict[tuple[str, date], SchoolDay] = field(default_factory=dict)

    @cached_property
    def today(self) -> date:
        """The day it is, in London."""
        return self.now.astimezone(LONDON).date()

    @cached_property
    def key(self) -> str:
        """The agreement's part of every finding key."""
        return self.agreement.key

    @cached_property
    def rows(self) -> Mapping[str, tuple[RegisterRow, ...]]:
        """The register's rows, by the name of their list."""
        return _gathered(self.facts.rows, lambda row: row.list)

    @cached_property
    def venues(self) -> Mapping[str, tuple[RegisterRow, ...]]:
        """The venue list, by name; a place that stands there twice has two rows."""
        return _gathered(self.rows.get(VENUES, ()), lambda row: plain(str(row.fields.get("Title") or "")))

    def held(self, meeting: Meeting) -> bool:
        """Whether a meeting has begun: from then on, nothing about its date can be put right."""
        return meeting.starts <= self.now


def _gathered(
    rows: Iterable[RegisterRow], name_of: Callable[[RegisterRow], str]
) -> Mapping[str, tuple[RegisterRow, ...]]:
    """The rows by a name of theirs, each in its order."""
    found: dict[str, list[RegisterRow]] = {}
    for row in rows:
        found.setdefault(name_of(row), []).append(row)
    return {name: tuple(theirs) for name, theirs in found.items()}


def plain(name: str) -> str:
    """A name without capitals and double spaces, as people do not notice them."""
    return " ".join(name.casefold().split())


MeetingRule = Callable[[Promise, Meeting, Case], Verdict]


def wrong(meeting: Meeting, case: Case) -> State:
    """A meeting that does not fit: at risk while it can still be moved, missed once it has begun."""
    return State.MISSED if case.held(meeting) else State.AT_RISK
