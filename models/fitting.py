"""Would a date fit? Asked of the rules themselves, for a meeting that nobody has been invited to yet.

`slots` and `plan` both ask here, and here the answer comes from `models.rules`, so that a date we offer is
one that a check of the calendar finds nothing wrong with. Beyond the promises, two things are asked of a date
that we offer: people are at work that day, and there is time left to send the papers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import IntEnum

from models.agreement import CalendarTest, Operator, WindowTest
from models.days import LONDON
from models.facts import Coverage, Facts, Meeting
from models.findings import Finding, State
from models.rulebook import Rulebook
from models.rules import findings_of_meetings
from models.rules.school_terms import school_day
from models.rules.verdict import Case
from models.terms import Standing

OFFICE_HOURS = (time(9), time(17))  # where the agreement sets none for a type of meeting
ABOUT_THE_DATE = frozenset({Operator.WINDOW, Operator.CALENDAR})


class Kind(IntEnum):
    """What stands against a date; where several things do, the lowest is named first."""

    SCHOOLS = 1  # in the holidays, or in term where that was promised
    DAY_OFF = 2  # a weekend, a bank holiday, a closed day
    NO_GROUP = 3  # before the group began, or after it ended
    UNKNOWN = 4  # school dates or bank holidays do not reach so far
    NOTICE = 5  # the papers would have been due already
    TAKEN = 6  # no time is free that is long enough
    HOURS = 7  # outside the agreed hours


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands against a date, in a few words: "half term", "too soon to send papers"."""

    kind: Kind
    why: str


@dataclass(frozen=True, slots=True)
class PapersDue:
    """The working day by the end of which papers go out; `latest` is later where the reading is not settled."""

    day: date
    latest: date


class Fitting:
    """Answers for one rulebook and one moment; remembers nothing of one date when asked about another."""

    def __init__(self, book: Rulebook, now: datetime) -> None:
        self.book, self.now = book, now
        self._case = Case(_facts(book, ()), book.agreement, now.astimezone(UTC))

    @property
    def today(self) -> date:
        """The day it is, in London."""
        return self._case.today

    def findings(self, meeting: Meeting) -> tuple[Finding, ...]:
        """What the rules say of this one meeting: the same as a check of a calendar that holds it."""
        return findings_of_meetings(_facts(self.book, (meeting,)), self.book.agreement, self.now)

    def hours(self, kind: str, day: date) -> tuple[time, time] | None:
        """From when to when meetings of this type were promised to be; None where nothing was promised."""
        tests = [
            promise.test
            for promise in self.book.agreement.promises
            if promise.is_watched
            and isinstance(promise.test, WindowTest)
            and kind in promise.applies_to
            and promise.in_force(day)
        ]
        if not tests:
            return None
        return max(test.earliest for test in tests), min(test.latest for test in tests)

    def obstacles(self, meeting: Meeting, found: Iterable[Finding] | None = None) -> tuple[Obstacle, ...]:
        """All that stands against a date, the first to be named first; empty where it fits."""
        known = self.findings(meeting) if found is None else found
        return tuple(sorted(set(self._all(meeting, known)), key=lambda one: (one.kind, one.why)))

    def remarks(self, meeting: Meeting, found: Iterable[Finding]) -> tuple[str, ...]:
        """Worth knowing, though no promise is touched: schools that are shut that day, here or elsewhere."""
        areas = self.book.agreement.terms
        promised = {finding.operator for finding in found}
        named = areas.also_warn if Operator.CALENDAR in promised else (areas.main, *areas.also_warn)
        looks = ((name, school_day(self._case, name, meeting.day)) for name in named)
        return tuple(
            f"{name} schools are shut that day: {_bare(look.name)}."
            for name, look in looks
            if look.standing is Standing.CLOSED
        )

    def _all(self, meeting: Meeting, found: Iterable[Finding]) -> Iterator[Obstacle]:
        day = meeting.day
        off = self.book.working.why_not(day)
        if off:
            yield Obstacle(Kind.DAY_OFF, off.partition(": ")[2] or off)
        elif not self.book.working.knows(day):
            yield Obstacle(Kind.UNKNOWN, "we don't know the bank holidays yet")
        group = self.book.agreement.group(meeting.group) if meeting.group else None
        if group is not None and not group.meets_on(day):
            yield Obstacle(Kind.NO_GROUP, "the group does not meet then")
        for finding in found:
            yield from self._against(finding, meeting)

    def _against(self, finding: Finding, meeting: Meeting) -> Iterator[Obstacle]:
        if finding.operator is Operator.NOTICE:
            yield from self._about_papers(finding)
        elif finding.operator is Operator.CALENDAR:
            yield from self._about_schools(finding, meeting)
        elif finding.operator is Operator.WINDOW and finding.state is not State.KEPT and not meeting.all_day:
            yield Obstacle(Kind.HOURS, finding.because)

    def _about_papers(self, finding: Finding) -> Iterator[Obstacle]:
        if finding.due is None:
            if finding.state is State.CANNOT_TELL:
                yield Obstacle(Kind.UNKNOWN, "we don't know the bank holidays yet")
        elif finding.due.astimezone(LONDON).date() < self.today:
            yield Obstacle(Kind.NOTICE, "too soon to send papers in time")

    def _about_schools(self, finding: Finding, meeting: Meeting) -> Iterator[Obstacle]:
        main = self.book.agreement.terms.main
        if finding.state is State.CANNOT_TELL:
            yield Obstacle(Kind.UNKNOWN, f"we have no school dates of {main} for then")
        elif finding.state is not State.KEPT:
            test: CalendarTest = self.book.agreement.promise(finding.promise).test
            unwanted = Standing.CLOSED if test.inside else Standing.OPEN
            look = school_day(self._case, main, meeting.day)
            # A meeting of several days, or areas that decide together: only the rule's own sentence is right.
            yield Obstacle(
                Kind.SCHOOLS, _bare(look.name) if look.standing is unwanted else finding.because.rstrip(".")
            )


def papers_due(found: Iterable[Finding]) -> PapersDue | None:
    """When the papers of a meeting are due, by both readings; None where none were promised."""
    sums = [
        PapersDue(_day(finding.due), _day(finding.due_latest or finding.due))
        for finding in found
        if finding.operator is Operator.NOTICE and finding.due is not None
    ]
    return min(sums, key=lambda one: (one.day, one.latest)) if sums else None


def same_hours(starts: datetime, length_of: Meeting) -> datetime:
    """When a meeting that starts then ends, if it lasts as many real minutes as another one."""
    length = length_of.ends.astimezone(UTC) - length_of.starts.astimezone(UTC)
    return (starts.astimezone(UTC) + length).astimezone(LONDON)


def _facts(book: Rulebook, meetings: tuple[Meeting, ...]) -> Facts:
    days = [day for meeting in meetings for day in (meeting.day, meeting.last_day)] or [date(2000, 1, 1)]
    return Facts(
        meetings=meetings,
        working_days=book.working,
        terms=book.terms,
        coverage=Coverage(first=min(days), last=max(days)),
    )


def _bare(name: str) -> str:
    """ "half term" and "Good Friday", out of what reads well after "Monday is"."""
    if name.startswith(("a bank holiday (", "a day off (")):
        return name.partition("(")[2].removesuffix(")")
    return name.removeprefix("in ")


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
