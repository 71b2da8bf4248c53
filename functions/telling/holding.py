"""The breaker: when too much comes up at once, nobody is told before the manager has looked.

Ten new alerts in one round are more than a partnership makes by itself: a calendar was replaced, a list
of dates changed, a rule was mended. Then the fault is likely ours (DESIGN.md, How people are told, 2).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from functions.saved import alert_back
from functions.telling.owing import MANAGER, Kind
from functions.telling.release import HELD, WHOLE, held_keys, let_go_keys, released
from functions.telling.worded import changed_since
from functions.watch import Watch
from ledger.entries import AlertEntry, Delivery, Json

AT_MOST = 10  # new alerts in one round

Alerts = Mapping[str, Mapping[str, AlertEntry]]


async def not_held(watch: Watch, due: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """What may be sent of what is due. More than ten new alerts are all held, and the manager is asked why.

    What was held and was put right meanwhile is dropped. What the manager has let go, or looked at when a
    group was released, is not held again.
    """
    held = await held_keys(watch.ledger)
    free = let_go_keys(await watch.ledger.remembered(WHOLE))
    openings = [one for one in due if one.value.get("kind") == Kind.OPENED]
    groups = {one.group for one in openings}
    alerts = {group: await watch.ledger.alerts(group) for group in groups}
    memories = {group: await watch.ledger.remembered(group) for group in groups}
    fresh = [
        one
        for one in openings
        if one.key not in held | free
        and not _is_over(one, alerts)
        and _after_the_release(one, memories[one.group], watch)
    ]
    if len(fresh) > AT_MOST:
        await _hold(watch, fresh, held, now)
        held |= {one.key for one in fresh}
    for one in openings:
        if one.key in held and _is_over(one, alerts):
            await watch.ledger.drop(one.group, one.key, at=now, note="put right meanwhile")
    return [one for one in due if one.key not in held]


def _after_the_release(delivery: Delivery, remembered: Mapping[str, Json], watch: Watch) -> bool:
    """Whether its alert opened after the manager had looked at the group and released it."""
    release = released(remembered, watch.book)
    return release is None or datetime.fromisoformat(delivery.value["opened_at"]) > release.at


def _is_over(delivery: Delivery, alerts: Alerts) -> bool:
    entry = alerts[delivery.group].get(delivery.about)
    return changed_since(delivery, alert_back(entry.value) if entry else None)


async def _hold(watch: Watch, fresh: Sequence[Delivery], held: frozenset[str], now: datetime) -> None:
    before = (await watch.ledger.remembered(WHOLE)).get(HELD, {}) if held else {}
    about = {*before.get("about", ()), *(one.about for one in fresh)}
    keys = sorted(held | {one.key for one in fresh})
    await watch.ledger.remember(WHOLE, HELD, {"keys": keys, "about": sorted(about), "at": now.isoformat()})
    if watch.reaches_manager:
        asked = Delivery(
            key=f"held/{now.isoformat()}",
            group=WHOLE,
            channel=MANAGER,
            about="held",
            not_before=now,
            value={"kind": Kind.HELD.value},
        )
        await watch.ledger.owe([asked])
