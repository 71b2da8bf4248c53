"""Clauses 4.2 and 4.3: meetings "during term time", no formal consultation in the school holidays."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from models import spoken
from models.agreement import CalendarTest, Promise
from models.facts import Meeting
from models.findings import State
from models.rules.verdict import Case, Verdict, wrong
from models.terms import SchoolDay, Standing

ONE_DAY = timedelta(days=1)
LONGEST_LOOK = 60  # days of one entry that are looked at; a longer one is no meeting


def inside_term(promise: Promise, meeting: Meeting, case: Case) -> Verdict:
    """Every day of the meeting is one on which the authority's schools are open (or shut: outside).

    A bank holiday inside a term is a day off too. Days beyond the dates we have are "cannot tell". Other
    areas are only mentioned, unless the agreement says that any or all of the areas decide.
    """
    test: CalendarTest = promise.test
    wanted = Standing.OPEN if test.inside else Standing.CLOSED
    unknown = ""
    for day in _days(meeting):
        authority, look = _deciding(test, wanted, day, case)
        if look.standing is Standing.UNKNOWN:
            unknown = unknown or f"We can't tell if {spoken.day(day)} is in term: {look.name}."
        elif look.standing is not wanted:
            return Verdict(wrong(meeting, case), _because(case, meeting, authority, day))
    if unknown:
        return Verdict(State.CANNOT_TELL, unknown)
    authority, _ = _deciding(test, wanted, meeting.day, case)
    return Verdict(State.KEPT, _because(case, meeting, authority, meeting.day))


def school_day(case: Case, authority: str, day: date) -> SchoolDay:
    """What an authority's schools do on a day, bank holidays included; looked up once for each day."""
    look = case.school_days.get((authority, day))
    if look is None:
        look = case.school_days[authority, day] = _looked_up(case, authority, day)
    return look


def missing_dates(promises: Iterable[Promise], case: Case) -> Iterator[tuple[str, Verdict]]:
    """One ask for each authority whose dates do not reach the meetings we have: please add dates."""
    kinds = {kind for promise in promises for kind in promise.applies_to}
    meetings = (one for one in case.facts.meetings if one.type in kinds and not one.cancelled)
    days = sorted({day for meeting in meetings for day in _days(meeting)})
    for authority in dict.fromkeys((case.agreement.terms.main, *case.agreement.terms.also_warn)):
        calendar = case.facts.terms.of(authority)
        unknown = [day for day in days if calendar.on(day).standing is Standing.UNKNOWN]
        if unknown:
            told = f"{spoken.count(len(unknown), 'day')} with meetings, the first {spoken.day(unknown[0])}"
            text = f"We have no school dates of {calendar.name} for {told}. Please add dates."
            yield calendar.name, Verdict(State.CANNOT_TELL, text)


def _looked_up(case: Case, authority: str, day: date) -> SchoolDay:
    """As the calendar says, but named so that "Monday is ..." reads well."""
    calendar, working = case.facts.terms.of(authority), case.facts.working_days
    look = calendar.on(day)
    if look.standing is Standing.UNKNOWN:
        return look
    if look.standing is Standing.CLOSED:
        name = f"a day off ({look.name})" if day in calendar.shut_days else f"in {look.name}"
        return SchoolDay(Standing.CLOSED, name)
    if day in working.bank_holidays:
        return SchoolDay(Standing.CLOSED, f"a bank holiday ({working.bank_holidays[day]})")
    if not working.knows(day):
        return SchoolDay(Standing.UNKNOWN, "the bank holiday list does not reach it")
    return SchoolDay(Standing.OPEN, "in term")


def _days(meeting: Meeting) -> list[date]:
    first, last = meeting.day, meeting.last_day
    if first == last:
        return [first]
    return [first + n * ONE_DAY for n in range(min((last - first).days + 1, LONGEST_LOOK))]


def _deciding(test: CalendarTest, wanted: Standing, day: date, case: Case) -> tuple[str, SchoolDay]:
    """The authority that decides about a day, and what its schools do.

    The main one; where any will do, the first that fits; where all must fit, the first that does not.
    """
    areas = case.agreement.terms
    if test.combine == "main":
        return areas.main, school_day(case, areas.main, day)
    looks = [(name, school_day(case, name, day)) for name in (areas.main, *areas.also_warn)]
    misfit = {wanted: 0, Standing.UNKNOWN: 1}
    choose = min if test.combine == "any" else max
    return choose(looks, key=lambda one: misfit.get(one[1].standing, 2))


def _because(case: Case, meeting: Meeting, authority: str, day: date) -> str:
    """What the day is, and the other areas whose schools are shut when the meeting starts, as a remark."""
    told = f"{spoken.day(day)} is {school_day(case, authority, day).name} for most {authority} schools."
    shut = [
        name
        for name in case.agreement.terms.also_warn
        if name != authority and school_day(case, name, meeting.day).standing is Standing.CLOSED
    ]
    return f"{told} {spoken.listed(shut)} schools are shut that day." if shut else told
