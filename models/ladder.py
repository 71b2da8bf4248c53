"""The ladder: who hears of an alert, and when. Privately first, early, and never the next one before the first.

First whoever runs the meeting; then they once more, and with them the group's deputy or the partnership manager;
last the forum's chair and the partnership manager, in the same minute and the same words (DESIGN.md, How people
are told, 3). Pure: times are aware, working days are the partnership's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from models.agreement import Group, Operator, Strength, TellingRule
from models.alerts import Alert, AlertState
from models.days import LONDON, WorkingDays, after
from models.findings import Finding, State
from models.people import Contact, People

OUR_OWN = "council"  # the partner whose organisers we may write to


class Who(StrEnum):
    """Who hears, by their part in the ladder; which role and address that is, is looked up when they are told."""

    HOLDER = "holder"  # whoever runs the meeting, else the group's officer, else the manager
    DEPUTY = "deputy"
    MANAGER = "manager"
    CHAIR = "chair"


class Rung(StrEnum):
    """How far an alert has come."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


@dataclass(frozen=True, slots=True)
class Reached:
    """A rung that an alert has reached, since when, and who hears on it."""

    rung: Rung
    at: datetime
    who: tuple[Who, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """The role that hears first, and whether it stands in for one that is away."""

    role: str
    stands_in: bool = False


def reached(
    alert: Alert,
    findings: Sequence[Finding],
    told_at: datetime | None,
    now: datetime,
    rule: TellingRule,
    working: WorkingDays,
    *,
    deputy: bool,
) -> tuple[Reached, ...]:
    """The rungs after the first one that an open alert has reached by now.

    `told_at` is when its holder was told, of papers when they were told that these are late: nobody hears before
    the holder has. In somebody's hands or being checked, an alert climbs no further. Who gave a reason is not
    asked again. `deputy` says whether the group has one.
    """
    if alert.state is not AlertState.OPENED or told_at is None or not findings:
        return ()
    if all(one.reason for one in findings):
        return ()
    both = (Who.CHAIR, Who.MANAGER)
    if is_over(findings, now):
        promised = any(one.strength is not Strength.INTENT for one in findings)
        return (Reached(Rung.THIRD, told_at + timedelta(minutes=1), both),) if promised else ()
    if waits_for_papers(findings):
        return ()
    second = working_days_later(told_at, rule.second_after, working)
    third = working_days_later(second, rule.third_after, working)
    rungs = (
        Reached(Rung.SECOND, second, (Who.HOLDER, Who.DEPUTY if deputy else Who.MANAGER)),
        Reached(Rung.THIRD, third, both),
    )
    return tuple(one for one in rungs if one.at.astimezone(UTC) <= now.astimezone(UTC))


def is_over(findings: Sequence[Finding], now: datetime) -> bool:
    """Whether nothing of it can be put right any more: every meeting that it is about has begun."""
    return all(
        one.state is State.MISSED and one.meeting is not None and one.meeting.starts.astimezone(UTC) <= now
        for one in findings
    )


def waits_for_papers(findings: Sequence[Finding]) -> bool:
    """Whether papers are only asked for in time: before the agreed day has passed, nothing is late."""
    return all(one.operator is Operator.NOTICE and one.state is State.AT_RISK for one in findings)


def working_days_later(moment: datetime, days: int, working: WorkingDays) -> datetime:
    """The same time of day, so many working days later, in London."""
    local = moment.astimezone(LONDON)
    return datetime.combine(after(local.date(), days, working).due, local.time(), LONDON)


def holder(organiser: str, group: Group | None, people: People, rule: TellingRule) -> Holder:
    """The role that hears first of a meeting that `organiser` (an address, or "") called.

    The organiser, where the register knows the address as the council's own; never an outside organiser, and
    never anybody who is not in the list. Else the group's officer, else the partnership manager. Somebody who is
    away is not written to: their stand-in is, or the next of these.
    """
    known = people.at(organiser) if organiser else None
    ours = known is not None and known.partner.casefold() == OUR_OWN
    roles = [known.role if ours and known else "", group.officer if group else "", rule.manager]
    away = False
    for role in filter(None, roles):
        contact = people.contact(role)
        if contact is None or not contact.away:
            return Holder(role, stands_in=away)
        away = True
        if (stand_in := _stand_in(contact, people)) is not None:
            return Holder(stand_in.role, stands_in=True)
    return Holder(rule.manager, stands_in=away)


def _stand_in(contact: Contact, people: People) -> Contact | None:
    """Who stands in for somebody, where the register names them and they are there themselves."""
    named = people.contact(contact.stand_in) if contact.stand_in else None
    return named if named is not None and not named.away else None
