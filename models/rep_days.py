"""On which day of a week a forum rep's mail leaves: the day the rep picked, or the nearest that will do.

Never on a day when nobody works, and not while the main authority's schools are shut, unless the rep asked for
it. Where the school dates do not reach, nobody knows of a holiday, and the mail comes.
"""

from datetime import date, datetime, time, timedelta

from models.days import LONDON, ONE_DAY, WorkingDays
from models.reps import WEEKDAYS, Preferences
from models.telling import Hours
from models.terms import Standing, TermCalendar


def may_hear(day: date, chosen: Preferences, working: WorkingDays, school: TermCalendar) -> bool:
    """Whether a rep may get a mail on this day at all."""
    if working.why_not(day) is not None or chosen.resting(day):
        return False
    return chosen.in_holidays or school.on(day).standing is not Standing.CLOSED


def mail_day(today: date, chosen: Preferences, working: WorkingDays, school: TermCalendar) -> date | None:
    """The day of this week's mail: the one picked, else the next in the same week, else the last before it.

    None in a week without any such day. It stays in its own week, so that no week has two.
    """
    monday = today - timedelta(days=today.weekday())
    days = [monday + number * ONE_DAY for number in range(len(WEEKDAYS))]
    good = [day for day in days if may_hear(day, chosen, working, school)]
    picked = days[chosen.day if 0 <= chosen.day < len(days) else 0]
    later = [day for day in good if day >= picked]
    return later[0] if later else good[-1] if good else None


def mail_moment(day: date, hours: Hours, working: WorkingDays) -> datetime:
    """The first time of that day at which mails leave."""
    return hours.next_after(datetime.combine(day, time(), LONDON), working)


def week_of(day: date) -> str:
    """The week by its number: "2026-W48"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def open_moment(moment: datetime, hours: Hours, working: WorkingDays) -> datetime:
    """The first moment from this one on at which anybody may be told anything; not only at the set times."""
    return Hours(times=(), opens=hours.opens, closes=hours.closes).next_after(moment, working)


def noon_after(moment: datetime, working: WorkingDays) -> datetime:
    """Noon of the next working day after a moment, in London."""
    day = moment.astimezone(LONDON).date() + ONE_DAY
    while working.why_not(day) is not None:
        day += ONE_DAY
    return datetime.combine(day, time(12), LONDON)
