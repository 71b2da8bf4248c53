"""A forum rep's calendar to subscribe to (.ics): meetings and the papers' due days. Never that anything is late.

The same list gives the same bytes, so that a calendar program that asks again need not take it again.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from models.ahead import MeetingAhead, PapersAre
from models.days import ONE_DAY
from models.texts import Texts
from wording.plain import LINE, NO_TITLE, clean

AT = "protocol-watch"  # after the @ of every UID; the key before it says nothing
AGAIN_AFTER = timedelta(hours=6)  # how often a calendar program may ask
WITHOUT_DUE_DAY = frozenset({PapersAre.NONE, PapersAre.NOT_PROMISED})


def feed_file(texts: Texts, meetings: Iterable[MeetingAhead], read_at: datetime) -> bytes:
    """The whole calendar. `read_at` is when the meetings were last seen to have changed (aware)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Protocol Watch//Forum meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", texts.say("feed.name"))
    calendar.add("refresh-interval", AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    stamp = read_at.astimezone(UTC).replace(microsecond=0)
    by_key = {one.key: one for one in meetings}
    for one in sorted(by_key.values(), key=lambda each: (each.starts, each.key)):
        calendar.add_component(_meeting(one, stamp))
        if one.due is not None and not one.cancelled and one.papers not in WITHOUT_DUE_DAY:
            calendar.add_component(_due_day(texts, one, one.due, stamp))
    return bytes(calendar.to_ical())


def due_day_uid(key: str) -> str:
    """The name of a due day, the same in the feed and in mails, so that nobody has it twice."""
    return f"{key}-papers@{AT}"


def _meeting(one: MeetingAhead, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{AT}")
    event.add("dtstamp", stamp)
    event.add("dtstart", one.starts.astimezone(UTC))
    event.add("dtend", max(one.ends, one.starts).astimezone(UTC))
    event.add("summary", clean(one.title, 2 * LINE) or NO_TITLE)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    if place := clean(one.place, 2 * LINE):
        event.add("location", place)
    return event


def _due_day(texts: Texts, one: MeetingAhead, day: date, stamp: datetime) -> Event:
    """A whole day, because papers are due by its end, and so that it takes nobody's time."""
    event = Event()
    event.add("uid", due_day_uid(one.key))
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + ONE_DAY)
    event.add("summary", texts.say("feed.due", title=clean(one.title, LINE) or NO_TITLE))
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    return event
