"""The forum's own promises as a calendar file (.ics) that its chair may keep: the only place where they are told.

Each is a whole-day entry that comes back by itself. It says what the agreement says and asks one question. Nothing
in it counts days or says that anything is late, and nothing comes back to us: how the promise stands is the forum's.
"""

from datetime import UTC, date, datetime
from hashlib import sha256

from icalendar import Calendar, Event

from models.agreement import Agreement, Promise
from models.days import ONE_DAY, months_after
from wording.plain import LINE, PARAGRAPH, clean, sentence

NAME = "The forum's own promises"
YEARLY, QUARTERLY = 12, 3
MONTHS_OF = {"year": 12, "quarter": 3, "calendar month": 1, "month": 1}
FOR_YOU_ALONE = "This note is for the forum alone. Nobody else sees it, and nobody keeps count."


def forum_reminders(agreement: Agreement, now: datetime) -> bytes:
    """The file. The same agreement gives the same entries, so a new copy takes the place of the old one."""
    calendar = Calendar()
    calendar.add("prodid", "-//Protocol Watch//The forum's own promises//en")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    for promise in agreement.promises:
        if promise.forums_own:
            calendar.add_component(_entry(promise, agreement, now))
    return bytes(calendar.to_ical())


def months_between(promise: Promise) -> int:
    """Every how many months it comes back: as the agreement says, else once a quarter."""
    test = promise.test if isinstance(promise.test, dict) else {}
    if test.get("unit") == "months" and isinstance(test.get("most"), int):
        return max(1, int(test["most"]))
    return MONTHS_OF.get(str(test.get("period")), YEARLY if "from" in test else QUARTERLY)


def _entry(promise: Promise, agreement: Agreement, now: datetime) -> Event:
    every = months_between(promise)
    first = _first(agreement.agreed_on, every, now.date())
    event = Event()
    event.add("uid", _named(agreement.key, promise.id))
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", first)
    event.add("dtend", first + ONE_DAY)
    event.add("rrule", {"freq": "yearly"} if every == YEARLY else {"freq": "monthly", "interval": every})
    event.add(
        "summary", clean(promise.asks, LINE) or f"The forum's own promise, clause {clean(promise.clause)}"
    )
    says = f"The agreement, clause {clean(promise.clause, LINE)}: “{clean(promise.says, PARAGRAPH)}”"
    event.add("description", f"{sentence(says)} {FOR_YOU_ALONE}")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    return event


def _first(agreed_on: date, every: int, today: date) -> date:
    """The first time that is still ahead, counted from the day of the agreement; never the 29th or later."""
    start = agreed_on.replace(day=min(agreed_on.day, 28))  # a monthly 31st would leave out every other month
    number = 1
    while months_after(start, number * every) < today:
        number += 1
    return months_after(start, number * every)


def _named(*parts: str) -> str:
    """The same name for the same entry of every copy."""
    return f"{sha256('\n'.join(('forum', *parts)).encode()).hexdigest()[:24]}@protocol-watch"
