"""Clause 4.2: "For the most part meetings will be virtual". A share over months, never of one meeting."""

from collections.abc import Iterable
from datetime import timedelta

from models import spoken
from models.agreement import Promise, ShareTest
from models.days import months_after
from models.facts import Meeting
from models.findings import State
from models.rules.verdict import Case, Verdict

SHORTEST_LOOK = timedelta(days=89)  # three months, the shorter of the two periods partners may choose


def mostly_online(promise: Promise, meetings: Iterable[Meeting], case: Case) -> Verdict | None:
    """More than the agreed share of the meetings of the last months have a link to join.

    Where nothing says if a meeting was online it counts neither way: the answer is given only if it is
    the same whichever way the unknown ones went. None where no meeting took place in the period.
    """
    test: ShareTest = promise.test
    wanted, coverage = months_after(case.today, -test.months), case.facts.coverage
    first = max(wanted, coverage.first)
    held = [m for m in meetings if first <= m.day and case.held(m) and promise.in_force(m.day)]
    if not held:
        return None
    online, unknown = sum(m.online is True for m in held), sum(m.online is None for m in held)
    text = f"{_told(online, unknown, len(held))} from {spoken.day(first)} to {spoken.day(case.today)}."
    if case.today - first < min(SHORTEST_LOOK, case.today - wanted):
        return Verdict(State.CANNOT_TELL, f"{text} We have read less than three months.")
    if not coverage.complete:
        return Verdict(State.CANNOT_TELL, f"{text} Some of the calendar could not be read.")
    if online > test.more_than * len(held):
        return Verdict(State.KEPT, text)
    if online + unknown > test.more_than * len(held):
        return Verdict(State.CANNOT_TELL, text)
    return Verdict(State.AT_RISK, text)


def _told(online: int, unknown: int, held: int) -> str:
    told = f"{online:,} of {spoken.count(held, 'meeting')} had a link to join"
    return f"{told}, and for {unknown:,} we can't tell," if unknown else told
