"""From Graph's event to our meeting: done once, here at the edge, and nowhere else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from graph_client.bodies import GraphEvent, ZonedTime
from graph_client.quirks.all_day_in_summer_time import all_day_in_london, date_of
from graph_client.quirks.online_said_in_the_place import is_online
from graph_client.quirks.windows_zone_names import zone_named
from graph_client.quirks.year_0001 import is_no_time
from models import spoken
from models.days import LONDON
from models.facts import Meeting
from models.keys import meeting_key

PATTERN_OF_A_SERIES = "seriesMaster"  # no date of its own; its dates come beside it (graph §1)
OPEN_TO_ALL = frozenset({"", "normal"})  # anything else (private, personal, confidential) is masked


class NotUnderstood(ValueError):
    """Why one event can't be read, in words that don't name it."""


def meetings_in(events: Iterable[Any], mailbox: str) -> tuple[tuple[Meeting, ...], tuple[str, ...]]:
    """The meetings among a calendar's entries, and a sentence for each that can't be understood.

    Of an entry that came twice the last counts (graph §1: replays happen). One meeting that lies in the
    calendar as two entries (a lingering copy) is one meeting; the copy that was not cancelled wins.
    """
    by_id: dict[str, Meeting] = {}
    unreadable: dict[str, str] = {}
    for number, entry in enumerate(events):
        name = _id_of(entry) or f"entry {number}"
        unreadable.pop(name, None)
        try:
            meeting = _meeting(entry, mailbox)
        except NotUnderstood as why:
            by_id.pop(name, None)
            unreadable[name] = _sentence(entry, mailbox, str(why))
        else:
            if meeting is not None:
                by_id[name] = meeting
    meetings = sorted(_one_of_each(by_id.values()), key=lambda meeting: (meeting.starts, meeting.key))
    return tuple(meetings), tuple(unreadable.values())


def _meeting(entry: Any, mailbox: str) -> Meeting | None:
    try:
        event = GraphEvent.model_validate(entry)
    except ValidationError as wrong:
        where = wrong.errors(include_input=False, include_url=False)[0]["loc"]
        raise NotUnderstood(
            f"its '{where[0] if where else 'content'}' is not of the published kind"
        ) from None
    return None if event.type == PATTERN_OF_A_SERIES else meeting_from(event, mailbox)


def meeting_from(event: GraphEvent, mailbox: str) -> Meeting:
    """The meeting that one event is; NotUnderstood where it has no identity or no time."""
    if not event.ical_uid:
        raise NotUnderstood("it has no identity (iCalUId)")
    starts, ends = _times(event)
    place = event.location.display_name if event.location else ""
    return Meeting(
        key=meeting_key(event.ical_uid),
        uid=event.ical_uid,
        title=event.subject,
        starts=starts,
        ends=ends,
        series=event.series_master_id,
        all_day=event.is_all_day,
        cancelled=event.is_cancelled,
        private=event.sensitivity.casefold() not in OPEN_TO_ALL,
        online=is_online(event.is_online_meeting, event.online_meeting_url, place),
        place=place,
        organiser=_organiser(event),
        source=mailbox,
    )


def _times(event: GraphEvent) -> tuple[datetime, datetime]:
    starts, ends = _moment(event.start, "start"), _moment(event.end, "end")
    if event.is_all_day:
        return _whole_days(event, starts, ends)
    if ends < starts:
        raise NotUnderstood("it ends before it starts")
    return starts.astimezone(LONDON), ends.astimezone(LONDON)


def _whole_days(event: GraphEvent, starts: datetime, ends: datetime) -> tuple[datetime, datetime]:
    made_in = zone_named(event.original_start_time_zone)
    first, after = date_of(starts, made_in), date_of(ends, made_in)
    if first is None or after is None:
        raise NotUnderstood("it lasts all day, but does not start and end at midnight")
    return all_day_in_london(first, after)


def _moment(time: ZonedTime | None, which: str) -> datetime:
    if time is None:
        raise NotUnderstood(f"it has no {which} time")
    try:
        moment = datetime.fromisoformat(time.date_time)
    except ValueError:
        raise NotUnderstood(f"its {which} time can't be read") from None
    if is_no_time(moment) or moment.year >= 9999:
        raise NotUnderstood(f"it has no {which} time")
    if moment.tzinfo:
        return moment
    zone = zone_named(time.time_zone or "UTC")
    if zone is None:
        raise NotUnderstood(f"the time zone of its {which} is not known")
    return moment.replace(tzinfo=zone)


def _organiser(event: GraphEvent) -> str:
    who = event.organizer.email_address if event.organizer else None
    return who.address.strip().lower() if who else ""


def _id_of(entry: Any) -> str:
    id = entry.get("id") if isinstance(entry, dict) else ""
    return id if isinstance(id, str) else ""


def _sentence(entry: Any, mailbox: str, why: str) -> str:
    return f"An event{_day_of(entry)} in the calendar of {mailbox} could not be understood: {why}."


def _day_of(entry: Any) -> str:
    try:
        day = datetime.fromisoformat(entry["start"]["dateTime"]).date()
    except (KeyError, TypeError, ValueError):
        return ""
    return f" on {spoken.day(day)}"


def _one_of_each(meetings: Iterable[Meeting]) -> Iterable[Meeting]:
    kept: dict[str, Meeting] = {}
    for meeting in meetings:
        other = kept.get(meeting.key)
        if other is None or other.cancelled or not meeting.cancelled:
            kept[meeting.key] = meeting
    return kept.values()
