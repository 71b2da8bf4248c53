"""What of a group's alerts, statements and deliveries has had its time. Pure: the run takes it away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from functions.keeping.unnamed import SOMEBODY, id_without, mentions, without, without_old_titles
from functions.saved import alert_back, statement_back
from functions.telling.owing import HEARD
from ledger.entries import NOBODY_SENDS, AlertEntry, Delivery, StatementEntry
from models.agreement import Agreement
from models.alerts import Alert
from models.facts import Statement
from models.retention import Place, day_of, findings_until, is_past, is_person, month_after, place_of

Change = tuple[StatementEntry, StatementEntry | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is held of one group: `gone` says that the agreement has it no more, and that nothing reads it.

    `people` are the keys of reps, which may stand in what they pressed. `ahead` are meetings that are still to come,
    or were held in the last 30 days: what a rep said of them is still that rep's own.
    """

    alerts: Mapping[str, AlertEntry]
    statements: Sequence[StatementEntry]
    deliveries: Sequence[Delivery]
    gone: bool = False
    people: frozenset[str] = frozenset()
    ahead: frozenset[str] = frozenset()

    def standing(self) -> tuple[Alert, ...]:
        """The alerts that still wait for somebody."""
        known = (alert_back(one.value) for one in self.alerts.values())
        return tuple(alert for alert in known if alert.stands and not self.gone)


def deliveries_over(held: Held, today: date) -> tuple[Delivery, ...]:
    """Deliveries that nobody sends any more, 30 days after their alert closed, or after they were sent.

    In the order in which they were owed: word of an alert's end is owed only while its beginning is known, so that
    a death between two makes nothing be told again. The last mail to a rep stays: it says what that rep has heard.
    So does the one question to the chair whether mails to reps may begin.
    """
    stands = {alert.key for alert in held.standing()}
    last = {
        one.group: one.key
        for one in held.deliveries
        if one.state in HEARD and place_of(one.group) is Place.REP
    }
    closed = {key: day_of(alert_back(one.value).changed_at) for key, one in held.alerts.items()}
    return tuple(
        one
        for one in held.deliveries
        if one.state in NOBODY_SENDS
        and one.settled_at is not None
        and one.about not in stands
        and last.get(one.group) != one.key
        and not (place_of(one.group) is Place.REP and not is_person(one.group))
        and is_past(month_after(max(day_of(one.settled_at), closed.get(one.about, date.min))), today)
    )


def alerts_over(held: Held, agreement: Agreement, today: date) -> tuple[AlertEntry, ...]:
    """Alerts that ended, a year after the review that came after them; one with a delivery waits for that to go."""
    stands = {alert.key for alert in held.standing()}
    going = {one.key for one in deliveries_over(held, today)}
    waits = {one.about for one in held.deliveries if one.key not in going}
    return tuple(
        entry
        for key, entry in held.alerts.items()
        if key not in stands | waits
        and is_past(findings_until(_last_day(alert_back(entry.value)), agreement), today)
    )


def alerts_unnamed(held: Held, today: date) -> tuple[AlertEntry, ...]:
    """Alerts with the titles of old meetings taken out: those that change by it."""
    changed = ((one, without_old_titles(one.value, today)) for one in held.alerts.values())
    return tuple(replace(one, value=value) for one, value in changed if value != one.value)


def statements_over(held: Held, agreement: Agreement, today: date) -> tuple[StatementEntry, ...]:
    """What was said of a meeting, a year after the review that came after the last word of it.

    All of one subject goes together: a word that takes another back may not go before that one.
    """
    standing = held.standing()
    about = {subject for alert in standing for subject in (*alert.dates, alert.key.rsplit("/", 1)[-1])}
    said = [(entry, statement_back(entry.value)) for entry in held.statements]
    last: dict[str, date] = {}
    for _, one in said:
        last[one.subject] = max(last.get(one.subject, date.min), _day_said(one))
    over = {day.subject for _, day in said if is_past(findings_until(last[day.subject], agreement), today)}
    return tuple(entry for entry, one in said if one.subject in over - about)


def statements_unnamed(held: Held, today: date) -> tuple[Change, ...]:
    """Presses whose alert is closed, as a role's word and no one person's: those that change by it."""
    if not held.people:
        return ()
    about = held.ahead | {subject for alert in held.standing() for subject in alert.dates}
    changes: list[Change] = []
    for entry in held.statements:
        old = is_past(month_after(day_of(entry.at)), today)
        if old and entry.value.get("subject") not in about and mentions([entry.id, entry.value], held.people):
            changes.append((entry, unnamed(entry, held.people)))
    return tuple(changes)


def unnamed(entry: StatementEntry, words: Iterable[str]) -> StatementEntry:
    """What was said, without words that name one person; its role and its text stay."""
    wanted = tuple(words)
    ids = {
        name: id_without(str(entry.value[name]), wanted) for name in ("id", "undoes") if name in entry.value
    }
    value = without(dict(entry.value), wanted, SOMEBODY) | ids
    return replace(entry, id=id_without(entry.id, wanted), value=value)


def _last_day(alert: Alert) -> date:
    return max([day_of(alert.changed_at), *alert.dates.values()])


def _day_said(one: Statement) -> date:
    return max(day for day in (day_of(one.at), one.until, one.day) if day is not None)
