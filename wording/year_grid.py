"""The year at a glance: months as tables of weeks, each day with marks that need no colour."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.days import ONE_DAY, SATURDAY
from models.year_plan import Avoid, YearPlan
from wording import plan_words as words

MOST_MONTHS = 24
MARKS = {Avoid.SCHOOLS: "H", Avoid.BANK_HOLIDAY: "B", Avoid.CLOSED: "C", Avoid.NOT_KNOWN: "?"}
MEETING, PAPERS = "M", "P"
LEGEND = (
    (MEETING, "a meeting of this plan"),
    (PAPERS, "papers go out by the end of this day"),
    ("H", "school holiday"),
    ("B", "bank holiday"),
    ("C", "the partnership is closed"),
    ("?", "no school dates yet"),
)


@dataclass(frozen=True, slots=True)
class GridDay:
    """One day: its number, its marks in one short word, what they mean aloud, and what sort of day it is."""

    number: int
    marks: str
    says: str
    sort: str


@dataclass(frozen=True, slots=True)
class GridMonth:
    """One month: its weeks from Monday to Sunday, None where a day is another month's."""

    name: str
    weeks: tuple[tuple[GridDay | None, ...], ...]


def months(plan: YearPlan) -> tuple[GridMonth, ...]:
    """The months of the plan, from the first day papers are due; two years at most."""
    marks, says = _marked(plan)
    found: list[GridMonth] = []
    first = plan.begins.replace(day=1)
    while first <= plan.last and len(found) < MOST_MONTHS:
        following = (first + timedelta(days=32)).replace(day=1)
        days: list[GridDay | None] = [None] * first.weekday()
        days += [_day(first + n * ONE_DAY, marks, says) for n in range((following - first).days)]
        days += [None] * (-len(days) % 7)
        weeks = tuple(tuple(days[start : start + 7]) for start in range(0, len(days), 7))
        found.append(GridMonth(f"{first:%B %Y}", weeks))
        first = following
    return tuple(found)


Marks = dict[date, list[str]]


def _marked(plan: YearPlan) -> tuple[Marks, Marks]:
    """The marks of each day, and what they mean."""
    marks: Marks = defaultdict(list)
    says: Marks = defaultdict(list)
    for day, mark, meaning in _all(plan):
        if mark not in marks[day]:
            marks[day].append(mark)
        if meaning not in says[day]:
            says[day].append(meaning)
    return marks, says


def _all(plan: YearPlan) -> Iterator[tuple[date, str, str]]:
    for one in plan.dates:
        yield one.meeting.day, MEETING, "meeting"
    for one in plan.dates:
        if one.papers is not None:
            yield one.papers.day, PAPERS, "papers due"
    for period in plan.avoid:
        if period.kind in MARKS:
            for number in range((period.last - period.first).days + 1):
                yield period.first + number * ONE_DAY, MARKS[period.kind], words.avoided(period)


def _day(day: date, marks: Marks, says: Marks) -> GridDay:
    here = marks.get(day, [])
    sort = "weekend" if day.weekday() >= SATURDAY else "plain"
    if set(here) & set(MARKS.values()):
        sort = "avoid"
    if MEETING in here:
        sort = "clash" if sort == "avoid" else "meeting"
    return GridDay(day.day, " ".join(here), ", ".join(says.get(day, [])), sort)
