"""The calendar part of a rep's mail: one due day of papers, asked for by the rep, put in or taken out again.

A whole day without a time zone: papers are due by the end of a day, wherever the phone happens to be, and the
entry takes nobody's time. The only time in it, the moment it was made, is UTC. The rep is its only guest.
"""

from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress

from models.days import ONE_DAY
from models.due_days import EntrySent
from models.texts import Texts
from wording.feed_file import due_day_uid
from wording.plain import LINE, NO_TITLE, clean


def due_day_part(texts: Texts, sent: EntrySent, *, organiser: str, rep: str, now: datetime) -> str:
    """The whole iCalendar text. `organiser` is the mailbox that we send from, `rep` the one guest's address."""
    entry = sent.entry
    calendar = Calendar()
    calendar.add("prodid", "-//Protocol Watch//Due days//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST" if entry.live else "CANCEL")
    event = Event()
    event.add("uid", due_day_uid(sent.key))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + ONE_DAY)
    event.add("summary", texts.say("feed.due", title=clean(entry.title, LINE) or NO_TITLE))
    event.add("status", "CONFIRMED" if entry.live else "CANCELLED")
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    event.add("organizer", vCalAddress(f"mailto:{organiser}"))
    guest = vCalAddress(f"mailto:{rep}")
    guest.params["RSVP"] = "FALSE"
    guest.params["PARTSTAT"] = "ACCEPTED"
    event.add("attendee", guest)
    calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()
