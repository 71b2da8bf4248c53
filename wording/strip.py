"""The sum drawn as a strip of days: which day is due, which days were counted, which were not, and why.

Each day carries its own words, so the strip can be heard, printed and read without its colours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.days import LONDON
from models.findings import Finding
from wording.plain import LINE, clean, short_day

LONGEST_STRIP = 21  # days: five working days over Christmas fit; longer sums are told in words
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of a strip: its name, its sort (counted, skipped, due, meeting, plain) and what it says."""

    name: str
    sort: str
    says: tuple[str, ...]
    weekday: int  # Monday is 1: wide pages draw the strip in weeks


def strip(finding: Finding) -> tuple[StripDay, ...]:
    """Every day from the first due day to the meeting; empty where there is no sum or it is too long."""
    if finding.due is None or not finding.counted:
        return ()
    due = finding.due.astimezone(LONDON).date()
    first = min(due, *finding.counted)
    last = finding.meeting.day if finding.meeting else max(due, *finding.counted)
    if not 0 < (last - first).days <= LONGEST_STRIP:
        return ()
    numbers = {day: number for number, day in enumerate(sorted(finding.counted), 1)}
    skipped = {skip.day: clean(skip.why, LINE) for skip in finding.skipped}
    return tuple(_day(day, finding, numbers, skipped) for day in _span(first, last))


def _day(day: date, finding: Finding, numbers: dict[date, int], skipped: dict[date, str]) -> StripDay:
    says = list(_due_words(day, finding))
    sort = "due" if says else "plain"
    if day in numbers:
        says.insert(0, f"Day {numbers[day]}")
        sort = "due" if sort == "due" else "counted"
    elif day in skipped and sort == "plain":
        says, sort = [_why(skipped[day])], "skipped"
    if finding.meeting is not None and day == finding.meeting.day:
        says, sort = [*says, "The meeting"], "meeting"
    return StripDay(short_day(day), sort, tuple(says), day.isoweekday())


def _due_words(day: date, finding: Finding) -> Iterator[str]:
    """What makes this day a due day; where two readings stand, what each of them rests on."""
    due = finding.due.astimezone(LONDON).date() if finding.due else None
    latest = finding.due_latest.astimezone(LONDON).date() if finding.due_latest else None
    if latest is None or latest == due:
        if day == due:
            yield "Due by the end of this day"
    elif day == due:
        yield "Due: safe both ways"
    elif day == latest:
        yield "Due, if the day of sending counts"


def _why(reason: str) -> str:
    return reason[:1].upper() + reason[1:]


def _span(first: date, last: date) -> Iterator[date]:
    return (first + number * ONE_DAY for number in range((last - first).days + 1))
