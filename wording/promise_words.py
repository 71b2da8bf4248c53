"""What a promise asks for, in plain words, and one worked date for it."""

from datetime import date, datetime, timedelta

from models import spoken
from models.agreement import (
    Agreement,
    CalendarTest,
    NoticeTest,
    PresentTest,
    Promise,
    ShareTest,
    TermsRule,
    WindowTest,
)
from models.days import Count, DaySum, WorkingDays, before, readings_before
from models.register import LIST_OF_ITEM, register_list
from wording.plain import clean

ARRIVES = {
    "papers": ("The papers go out", "the meeting"),
    "request": ("The request reaches the forum", "the work with parents starts"),
}
DAYS_IN = {"days": 1, "weeks": 7}
HALF_AN_HOUR = timedelta(minutes=30)


def how_checked(promise: Promise, agreement: Agreement) -> str:
    """One or two plain sentences: what has to be true for the promise to be kept."""
    match promise.test if promise.is_watched else None:
        case NoticeTest() as test:
            return _notice(test)
        case WindowTest() as test:
            earliest, latest = spoken.clock(test.earliest), spoken.clock(test.latest)
            return f"It starts at {earliest} or later, and ends by {latest}."
        case CalendarTest() as test:
            return _calendar(test, agreement.terms)
        case ShareTest() as test:
            share = "half" if test.more_than == 0.5 else f"{test.more_than:.0%}"
            return f"More than {share} of the meetings in {_months(test.months)} can be joined online."
        case PresentTest() as test:
            return _present(test)
    return "The program can't check this yet."


def short_name(promise: Promise) -> str:
    """A promise in two or three words, for the rows of a table; its id where we have no better name."""
    match promise.test if promise.is_watched else None:
        case NoticeTest(thing="papers"):
            return "Papers in good time"
        case NoticeTest():
            return "Time to plan"
        case WindowTest():
            return "Time of day"
        case CalendarTest() as test:
            return "A day in term" if test.inside else "A day in the holidays"
        case ShareTest():
            return "Ways to join online"
        case PresentTest(item="venue"):
            return "A place for all"
    return f"Promise {promise.id}"


def worked_example(promise: Promise, agreement: Agreement, working: WorkingDays, day: date) -> str:
    """One worked date, for a meeting (or for work that starts) on `day`; empty where there is no sum."""
    match promise.test if promise.is_watched else None:
        case NoticeTest() as test:
            return _worked_notice(test, agreement.working_days.count, working, day)
        case WindowTest() as test:
            return _worked_window(test, day)
    return ""


def _notice(test: NoticeTest) -> str:
    arrives, event = ARRIVES[test.thing]
    least = spoken.count(test.least, test.unit.removesuffix("s"))
    return f"{arrives} {least} or more before {event}."


def _calendar(test: CalendarTest, terms: TermsRule) -> str:
    councils = [clean(name) for name in (terms.main, *terms.also_warn)]
    whose = {
        "main": councils[0],
        "any": spoken.listed(councils) + " (any one of them will do)" * (len(councils) > 1),
        "all": spoken.listed(councils) + " (all of them)" * (len(councils) > 1),
    }[test.combine]
    where = "a day in term" if test.inside else "a day in the school holidays"
    return f"It is on {where}, by the school dates of {whose}."


def _present(test: PresentTest) -> str:
    if test.item == "venue":
        return f"A meeting in a room is at a place with Yes under '{_title_of(test)}' in the venue list."
    return f"The row in the list '{LIST_OF_ITEM[test.item]}' has '{_title_of(test)}' filled in."


def _title_of(test: PresentTest) -> str:
    """What people see at the head of the column; its name where the register has no such column."""
    try:
        return register_list(LIST_OF_ITEM[test.item]).column(test.field).title
    except KeyError:
        return clean(test.field)


def _months(number: int) -> str:
    return "a year" if number == 12 else spoken.count(number, "month")


def _worked_notice(test: NoticeTest, count: Count, working: WorkingDays, day: date) -> str:
    """As in: Friday 27 November 2026: counted gives Friday 20 November, clear Thursday 19 November."""
    if test.unit != "working days":
        due = before(day, test.least * DAYS_IN[test.unit], working, Count.CALENDAR).due
        return f"{spoken.day(day)}: by {_day_near(due, day)}."
    sums = sorted(readings_before(day, test.least, working, count), key=lambda one: one.due, reverse=True)
    given = ", ".join(
        f"{one.reading}{' gives' if number == 0 else ''} {_day_near(one.due, day)}"
        for number, one in enumerate(sums)
    )
    return f"{spoken.day(day)}: {given}.{_left_out(sums[-1], day)}{_beyond(sums)}"


def _worked_window(test: WindowTest, day: date) -> str:
    earliest, latest = spoken.clock(test.earliest), spoken.clock(test.latest)
    early = (datetime.combine(day, test.earliest) - HALF_AN_HOUR).time()
    if early > test.earliest:  # half an hour before midnight is the day before
        return f"{earliest} to {latest} fits."
    return f"{earliest} to {latest} fits. {spoken.clock(early)} is too early."


def _left_out(one: DaySum, day: date) -> str:
    """The days that did not count and that people may not think of: weekends go without saying."""
    odd = [f"{_day_near(skip.day, day)} ({clean(skip.why)})" for skip in one.skipped if skip.why != "weekend"]
    return f" Not counted: {spoken.listed(odd)}." if odd else ""


def _beyond(sums: list[DaySum]) -> str:
    beyond = next((one.beyond for one in sums if one.beyond), None)
    return f" We do not know the bank holidays of {beyond.year} yet, so this may be wrong." if beyond else ""


def _day_near(value: date, other: date) -> str:
    """A day, with its year only where it is another year's."""
    return f"{value:%A} {value.day} {value:%B}" + (f" {value.year}" if value.year != other.year else "")
