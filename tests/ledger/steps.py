"""Every step that a ledger can take, each with what went before it: for those who break the wire under it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ledger import Ledger
from ledger.entries import (
    AlertEntry,
    Delivery,
    DeliveryState,
    Known,
    Sighting,
    Snapshot,
    StatementEntry,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
BOARD, OTHER = "SEND Partnership Board", "Inclusion/Group #2?"
CARD = Delivery(key="a/P04/m1", group=BOARD, channel="teams", about="a/P04/m1", not_before=NOW)
MAIL = Delivery(key="a/P05/m1", group=OTHER, channel="mail", about="a/P05/m1", not_before=NOW)
BOX = Sighting(key="m1", starts=NOW + HOUR, ends=NOW + 2 * HOUR, place="County Hall")
WINDOW = Snapshot(first=date(2026, 10, 1), last=date(2027, 12, 1), read_at=NOW, meetings=(Known("m1", NOW),))
Done = Callable[[Ledger], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Step:
    """One call of one method, after what `before` did."""

    name: str
    take: Done
    before: tuple[Done, ...] = ()


async def _save_alerts(ledger: Ledger, version: int) -> None:
    """Bring 150 alerts to a version: those that are not there yet, as a review would after a death."""
    known = await ledger.alerts(BOARD)
    read = [known.get(key, AlertEntry(key, {})) for key in (f"a{n:03}" for n in range(150))]
    left = [replace(one, value={"now": version}) for one in read if one.version < version]
    await ledger.save_alerts(BOARD, left)


def _first_alerts(ledger: Ledger) -> Awaitable[Any]:
    return _save_alerts(ledger, 1)


def _alerts_again(ledger: Ledger) -> Awaitable[Any]:
    return _save_alerts(ledger, 2)


def _owe(ledger: Ledger) -> Awaitable[Any]:
    return ledger.owe([CARD, MAIL])


def _claim(ledger: Ledger) -> Awaitable[Any]:
    return ledger.claim(BOARD, CARD.key, by="me", now=NOW, until=NOW + HOUR)


def _find(ledger: Ledger) -> Awaitable[Any]:
    return ledger.find_unsure(NOW + HOUR)


def _settle(ledger: Ledger) -> Awaitable[Any]:
    return ledger.settle(BOARD, CARD.key, DeliveryState.PAID, by="me", at=NOW, value={"id": "1"}, note="n")


def _put_off(ledger: Ledger) -> Awaitable[Any]:
    return ledger.put_off(BOARD, CARD.key, by="me", not_before=NOW + HOUR)


def _drop(ledger: Ledger) -> Awaitable[Any]:
    return ledger.drop(BOARD, CARD.key, at=NOW, note="put right")


def _stamp(ledger: Ledger) -> Awaitable[Any]:
    return ledger.stamp(BOARD, [BOX], NOW, on_or_before=True)


def _stamp_many(ledger: Ledger) -> Awaitable[Any]:
    seen = [
        Sighting(key=f"m{n}", starts=BOX.starts + HOUR, ends=BOX.ends + HOUR, place="x") for n in range(150)
    ]
    return ledger.stamp(BOARD, seen, NOW, on_or_before=False)


def _save_window(ledger: Ledger) -> Awaitable[Any]:
    return ledger.save_snapshot(BOARD, WINDOW)


def _said(ledger: Ledger) -> Awaitable[Any]:
    return ledger.add_statements(BOARD, [StatementEntry(f"s{n}", NOW, {"n": n}) for n in range(3)])


def _remember(ledger: Ledger) -> Awaitable[Any]:
    return ledger.remember(BOARD, "released", {"at": "2026-11-23"})


def _lease(ledger: Ledger) -> Awaitable[Any]:
    return ledger.take_lease(BOARD, by="me", now=NOW, until=NOW + HOUR)


def _longer_lease(ledger: Ledger) -> Awaitable[Any]:
    return ledger.take_lease(BOARD, by="me", now=NOW, until=NOW + 2 * HOUR)


def _give(ledger: Ledger) -> Awaitable[Any]:
    return ledger.give_lease(BOARD, by="me")


def _forget(ledger: Ledger) -> Awaitable[Any]:
    return ledger.forget(BOARD)


def _forget_stamps(ledger: Ledger) -> Awaitable[Any]:
    return ledger.forget_stamps(BOARD, [f"m{n}" for n in range(149)])


def _forget_window(ledger: Ledger) -> Awaitable[Any]:
    return ledger.forget_snapshot(BOARD, NOW)


async def _forget_alerts(ledger: Ledger) -> None:
    await ledger.forget_alerts(BOARD, [AlertEntry(f"a{n:03}", {}, 1) for n in range(150)])


def _unsay(ledger: Ledger) -> Awaitable[Any]:
    first, second, _ = (StatementEntry(f"s{n}", NOW, {"n": n}) for n in range(3))
    return ledger.change_statements(BOARD, [(first, None), (second, replace(second, id="x", value={}))])


async def _remember_instead(ledger: Ledger) -> None:
    await ledger.change_remembered(BOARD, "released", {"at": "2026-11-23"}, {"at": "2026-11-24"})


async def _forget_remembered(ledger: Ledger) -> None:
    await ledger.change_remembered(BOARD, "released", {"at": "2026-11-23"}, None)


async def _forget_deliveries(ledger: Ledger) -> None:
    await ledger.forget_deliveries([replace(CARD, settled_at=NOW), MAIL])


STEPS = (
    Step("stamp", _stamp),
    Step("stamp many, one of which moved", _stamp_many, (_stamp,)),
    Step("save a snapshot", _save_window),
    Step("save a snapshot again", _save_window, (_save_window,)),
    Step("save 150 new alerts", _first_alerts),
    Step("save 150 alerts again", _alerts_again, (_first_alerts,)),
    Step("add statements", _said),
    Step("remember", _remember),
    Step("remember again", _remember, (_remember,)),
    Step("owe", _owe),
    Step("claim", _claim, (_owe,)),
    Step("settle", _settle, (_owe, _claim)),
    Step("put off a claim", _put_off, (_owe, _claim)),
    Step("put off what is unsure", _put_off, (_owe, _claim, _find)),
    Step("drop", _drop, (_owe,)),
    Step("find what is unsure", _find, (_owe, _claim)),
    Step("take a lease", _lease),
    Step("take it for longer", _longer_lease, (_lease,)),
    Step("give it back", _give, (_lease,)),
    Step("forget a name", _forget, (_stamp_many, _save_window, _said, _remember, _owe, _lease)),
    Step("forget stamps", _forget_stamps, (_stamp_many,)),
    Step("forget a window", _forget_window, (_save_window,)),
    Step("forget 150 alerts", _forget_alerts, (_first_alerts,)),
    Step("change statements", _unsay, (_said,)),
    Step("remember instead", _remember_instead, (_remember,)),
    Step("forget what is remembered", _forget_remembered, (_remember,)),
    Step("forget deliveries", _forget_deliveries, (_owe, _claim, _settle)),
)
READINGS = (
    Step("stamps", lambda one: one.stamps(BOARD)),
    Step("snapshot", lambda one: one.snapshot(BOARD)),
    Step("alerts", lambda one: one.alerts(BOARD)),
    Step("statements", lambda one: one.statements(BOARD)),
    Step("remembered", lambda one: one.remembered(BOARD)),
    Step("due", lambda one: one.due(NOW + 9 * HOUR)),
    Step("deliveries", lambda one: one.deliveries()),
    Step("names", lambda one: one.names()),
)
ALL_BEFORE = (_stamp_many, _save_window, _first_alerts, _said, _remember, _owe, _lease)


async def all_of(ledger: Ledger) -> dict[str, Any]:
    """Everything that a ledger holds of the groups above; ends with a try to take the lease."""
    held = {one.name: await one.take(ledger) for one in READINGS}
    free_at = (NOW, NOW + HOUR, NOW + 2 * HOUR)
    tries = [await ledger.take_lease(BOARD, by="other", now=at, until=NOW + 9 * HOUR) for at in free_at]
    return held | {"lease": tries}
