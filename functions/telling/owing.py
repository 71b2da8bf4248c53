"""What alerts owe: who is to hear what, and not before when. Pure: the review saves it, `round` sends it.

It follows from the alerts as they are, not from what changed: what a review that died did not get to, the
next one owes. What is owed already is not owed again (same key).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from functions.saved import alert_saved, findings_back
from functions.telling.release import Release, is_quiet
from ledger.entries import AlertEntry, Delivery, DeliveryState
from models.agreement import Operator
from models.alerts import Alert, AlertState, Reconciled, alert_key
from models.facts import Stamp, Statement
from models.findings import Finding, State
from models.ladder import Who
from models.papers_due import on_time_lately
from models.people import role_key
from models.rulebook import Rulebook
from models.telling import Hours, settles_at

OFFICERS, MANAGER, MAIL = "teams", "manager", "mail"  # the channels: a mail may fall back to a chat
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
    SECOND = "second"  # nobody answered: to the same once more, and to the deputy or the manager
    THIRD = "third"  # to the forum's chair and the manager, in the same minute
    REASON = "reason"  # a reason was given: to the forum's chair, who can answer, and the manager
    NOT_AGREED = "not agreed"  # the forum said "not this time": once, to whoever was told of the alert
    CHECK = "check"  # to the manager: somebody said "this is wrong"
    ENDED = "ended"  # to whoever was told of an alert
    HELD = "held"  # to the manager: too much at once
    LIST = "list"  # to the manager: all that nobody else is told
    THANKS = "thanks"


TELLS_OF_IT = frozenset({Kind.OPENED, Kind.LATE, Kind.SECOND, Kind.THIRD, Kind.REASON})
"""Whoever was sent one of these knows of the alert, and hears how it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Whom and when to tell in this round, as the partnership has it.

    `mail` and `managers_flow` say which ways there are beside the officers' chat.
    """

    book: Rulebook
    hours: Hours
    settle_minutes: int
    observing: bool
    release: Release | None
    now: datetime
    mail: bool = False
    managers_flow: bool = False

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
    meetings that were held, each with how its papers stood. `statements` are those that still stand.
    """

    alerts: Mapping[str, Alert]
    live: Mapping[str, Sequence[Finding]]
    stamps: Mapping[str, Stamp]
    papers_lately: Sequence[tuple[date, State]] = ()
    statements: Sequence[Statement] = ()


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
    """Every delivery that the group's alerts owe to whoever hears first, and at their end to all who heard.

    `before` is what they owed already. What the higher rungs owe is in `rungs`.
    """
    told = told_of(before)
    owes: list[Delivery] = []
    for alert in taken.alerts.values():
        heard = told.get(opening(alert), ())
        if alert.state is AlertState.OPENED:
            owes += _while_it_stands(alert, heard, taken, telling)
        elif heard and alert.state in ENDS_TOLD and not telling.observing:
            at = telling.leaves(settles_at(alert.changed_at, telling.settle_minutes))
            owes += _ends(alert, heard, at)
    return owes


def told_of(before: Iterable[Delivery]) -> Mapping[tuple[str, str], Sequence[Delivery]]:
    """What people were told, by alert and opening."""
    told: dict[tuple[str, str], list[Delivery]] = {}
    for one in before:
        if one.value.get("kind") in TELLS_OF_IT and one.state in HEARD:
            told.setdefault((one.about, one.value["opened_at"]), []).append(one)
    return told


def opening(alert: Alert) -> tuple[str, str]:
    """An alert that ends and comes again is told again: each time is one opening."""
    return alert.key, alert.opened_at.isoformat()


def first_told(heard: Iterable[Delivery]) -> Delivery | None:
    """The delivery by which whoever hears first was told; None where they were not."""
    return next((one for one in heard if one.value["kind"] == Kind.OPENED), None)


def about_alert(
    alert: Alert,
    kind: Kind,
    word: str,
    who: Who,
    not_before: datetime,
    telling: Telling | None = None,
    **more: object,
) -> Delivery:
    """Something owed about an alert. Its key holds the opening, what it is, and who hears it."""
    opened = alert.opened_at.isoformat()
    name = word if who is Who.HOLDER else f"{word}-{who.value}"
    channel = OFFICERS
    if telling is not None and telling.mail:
        channel = MAIL
    elif who is Who.MANAGER:
        channel = MANAGER
    value = {"kind": kind.value, "state": alert.state.value, "opened_at": opened, "who": who.value, **more}
    return Delivery(
        key=f"{alert.key}/{name}/{opened}",
        group=alert.group,
        channel=channel,
        about=alert.key,
        not_before=not_before,
        value=value,
    )


def _while_it_stands(
    alert: Alert, heard: Sequence[Delivery], taken: TakenUp, telling: Telling
) -> Iterator[Delivery]:
    found = taken.live.get(alert.key, ())
    if not found or not telling.officers_hear(alert):
        return
    first = first_told(heard)
    if first is None and not _needs_no_nudge(found, taken.papers_lately):
        settled = max([telling.now, *_settles(alert.dates, taken.stamps, telling.settle_minutes)])
        at = telling.leaves(settled)
        yield about_alert(alert, Kind.OPENED, "opened", Who.HOLDER, at, telling)
    elif first is not None and _late_since(found, first):
        at = telling.leaves(telling.now)
        yield about_alert(alert, Kind.LATE, "late", Who.HOLDER, at, telling)


def _ends(alert: Alert, heard: Sequence[Delivery], at: datetime) -> Iterator[Delivery]:
    """Word of the end, to exactly those who were told, by the way they were told.

    Who was told of a reason has heard already that it is explained.
    """
    ways = {(one.value.get("who", Who.HOLDER.value), _role(one), _way(one)) for one in heard}
    for who, role, way in sorted(ways):
        if alert.state is AlertState.EXPLAINED and who in (Who.CHAIR, Who.MANAGER):
            continue
        one = about_alert(alert, Kind.ENDED, str(alert.state), Who.HOLDER, at, role=role, way=way, told=who)
        if way == OFFICERS:
            yield one
        else:
            key = f"{alert.key}/{alert.state}-{who}-{role_key(role)}/{alert.opened_at.isoformat()}"
            yield Delivery(
                key=key, group=one.group, channel=way, about=one.about, not_before=at, value=one.value
            )


def _role(delivery: Delivery) -> str:
    return "" if _way(delivery) == OFFICERS else str(delivery.value.get("role", ""))


def _way(delivery: Delivery) -> str:
    return str(delivery.value.get("way") or delivery.channel)


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
