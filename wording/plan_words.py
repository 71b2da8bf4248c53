"""The sentences of a year's plan: the same in the terminal, on the page, in the workbook and in the calendar."""

from collections.abc import Iterable

from models import spoken
from models.agreement import Operator
from models.findings import Finding
from models.year_plan import Avoid, Period, PlannedDate, YearPlan
from wording.plain import LINE, clean, hours, sentence, title, when
from wording.slots_words import ADD_DATES, ASK_BOTH, days, papers

__all__ = ["ADD_DATES", "ASK_BOTH", "days", "papers"]  # a plan says these in the same words

FITS, FITS_NOT, CANNOT_TELL = "Fits", "Does not fit", "We can't tell"
WHAT_IT_IS = (
    "This looks at dates before the invitations go out. It says what we can see in the dates. "
    "Which day is best is for people to say."
)
TWO_READINGS = (
    "Where papers have two days, the partners have not settled how days are counted. "
    "The first day is safe both ways."
)
NO_NEAREST = "We found no date within six weeks that fits."
TOO_LONG = "It is longer than the agreed hours. Please make it shorter, or hold it as two."
NOT_PLACED = "No group of the agreement fits these dates, or more than one does. We did not look at them."
NO_DATES = "We saw no dates here. Are these the right files and days?"
WHAT_TO_AVOID = {
    Avoid.SCHOOLS: "School holiday",
    Avoid.BANK_HOLIDAY: "Bank holiday",
    Avoid.CLOSED: "Partnership closed",
    Avoid.NOT_KNOWN: "No school dates yet",
    Avoid.ELSEWHERE: "School holiday elsewhere",
}


def looked_at(plan: YearPlan) -> str:
    """How many dates, and from when to when."""
    return f"{spoken.count(len(plan.dates), 'date')} from {days(plan.first, plan.last)}."


def in_all(plan: YearPlan) -> str:
    """How many fit, do not fit, and how many we can't tell."""
    if not plan.dates:
        return NO_DATES if not plan.unplaced else ""
    wrong = sum(bool(one.misfits) for one in plan.dates)
    unknown = sum(bool(one.unknown and not one.misfits) for one in plan.dates)
    fits = sum(one.fits for one in plan.dates)
    parts = [f"{fits:,} {'fits' if fits == 1 else 'fit'}"]
    parts += [f"{wrong:,} {'does' if wrong == 1 else 'do'} not fit"] if wrong else []
    parts += [f"for {unknown:,} we can't tell"] if unknown else []
    return sentence(spoken.listed(parts))


def standing(one: PlannedDate) -> str:
    """Fits; Does not fit; We can't tell."""
    if one.misfits:
        return FITS_NOT
    return CANNOT_TELL if one.unknown else FITS


def what_is_wrong(one: PlannedDate) -> list[str]:
    """A sentence for each promise that the date does not keep, with its clause."""
    return [_with_clause(finding) for finding in one.misfits]


def what_we_cannot_tell(one: PlannedDate) -> list[str]:
    """Why we can't tell; where dates are missing, an ask for them."""
    told = []
    for finding in one.unknown:
        ask = f" {ADD_DATES}" if finding.operator is Operator.CALENDAR else ""
        told.append(f"{sentence(finding.because)}{ask}")
    return list(dict.fromkeys(told))


def instead(one: PlannedDate) -> str:
    """The nearest date that fits, or that we found none; empty where we did not look for one."""
    if one.instead is not None:
        return f"Nearest that fits: {when(one.instead)}."
    if not one.looked_for:
        return ""
    return TOO_LONG if one.too_long else NO_NEAREST


def papers_by(one: PlannedDate) -> str:
    """By when the papers go out: "Thursday 19 November 2026 (or Friday 20 November 2026)"; empty for none."""
    if one.papers is None:
        return ""
    later = f" (or {spoken.day(one.papers.latest)})" if one.papers.latest != one.papers.day else ""
    return f"{spoken.day(one.papers.day)}{later}"


def two_readings(dates: Iterable[PlannedDate]) -> bool:
    """Whether papers have two days."""
    return any(one.papers and one.papers.latest != one.papers.day for one in dates)


def named(one: PlannedDate) -> str:
    """What the meeting is called, and its group where the title does not say it."""
    called, group = title(one.meeting), clean(one.meeting.group, LINE)
    return called if not group or group.casefold() in called.casefold() else f"{called} ({group})"


def day_and_hours(one: PlannedDate) -> tuple[str, str]:
    """Friday 27 November 2026, and 9:30am to 11am."""
    return spoken.day(one.meeting.day), hours(one.meeting)


def avoided(period: Period) -> str:
    """Half term; Good Friday; and whose schools, where they are not the partnership's own."""
    name = clean(period.name, LINE).removeprefix("the ")
    name = WHAT_TO_AVOID[period.kind] if period.kind is Avoid.NOT_KNOWN else name[:1].upper() + name[1:]
    return f"{name} ({clean(period.where, LINE)})" if period.kind is Avoid.ELSEWHERE else name


def _with_clause(finding: Finding) -> str:
    return f"{sentence(finding.because)} ({clean(finding.promise)}, clause {clean(finding.clause, LINE)})"
