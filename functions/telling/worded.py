"""The words of a delivery: chosen at the last moment, from what is true now.

A delivery that is no longer needed has no card. One whose alert is being seen to or checked waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from functions.saved import alert_back, findings_back
from functions.telling.needs import ids_of, needs_of, standing
from functions.telling.owing import Kind
from functions.telling.release import HELD, WHOLE
from functions.telling.thanking import thanks_back
from functions.watch import Card, Watch
from ledger.entries import Delivery, Json
from models.alerts import Alert, AlertState
from models.findings import Finding, State
from wording.cards import alert_card, ended_card, held_card, managers_card, thanks_card
from wording.plain import title

PAPERS_DUE = "papers due"  # the name under which the due days of papers still ahead are remembered of a group
PAUSED = frozenset({AlertState.IN_HAND, AlertState.BEING_CHECKED})


@dataclass(frozen=True, slots=True)
class Worded:
    """A card, and what is to be remembered with its delivery once it is paid."""

    card: Card
    paid: Json


@dataclass(frozen=True, slots=True)
class NotNow:
    """Why there is no card: for good, or only as long as the alert is in somebody's hands."""

    why: str
    waits: bool = False


async def worded(watch: Watch, delivery: Delivery) -> Worded | NotNow:
    """The card for a delivery as things stand now, or why there is none."""
    match delivery.value.get("kind"):
        case Kind.LIST:
            return await _list(watch, delivery)
        case Kind.HELD:
            return await _held(watch, delivery)
        case Kind.THANKS:
            thanks = thanks_back(delivery.value)
            card = thanks_card(watch.texts, thanks, watch.book.agreement, again=delivery.again)
            return Worded(card, delivery.value)
    return await _alert(watch, delivery)


def changed_since(delivery: Delivery, alert: Alert | None) -> bool:
    """Whether what was owed about an alert is no longer what it says."""
    if alert is None or alert.opened_at.isoformat() != delivery.value["opened_at"]:
        return True
    return alert.state not in PAUSED and alert.state != delivery.value["state"]


async def _alert(watch: Watch, delivery: Delivery) -> Worded | NotNow:
    entry = (await watch.ledger.alerts(delivery.group)).get(delivery.about)
    alert, found = (alert_back(entry.value), findings_back(entry.value)) if entry else (None, ())
    if alert is None or not found or changed_since(delivery, alert):
        return NotNow("put right meanwhile")
    if alert.state in PAUSED:
        return NotNow(f"{alert.state}", waits=True)
    if alert.stands:
        promise = watch.book.agreement.promise(alert.promise)
        due = await _papers_due(watch, delivery.group, found)
        card = alert_card(watch.texts, alert, found, promise, papers_due=due, again=delivery.again)
        return Worded(card, {**delivery.value, "said": _said(found)})
    meeting = found[0].meeting
    name = title(meeting) if meeting is not None else alert.group
    return Worded(ended_card(watch.texts, alert, name, again=delivery.again), delivery.value)


async def _papers_due(watch: Watch, group: str, found: Sequence[Finding]) -> date | None:
    """The line at booking: by when the papers of the one meeting of a card are to go out."""
    days = (await watch.ledger.remembered(group)).get(PAPERS_DUE, {})
    known = [days[finding.subject] for finding in found if finding.subject in days]
    return date.fromisoformat(known[0]) if len(found) == len(known) == 1 else None


def _said(found: Sequence[Finding]) -> str:
    """Whether there was still something to put right when people were told."""
    ahead = any(finding.state is State.AT_RISK for finding in found)
    return (State.AT_RISK if ahead else State.MISSED).value


async def _list(watch: Watch, delivery: Delivery) -> Worded | NotNow:
    needs = await needs_of(watch.ledger, watch.book, observing=watch.observing)
    ids = ids_of(needs)
    if not ids:
        return NotNow("nothing is left on the list")
    card = managers_card(watch.texts, needs, watch.book.agreement, again=delivery.again)
    return Worded(card, {**delivery.value, "listed": sorted(ids)})


async def _held(watch: Watch, delivery: Delivery) -> Worded | NotNow:
    held = set((await watch.ledger.remembered(WHOLE)).get(HELD, {}).get("about", ()))
    alerts = []
    for group in watch.book.agreement.groups:
        alerts += standing((await watch.ledger.alerts(group.name)).values(), watch.book)
    waiting = [(alert, found) for alert, found in alerts if alert.key in held]
    if not waiting:
        return NotNow("put right meanwhile")
    return Worded(held_card(watch.texts, waiting, watch.book.agreement, again=delivery.again), delivery.value)
