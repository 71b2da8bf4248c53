"""Whose meeting is it, where it lies in several calendars: one meeting is reviewed once (DESIGN.md, Meetings).

A joint meeting is in two groups' mailboxes. The group whose home calendar holds it comes first, else the
organiser's copy. Each calendar leaves a note of the meetings that it holds, so that whoever reads another one
knows; in the cloud each may be read by another process. Notes are written before they are compared: of two
that read at the same time, one sees the other's at least. Once people were told, a meeting stays with the
group that heard of it: docs/decisions/011.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from functions.saved import alert_back
from functions.telling.owing import HEARD, Kind
from functions.watch import Watch
from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError
from ledger.entries import DeliveryState, Json
from models.facts import Meeting

NOTES = "meetings by calendar"  # no group: here each calendar's note is remembered, under its address
AWAY = "away"  # in a note: the meetings that are another calendar's own
GOING_OUT = frozenset({*HEARD, DeliveryState.CLAIMED})

Windows = Mapping[str, WindowRead | GraphError]
ReadWindows = Callable[[Sequence[str]], Awaitable[Windows]]


@dataclass(frozen=True, slots=True)
class _Note:
    """The meetings of one calendar, by key: how good a home it is for each, and which of them are away."""

    places: Mapping[str, int] = field(default_factory=dict)
    away: frozenset[str] = frozenset()


async def each_at_home(watch: Watch, mailboxes: Sequence[str], read: ReadWindows) -> Windows:
    """Read these calendars; each has only those meetings that are not another's own.

    A calendar that nobody asked for is read with them where it turns out that a meeting of its own has a
    better home in one of these. It comes first, so that its group's word is taken back before another's begins.
    """
    windows = await read(mailboxes)
    if len(watch.book.agreement.calendars) < 2:
        return windows
    notes = await _notes(watch)
    noted = _noted(windows, notes)
    if await _leave(watch, noted, notes):  # else ours lay there before, and others have seen it
        notes = await _notes(watch)
    known = {**notes, **noted}
    homes, left = await _homes(watch, known, noted)
    if left:
        others = await read(left)
        again = _noted(others, known)
        windows = {**others, **windows}
        noted, known = {**noted, **again}, {**known, **again}
        homes |= (await _homes(watch, known, again))[0]
    settled = {
        mailbox: replace(
            note, away=frozenset(key for key in note.places if homes.get(key, mailbox) != mailbox)
        )
        for mailbox, note in noted.items()
    }
    await _leave(watch, settled, known)
    return {
        mailbox: one if isinstance(one, GraphError) else _own(one, settled[mailbox].away)
        for mailbox, one in windows.items()
    }


def _noted(windows: Windows, before: Mapping[str, _Note]) -> dict[str, _Note]:
    """The note of each calendar that was read. What could not be read whole still holds what it held."""
    found = {}
    for mailbox, read in windows.items():
        if isinstance(read, GraphError):
            continue
        note = before.get(mailbox, _Note())
        held = dict(note.places) if read.unreadable else {}
        held |= {meeting.key: _place(meeting) for meeting in read.meetings if not meeting.cancelled}
        found[mailbox] = _Note(held, note.away & held.keys())
    return found


def _place(meeting: Meeting) -> int:
    """0 in the home calendar of its group and there its organiser's, 1 at home, 2 its organiser's, 3 a guest's."""
    return 2 * (not meeting.group) + (meeting.organiser.casefold() != meeting.source.casefold())


async def _homes(
    watch: Watch, known: Mapping[str, _Note], read: Iterable[str]
) -> tuple[dict[str, str], list[str]]:
    """The home of each meeting that several calendars hold, one of them just `read`; and which lose one so.

    Those that lose one and were not read themselves are to be looked at again.
    """
    holders: dict[str, list[str]] = {}
    for mailbox, note in known.items():
        for key in note.places:
            holders.setdefault(key, []).append(mailbox)
    just_read = set(read)
    told = _Told(watch)
    homes: dict[str, str] = {}
    left: set[str] = set()
    for key, some in holders.items():
        if len(some) < 2 or just_read.isdisjoint(some):
            continue
        best, *others = sorted(some, key=lambda one: (known[one].places[key], one.casefold()))
        had = [one for one in others if key not in known[one].away]
        kept = [one for one in had if await told.heard_of(one, key)]
        homes[key] = kept[0] if kept and not await told.heard_of(best, key) else best
        left |= {one for one in had if one != homes[key]} - just_read
    return homes, sorted(left)


class _Told:
    """Of which meetings people have heard by a calendar's groups; each group is looked at once."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._keys: dict[str, frozenset[str]] = {}

    async def heard_of(self, mailbox: str, key: str) -> bool:
        """Whether somebody was told of this meeting, and it still stands."""
        if mailbox not in self._keys:
            groups = self._watch.groups_of(mailbox)
            self._keys[mailbox] = frozenset().union(*[await self._heard(group.name) for group in groups])
        return key in self._keys[mailbox]

    async def _heard(self, group: str) -> set[str]:
        ledger = self._watch.ledger
        alerts = {key: alert_back(entry.value) for key, entry in (await ledger.alerts(group)).items()}
        if not any(alert.stands for alert in alerts.values()):
            return set()
        out = {
            one.about
            for one in await ledger.deliveries(group)
            if one.value.get("kind") == Kind.OPENED and one.state in GOING_OUT
        }
        return {day for key, alert in alerts.items() if alert.stands and key in out for day in alert.dates}


async def _notes(watch: Watch) -> dict[str, _Note]:
    """The notes of the agreement's calendars, as they were left."""
    remembered = await watch.ledger.remembered(NOTES)
    calendars = set(watch.book.agreement.calendars)
    return {mailbox: _back(note) for mailbox, note in remembered.items() if mailbox in calendars}


async def _leave(watch: Watch, notes: Mapping[str, _Note], before: Mapping[str, _Note]) -> bool:
    """Leave the notes that are other than `before`; whether there were any."""
    changed = {mailbox: note for mailbox, note in notes.items() if note != before.get(mailbox)}
    for mailbox, note in changed.items():
        await watch.ledger.remember(NOTES, mailbox, _saved(note))
    return bool(changed)


def _saved(note: _Note) -> Json:
    by_place: dict[str, list[str]] = {}
    for key, place in sorted(note.places.items()):
        by_place.setdefault(str(place), []).append(key)
    return {"places": by_place, AWAY: sorted(note.away)}


def _back(saved: Json) -> _Note:
    places = {key: int(place) for place, keys in saved["places"].items() for key in keys}
    return _Note(places, frozenset(saved[AWAY]))


def _own(read: WindowRead, away: frozenset[str]) -> WindowRead:
    if not any(meeting.key in away for meeting in read.meetings):
        return read
    return replace(read, meetings=tuple(one for one in read.meetings if one.key not in away))
