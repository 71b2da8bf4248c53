"""Meetings ahead: made at the end of a review, and kept for the mails, pages and feeds of forum reps.

The next eight weeks, and what was moved or called off within the last two. No private meeting is among them, and
none whose hours can't be trusted. It is written down only when something in it changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from functions.reps.papers_ahead import PapersAhead, papers_ahead
from functions.saved import ahead_back, ahead_saved
from graph_client.calendar_windows import WindowRead
from ledger.entries import Json, Snapshot
from models.ahead import MeetingAhead, PapersAre
from models.days import LONDON
from models.facts import Facts, Meeting
from models.findings import Finding
from models.keys import short_key
from models.moved import former_keys

AHEAD = "meetings ahead"  # the name under which they are remembered of a group
WEEKS, LATELY = timedelta(weeks=8), timedelta(weeks=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one review knows: its reading and the one before, what it found, and what may be said of it.

    `elsewhere` are the keys of all meetings of the same calendar: one that now belongs to another group was not
    called off. `sayable` are the keys of findings whose lateness the officers have heard of.
    """

    read: WindowRead
    before: Snapshot | None
    facts: Facts
    judged: Sequence[Finding]
    moved: Mapping[str, str]
    elsewhere: frozenset[str] = frozenset()
    sayable: frozenset[str] = frozenset()


def ahead_after(saved: Json, seen: Seen, now: datetime) -> Json:
    """The group's meetings ahead after this review; `saved` itself where nothing changed."""
    listing = _Listing(saved, seen, now)
    meetings = sorted(listing.meetings(), key=lambda one: (one.starts, one.key))
    keys = {one.key for one in meetings}
    value = {
        "meetings": [ahead_saved(one) for one in meetings],
        "changed": {key: at for key, at in sorted(listing.changed.items()) if key in keys},
        "series": {key: name for key, name in sorted(listing.series.items()) if key in keys},
        "papers": {key: list(shape) for key, shape in sorted(listing.papers.items()) if key in keys},
    }
    if {name: saved.get(name) for name in value} == value:
        return saved
    return {**value, "read_at": seen.read.read_at.isoformat()}


def meetings_of(saved: Json) -> tuple[MeetingAhead, ...]:
    """The meetings that were remembered of a group."""
    return tuple(ahead_back(one) for one in saved.get("meetings", ()))


def opens_since(saved: Json, key: str) -> datetime | None:
    """Since when the papers of a meeting are as they are now, where nothing known stops people from opening them."""
    known = next((one for one in meetings_of(saved) if one.key == key), None)
    if known is None or known.papers is not PapersAre.SENT or known.barrier:
        return None
    shape = saved.get("papers", {}).get(key)
    return datetime.fromisoformat(shape[1]) if shape else None


class _Listing:
    """The making of one list. `changed` says since when a meeting is moved or called off."""

    def __init__(self, saved: Json, seen: Seen, now: datetime) -> None:
        self._seen, self._now = seen, now
        self._today = now.astimezone(LONDON).date()
        self._earlier = {one.key: one for one in meetings_of(saved)}
        self._before = {one.key: one.starts for one in seen.before.meetings} if seen.before else {}
        self._papers = papers_ahead(seen.facts, seen.judged, seen.sayable, self._today)
        self._papers_before: Mapping[str, Sequence[str]] = saved.get("papers", {})
        self.changed: dict[str, str] = dict(saved.get("changed", {}))
        self.series: dict[str, str] = dict(saved.get("series", {}))
        self.papers: dict[str, Sequence[str]] = {}

    def meetings(self) -> Iterator[MeetingAhead]:
        here = {meeting.key for meeting in self._seen.read.meetings}
        for meeting in self._seen.read.meetings:
            if meeting.private or meeting.all_day or meeting.doubt:
                continue
            one = self._cancelled(meeting) if meeting.cancelled else self._standing(meeting)
            if one is not None and self._is_near(one):
                self.series[one.key] = meeting.series
                yield one
        for key, one in self._earlier.items():
            if key not in here and (left := self._not_here(one)) is not None and self._is_near(left):
                yield left

    def _standing(self, meeting: Meeting) -> MeetingAhead:
        known = self._papers.get(meeting.key, PapersAhead())
        self._note_papers(meeting.key, known)
        old = self._seen.moved.get(meeting.key, "")
        earlier = self._earlier.get(meeting.key) or self._earlier.get(old)
        starts = earlier.starts if earlier else self._before.get(meeting.key) or self._before.get(old)
        was = earlier.was if earlier and self._is_fresh(meeting.key) else None
        if starts is not None and starts != meeting.starts:
            was = starts.astimezone(LONDON)
            self.changed[meeting.key] = self._now.isoformat()
        elif earlier is not None and earlier.cancelled:  # called off by mistake, and on again
            self.changed.pop(meeting.key, None)
        return MeetingAhead(
            key=meeting.key,
            group=meeting.group,
            title=meeting.title,
            starts=meeting.starts,
            ends=meeting.ends,
            place=meeting.place,
            online=meeting.online,
            was=was,
            papers=known.papers,
            due=known.due,
            sent=known.sent,
            coming_on=known.coming_on,
            reason=known.reason,
            barrier=known.barrier,
            formerly=tuple(former_keys(meeting.key, self._seen.moved)),
        )

    def _cancelled(self, meeting: Meeting) -> MeetingAhead | None:
        """One that is marked as called off; only where we knew it before it was."""
        earlier = self._earlier.get(meeting.key)
        return self._off(earlier) if earlier is not None else None

    def _not_here(self, earlier: MeetingAhead) -> MeetingAhead | None:
        """One that this reading does not have: gone, moved under another key, of another group, or just not read."""
        if earlier.cancelled:
            return earlier
        if self._seen.read.unreadable:
            if earlier.key in self._papers_before:
                self.papers[earlier.key] = self._papers_before[earlier.key]
            return earlier
        if earlier.key in self._seen.elsewhere or earlier.key in self._seen.moved.values():
            return None
        inside = self._seen.read.first <= earlier.day <= self._seen.read.last
        return self._off(earlier) if inside and earlier.ends > self._now else None

    def _off(self, earlier: MeetingAhead) -> MeetingAhead:
        if not earlier.cancelled:
            self.changed[earlier.key] = self._now.isoformat()
        off = replace(earlier, cancelled=True, papers=PapersAre.NOT_PROMISED, due=None, sent=None)
        return replace(off, coming_on=None, reason="", barrier="")

    def _is_near(self, one: MeetingAhead) -> bool:
        last = self._today + WEEKS
        if one.cancelled:
            return self._is_fresh(one.key) and one.day <= last
        if self._today <= one.day <= last:
            return True
        was: date | None = one.was.date() if one.was else None
        return was is not None and self._is_fresh(one.key) and one.day > last and was <= last

    def _is_fresh(self, key: str) -> bool:
        since = self.changed.get(key)
        return since is not None and self._now - datetime.fromisoformat(since) <= LATELY

    def _note_papers(self, key: str, known: PapersAhead) -> None:
        """Since when the papers are as they are: a new file may be the one that opens.

        Of a file it counts when it came, not when we looked: what a rep could not open may have been there then.
        """
        shape, now = short_key(f"{known.sent} {known.barrier}"), self._now.isoformat()
        since = known.newest.isoformat() if known.newest else now
        match self._papers_before.get(key):
            case [_, str(at)]:  # noted by an earlier version, which can't be compared
                self.papers[key] = (shape, at, known.print)
            case [str(was), str(at), str(print)] if was == shape:
                self.papers[key] = (shape, at if print == known.print else since, known.print)
            case _:
                self.papers[key] = (shape, now, known.print)
