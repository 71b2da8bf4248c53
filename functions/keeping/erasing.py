"""Erases one person from the ledger: everything by key, and every word that names them. Counts stay.

Each thing goes only as it was read, so that nothing that somebody saves meanwhile is lost; what was changed
meanwhile is said, and goes at the next try. The register is left to people: see docs/decisions/013.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from functions.keeping.counted import count, of_delivery
from functions.keeping.outgoing import unnamed
from functions.keeping.person import Person, is_to
from functions.keeping.tidying import forget_rep
from functions.keeping.unnamed import mentions, without
from functions.telling.release import WHOLE
from functions.watch import Watch
from ledger.entries import Delivery, DeliveryState
from ledger.faults import ChangedSince
from wording.held_about import Erased

NOTE = "erased"


async def erase(watch: Watch, person: Person, now: datetime, *, dry: bool = False) -> Erased:
    """Erase a person; with `dry` only say how much that would be. `now` is aware."""
    gone: Counter[str] = Counter()
    deliveries = [one for one in await watch.ledger.deliveries() if is_to(one, person)]
    gone["mails and cards"] = len(deliveries)
    waiting = 0 if dry else await _deliveries_gone(watch, deliveries, now)
    busy = 0
    for name in await watch.ledger.names():
        if name == person.partition:
            gone["choices"] += len(await watch.ledger.remembered(name))
            if not dry:
                await forget_rep(watch, person.key)
            continue
        done, left = await _group(watch, name, person, dry=dry)
        gone += done
        busy += left
    return Erased(gone=dict(gone), waiting=waiting, busy=busy, dry=dry)


async def _deliveries_gone(watch: Watch, theirs: list[Delivery], now: datetime) -> int:
    """Drop what is owed, count and forget what nobody sends; how many are being sent at this moment."""
    for one in theirs:
        if one.state is DeliveryState.OWED:
            await watch.ledger.drop(one.group, one.key, at=now, note=NOTE)
    keys = {(one.group, one.key) for one in theirs}
    ours = [one for one in await watch.ledger.deliveries() if (one.group, one.key) in keys]
    over = [one for one in ours if one.state not in (DeliveryState.OWED, DeliveryState.CLAIMED)]
    await count(watch.ledger, WHOLE, map(of_delivery, over), beside=True)
    gone = await watch.ledger.forget_deliveries(over)
    return len(ours) - len(gone)


async def _group(watch: Watch, name: str, person: Person, *, dry: bool) -> tuple[Counter[str], int]:
    """One group's alerts, statements and what else is remembered; how many others changed meanwhile."""
    ledger, words = watch.ledger, person.words
    alerts = [one for one in (await ledger.alerts(name)).values() if mentions(one.value, words)]
    said = [one for one in await ledger.statements(name) if mentions([one.id, one.value], words)]
    values = {
        what: one for what, one in (await ledger.remembered(name)).items() if mentions([what, one], words)
    }
    gone = Counter(
        {"meetings without the name": len(alerts), "statements": len(said), "remembered": len(values)}
    )
    if dry:
        return gone, 0
    busy = 0
    for alert in alerts:
        try:
            await ledger.save_alerts(name, [replace(alert, value=without(dict(alert.value), words))])
        except ChangedSince:
            busy += 1
    await ledger.change_statements(name, [(one, unnamed(one, words)) for one in said])
    for what, value in values.items():
        after = None if mentions(what, words) else without(dict(value), words)
        busy += not await ledger.change_remembered(name, what, value, after)
    return gone, busy
