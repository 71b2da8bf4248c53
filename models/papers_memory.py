"""What is remembered of a group's papers from one sweep to the next: plain values, no title, name or address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Self

from models.agreement import Route
from models.days import LONDON
from models.facts import Meeting, Papers
from models.keys import short_key
from models.papers_matching import ROW, Trace
from models.papers_said import PeopleSaid

BACK, AHEAD = timedelta(days=35), timedelta(days=60)  # the meetings whose papers are looked for
ACCESS_AHEAD = timedelta(days=28)  # the meetings for which it is asked who may open the papers
KEPT = BACK + timedelta(days=30)  # for meetings that are no longer in sight (models/retention.py)
OFTEN_ENOUGH = timedelta(days=4)  # between two looks (a long weekend), for a file's time to say when it came


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The files of one meeting as they were last seen. `access_known`: it was asked who may open them.

    `print` is another one when other files lie there; `newest` is when the last of them came or was changed.
    """

    files: int = 0
    barrier: str = ""
    on_or_before: bool = False
    access_known: bool = True
    print: str = ""
    newest: datetime | None = None


def print_of(files: Iterable[tuple[object, ...]]) -> str:
    """The same for the same files, whatever their order; nothing of them can be read out of it."""
    said = sorted("\n".join(map(str, one)) for one in files)
    return short_key("\n\n".join(said)) if said else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one look at a group's route came to. Where it is not `complete`, silence means nothing this time."""

    traces: Mapping[str, Trace] = field(default_factory=lambda: MappingProxyType({}))
    packs: Mapping[str, Pack] = field(default_factory=lambda: MappingProxyType({}))
    questions: tuple[str, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """A group's papers as earlier sweeps saw them, by its stated route. `works`: that route was seen to work.

    `works_since` is the first time that papers went that way: what was silent before it proves nothing.
    `looked_on` is the London day of the last whole look. `said` is what stood in the Papers list. `cant_open`
    are the meetings of which a rep said that a paper can't be opened; that is said anew for each look.
    """

    route: Route | None = None
    works: bool = False
    works_since: datetime | None = None
    looked_on: date | None = None
    traces: Mapping[str, Trace] = field(default_factory=lambda: MappingProxyType({}))
    packs: Mapping[str, Pack] = field(default_factory=lambda: MappingProxyType({}))
    said: PeopleSaid = field(default_factory=PeopleSaid)
    cant_open: frozenset[str] = frozenset()

    @classmethod
    def of(cls, remembered: Mapping[str, Any], route: Route | None) -> Self:
        """What `plain` gave; where the group's route has changed since, only what people said."""
        traces = {id: _trace(*said) for id, said in remembered.get("traces", {}).items()}
        said = PeopleSaid.of(remembered.get("said", {}))
        if not remembered or remembered.get("route") != route:
            rows = {id: one for id, one in traces.items() if _is_row(id)}
            return cls(route=route, traces=rows, said=said)
        looked_on = remembered.get("looked_on")
        return cls(
            route=route,
            works=bool(remembered.get("works")),
            works_since=_moment(remembered.get("works_since")),
            looked_on=date.fromisoformat(looked_on) if looked_on else None,
            traces=traces,
            packs={key: _pack(said) for key, said in remembered.get("packs", {}).items()},
            said=said,
        )

    def plain(self) -> dict[str, Any]:
        """The same as plain JSON."""
        return {
            "route": self.route.value if self.route else None,
            "works": self.works,
            "works_since": self.works_since.isoformat() if self.works_since else None,
            "looked_on": self.looked_on.isoformat() if self.looked_on else None,
            "traces": {id: _plain(one) for id, one in sorted(self.traces.items())},
            "packs": {
                key: {
                    "files": pack.files,
                    "barrier": pack.barrier,
                    "on_or_before": pack.on_or_before,
                    "access_known": pack.access_known,
                    "print": pack.print,
                    "newest": pack.newest.isoformat() if pack.newest else None,
                }
                for key, pack in sorted(self.packs.items())
            },
            "said": self.said.plain(),
        }

    def sent(self, key: str) -> datetime | None:
        """When the first of a meeting's papers went out by the route."""
        times = [one.sent for one in self.traces.values() if one.key == key and one.sent is not None]
        return min(times, default=None)

    def wants(self, meeting: Meeting, now: datetime) -> bool:
        """Whether there is something to look for: papers not seen yet, or something that stops people.

        What stops a rep may be nothing that we know of: then a new file is what we can see.
        """
        today = now.astimezone(LONDON).date()
        if meeting.cancelled or not today - BACK <= meeting.day <= today + AHEAD:
            return False
        pack = self.packs.get(meeting.key)
        if self.sent(meeting.key) is None or pack is None:
            return True
        stopped = bool(pack.barrier) or meeting.key in self.cant_open
        return (stopped and meeting.starts > now) or (
            not pack.access_known and today <= meeting.day <= today + ACCESS_AHEAD
        )

    def looks_often(self, now: datetime) -> bool:
        """Whether the last whole look was so lately that a file which is new to us is new."""
        today = now.astimezone(LONDON).date()
        return self.looked_on is not None and today - self.looked_on <= OFTEN_ENOUGH

    def with_look(self, looked: Looked, now: datetime, *, ticked: datetime | None = None) -> "Memory":
        """What is known after one more look; `ticked` is the first sending that people wrote down, by that route.

        Of a trace that we had, the earlier time stands.
        """
        traces = {id: _earlier(self.traces.get(id), one) for id, one in looked.traces.items()}
        sent = [one.sent for one in traces.values() if one.sent is not None]
        since = [*sent, *(time for time in (ticked, self.works_since) if time is not None)]
        return replace(
            self,
            works=self.works or bool(since),
            works_since=min(since, default=None),
            looked_on=now.astimezone(LONDON).date() if looked.complete else self.looked_on,
            traces=dict(self.traces) | traces,
            packs=dict(self.packs) | dict(looked.packs),
        )

    def with_rows(self, rows: Mapping[str, Trace], said: PeopleSaid) -> "Memory":
        """The same with these rows of the Papers list and what they say, and no others."""
        others = {id: one for id, one in self.traces.items() if not _is_row(id)}
        return replace(self, traces=others | dict(rows), said=said)

    def without_the_past(self, meetings: Iterable[Meeting], now: datetime) -> "Memory":
        """The same without what belongs to meetings that are long out of sight."""
        here, first = {meeting.key for meeting in meetings}, (now - KEPT).astimezone(LONDON).date()
        traces = {id: one for id, one in self.traces.items() if one.key in here or _day_of(one) >= first}
        keys = {one.key for one in traces.values()}
        return replace(self, traces=traces, packs={k: one for k, one in self.packs.items() if k in keys})

    def papers(self, key: str) -> Papers:
        """What is known of one meeting's papers by the route."""
        pack = self.packs.get(key, Pack())
        sent = self.sent(key)
        if sent is None:
            return Papers()
        return Papers(
            sent=sent,
            files=pack.files,
            barrier=pack.barrier,
            on_or_before=pack.on_or_before,
            print=pack.print,
            newest=pack.newest,
        )


def _is_row(id: str) -> bool:
    return id.startswith(f"{ROW} ")


def _earlier(before: Trace | None, now: Trace) -> Trace:
    if before is None or before.sent is None or now.sent is None or before.sent >= now.sent:
        return now
    return replace(now, sent=before.sent)


def _day_of(trace: Trace) -> date:
    return trace.day or (trace.sent.astimezone(LONDON).date() if trace.sent else date.min)


def _trace(key: str, day: str | None, sent: str | None) -> Trace:
    return Trace(key, date.fromisoformat(day) if day else None, _moment(sent))


def _plain(trace: Trace) -> list[str | None]:
    day, sent = trace.day, trace.sent
    return [trace.key, day.isoformat() if day else None, sent.isoformat() if sent else None]


def _pack(said: Mapping[str, Any]) -> Pack:
    return Pack(**dict(said) | {"newest": _moment(said.get("newest"))})


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(LONDON) if text else None
