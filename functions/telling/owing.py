"""What alerts owe: who is to hear what, and not before when. Pure: the review saves it, `sending` words it.

It follows from the alerts as they are, not from what changed: what a review that died did not get to, the
next one owes. What is owed already is not owed again (same key).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from functions.saved import alert_saved, findings_back
from functions.telling.release import Release, is_quiet
from ledger.entries import AlertEntry, Delivery, DeliveryState
from models.agreement import Operator
from models.alerts import Alert, AlertState, Reconciled, alert_key
from models.facts import Stamp
from models.findings import Finding, State
from models.papers_due import on_time_lately
from models.rulebook import Rulebook
from models.telling import Hours, settles_at

OFFICERS, MANAGER = "teams", "manager"  # the channels
HEARD = (DeliveryState.PAID, DeliveryState.UNSURE)
ENDS_TOLD = frozenset(
    {
        AlertState.PUT_RIGHT,
        AlertState.TAKEN_BACK,
        AlertState.EXPLAINED,
        AlertState.AGREED,
        AlertState.CALLED_OFF,
        AlertState.SUPERSEDED,
    }
)


class Kind(StrEnum):
    """What a delivery is."""

    OPENED = "opened"  # an alert, for the first time
    LATE = "late"  # papers that were asked for in time, and were not seen by the agreed day
    ENDED = "ended"  # to whoever was told of an alert
    HELD = "held"  # to the manager: too much at once
    LIST = "list"  # to the manager: all that nobody else is told
    THANKS = "thanks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Whom and when to tell in this round, as the partnership has it."""

    book: Rulebook
    hours: Hours
    settle_minutes: int
    observing: bool
    release: Release | None
    now: datetime

    def leaves(self, settled: datetime) -> datetime:
        """When something that has settled by then may leave."""
        return self.hours.next_after(max(self.now, settled), self.book.working)

    def officers_hear(self, alert: Alert) -> bool:
        """Whether anybody but the manager is told of this alert."""
        return not self.observing and not is_quiet(alert, self.release, self.book)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """One group's alerts after a round, with the findings they stand on and what is known beside them.

    `live` has the current findings of each alert that need a look. `papers_lately` are the group's last
    meetings that were held, each with how its papers stood.
    """

    alerts: Mapping[str, Alert]
    live: Mapping[str, Sequence[Finding]]
    stamps: Mapping[str, Stamp]
    papers_lately: Sequence[tuple[date, State]] = ()


def live_findings(
    findings: Iterable[Finding], alerts: Mapping[str, Alert]
) -> Mapping[str, Sequence[Finding]]:
    """The findings that need a look, by alert; without the dates that are too long past to be asked about."""
    live: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.found:
            key = alert_key(finding)
            dates = alerts[key].dates if key in alerts else {}
            if finding.meeting is None or finding.subject in dates:
                live.setdefault(key, []).append(finding)
    return live


def entries_to_save(
    reconciled: Reconciled, live: Mapping[str, Sequence[Finding]], known: Mapping[str, AlertEntry]
) -> list[AlertEntry]:
    """Alerts whose state, dates or findings differ from what the ledger has.

    An alert that ended keeps its last findings, so that word of its end can name the meeting. They are not made
    anew from the calendar, or a title that retention has taken out would come back.
    """
    changed = []
    for key, alert in reconciled.alerts.items():
        saved = known.get(key)
        now = live.get(key, ()) if alert.stands or saved is None else ()
        value = alert_saved(alert, now or (findings_back(saved.value) if saved else ()))
        if saved is None or dict(saved.value) != value:
            changed.append(AlertEntry(key, value, saved.version if saved else 0))
    return changed


def owed(taken: TakenUp, before: Sequence[Delivery], telling: Telling) -> list[Delivery]:
    """Every delivery that the group's alerts owe; `before` is what they owed already."""
    told = {_opening_told(one): one for one in before if _opening_told(one) and one.state in HEARD}
    owes: list[Delivery] = []
    for alert in taken.alerts.values():
        heard = told.get(_opening(alert))
        if alert.state is AlertState.OPENED:
            owes += _while_it_stands(alert, heard, taken, telling)
        elif heard is not None and alert.state in ENDS_TOLD and not telling.observing:
            at = telling.leaves(settles_at(alert.changed_at, telling.settle_minutes))
            owes.append(_delivery(alert, Kind.ENDED, str(alert.state), at))
    return owes


def _while_it_stands(
    alert: Alert, heard: Delivery | None, taken: TakenUp, telling: Telling
) -> Iterable[Delivery]:
    found = taken.live.get(alert.key, ())
    if not found or not telling.officers_hear(alert):
        return
    if heard is None and not _needs_no_nudge(found, taken.papers_lately):
        settled = max([telling.now, *_settles(alert.dates, taken.stamps, telling.settle_minutes)])
        yield _delivery(alert, Kind.OPENED, "opened", telling.leaves(settled))
    elif heard is not None and _late_since(found, heard):
        yield _delivery(alert, Kind.LATE, "late", telling.leaves(telling.now))


def _needs_no_nudge(found: Sequence[Finding], papers_lately: Sequence[tuple[date, State]]) -> bool:
    """A group that was on time in its last three is not asked where its papers are before they are late."""
    waiting = all(one.operator is Operator.NOTICE and one.state is State.AT_RISK for one in found)
    return waiting and on_time_lately(papers_lately)


def _late_since(found: Sequence[Finding], heard: Delivery) -> bool:
    """Whether papers that were only asked for in time are now late."""
    late = all(one.operator is Operator.NOTICE and one.state is State.MISSED for one in found)
    return late and heard.value.get("said") == State.AT_RISK


def _settles(dates: Iterable[str], stamps: Mapping[str, Stamp], minutes: int) -> list[datetime]:
    known = [stamps[key] for key in dates if key in stamps]
    return [settles_at(one.date_first_seen, minutes) for one in known if not one.on_or_before]


def _delivery(alert: Alert, kind: Kind, word: str, not_before: datetime) -> Delivery:
    opened = alert.opened_at.isoformat()
    return Delivery(
        key=f"{alert.key}/{word}/{opened}",
        group=alert.group,
        channel=OFFICERS,
        about=alert.key,
        not_before=not_before,
        value={"kind": kind.value, "state": alert.state.value, "opened_at": opened},
    )


def _opening(alert: Alert) -> tuple[str, str]:
    """An alert that ends and comes again is told again: each time is one opening."""
    return alert.key, alert.opened_at.isoformat()


def _opening_told(delivery: Delivery) -> tuple[str, str] | None:
    if delivery.value.get("kind") != Kind.OPENED:
        return None
    return delivery.about, delivery.value["opened_at"]
