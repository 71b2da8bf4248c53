"""What is in a forum rep's mail, and whether there is anything to say. Pure: the clock is an argument.

What a rep has heard is kept with each mail, so that "moved" and "new" are against what that rep was told, and
not against what we happened to see in between.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

from models.ahead import MeetingAhead, PapersAre
from models.days import LONDON

NEXT = timedelta(weeks=3)  # whose meetings stand in a weekly mail
LISTED = timedelta(weeks=8)  # as far as meetings ahead are listed at all
SOON = timedelta(days=7)  # a change of a meeting within these can't wait
SOON_LATE = timedelta(days=3)  # papers not seen for a meeting within these can't wait


@dataclass(frozen=True, slots=True)
class Heard:
    """One meeting as a rep last heard of it."""

    starts: datetime
    cancelled: bool
    not_seen: bool


@dataclass(frozen=True, slots=True)
class Told:
    """All that one rep has heard: of meetings by key, of which groups, up to which day, and that papers now open."""

    meetings: Mapping[str, Heard] = field(default_factory=lambda: MappingProxyType({}))
    groups: frozenset[str] = frozenset()
    until: date | None = None
    opened: frozenset[str] = frozenset()

    @classmethod
    def of(cls, saved: Mapping[str, Any]) -> Self:
        """What `plain` was given."""
        meetings = {
            key: Heard(datetime.fromisoformat(starts).astimezone(LONDON), cancelled, not_seen)
            for key, (starts, cancelled, not_seen) in saved["meetings"].items()
        }
        until = date.fromisoformat(saved["until"]) if saved["until"] else None
        return cls(meetings, frozenset(saved["groups"]), until, frozenset(saved["opened"]))

    def plain(self) -> dict[str, Any]:
        """The same as plain JSON, as it is kept with a mail."""
        return {
            "meetings": {
                key: [one.starts.isoformat(), one.cancelled, one.not_seen]
                for key, one in sorted(self.meetings.items())
            },
            "groups": sorted(self.groups),
            "until": self.until.isoformat() if self.until else None,
            "opened": sorted(self.opened),
        }


class Change(StrEnum):
    """What a rep is told has changed about a meeting."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    NEW = "new"
    LATE = "late"  # its papers have not been seen, and it is near
    OPENS = "opens"  # a paper that could not be opened, and now should


@dataclass(frozen=True, slots=True)
class Changed:
    """One change. `was` is the time that the rep had heard of, where it moved."""

    change: Change
    meeting: MeetingAhead
    was: datetime | None = None


@dataclass(frozen=True, slots=True)
class RepMail:
    """What stands in one mail, and what the rep has heard once it is there."""

    changes: tuple[Changed, ...]
    meetings: tuple[MeetingAhead, ...]
    told: Told


def weekly(
    meetings: Iterable[MeetingAhead],
    before: Told | None,
    now: datetime,
    *,
    groups: Collection[str],
    opened: Collection[str] = (),
) -> RepMail | None:
    """The mail of the week; None where there is nothing to say. `opened`: meetings whose papers now open."""
    known = _in_order(meetings)
    today = now.astimezone(LONDON).date()
    ahead = tuple(one for one in known if not one.cancelled and one.ends > now and one.day <= today + NEXT)
    changes = [
        change for one in known if (change := _change(one, before)) is not None and _matters(change, now)
    ]
    heard_open = before.opened if before else frozenset()
    changes += [Changed(Change.OPENS, one) for one in ahead if one.key in set(opened) - heard_open]
    if not ahead and not changes:
        return None
    told = Told(
        meetings={one.key: _heard(one) for one in known},
        groups=frozenset(groups),
        until=today + LISTED,
        opened=heard_open & {one.key for one in known} | set(opened),
    )
    return RepMail(tuple(changes), ahead, told)


def at_once(
    meetings: Iterable[MeetingAhead], before: Told | None, now: datetime, *, opened: Collection[str] = ()
) -> RepMail | None:
    """What can't wait for the weekly mail; None where nothing is. Before the first weekly mail nothing is said."""
    if before is None:
        return None
    known = [one for one in _in_order(meetings) if one.group in before.groups]
    found = [change for one in known for change in _cant_wait(one, before, now, opened)]
    if not found:
        return None
    heard = {change.meeting.key: _heard(change.meeting) for change in found}
    opens = {change.meeting.key for change in found if change.change is Change.OPENS}
    told = replace(before, meetings={**before.meetings, **heard}, opened=before.opened | opens)
    return RepMail(tuple(found), (), told)


def _cant_wait(one: MeetingAhead, before: Told, now: datetime, opened: Collection[str]) -> Iterable[Changed]:
    change = _change(one, before)
    if change is not None and change.change is not Change.NEW:
        times = [one.starts] if change.was is None else [one.starts, change.was]
        if any(now < moment <= now + SOON for moment in times):
            yield change
    if one.cancelled or one.starts <= now:
        return
    heard = before.meetings.get(one.key)
    near = one.day - now.astimezone(LONDON).date() <= SOON_LATE
    if one.papers is PapersAre.NOT_SEEN and near and not (heard and heard.not_seen):
        yield Changed(Change.LATE, one)
    if one.key in opened and one.key not in before.opened:
        yield Changed(Change.OPENS, one)


def _change(one: MeetingAhead, before: Told | None) -> Changed | None:
    """How a meeting differs from what the rep has heard. Who never heard of the old time hears of no move."""
    if before is None or one.group not in before.groups:
        return Changed(Change.CANCELLED, one) if one.cancelled else None
    keys = (one.key, *one.formerly)
    heard = next((before.meetings[key] for key in keys if key in before.meetings), None)
    if one.cancelled:
        return Changed(Change.CANCELLED, one) if heard is not None and not heard.cancelled else None
    if heard is None:
        inside = before.until is not None and one.day <= before.until
        return Changed(Change.NEW, one) if inside else None
    if heard.starts != one.starts:
        return Changed(Change.MOVED, one, heard.starts)
    return Changed(Change.NEW, one) if heard.cancelled else None


def _matters(change: Changed, now: datetime) -> bool:
    """Whether anybody can still do something with it: not where both its times are past."""
    times = [change.meeting.ends] if change.was is None else [change.meeting.ends, change.was]
    return any(moment > now for moment in times)


def _heard(one: MeetingAhead) -> Heard:
    return Heard(one.starts, one.cancelled, one.papers is PapersAre.NOT_SEEN)


def _in_order(meetings: Iterable[MeetingAhead]) -> list[MeetingAhead]:
    """By day and hour; one meeting that several groups share is one."""
    by_key = {one.key: one for one in meetings}
    return sorted(by_key.values(), key=lambda one: (one.starts, one.key))
