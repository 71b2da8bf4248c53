"""Alerts: findings that we have taken up, and how they come and go. Facts are new each time; alerts remember.

A series that breaks a promise is one alert. A finding that could not be judged never closes one, and a
subject that this round did not cover is left as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from models.findings import Finding, State
from models.keys import finding_key, series_key


class AlertState(StrEnum):
    """Where an alert stands (DESIGN.md, Words and states)."""

    OPENED = "opened"
    PUT_RIGHT = "put right"
    EXPLAINED = "explained"
    AGREED = "agreed"
    CALLED_OFF = "called off"
    CLOSED = "closed"


STANDING = frozenset({AlertState.OPENED})
SETTLED_BY = {  # where the dates of one series were settled in several ways, the first of these is said
    State.AGREED_CHANGE: AlertState.AGREED,
    State.EXPLAINED: AlertState.EXPLAINED,
    State.KEPT: AlertState.PUT_RIGHT,
    State.DUE: AlertState.PUT_RIGHT,
    State.NOT_IN_SCOPE: AlertState.CALLED_OFF,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One promise and one subject (a meeting, or a whole series) that somebody should hear about.

    `dates` are the meetings it is about, by meeting key, with the day each is held.
    """

    key: str
    promise: str
    group: str
    state: AlertState
    opened_at: datetime
    changed_at: datetime
    dates: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def stands(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in STANDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One review's findings of one group, and what it covered.

    The window, whether it was complete, and the promises that were judged (None: all of them). A promise
    switched off meanwhile says nothing of its meetings, which is not the same as meetings called off.
    """

    findings: tuple[Finding, ...]
    group: str
    first: date
    last: date
    complete: bool = True
    promises: frozenset[str] | None = None

    def covers(self, alert: Alert, day: date) -> bool:
        """Whether this round would have seen a meeting of the alert on that day."""
        judged = self.promises is None or alert.promise in self.promises
        return self.complete and judged and alert.group == self.group and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Reconciled:
    """All alerts of the group after the round, and those whose state or dates changed in it."""

    alerts: Mapping[str, Alert]
    changed: tuple[Alert, ...]


def alert_key(finding: Finding) -> str:
    """The key of the alert a finding belongs to: its series where it has one, else its own subject."""
    agreement = finding.key.split("/", 1)[0]
    subject = series_key(finding.series) if finding.series else finding.subject
    return finding_key(agreement, finding.promise, subject)


def reconcile(known: Mapping[str, Alert], round: Round, now: datetime) -> Reconciled:
    """The alerts after a round: opened, put right, explained, agreed, called off, or left as they were.

    Doing the same round twice changes nothing the second time.
    """
    by_alert = _by_alert(round.findings)
    after = dict(known)
    for key in [*known, *(key for key in by_alert if key not in known)]:
        alert = _after(known.get(key), key, by_alert.get(key, {}), round, now)
        if alert is not None:
            after[key] = alert
    changed = tuple(alert for key, alert in after.items() if alert != known.get(key))
    return Reconciled(MappingProxyType(after), changed)


def _by_alert(findings: Iterable[Finding]) -> dict[str, dict[str, Finding]]:
    """The findings of each alert by subject, in an order that does not depend on theirs."""
    by_alert: dict[str, dict[str, Finding]] = {}
    for finding in sorted(findings, key=lambda one: one.subject):
        by_alert.setdefault(alert_key(finding), {})[finding.subject] = finding
    return by_alert


def _after(
    alert: Alert | None, key: str, findings: Mapping[str, Finding], round: Round, now: datetime
) -> Alert | None:
    """One alert after the round; None where there was none and nothing is found."""
    found = {subject: finding for subject, finding in findings.items() if finding.found}
    dates = {subject: one.meeting.day for subject, one in found.items() if one.meeting is not None}
    if alert is None or not alert.stands:
        return _opened(key, found, dates, now) if found else alert
    dates |= {
        subject: day
        for subject, day in alert.dates.items()
        if subject not in found and _left_open(alert, day, findings.get(subject), round)
    }
    if found or dates or _no_answer(alert, findings):
        frozen = MappingProxyType(dates)
        return alert if dates == alert.dates else replace(alert, dates=frozen, changed_at=now)
    return replace(alert, state=_settled(alert, findings), changed_at=now)


def _opened(key: str, found: Mapping[str, Finding], dates: dict[str, date], now: datetime) -> Alert:
    """A new alert; one that was settled and is found again begins anew."""
    first = next(iter(found.values()))
    return Alert(
        key=key,
        promise=first.promise,
        group=first.group,
        state=AlertState.OPENED,
        opened_at=now,
        changed_at=now,
        dates=MappingProxyType(dates),
    )


def _left_open(alert: Alert, day: date, finding: Finding | None, round: Round) -> bool:
    """Whether a date of the alert stays, though it was not found again: not judged, or not read."""
    if finding is None:
        return not round.covers(alert, day)
    return finding.state is State.CANNOT_TELL


def _no_answer(alert: Alert, findings: Mapping[str, Finding]) -> bool:
    """Whether this round can't settle an alert that is about no dates: a request, or a share of months."""
    if alert.dates:
        return False
    return not findings or any(one.state is State.CANNOT_TELL for one in findings.values())


def _settled(alert: Alert, findings: Mapping[str, Finding]) -> AlertState:
    """How an alert came to an end: by what became of its own dates, called off where they are all gone."""
    states = {findings[subject].state for subject in alert.dates or findings if subject in findings}
    return next((after for state, after in SETTLED_BY.items() if state in states), AlertState.CALLED_OFF)
