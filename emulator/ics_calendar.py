"""A calendar file as a mailbox's calendar, its series opened up date by date."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

import recurring_ical_events  # type: ignore[import-untyped]

from emulator import zones
from emulator.ics_file import Part, calendar_in, meetings_of, time_of
from emulator.mailboxes import LONG_AGO, Attendee, Event, Person

SENSITIVITY: dict[str, Literal["normal", "private", "confidential"]] = {
    "PUBLIC": "normal",
    "PRIVATE": "private",
    "CONFIDENTIAL": "confidential",
}
SHOW_AS = {
    "FREE": "free",
    "TENTATIVE": "tentative",
    "BUSY": "busy",
    "OOF": "oof",
    "WORKINGELSEWHERE": "workingElsewhere",
}
RESPONSE = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentativelyAccepted"}
KIND: dict[str, Literal["required", "optional", "resource"]] = {
    "OPT-PARTICIPANT": "optional",
    "NON-PARTICIPANT": "resource",
}


class IcsCalendar:
    """The dates of one calendar file. Times that float are in the mailbox's own zone."""

    def __init__(
        self, content: bytes, owner: Person, zone: str = "GMT Standard Time", name: str = "The file"
    ) -> None:
        self._owner, self._zone, self._name = owner, zone, name
        calendar = calendar_in(content, name)
        parts = meetings_of(calendar)
        self._series = {uid for part in parts if _recurs(part) for uid in [_uid(part)]}
        self._changed = {
            (_uid(part), self._instant(part["RECURRENCE-ID"].dt)) for part in parts if _changed(part)
        }
        self._query = self._readable(lambda: recurring_ical_events.of(calendar, skip_bad_series=False))
        self._last: tuple[tuple[datetime, datetime] | None, list[Event]] = None, []
        first = min(self._instant(part["DTSTART"].dt) for part in parts)
        self.between(first, first + timedelta(days=1))  # a broken series is found now, and not in mid-call

    def between(self, starts: datetime, ends: datetime) -> Sequence[Event]:
        """The dates that overlap the window."""
        window, events = self._last
        if window != (starts, ends):  # pages of one window are asked for in a row; another one is a new read
            events = self._expanded(starts, ends)
            self._last = (starts, ends), events
        return events

    def _expanded(self, starts: datetime, ends: datetime) -> list[Event]:
        # A day wider on each side, since the library reads floating and all-day times in the window's zone
        day = timedelta(days=1)
        wider = starts.astimezone(UTC) - day, ends.astimezone(UTC) + day
        events = [self._event(part) for part in self._readable(lambda: self._query.between(*wider))]
        return [event for event in events if event.starts < ends and event.ends > starts]

    def _readable(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except Exception as broken:  # the library raises many kinds, all meaning that the file is at fault
            said = str(broken).splitlines()[0] if str(broken) else type(broken).__name__
            raise ValueError(f"{self._name} has a series that can't be read: {said}.") from broken

    def _event(self, part: Part) -> Event:
        uid, original = _uid(part), self._instant(part["RECURRENCE-ID"].dt)
        starts, all_day = part["DTSTART"].dt, not isinstance(part["DTSTART"].dt, datetime)
        in_series = uid in self._series
        return Event(
            uid=uid,
            subject=str(part.get("SUMMARY", "")),
            starts=self._instant(starts),
            ends=self._instant(part.end),
            organizer=_person(part["ORGANIZER"]) if "ORGANIZER" in part else self._owner,
            attendees=tuple(_attendee(entry) for entry in _several(part.get("ATTENDEE"))),
            zone=self._zone_of(starts),
            all_day=all_day,
            kind=self._kind(uid, original),
            original_start=original if in_series else None,
            location=str(part.get("LOCATION", "")),
            online_url=str(part.get("X-MICROSOFT-SKYPETEAMSMEETINGURL", "")) or None,
            notes=str(part.get("DESCRIPTION", "")),
            sensitivity=SENSITIVITY.get(str(part.get("CLASS", "PUBLIC")).upper(), "private"),
            cancelled=str(part.get("STATUS", "")).upper() == "CANCELLED",
            show_as=_show_as(part),
            has_attachments="ATTACH" in part,
            created=_stamp(part, "CREATED"),
            modified=_stamp(part, "LAST-MODIFIED", "DTSTAMP", "CREATED"),
        )

    def _kind(self, uid: str, original: datetime) -> Literal["singleInstance", "occurrence", "exception"]:
        if (uid, original) in self._changed:
            return "exception"
        return "occurrence" if uid in self._series else "singleInstance"

    def _zone_of(self, starts: date) -> str:
        zone = starts.tzinfo if isinstance(starts, datetime) else None
        return zones.windows_name(zone) if zone else self._zone

    def _instant(self, at: date) -> datetime:
        """The moment in UTC. A bare date and a floating time are read in the mailbox's own zone."""
        moment = at if isinstance(at, datetime) else datetime.combine(at, time())
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zones.zone(self._zone))
        return aware.astimezone(UTC)


def _uid(part: Part) -> str:
    # A file without UIDs is not to the letter, and yet people have them
    return str(part.get("UID") or f"{part['DTSTART'].dt.isoformat()}/{part.get('SUMMARY', '')}")


def _recurs(part: Part) -> bool:
    return any(name in part for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def _changed(part: Part) -> bool:
    return "RECURRENCE-ID" in part


def _stamp(part: Part, *names: str) -> datetime:
    at = time_of(part, *names) or LONG_AGO
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _show_as(part: Part) -> str:
    said = str(part.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    return SHOW_AS.get(said, "free" if str(part.get("TRANSP", "")).upper() == "TRANSPARENT" else "busy")


def _several(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _person(value: Any) -> Person:
    address = str(value)
    if address.lower().startswith("mailto:"):
        address = address[len("mailto:") :]
    return Person(address, str(value.params.get("CN", "")))


def _attendee(value: Any) -> Attendee:
    role, answer = str(value.params.get("ROLE", "")).upper(), str(value.params.get("PARTSTAT", "")).upper()
    room = str(value.params.get("CUTYPE", "")).upper() in ("ROOM", "RESOURCE")
    return Attendee(
        _person(value), "resource" if room else KIND.get(role, "required"), RESPONSE.get(answer, "none")
    )
