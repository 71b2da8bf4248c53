"""One calendar date as Graph writes it: every property that a date here can have."""

from datetime import UTC, datetime
from functools import cache

from emulator import zones
from emulator.event_ids import change_key, event_id, ical_uid, series_id
from emulator.mailboxes import Attendee, Event, Mailbox, Person
from emulator.room_bookings import as_booked

NEVER = "0001-01-01T00:00:00Z"
"""Graph's "no time" in a response status (graph_samples, event_windows_tz.json)."""


def event_body(event: Event, mailbox: Mailbox, zone: str, *, immutable_ids: bool) -> dict[str, object]:
    """The whole event, its times in the zone of this name."""
    event = as_booked(event, mailbox)
    own = event.organizer.address.lower() == mailbox.address.lower()
    return {
        "@odata.etag": f'W/"{change_key(event)}"',
        "id": event_id(event, mailbox, immutable=immutable_ids),
        **_history(event),
        **_flags(event, own=own),
        **_text(event),
        **_online(event),
        "iCalUId": ical_uid(event.uid, event.original_start),
        "seriesMasterId": series_id(event, mailbox, immutable=immutable_ids),
        "type": event.kind,
        "webLink": f"https://outlook.council.example/owa/?itemid={event_id(event, mailbox, immutable=False)}",
        "responseStatus": _status(_own_response(event, mailbox, own=own)),
        "start": moment(event.starts, zone),
        "end": moment(event.ends, zone),
        "recurrence": None,
        "attendees": [_attendee(attendee, own=own) for attendee in event.attendees],
        "organizer": _address(event.organizer),
    }


@cache
def properties() -> frozenset[str]:
    """The name of every property that an event has here."""
    nobody, day = Person("nobody@council.example"), datetime(2026, 11, 5, tzinfo=UTC)
    body = event_body(
        Event("any", "any", day, day, nobody), Mailbox(nobody.address), "UTC", immutable_ids=False
    )
    return frozenset(name for name in body if not name.startswith("@"))


def moment(at: datetime, zone: str) -> dict[str, str]:
    """A time as Graph writes it: seven decimals, no offset, and the zone's name beside it.

    An all-day event is midnight in its organiser's zone, so in UTC it starts at 23:00 the day before in
    summer time; whether real Graph does so is not confirmed (graph.md §1), and it is the harder reading.
    """
    return {"dateTime": f"{at.astimezone(zones.zone(zone)):%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": zone}


def _history(event: Event) -> dict[str, object]:
    return {
        "createdDateTime": f"{event.created.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.0000000Z",
        "lastModifiedDateTime": f"{event.modified.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.0000000Z",
        "changeKey": change_key(event),
        "transactionId": event.transaction_id,
        "originalStartTimeZone": event.zone,
        "originalEndTimeZone": event.zone,
    }


def _flags(event: Event, *, own: bool) -> dict[str, object]:
    return {
        "categories": [],
        "reminderMinutesBeforeStart": 15,
        "isReminderOn": True,
        "hasAttachments": event.has_attachments or bool(event.attachments),
        "importance": "normal",
        "sensitivity": event.sensitivity,
        "isAllDay": event.all_day,
        "isCancelled": event.cancelled,
        "isOrganizer": own,
        "isDraft": False,
        "responseRequested": True,
        "showAs": event.show_as,
        "allowNewTimeProposals": True,
        "hideAttendees": False,
    }


def _text(event: Event) -> dict[str, object]:
    place: dict[str, object] = {
        "displayName": event.location,
        "locationType": "default",
        "uniqueIdType": "unknown",
    }
    unique = {"uniqueId": event.location, "uniqueIdType": "private"} if event.location else {}
    return {
        "subject": event.subject,
        "bodyPreview": event.notes[:255],
        "body": {"contentType": "html", "content": f"<html><head></head><body>{event.notes}</body></html>"},
        "location": {**place, **unique},
        "locations": [place] if event.location else [],
    }


def _online(event: Event) -> dict[str, object]:
    return {
        "onlineMeetingUrl": None,
        "isOnlineMeeting": event.online_url is not None,
        "onlineMeetingProvider": "teamsForBusiness" if event.online_url else "unknown",
        "onlineMeeting": {"joinUrl": event.online_url} if event.online_url else None,
    }


def _attendee(attendee: Attendee, *, own: bool) -> dict[str, object]:
    # A guest's copy doesn't carry the other guests' answers: only the organiser's does
    response = attendee.response if own else "none"
    return {"type": attendee.kind, "status": _status(response), **_address(attendee.person)}


def _own_response(event: Event, mailbox: Mailbox, *, own: bool) -> str:
    if own:
        return "organizer"
    answers = (a.response for a in event.attendees if a.person.address.lower() == mailbox.address.lower())
    return next(answers, "none")


def _status(response: str) -> dict[str, str]:
    return {"response": response, "time": NEVER}


def _address(person: Person) -> dict[str, object]:
    return {"emailAddress": {"name": person.name or person.address, "address": person.address}}
