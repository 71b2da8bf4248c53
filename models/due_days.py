"""The papers' due days in a rep's own calendar: which entry a mail puts there, changes or takes away.

A mail carries one entry, because a calendar program takes one from a mail. What presses most goes first; the rest
comes with the next mails, and all of them stand in the words of the mail anyway.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from models.ahead import MeetingAhead, PapersAre

WITHOUT = frozenset({PapersAre.NONE, PapersAre.NOT_PROMISED})  # papers that have no due day


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that a rep was sent: how often it was changed, for which day, and what it was called."""

    sequence: int
    day: date
    title: str
    live: bool

    @classmethod
    def of(cls, saved: Iterable[Any]) -> Self:
        """What `plain` was given."""
        sequence, day, title, live = saved
        return cls(sequence, date.fromisoformat(day), title, live)

    def plain(self) -> list[Any]:
        """The same as plain JSON."""
        return [self.sequence, self.day.isoformat(), self.title, self.live]


@dataclass(frozen=True, slots=True)
class EntrySent:
    """The one entry of one mail, by the key of its meeting; not `live`: it is taken out of the calendar."""

    key: str
    entry: Entry


def entry_for(
    meetings: Iterable[MeetingAhead],
    sent: Mapping[str, Entry],
    today: date,
    *,
    wanted: bool,
    unsure: int = 0,
) -> EntrySent | None:
    """The entry of this mail, or None. An entry to take away goes first, then the nearest day.

    `unsure` is how many mails may or may not have arrived: their numbers are not used again, so that the
    number of an entry always rises.
    """
    due = {one.key: one for one in meetings if wanted and _has_day(one, today)}
    gone = [
        EntrySent(key, Entry(_next(one, unsure), one.day, one.title, live=False))
        for key, one in sent.items()
        if one.live and key not in due and one.day >= today
    ]
    fresh = [
        EntrySent(one.key, Entry(_next(sent.get(one.key), unsure), one.due, one.title, live=True))
        for one in due.values()
        if one.due is not None and _is_wanted(one, sent.get(one.key), one.due)
    ]
    return min([*gone, *fresh], key=lambda one: (one.entry.live, one.entry.day, one.key), default=None)


def _has_day(one: MeetingAhead, today: date) -> bool:
    return not one.cancelled and one.papers not in WITHOUT and one.due is not None and one.due >= today


def _is_wanted(one: MeetingAhead, entry: Entry | None, day: date) -> bool:
    """A new entry only while papers are still to come; one that is there only if its day is another now."""
    if entry is not None and entry.live:
        return entry.day != day
    return one.papers is not PapersAre.SENT


def _next(entry: Entry | None, unsure: int) -> int:
    return (entry.sequence + 1 if entry is not None else 0) + unsure
