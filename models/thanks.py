"""Thanks: what went well last month, for the channel that all partners share.

Thanks say only what went well, and nothing where that could be read as irony. One in five is our measure of
"few": a month in which more of its meetings missed a promise without a reason gets no thanks at all, and a
promise is named only where none of its meetings missed it and all but a few kept it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from models.days import WorkingDays, months_after, working_days_between
from models.findings import FOUND, Finding, State

FEW = 5  # one in so many
FEWEST_MEETINGS = 2  # one meeting is no month
DAYS_OF_THANKS = 5  # working days at the start of a month


@dataclass(frozen=True, slots=True)
class Thanks:
    """A month's thanks. `month` is its first day, `meetings` how many were held and looked at.

    `kept` has the promises to be named, by id: at how many meetings each was kept, and at how many it
    applied. Those that are not the same were explained, agreed between the partners, or can't be told.
    """

    month: date
    meetings: int
    kept: Mapping[str, tuple[int, int]]


def thanks_for(findings: Iterable[Finding], promises_on: Collection[str], month: date) -> Thanks | None:
    """The thanks for the meetings held in a month; None where there is nothing to thank for, or too little.

    `month` is any day of it, a month that is over. At least two meetings were held, and one promise was kept
    at each meeting it applies to.
    """
    states = _states(findings, promises_on, month)
    meetings = {key for of_meetings in states.values() for key in of_meetings}
    missed = {key for of_meetings in states.values() for key, one in of_meetings.items() if _unexplained(one)}
    if len(meetings) < FEWEST_MEETINGS or not _few(len(missed), len(meetings)):
        return None
    kept = {promise: counted for promise, held in sorted(states.items()) if (counted := _went_well(held))}
    if not any(number == of >= FEWEST_MEETINGS for number, of in kept.values()):
        return None
    return Thanks(month.replace(day=1), len(meetings), MappingProxyType(kept))


def month_to_thank(today: date, working: WorkingDays) -> date | None:
    """The first day of last month, on each of the first five working days of a month; else None."""
    first = today.replace(day=1)
    before = working_days_between(first, today, working)
    if working.why_not(today) is not None or before >= DAYS_OF_THANKS:
        return None
    return months_after(first, -1)


def _states(
    findings: Iterable[Finding], promises_on: Collection[str], month: date
) -> dict[str, dict[str, Finding]]:
    """The findings about this month's meetings, by promise and meeting key; what is out of scope is left out."""
    first = month.replace(day=1)
    last = months_after(first, 1) - timedelta(days=1)
    found: dict[str, dict[str, Finding]] = {}
    for one in findings:
        if one.meeting is None or one.state is State.NOT_IN_SCOPE or one.promise not in promises_on:
            continue
        if first <= one.meeting.day <= last and not one.meeting.cancelled:
            found.setdefault(one.promise, {})[one.meeting.key] = one
    return found


def _went_well(held: Mapping[str, Finding]) -> tuple[int, int] | None:
    """At how many meetings a promise was kept, and of how many; None where it should not be named."""
    kept = sum(one.state is State.KEPT for one in held.values())
    if any(one.state in FOUND for one in held.values()) or not _few(len(held) - kept, len(held)):
        return None
    return kept, len(held)


def _unexplained(finding: Finding) -> bool:
    return finding.state is State.MISSED and not finding.reason


def _few(some: int, of: int) -> bool:
    return some * FEW <= of
