"""A year's plan for the terminal: lines that read well at 80 columns, aloud, and without colour."""

from collections.abc import Iterator

from rich.console import Group

from models.year_plan import Avoid, Period, PlannedDate, YearPlan
from wording import plan_words as words
from wording.check_json import WHICH_GROUP
from wording.check_text import Line
from wording.plain import LINE, PARAGRAPH, clean, title, when

MOST_LINES = 60  # of one list; the page and the table have them all


def plan_text(plan: YearPlan) -> Group:
    """The whole plan, to be printed on a rich console."""
    parts = (
        _opening(plan),
        _not_fitting(plan),
        _unknown(plan),
        _others(plan),
        _listed("Days to avoid", [_avoided(one) for one in plan.avoid]),
        _which_group(plan),
        _listed("Could not be used", plan.faults),
        _listed("Worth knowing", plan.notes),
    )
    return Group(*(line for part in parts for line in part))


def _opening(plan: YearPlan) -> Iterator[Line]:
    yield Line(f"The year's dates: {clean(plan.agreement.name, LINE)}", style="bold")
    yield Line(f"{words.looked_at(plan)} {words.in_all(plan)}".rstrip())
    yield Line(words.WHAT_IT_IS)
    yield Line(words.ASK_BOTH)
    if words.two_readings(plan.dates):
        yield Line(words.TWO_READINGS)


def _not_fitting(plan: YearPlan) -> Iterator[Line]:
    wrong = [one for one in plan.dates if one.misfits]
    yield from _heading("Dates that don't fit")
    if not wrong:
        yield Line("None that we can see.", 2)
    for one in wrong[:MOST_LINES]:
        yield Line("")
        yield from _date(one, [*words.what_is_wrong(one), words.instead(one), *one.remarks])
    yield from _more(len(wrong) - MOST_LINES)


def _unknown(plan: YearPlan) -> Iterator[Line]:
    unknown = [one for one in plan.dates if one.unknown and not one.misfits]
    if not unknown:
        return
    yield from _heading("What we can't tell")
    for one in unknown[:MOST_LINES]:
        yield Line("")
        yield from _date(one, [*words.what_we_cannot_tell(one), *one.remarks])
    yield from _more(len(unknown) - MOST_LINES)


def _others(plan: YearPlan) -> Iterator[Line]:
    fits = [one for one in plan.dates if one.fits]
    if not fits:
        return
    yield from _heading("Dates that fit")
    for one in fits[:MOST_LINES]:
        yield from _date(one, [words.papers(one.papers), *one.remarks])
    yield from _more(len(fits) - MOST_LINES)


def _date(one: PlannedDate, told: list[str]) -> Iterator[Line]:
    yield Line(f"{when(one.meeting)}: {words.named(one)}", 2)
    yield from (Line(clean(line, PARAGRAPH), 4) for line in told if line)


def _avoided(one: Period) -> str:
    ask = f". {words.ADD_DATES}" if one.kind is Avoid.NOT_KNOWN else ""
    return f"{words.days(one.first, one.last)}: {words.avoided(one)}{ask}"


def _which_group(plan: YearPlan) -> Iterator[Line]:
    if plan.unplaced:
        yield from _heading(WHICH_GROUP)
        yield Line(words.NOT_PLACED, 2)
        for meeting in plan.unplaced[:MOST_LINES]:
            yield Line(f"{when(meeting)}: {title(meeting)}", 2)
        yield from _more(len(plan.unplaced) - MOST_LINES)


def _listed(heading: str, told: list[str] | tuple[str, ...]) -> Iterator[Line]:
    if told:
        yield from _heading(heading)
        yield from (Line(clean(line, PARAGRAPH), 2) for line in told[:MOST_LINES])
        yield from _more(len(told) - MOST_LINES)


def _heading(words_of_it: str) -> Iterator[Line]:
    yield Line("")
    yield Line(words_of_it, style="bold")


def _more(number: int) -> Iterator[Line]:
    if number > 0:
        yield Line(f"And {number:,} more: use --format html, or --format csv.", 2)
