"""A year's dates before the invitations go out: which fit, which don't, the nearest that would, days to avoid.

What is said of a date is what the rules say of that meeting, no more and no less. What else is worth knowing
(a Saturday, papers due before today) stands beside it as a remark, and is no finding.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import chain

from models.agreement import Agreement, Operator
from models.days import ONE_DAY, SATURDAY
from models.facts import Meeting
from models.findings import Finding, State
from models.fitting import ABOUT_THE_DATE, Fitting, Kind, PapersDue, papers_due, same_hours
from models.free_times import Busy, moment
from models.rulebook import Rulebook
from models.terms import Standing, TermCalendar

FURTHEST = 42  # days either way in which a nearer date is looked for: six weeks, the longest half term or so
MOST_LOOKED_FOR = 500  # dates of one plan for which another is looked for
DAY_OFF = {"weekend": "weekend day", "closed": "day on which the partnership does not work"}
NO_TIME_FOR_PAPERS = "The day to send the papers has passed."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDate:
    """One date of the plan. `findings` are all that the rules say; `misfits` and `unknown` are parts of them.

    `instead` is the nearest date that would fit; None where none was looked for, or none was found. `too_long`:
    no time of day would do.
    """

    meeting: Meeting
    findings: tuple[Finding, ...]
    papers: PapersDue | None
    remarks: tuple[str, ...] = ()
    looked_for: bool = False
    instead: Meeting | None = None
    too_long: bool = False

    @property
    def misfits(self) -> tuple[Finding, ...]:
        """What does not fit, by the rules."""
        return tuple(finding for finding in self.findings if finding.found)

    @property
    def unknown(self) -> tuple[Finding, ...]:
        """What we can't tell of the date itself. That its venue is not in a list yet is for later."""
        return tuple(
            finding
            for finding in self.findings
            if finding.state is State.CANNOT_TELL
            and (finding.operator in ABOUT_THE_DATE or (_of_papers(finding) and finding.due is None))
        )

    @property
    def fits(self) -> bool:
        """Whether nothing stands against the date, as far as anybody can tell."""
        return not self.misfits and not self.unknown


class Avoid(StrEnum):
    """Why a day is better left free."""

    SCHOOLS = "school holiday"
    BANK_HOLIDAY = "bank holiday"
    CLOSED = "closed"
    NOT_KNOWN = "no school dates yet"
    ELSEWHERE = "school holiday elsewhere"  # only worth a mention


@dataclass(frozen=True, slots=True)
class Period:
    """Days to avoid, first and last included, and what they are: half term, Good Friday. `where`: whose schools."""

    first: date
    last: date
    kind: Avoid
    name: str
    where: str = ""

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlan:
    """The whole plan, as one value that every output is written from.

    `unplaced` are dates for which no group fits. `faults` and `notes` are whole sentences, as in a check.
    """

    agreement: Agreement
    first: date
    last: date
    now: datetime
    dates: tuple[PlannedDate, ...]
    avoid: tuple[Period, ...]
    unplaced: tuple[Meeting, ...] = ()
    faults: tuple[str, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())

    @property
    def begins(self) -> date:
        """The first day that matters: papers of an early date may be due before it."""
        return min([self.first, *(one.papers.day for one in self.dates if one.papers)])


def planned(fitting: Fitting, meetings: Sequence[Meeting]) -> tuple[PlannedDate, ...]:
    """Each meeting with what the rules say and, where it does not fit, the nearest date that would.

    A date that we name is then taken: two dates never get the same one, and no group gets two on one day.
    `meetings` are in order, placed and not cancelled.
    """
    busy = Busy(meetings)
    days = {(meeting.group, meeting.day) for meeting in meetings}
    looked_for = 0
    found = []
    for meeting in meetings:
        one = _looked_at(fitting, meeting)
        if _needs_another(one) and looked_for < MOST_LOOKED_FOR:
            looked_for += 1
            busy.give_back(meeting)
            met = frozenset(day for group, day in days if group == meeting.group and day != meeting.day)
            moved = nearest(fitting, meeting, busy, met)
            one = replace(one, instead=moved, looked_for=True, too_long=_too_long(fitting, meeting))
            busy.add(moved or meeting)
            days.add((meeting.group, (moved or meeting).day))
        found.append(one)
    return tuple(found)


def nearest(fitting: Fitting, meeting: Meeting, busy: Busy, met: Collection[date] = ()) -> Meeting | None:
    """The same meeting on the nearest day that fits, at its own time where it can; None within six weeks.

    Of two days equally far, the later. `met` are days on which the group meets already.
    """
    for distance in range(FURTHEST + 1):
        for day in dict.fromkeys((meeting.day + distance * ONE_DAY, meeting.day - distance * ONE_DAY)):
            moved = None if day in met else next(_on(fitting, meeting, day, busy), None)
            if moved is not None:
                return moved
    return None


def days_to_avoid(book: Rulebook, first: date, last: date) -> tuple[Period, ...]:
    """School holidays, bank holidays and closed days from one day to another, in order.

    Weekends are left out at both ends of a holiday, so that half term reads Monday to Friday.
    """
    areas = book.agreement.terms
    main, others = book.terms.of(areas.main), [book.terms.of(name) for name in areas.also_warn]
    found = [
        _periods(first, last, Avoid.SCHOOLS, _schools(main), main.name),
        _periods(first, last, Avoid.NOT_KNOWN, _not_known(main), main.name),
        _periods(first, last, Avoid.BANK_HOLIDAY, book.working.bank_holidays.get),
        _periods(first, last, Avoid.CLOSED, book.working.closed.get),
        *(_periods(first, last, Avoid.ELSEWHERE, _schools(one), one.name) for one in others),
    ]
    return tuple(
        sorted(chain.from_iterable(found), key=lambda one: (one.first, one.last, one.kind, one.where))
    )


def _looked_at(fitting: Fitting, meeting: Meeting) -> PlannedDate:
    findings = fitting.findings(meeting)
    said = " ".join(finding.because for finding in findings if finding.operator is Operator.CALENDAR)
    remarks = [*_about_the_day(fitting, meeting, findings, said)]
    remarks += [
        one for one in fitting.remarks(meeting, findings) if one.partition(" schools ")[0] not in said
    ]
    return PlannedDate(
        meeting=meeting, findings=findings, papers=papers_due(findings), remarks=tuple(remarks)
    )


def _about_the_day(
    fitting: Fitting, meeting: Meeting, findings: Iterable[Finding], said: str
) -> Iterator[str]:
    """What stands against a date that we would offer, and that no promise names."""
    kind, _, name = (fitting.book.working.why_not(meeting.day) or "").partition(": ")
    if kind and not (name and name in said):
        yield f"It is a {DAY_OFF.get(kind, kind)}{': ' if name else ''}{name}."
    if meeting.starts.astimezone(UTC) > fitting.now.astimezone(UTC) and any(
        obstacle.kind is Kind.NOTICE for obstacle in fitting.obstacles(meeting, findings)
    ):
        yield NO_TIME_FOR_PAPERS


def _too_long(fitting: Fitting, meeting: Meeting) -> bool:
    hours = fitting.hours(meeting.type, meeting.day)
    return bool(
        hours
        and not meeting.all_day
        and meeting.ends - meeting.starts > moment(meeting.day, hours[1]) - moment(meeting.day, hours[0])
    )


def _needs_another(one: PlannedDate) -> bool:
    """Where a better date helps: it is still ahead, and the date itself is what does not fit.

    A meeting over midnight, or whose hours nobody can tell, is left to people.
    """
    meeting = one.meeting
    if meeting.doubt or meeting.ends < meeting.starts:
        return False
    if not meeting.all_day and meeting.last_day != meeting.day:
        return False
    return any(
        finding.operator in ABOUT_THE_DATE and finding.state is State.AT_RISK for finding in one.findings
    )


def _on(fitting: Fitting, meeting: Meeting, day: date, busy: Busy) -> Iterator[Meeting]:
    """The meeting on another day, at its own time first, then at the first times that are free."""
    away = day - meeting.day
    same = replace(
        meeting,
        starts=moment(day, meeting.starts.time()),
        ends=moment(meeting.ends.date() + away, meeting.ends.time()),
    )
    against = {one.kind for one in fitting.obstacles(same)}
    if not against and (meeting.all_day or busy.is_free(same)):
        yield same
    hours = fitting.hours(meeting.type, day)
    if against - {Kind.HOURS} or meeting.all_day or hours is None:
        return
    for free in busy.free(day, hours, same.ends - same.starts):
        starts = moment(day, free.starts)
        moved = replace(meeting, starts=starts, ends=same_hours(starts, meeting))
        if not fitting.obstacles(moved):
            yield moved


def _of_papers(finding: Finding) -> bool:
    return finding.operator is Operator.NOTICE


def _schools(calendar: TermCalendar) -> Callable[[date], str | None]:
    def name(day: date) -> str | None:
        look = calendar.on(day)
        return look.name if look.standing is Standing.CLOSED else None

    return name


def _not_known(calendar: TermCalendar) -> Callable[[date], str | None]:
    def name(day: date) -> str | None:
        look = calendar.on(day)
        return look.name if look.standing is Standing.UNKNOWN else None

    return name


def _periods(
    first: date, last: date, kind: Avoid, name_of: Callable[[date], str | None], where: str = ""
) -> Iterator[Period]:
    """Days one after the other with the same name, as one period each."""
    run: list[date] = []
    name = ""
    for number in range((last - first).days + 2):
        day = first + number * ONE_DAY
        here = (name_of(day) if day <= last else None) or ""
        if run and here != name:
            yield from _without_weekends(Period(run[0], run[-1], kind, name, where))
            run = []
        if here:
            run, name = [*run[:1], day], here


def _without_weekends(period: Period) -> Iterator[Period]:
    first, last = period.first, period.last
    while first <= last and first.weekday() >= SATURDAY:
        first += ONE_DAY
    while last > first and last.weekday() >= SATURDAY:
        last -= ONE_DAY
    if first <= last:
        yield replace(period, first=first, last=last)
    elif period.kind in (Avoid.BANK_HOLIDAY, Avoid.CLOSED):  # a closed Saturday, where Saturdays count
        yield period
