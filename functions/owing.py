"""What alerts owe: the cards that follow from them, and the words of each at the moment it is sent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from functions.saved import alert_back, alert_saved, findings_back
from ledger.entries import AlertEntry, Delivery, DeliveryState
from models.agreement import Agreement
from models.alerts import Alert, Reconciled, alert_key
from models.findings import Finding
from wording.cards import alert_card, ended_card
from wording.plain import title

CHANNEL = "teams"
TOLD = (DeliveryState.PAID, DeliveryState.UNSURE)

Card = dict[str, Any]


def entries_to_save(
    reconciled: Reconciled, live: Iterable[Finding], known: Mapping[str, AlertEntry]
) -> list[AlertEntry]:
    """Alerts whose state, dates or findings differ from what the ledger has.

    An alert that ended keeps its last findings, so that word of its end can name the meeting.
    """
    current: dict[str, list[Finding]] = {}
    for finding in live:
        if finding.found:
            current.setdefault(alert_key(finding), []).append(finding)
    changed = []
    for key, alert in reconciled.alerts.items():
        saved = known.get(key)
        value = alert_saved(alert, current.get(key) or (findings_back(saved.value) if saved else ()))
        if saved is None or dict(saved.value) != value:
            changed.append(AlertEntry(key, value, saved.version if saved else 0))
    return changed


def owed(alerts: Iterable[Alert], before: Sequence[Delivery], now: datetime) -> list[Delivery]:
    """A card for each alert that stands, and word of its end for whoever was told of it.

    It follows from the alerts as they are, not from what changed: what a review that died did not get to,
    the next one owes. What is owed already is not owed again (same key).
    """
    told = {delivery.about for delivery in before if delivery.state in TOLD}
    return [_delivery(alert, now) for alert in alerts if alert.stands or alert.key in told]


def worded(delivery: Delivery, entry: AlertEntry | None, agreement: Agreement) -> Card | None:
    """The card from the alert as it is now; None where that is no longer what was owed."""
    if entry is None:
        return None
    alert, found = alert_back(entry.value), findings_back(entry.value)
    if str(alert.state) != delivery.value["state"] or not found:
        return None
    if alert.stands:
        return alert_card(alert, found, agreement.promise(alert.promise), again=delivery.again)
    meeting = found[0].meeting
    return ended_card(alert, title(meeting) if meeting is not None else alert.group, again=delivery.again)


def _delivery(alert: Alert, now: datetime) -> Delivery:
    return Delivery(
        key=f"{alert.key}/{alert.state}/{alert.opened_at.isoformat()}",
        group=alert.group,
        channel=CHANNEL,
        about=alert.key,
        not_before=now,
        value={"state": str(alert.state)},
    )
