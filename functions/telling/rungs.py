"""What the higher rungs owe: who hears when nobody answers, when a reason is given, and when somebody objects.

Pure, like `owing`: it follows from the alerts, what was said of them, and what people were told so far.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from functions.telling.owing import Kind, TakenUp, Telling, about_alert, first_told, opening, told_of
from ledger.entries import Delivery
from models.alerts import Alert, AlertState
from models.facts import Said, Statement
from models.findings import Finding, State
from models.keys import series_key, short_key
from models.ladder import Rung, Who, reached, working_days_later
from models.people import FORUM
from models.rules.said import ANSWERS, by_the_forum

CHECK_WITHIN = 5  # working days in which the manager answers "this is wrong"
NEWS = timedelta(days=14)  # a reason that is older is told to nobody any more
STILL_WORTH = frozenset({AlertState.OPENED, AlertState.IN_HAND, AlertState.EXPLAINED})
TOGETHER = (Who.CHAIR, Who.MANAGER)


def owed_by_rungs(taken: TakenUp, before: Sequence[Delivery], telling: Telling) -> list[Delivery]:
    """Every delivery beyond the first; `before` is what the group's alerts owed already."""
    told = told_of(before)
    owes: list[Delivery] = []
    for alert in taken.alerts.values():
        if not telling.officers_hear(alert):
            continue
        heard = told.get(opening(alert), ())
        said = _said_of(alert, taken)
        owes += _climbs(alert, heard, taken, telling)
        owes += _checks(alert, said, telling)
        if alert.state in STILL_WORTH:
            owes += _reasons(alert, said, telling)
    return owes


def _climbs(alert: Alert, heard: Sequence[Delivery], taken: TakenUp, telling: Telling) -> Iterator[Delivery]:
    """The second and the third rung. In a chat that the deputy reads too, nothing is said twice."""
    found = taken.live.get(alert.key, ())
    group = telling.book.agreement.group(alert.group)
    deputy = bool(group and group.deputy)
    told_at, rule = _told_at(heard, found), telling.book.agreement.telling
    for rung in reached(alert, found, told_at, telling.now, rule, telling.book.working, deputy=deputy):
        kind = Kind.SECOND if rung.rung is Rung.SECOND else Kind.THIRD
        for who in rung.who:
            if telling.mail or (kind is Kind.SECOND and who is Who.MANAGER and telling.managers_flow):
                yield about_alert(alert, kind, kind.value, who, telling.leaves(rung.at), telling)


def _told_at(heard: Sequence[Delivery], found: Sequence[Finding]) -> datetime | None:
    """When whoever hears first was told of what is now so: of papers, that they are late."""
    late = next((one for one in heard if one.value["kind"] == Kind.LATE), None)
    first = first_told(heard)
    if late is not None or first is None:
        return late.settled_at if late else None
    missed = all(one.state is State.MISSED for one in found)
    only_asked = first.value.get("said") == State.AT_RISK
    about_papers = all(one.operator.value == "notice" for one in found)
    return None if about_papers and missed and only_asked else first.settled_at


def _reasons(alert: Alert, said: Sequence[Statement], telling: Telling) -> Iterator[Delivery]:
    """A reason goes to the forum's chair and the manager; the forum's "not this time" goes back, once."""
    given = [one for one in said if one.said in (Said.REASON, Said.COMING_ON) and not _forums(one)]
    if not given or not telling.mail:
        return
    reason = max(given, key=_moment)
    if telling.now - reason.at < NEWS:
        stamp = short_key(f"{reason.text}\n{reason.day}")  # the same words again are no news
        told = {"reason": reason.text, "statement": reason.id}
        for who in TOGETHER:
            yield _once(alert, Kind.REASON, who, stamp, telling, told)
    answers = [one for one in said if one.said in ANSWERS and by_the_forum(one) and one.at >= reason.at]
    answer = max(answers, key=_moment, default=None)
    if answer is not None and answer.said is Said.NOT_THIS_TIME and telling.now - answer.at < NEWS:
        stamp = answer.at.astimezone(UTC).isoformat()
        yield _once(alert, Kind.NOT_AGREED, Who.HOLDER, stamp, telling, {"statement": answer.id})


def _checks(alert: Alert, said: Sequence[Statement], telling: Telling) -> Iterator[Delivery]:
    """Somebody said "this is wrong": the manager is asked to look, and reminded once."""
    contests = [one for one in said if one.said is Said.CONTEST]
    if alert.state is not AlertState.BEING_CHECKED or not contests:
        return
    contest = max(contests, key=_moment)
    told = {"words": contest.text, "statement": contest.id}
    stamp = contest.at.astimezone(UTC).isoformat()
    yield _once(alert, Kind.CHECK, Who.MANAGER, stamp, telling, told)
    again = working_days_later(contest.at, CHECK_WITHIN, telling.book.working)
    if again.astimezone(UTC) <= telling.now.astimezone(UTC):
        yield _once(alert, Kind.CHECK, Who.MANAGER, f"{stamp}/again", telling, told | {"reminder": True})


def _once(
    alert: Alert, kind: Kind, who: Who, stamp: str, telling: Telling, told: Mapping[str, object]
) -> Delivery:
    """A delivery that is owed once for each time that somebody said something."""
    one = about_alert(alert, kind, kind.value, who, telling.leaves(telling.now), telling, **told)
    return replace(one, key=f"{alert.key}/{kind.value}-{who.value}/{stamp}")


def _said_of(alert: Alert, taken: TakenUp) -> list[Statement]:
    """What was said of an alert: of one of its meetings, or of its series."""
    tail = alert.key.split("/", 2)[-1]
    return [
        one
        for one in taken.statements
        if one.promise == alert.promise
        and (one.subject in alert.dates or one.subject == tail or series_key(one.subject) == tail)
    ]


def _forums(statement: Statement) -> bool:
    return statement.partner.casefold() == FORUM


def _moment(statement: Statement) -> datetime:
    return statement.at.astimezone(UTC)
