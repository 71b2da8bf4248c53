"""The nightly run that lets go what has had its time, by the table in models/retention.py.

It may die anywhere and be run again, by several at once: counts are saved before what they count goes, each thing
goes only as it was read, and a group is tidied under the lease of its review. What a review holds now waits for
the next night.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from functions.keeping import outgoing
from functions.keeping.counted import TOTALS, count, of_alert, of_delivery, of_statement
from functions.keeping.remembered import LEFT, Known, after_its_time, still_followed
from functions.people_read import read_people
from functions.telling.release import WHOLE
from functions.watch import Watch
from ledger.entries import AlertEntry, Delivery, Json, Snapshot, StatementEntry
from ledger.faults import ChangedSince
from models.retention import (
    NOTES,
    REP,
    Place,
    day_of,
    facts_until,
    is_lease,
    is_past,
    is_person,
    month_after,
    place_of,
    titles_until,
    unknown_names,
)

NAME = "retention"  # of the lease, and of what is remembered of the last night
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Tidied:
    """What went, or would go, by kind and how many.

    `busy` groups were being reviewed. `unknown` are names under which something is remembered that no table has.
    """

    gone: Mapping[str, int] = field(default_factory=dict)
    busy: int = 0
    unknown: tuple[str, ...] = ()
    dry: bool = False

    @property
    def anything(self) -> bool:
        """Whether anything went, or would go."""
        return any(self.gone.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """All that the ledger has of one name, and what of it goes."""

    name: str
    remembered: Mapping[str, Json]
    stamps: frozenset[str]
    snapshot: Snapshot | None
    snapshot_over: bool
    held: outgoing.Held
    left: Mapping[str, str]
    stamps_over: tuple[str, ...]
    alerts_over: tuple[AlertEntry, ...]
    statements_over: tuple[StatementEntry, ...]
    deliveries_over: tuple[Delivery, ...]


async def tidy(watch: Watch, now: datetime, *, dry: bool = False) -> Tidied:
    """Let go all that has had its time; with `dry` only say how much that is. `now` is aware."""
    if not dry and not await watch.ledger.take_lease(NAME, by=watch.by, now=now, until=now + LEASE):
        return Tidied(busy=1)
    try:
        with watch.telemetry.measured("tidy") as seen:
            tidied = await _all(watch, now, dry=dry)
            seen.update({name.replace(" ", "_"): number for name, number in tidied.gone.items()})
            seen.update({"busy": tidied.busy, "unknown": len(tidied.unknown)})
        return tidied
    finally:
        if not dry:
            await watch.ledger.give_lease(NAME, by=watch.by)


async def _all(watch: Watch, now: datetime, *, dry: bool) -> Tidied:
    known = watch.book.agreement.group
    found = [name for name in await watch.ledger.names() if known(name) or not is_lease(name)]
    names = list(
        dict.fromkeys((WHOLE, *found))
    )  # mails to reps are the partnership's, with or without words of its own
    people = frozenset(name.removeprefix(REP) for name in names if is_person(name))
    gone: Counter[str] = Counter()
    unknown: list[str] = []
    busy = 0
    for name in names:
        if place_of(name) in (Place.GROUP, Place.PARTNERSHIP):
            if not dry and not await _taken(watch, name, now):
                busy += 1
                continue
            try:
                group = await _read(watch, name, people, now)
                unknown += unknown_names(place_of(name), group.remembered)
                gone += await _tidied(watch, group, day_of(now), dry=dry)
            finally:
                if not dry:
                    await watch.ledger.give_lease(name, by=watch.by)
    for name in names:
        if place_of(name) in (Place.REP, Place.SITE):
            unknown += unknown_names(place_of(name), await watch.ledger.remembered(name))
    gone += await _calendars_gone(watch, dry=dry)
    gone += await _people_who_left(watch, people, day_of(now), dry=dry)
    return Tidied(gone, busy, tuple(dict.fromkeys(unknown)), dry)


async def _taken(watch: Watch, name: str, now: datetime) -> bool:
    return await watch.ledger.take_lease(name, by=watch.by, now=now, until=now + LEASE)


async def _read(watch: Watch, name: str, people: frozenset[str], now: datetime) -> _Group:
    ledger, agreement, today = watch.ledger, watch.book.agreement, day_of(now)
    snapshot = await ledger.snapshot(name)
    unread = bool(name) and agreement.group(name) is None
    over = snapshot is not None and unread and is_past(facts_until(day_of(snapshot.read_at)), today)
    here = frozenset(one.key for one in snapshot.meetings) if snapshot and not over else frozenset()
    stamps = frozenset(await ledger.stamps(name))
    remembered = await ledger.remembered(name)
    before = remembered.get(LEFT, {})
    left = {key: before.get(key, today.isoformat()) for key in sorted(stamps - here)}
    held = outgoing.Held(
        alerts=await ledger.alerts(name),
        statements=await ledger.statements(name),
        deliveries=_own(await ledger.deliveries(name), name),
        gone=unread and (snapshot is None or over),
        people=people,
        ahead=frozenset(
            one.key
            for one in (snapshot.meetings if snapshot and not over else ())
            if not is_past(titles_until(day_of(one.starts)), today)
        ),
    )
    return _Group(
        name=name,
        remembered=remembered,
        stamps=stamps,
        snapshot=snapshot,
        snapshot_over=over,
        held=held,
        left=left,
        stamps_over=tuple(
            k for k, day in left.items() if is_past(month_after(date.fromisoformat(day)), today)
        ),
        alerts_over=outgoing.alerts_over(held, agreement, today),
        statements_over=outgoing.statements_over(held, agreement, today),
        deliveries_over=outgoing.deliveries_over(held, today),
    )


def _own(deliveries: Sequence[Delivery], name: str) -> tuple[Delivery, ...]:
    """A group's own; the partnership's are those of its reps too, so that counts outlive a rep."""
    if name:
        return tuple(deliveries)
    return tuple(one for one in deliveries if place_of(one.group) is not Place.GROUP)


async def _tidied(watch: Watch, group: _Group, today: date, *, dry: bool) -> Counter[str]:
    """Counts first, then what they count, then what hangs on it.

    Stamps go before the days since when they are out of sight: the other way round those would begin anew.
    """
    ledger, name = watch.ledger, group.name
    unnamed = outgoing.alerts_unnamed(group.held, today)
    unsaid = outgoing.statements_unnamed(group.held, today)
    going = {one.key for one in group.alerts_over}
    unnamed = tuple(one for one in unnamed if one.key not in going)
    changed = await _remembered_after(watch, group, today)
    gone = Counter(
        {
            "deliveries": len(group.deliveries_over),
            "alerts": len(group.alerts_over),
            "statements": len(group.statements_over),
            "statements made a role's": len(unsaid),
            "alerts without old titles": len(unnamed),
            "stamps": len(group.stamps_over),
            "windows": int(group.snapshot_over),
            "remembered values": sum(name != LEFT for name in changed),
        }
    )
    if dry:
        return gone
    await count(
        ledger,
        name,
        [
            *map(of_delivery, group.deliveries_over),
            *map(of_alert, group.alerts_over),
            *map(of_statement, group.statements_over),
        ],
    )
    await ledger.forget_deliveries(group.deliveries_over)
    await ledger.forget_alerts(name, group.alerts_over)
    await ledger.change_statements(name, [*((one, None) for one in group.statements_over), *unsaid])
    with suppress(ChangedSince):  # somebody was quicker: tomorrow night
        await ledger.save_alerts(name, unnamed)
    await ledger.forget_stamps(name, group.stamps_over)
    for what, value in changed.items():
        await ledger.change_remembered(name, what, group.remembered.get(what), value)
    if group.snapshot_over and group.snapshot is not None:
        await ledger.forget_snapshot(name, group.snapshot.read_at)
    return gone


async def _remembered_after(watch: Watch, group: _Group, today: date) -> dict[str, Json | None]:
    """What becomes of each remembered value that changes; None where nothing of it stays."""
    stamps = group.stamps - set(group.stamps_over)
    here = stamps | {one.key for one in group.snapshot.meetings} if group.snapshot else stamps
    here = frozenset(here | still_followed(group.remembered.get("moved", {}), frozenset(here)))
    deliveries = () if group.name else await watch.ledger.deliveries()
    known = Known(
        today=today,
        agreement=watch.book.agreement,
        meetings=here,
        deliveries=frozenset(one.key for one in deliveries),
    )
    left = {key: day for key, day in group.left.items() if key in stamps}
    after: dict[str, Json | None] = {
        name: after_its_time(name, value, known) for name, value in group.remembered.items()
    }
    if group.left or LEFT in group.remembered:
        after[LEFT] = left or None
    held = group.held
    if held.gone and not (stamps or held.alerts or held.statements or held.deliveries):
        after = {name: value if name == TOTALS else None for name, value in after.items()}
    return {name: value for name, value in after.items() if _differs(group.remembered.get(name), value)}


def _differs(before: Json | None, after: Json | None) -> bool:
    return (None if before is None else dict(before)) != (None if after is None else dict(after))


async def _calendars_gone(watch: Watch, *, dry: bool) -> Counter[str]:
    """Forget the notes of calendars that the agreement does not have any more: by key, but under an address."""
    notes = await watch.ledger.remembered(NOTES)
    over = {mailbox: note for mailbox, note in notes.items() if mailbox not in watch.book.agreement.calendars}
    for mailbox, note in over.items():
        if not dry:
            await watch.ledger.change_remembered(NOTES, mailbox, note, None)
    return Counter({"notes of calendars": len(over)})


async def _people_who_left(watch: Watch, people: frozenset[str], today: date, *, dry: bool) -> Counter[str]:
    """Forget what a rep had chosen, 30 days after the rep's last row has left the register.

    Where the register can't be read in full, nobody has left.
    """
    gone: Counter[str] = Counter()
    if not people or not watch.site:
        return gone
    read = await read_people(watch.tenant, watch.site)
    if not read.whole:
        return gone
    for key in sorted(people):
        name = f"{REP}{key}"
        noted = (await watch.ledger.remembered(name)).get(LEFT)
        if key in read.people.reps:
            if noted is not None and not dry:
                await watch.ledger.change_remembered(name, LEFT, noted, None)
        elif noted is None:
            if not dry:
                await watch.ledger.change_remembered(name, LEFT, None, {"since": today.isoformat()})
        elif is_past(month_after(date.fromisoformat(noted["since"])), today):
            gone["reps who have left"] += 1
            if not dry:
                await forget_rep(watch, key)
    return gone


async def forget_rep(watch: Watch, key: str) -> None:
    """Forget all that is kept under a rep's key; what was sent is counted first."""
    name = f"{REP}{key}"
    theirs = await watch.ledger.deliveries(name)
    await count(watch.ledger, WHOLE, map(of_delivery, theirs), beside=True)
    await watch.ledger.forget(name)
