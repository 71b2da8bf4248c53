"""The figures of a quarter: how often each promise was kept, explained, agreed otherwise, missed, or can't be told.

Counts, never percentages: "2 of 3" says what "67%" hides. Explained and agreed changes stand beside kept and are
never added to it. Nothing here is counted by person or by organiser, and the entries have neither.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from models.agreement import Agreement
from models.findings import State
from models.quarters import Quarter
from models.record import SETTLED, Recorded

FEW = 5  # fewer meetings than this are told in words: a figure would look like a trend
IN_WORDS = ("none", "one", "two", "three", "four")


class Result(StrEnum):
    """What came of one promise at one meeting that was held. Each entry has just one."""

    KEPT = "kept"
    EXPLAINED = "explained"
    AGREED_CHANGE = "agreed change"
    MISSED = "missed"
    MISSED_WITH_REASON = "missed, reason given"
    CANNOT_TELL = "cannot tell"


RESULT_OF = {
    State.KEPT: Result.KEPT,
    State.EXPLAINED: Result.EXPLAINED,
    State.AGREED_CHANGE: Result.AGREED_CHANGE,
    State.CANNOT_TELL: Result.CANNOT_TELL,
}


def result(entry: Recorded) -> Result:
    """What came of it. A reason does not undo a firm promise, but is never left out beside it."""
    if entry.state is State.MISSED:
        return Result.MISSED_WITH_REASON if entry.reason_given else Result.MISSED
    return RESULT_OF[entry.state]


@dataclass(frozen=True, slots=True)
class Tally:
    """One promise in one quarter: at how many meetings it came to what; `of` is all of them."""

    promise: str
    clause: str
    counts: Mapping[Result, int]

    @property
    def of(self) -> int:
        """At how many meetings the promise applied."""
        return sum(self.counts.values())

    @property
    def few(self) -> bool:
        """Whether there are too few meetings for figures to show anything."""
        return self.of < FEW

    def __getitem__(self, result: Result) -> int:
        return self.counts.get(result, 0)


def tallies(entries: Iterable[Recorded], quarter: Quarter, agreement: Agreement) -> tuple[Tally, ...]:
    """The figures of the quarter, in the order of the agreement; a promise that applied to no meeting has none.

    An entry outside the quarter, or about one of the forum's own promises, is left out whoever put it there.
    """
    found: dict[str, Counter[Result]] = {}
    for one in of_quarter(entries, quarter):
        found.setdefault(one.promise, Counter())[result(one)] += 1
    shared = [promise for promise in agreement.promises if not promise.forums_own]
    return tuple(
        Tally(promise.id, promise.clause, MappingProxyType({one: found[promise.id][one] for one in Result}))
        for promise in shared
        if promise.id in found
    )


def of_quarter(entries: Iterable[Recorded], quarter: Quarter) -> tuple[Recorded, ...]:
    """The entries of meetings held in the quarter, each once, in the order of their days."""
    once = {one.key: one for one in entries if one.day in quarter and one.state in SETTLED}
    return tuple(sorted(once.values(), key=lambda one: (one.day, one.key)))


def in_words(number: int) -> str:
    """A count as people read it: fewer than five as a word."""
    return IN_WORDS[number] if number < FEW else f"{number:,}"


def meetings_of(entries: Sequence[Recorded]) -> int:
    """How many meetings these entries are about; a request is none."""
    return len({one.meeting for one in entries if not one.is_request})


def requests_of(entries: Sequence[Recorded]) -> int:
    """How many requests to the forum these entries are about."""
    return len({one.key.rpartition("/")[2] for one in entries if one.is_request})
