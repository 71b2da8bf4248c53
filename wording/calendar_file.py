"""The days to avoid and the papers' due days of a year's plan as a calendar (.ics) to put beside one's own."""

from datetime import UTC, date
from hashlib import sha256

from icalendar import Calendar, Event

from models import spoken
from models.days import ONE_DAY
from models.year_plan import Avoid, Period, PlannedDate, YearPlan
from wording import plan_words as words
from wording.plain import LINE, clean

NAME = "Days to plan by"


def calendar_file(plan: YearPlan) -> bytes:
    """Whole-day entries that take nobody's time. The same plan has the same entries, so a new copy replaces them.

    The meetings themselves are not in it: they come with their invitations.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Protocol Watch//Days to plan by//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    for period in plan.avoid:
        calendar.add_component(_avoid(period, plan))
    for one in plan.dates:
        if one.papers is not None:
            calendar.add_component(_papers(one, one.papers.day, plan))
    return bytes(calendar.to_ical())


def _avoid(period: Period, plan: YearPlan) -> Event:
    sort = words.WHAT_TO_AVOID[period.kind]
    if period.kind is Avoid.NOT_KNOWN:
        summary, about = sort, f"We have no school dates of {period.where} for these days. {words.ADD_DATES}"
    else:
        whose = f" of {period.where}" if period.where else ""
        summary, about = words.avoided(period), f"{sort}{whose}. Please pick another day for meetings."
        if period.kind is Avoid.ELSEWHERE:
            about = f"Schools of {period.where} are shut. Families there may not be free."
    name = _named(period.kind, period.where, period.name, period.first.isoformat())
    return _whole_days(name, period.first, period.last, (summary, about), plan)


def _papers(one: PlannedDate, day: date, plan: YearPlan) -> Event:
    summary = f"Papers due: {words.named(one)}, {spoken.day(one.meeting.day)}"
    about = " ".join([words.papers(one.papers), words.TWO_READINGS if words.two_readings([one]) else ""])
    return _whole_days(_named("papers", one.meeting.key), day, day, (summary, about.strip()), plan)


def _whole_days(name: str, first: date, last: date, told: tuple[str, str], plan: YearPlan) -> Event:
    event = Event()
    event.add("uid", name)
    event.add("dtstamp", plan.now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", first)
    event.add("dtend", last + ONE_DAY)
    event.add("summary", clean(told[0], 2 * LINE))
    event.add("description", clean(told[1]))
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    return event


def _named(*parts: str) -> str:
    """The same name for the same entry of every copy; nothing that somebody typed can be read in it."""
    return f"{sha256('\n'.join(parts).encode()).hexdigest()[:24]}@protocol-watch"
