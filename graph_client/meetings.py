"""From Graph's event to our meeting: done once, here at the edge, and nowhere else."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from graph_client.event_bodies import Misfit, Sent, ZonedTime, events_among
from graph_client.quirks.all_day_in_summer_time import all_day_in_london, date_of
from graph_client.quirks.cancelled_copies_that_linger import one_of_each
from graph_client.quirks.online_said_in_the_place import is_online
from graph_client.quirks.private_events_served_whole import is_private
from graph_client.quirks.series_exceptions import is_only_a_pattern
from graph_client.quirks.windows_zone_names import zone_named
from graph_client.quirks.year_0001 import is_no_time
from models import spoken
from models.days import LONDON
from models.facts import Meeting
from models.keys import meeting_key


class NotUnderstood(ValueError):
    """Why one event can't be read, in words that don't name it."""


class Gathered:
    """The meetings of one calendar as its pages come in; nothing else of the pages is kept.

    Of an entry that came twice the last counts (graph §1: replays happen).
    """

    def __init__(self, mailbox: str) -> None:
        self._mailbox = mailbox
        self._by_id: dict[str, Meeting] = {}
        self._unreadable: dict[str, str] = {}
        self._attached: dict[str, str] = {}
        self._count = 0

    def add(self, events: Iterable[Sent | Misfit]) -> None:
        """Take in one page."""
        for event in events:
            self._count += 1
            self._add(event, _id_of(event) or f"entry {self._count}")

    def _add(self, event: Sent | Misfit, name: str) -> None:
        self._unreadable.pop(name, None)
        try:
            meeting = _meeting(event, self._mailbox)
        except NotUnderstood as why:
            self._by_id.pop(name, None)
            self._unreadable[name] = _sentence(event, self._mailbox, str(why))
            return
        if meeting is None:
            return
        self._by_id[name] = meeting
        self._attached.pop(meeting.key, None)
        if not isinstance(event, Misfit) and event.get("hasAttachments"):
            self._attached[meeting.key] = name

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Each meeting once, by time."""
        once = one_of_each(self._by_id.values())
        return tuple(sorted(once, key=lambda meeting: (meeting.starts, meeting.key)))

    @property
    def unreadable(self) -> tuple[str, ...]:
        """A sentence for each entry that can't be understood."""
        return tuple(self._unreadable.values())

    @property
    def attached(self) -> dict[str, str]:
        """The id of the event behind each meeting that has attachments, by meeting key."""
        return dict(self._attached)


def meetings_in(entries: Iterable[Any], mailbox: str) -> tuple[tuple[Meeting, ...], tuple[str, ...]]:
    """The meetings among a calendar's entries, and a sentence for each that can't be understood."""
    gathered = Gathered(mailbox)
    gathered.add(events_among(entries))
    return gathered.meetings, gathered.unreadable


def _meeting(event: Sent | Misfit, mailbox: str) -> Meeting | None:
    if isinstance(event, Misfit):
        raise NotUnderstood(event.why)
    return None if is_only_a_pattern(event.get("type")) else meeting_from(event, mailbox)


def meeting_from(event: Sent, mailbox: str) -> Meeting:
    """The meeting that one event is; NotUnderstood where it has no identity or no time."""
    uid = event.get("iCalUId")
    if not uid:
        raise NotUnderstood("it has no identity (iCalUId)")
    starts, ends = _times(event)
    place = (event.get("location") or {}).get("displayName") or ""
    return Meeting(
        key=meeting_key(uid),
        uid=uid,
        title=event.get("subject") or "",
        starts=starts,
        ends=ends,
        series=event.get("seriesMasterId") or "",
        all_day=event.get("isAllDay") or False,
        cancelled=event.get("isCancelled") or False,
        private=is_private(event.get("sensitivity")),
        online=is_online(event.get("isOnlineMeeting"), event.get("onlineMeetingUrl") or "", place),
        place=place,
        organiser=_organiser(event),
        source=mailbox,
    )


def _times(event: Sent) -> tuple[datetime, datetime]:
    starts, ends = _moment(event.get("start"), "start"), _moment(event.get("end"), "end")
    if event.get("isAllDay"):
        return _whole_days(event, starts, ends)
    if ends < starts:
        raise NotUnderstood("it ends before it starts")
    return starts.astimezone(LONDON), ends.astimezone(LONDON)


def _whole_days(event: Sent, starts: datetime, ends: datetime) -> tuple[datetime, datetime]:
    made_in = zone_named(event.get("originalStartTimeZone") or "")
    first, after = date_of(starts, made_in), date_of(ends, made_in)
    if first is None or after is None:
        raise NotUnderstood("it lasts all day, but does not start and end at midnight")
    return all_day_in_london(first, after)


def _moment(time: ZonedTime | None, which: str) -> datetime:
    if time is None:
        raise NotUnderstood(f"it has no {which} time")
    return _aware(time.get("dateTime", ""), time.get("timeZone") or "UTC", which)


@lru_cache(maxsize=8192)  # meetings begin and end on the same half hours
def _aware(text: str, zone_name: str, which: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NotUnderstood(f"its {which} time can't be read") from None
    if is_no_time(moment) or moment.year >= 9999:
        raise NotUnderstood(f"it has no {which} time")
    if moment.tzinfo:
        return moment
    zone = zone_named(zone_name)
    if zone is None:
        raise NotUnderstood(f"the time zone of its {which} is not known")
    return moment.replace(tzinfo=zone)


def _organiser(event: Sent) -> str:
    who = (event.get("organizer") or {}).get("emailAddress") or {}
    return (who.get("address") or "").strip().lower()


def _id_of(event: Sent | Misfit) -> str:
    if not isinstance(event, Misfit):
        return event.get("id") or ""
    id = event.entry.get("id") if isinstance(event.entry, dict) else ""
    return id if isinstance(id, str) else ""


def _sentence(event: Sent | Misfit, mailbox: str, why: str) -> str:
    entry = event.entry if isinstance(event, Misfit) else event
    return f"An event{_day_of(entry)} in the calendar of {mailbox} could not be understood: {why}."


def _day_of(entry: Any) -> str:
    try:
        day = datetime.fromisoformat(entry["start"]["dateTime"]).date()
    except (KeyError, TypeError, ValueError):
        return ""
    return f" on {spoken.day(day)}"
