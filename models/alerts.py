"""Alerts: findings that we have taken up, and how they come and go. Facts are new each time; alerts remember.

A series that breaks a promise is one alert. A finding that could not be judged never closes one, and a
subject that this round did not cover is left as it is. The states are those of DESIGN.md, Words and states.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from models.agreement import Operator
from models.days import LONDON, WorkingDays, after
from models.facts import Said, Statement
from models.findings import Finding, State
from models.keys import finding_key, series_key

CLOSES_AFTER = 10  # working days after a meeting there is nothing left to put right
IN_HAND_LASTS = 5  # working days, where nobody said until when


class AlertState(StrEnum):
    """Where an alert stands (DESIGN.md, Words and states)."""

    OPENED = "opened"
    IN_HAND = "in hand"  # somebody said that they are seeing to it
    BEING_CHECKED = (
        "being checked"  # somebody said "this is wrong": nobody is told more until it is looked at
    )
    PUT_RIGHT = "put right"
    TAKEN_BACK = "taken back"  # we were wrong: the meeting never changed, what we knew about it did
    EXPLAINED = "explained"
    AGREED = "agreed"
    CALLED_OFF = "called off"
    SUPERSEDED = "superseded"  # a new agreement is in force
    CLOSED = "closed"  # ten working days after the meeting


STANDING = frozenset({AlertState.OPENED, AlertState.IN_HAND, AlertState.BEING_CHECKED})
SETTLED_BY = {  # where the dates of one series were settled in several ways, the first of these is said
    State.AGREED_CHANGE: AlertState.AGREED,
    State.EXPLAINED: AlertState.EXPLAINED,
    State.KEPT: AlertState.PUT_RIGHT,
    State.DUE: AlertState.PUT_RIGHT,
    State.NOT_IN_SCOPE: AlertState.CALLED_OFF,
}
STANDS_AS = {
    Said.IN_HAND: AlertState.IN_HAND,
    Said.CONTEST: AlertState.BEING_CHECKED,
    Said.STANDS: AlertState.OPENED,
}
PUT_RIGHT_IN_THE_CALENDAR = frozenset({Operator.WINDOW, Operator.CALENDAR})
"""Only a change of the meeting puts these right. Papers are put right by being sent."""


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

    @property
    def agreement(self) -> str:
        """The key of the agreement it was opened under."""
        return self.key.split("/", 1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One review's findings of one group, and what it covered.

    The window, whether it was complete, and the promises that were judged (None: all of them). A promise
    switched off meanwhile says nothing of its meetings, which is not the same as meetings called off.
    `lists` are the lists of the register that were read in full (as they stand in keys): a row that is not
    found there was deleted. `agreement` is the key of the agreement in force. `unmoved_since` says, by
    meeting key, since when a meeting has stood at its present time and place. Without `working` no alert
    closes by age.
    """

    findings: tuple[Finding, ...]
    group: str
    first: date
    last: date
    complete: bool = True
    promises: frozenset[str] | None = None
    lists: frozenset[str] = frozenset()
    agreement: str = ""
    statements: tuple[Statement, ...] = ()
    unmoved_since: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    working: WorkingDays | None = None

    def covers(self, alert: Alert, day: date) -> bool:
        """Whether this round would have seen a meeting of the alert on that day."""
        judged = self.promises is None or alert.promise in self.promises
        return self.complete and judged and alert.group == self.group and self.first <= day <= self.last

    def is_over(self, day: date, today: date) -> bool:
        """Whether a meeting on that day is so long past that nobody should be asked about it any more."""
        return self.working is not None and after(day, CLOSES_AFTER, self.working).due < today


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
    after_it = dict(known)
    for key in [*known, *(key for key in by_alert if key not in known)]:
        alert = _after(known.get(key), key, by_alert.get(key, {}), round, now)
        if alert is not None:
            after_it[key] = alert
    changed = tuple(alert for key, alert in after_it.items() if alert != known.get(key))
    return Reconciled(MappingProxyType(after_it), changed)


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
    found = {subject: one for subject, one in findings.items() if one.found and not _over(one, round, now)}
    if alert is None or not alert.stands:
        opened = _opened(key, found, now) if found else None
        return _as_it_stands(opened, found, round, now) if opened else _answered(alert, findings, now)
    if round.agreement and alert.agreement != round.agreement:
        return replace(alert, state=AlertState.SUPERSEDED, changed_at=now)
    dates = _days_of(found)
    dates |= {
        subject: day
        for subject, day in alert.dates.items()
        if subject not in found and _left_open(alert, day, findings.get(subject), round, now)
    }
    if found or dates or _no_answer(alert, findings, round):
        same = dates == alert.dates
        changed = alert if same else replace(alert, dates=MappingProxyType(dates), changed_at=now)
        return _as_it_stands(changed, found, round, now)
    return replace(alert, state=_settled(alert, findings, round, now), changed_at=now)


def _days_of(found: Mapping[str, Finding]) -> dict[str, date]:
    return {subject: one.meeting.day for subject, one in found.items() if one.meeting is not None}


def _opened(key: str, found: Mapping[str, Finding], now: datetime) -> Alert:
    """A new alert; one that was settled and is found again begins anew."""
    first = next(iter(found.values()))
    return Alert(
        key=key,
        promise=first.promise,
        group=first.group,
        state=AlertState.OPENED,
        opened_at=now,
        changed_at=now,
        dates=MappingProxyType(_days_of(found)),
    )


def _as_it_stands(alert: Alert, found: Mapping[str, Finding], round: Round, now: datetime) -> Alert:
    """A standing alert as people last spoke of it: opened, in hand, or being checked."""
    subjects = {*alert.dates, *found, *(one.series for one in found.values())} - {""}
    today = now.astimezone(LONDON).date()
    about = [
        said
        for said in round.statements
        if said.said in STANDS_AS
        and said.promise == alert.promise
        and said.subject in subjects
        and _still_holds(said, round, today)
    ]
    if not about:
        state = AlertState.OPENED
    else:
        state = STANDS_AS[max(about, key=lambda said: said.at).said]
    return alert if state is alert.state else replace(alert, state=state, changed_at=now)


def _still_holds(said: Statement, round: Round, today: date) -> bool:
    """Whether a word has not run out; "in hand" holds until the day that it names, or for some days."""
    until = said.until
    if said.said is Said.IN_HAND and until is None:
        until = said.day
        if until is None and round.working is not None:
            until = after(said.at.astimezone(LONDON).date(), IN_HAND_LASTS, round.working).due
    return until is None or today <= until


def _answered(alert: Alert | None, findings: Mapping[str, Finding], now: datetime) -> Alert | None:
    """An alert that a reason ended, once the forum has agreed to it (or has taken its yes back)."""
    if alert is None or alert.state not in (AlertState.EXPLAINED, AlertState.AGREED):
        return alert
    states = {findings[key].state for key in alert.dates or findings if key in findings}
    state = next((SETTLED_BY[one] for one in (State.AGREED_CHANGE, State.EXPLAINED) if one in states), None)
    return alert if state in (None, alert.state) else replace(alert, state=state, changed_at=now)


def _left_open(alert: Alert, day: date, finding: Finding | None, round: Round, now: datetime) -> bool:
    """Whether a date of the alert stays, though it was not found again: not judged, or not read."""
    if round.is_over(day, now.astimezone(LONDON).date()):
        return False
    if finding is None:
        return not round.covers(alert, day)
    return finding.state is State.CANNOT_TELL


def _no_answer(alert: Alert, findings: Mapping[str, Finding], round: Round) -> bool:
    """Whether this round can't settle an alert that is about no dates: a request, or a share of months."""
    if alert.dates:
        return False
    if findings:
        return any(one.state is State.CANNOT_TELL for one in findings.values())
    subject = alert.key.split("/", 2)[-1]
    return not any(subject.startswith(f"{name}-") for name in round.lists)


def _settled(alert: Alert, findings: Mapping[str, Finding], round: Round, now: datetime) -> AlertState:
    """How an alert came to an end: by what became of its own dates, called off where they are all gone."""
    today = now.astimezone(LONDON).date()
    if any(round.is_over(day, today) and _unsettled(findings.get(key)) for key, day in alert.dates.items()):
        return AlertState.CLOSED
    own = [findings[subject] for subject in alert.dates or findings if subject in findings]
    if any(one.mistaken for one in own):
        return AlertState.TAKEN_BACK
    states = {one.state for one in own}
    settled = next((how for state, how in SETTLED_BY.items() if state in states), AlertState.CALLED_OFF)
    if settled is AlertState.PUT_RIGHT and _never_moved(alert, own, round):
        return AlertState.TAKEN_BACK
    return settled


def _unsettled(finding: Finding | None) -> bool:
    return finding is None or finding.found or finding.state is State.CANNOT_TELL


def _never_moved(alert: Alert, own: Iterable[Finding], round: Round) -> bool:
    """Whether all is well now though no meeting moved: then what we knew was wrong, not what people did."""
    return all(
        one.operator in PUT_RIGHT_IN_THE_CALENDAR
        and one.subject in round.unmoved_since
        and round.unmoved_since[one.subject] <= alert.opened_at
        for one in own
    )


def _over(finding: Finding, round: Round, now: datetime) -> bool:
    meeting = finding.meeting
    return meeting is not None and round.is_over(meeting.day, now.astimezone(LONDON).date())
