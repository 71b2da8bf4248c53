"""One entry of an .ics file as plain facts, before its series is laid out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from icalendar import Event
from icalendar.prop import vBroken

from reading.ics_entries import Entry
from reading.ics_times import (
    CORRECT_IT,
    Moment,
    When,
    all_of,
    dates_listed,
    ends_of,
    first_of,
    in_london,
    is_whole_day,
    like,
    said_by,
    when,
)
from reading.misread import MisreadError
from reading.online import meets_online
from reading.quoting import printable
from reading.series_rules import rule_text
from reading.zones import Zones

LONGEST_TEXT = 1_000  # characters of a title or place; the rest is somebody's notes


@dataclass(slots=True, kw_only=True)
class Draft:
    """What one entry says. `planned` is the start an occurrence had in its series, before it was moved.

    `onwards`: what it says goes for all later occurrences too. `version` orders entries that speak of
    the same meeting: the highest is the newest.
    """

    line: int
    uid: str
    starts: Moment
    ends: Moment
    end_assumed: bool
    all_day: bool
    doubt: str
    planned: Moment | None
    onwards: bool
    version: tuple[int, str]
    title: str
    place: str
    organiser: str
    online: bool | None
    private: bool
    cancelled: bool
    rules: tuple[str, ...]
    exception_rules: tuple[str, ...]
    extra_dates: tuple[tuple[Moment, timedelta | None], ...]
    left_out: tuple[Moment, ...]
    unreadable_rule: bool
    unreadable_dates: bool

    @property
    def repeats(self) -> bool:
        """Whether it is the head of a series."""
        return bool(self.rules or self.extra_dates)


def draft(entry: Entry, zones: Zones, method: str) -> Draft:
    """The facts of one entry. Raises MisreadError where it has no time that can be used."""
    if entry.too_long:
        raise MisreadError("one line of this entry has a million characters or more", CORRECT_IT)
    event = Event.from_ical(entry.ical)
    assert isinstance(event, Event)  # noqa: S101 - narrows the type
    starts = when(event, "DTSTART", zones, "start")
    if starts is None:
        raise MisreadError("this entry has no start", CORRECT_IT)
    ends, assumed = ends_of(event, starts.at, zones)
    if in_london(ends) < in_london(starts.at):
        raise MisreadError(f"this entry, on {_day(starts.at)}, ends before it starts", CORRECT_IT)
    return _draft(entry.line, event, starts, ends, assumed=assumed, zones=zones, method=method)


def _draft(
    line: int, event: Event, starts: When, ends: Moment, *, assumed: bool, zones: Zones, method: str
) -> Draft:
    rules, exceptions = all_of(event, "RRULE"), all_of(event, "EXRULE")
    planned = when(event, "RECURRENCE-ID", zones, "original start")
    title, place = _text(event, "SUMMARY"), _text(event, "LOCATION")
    whole_days = is_whole_day(starts.at) or _text(event, "X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
    return Draft(
        line=line,
        uid=_text(event, "UID") or _made_up_uid(title, starts.at),
        starts=starts.at,
        ends=ends,
        end_assumed=assumed and not whole_days,
        all_day=whole_days,
        doubt=starts.doubt,
        planned=planned.at if planned else None,
        onwards=planned is not None and _range(event) == "THISANDFUTURE",
        version=_version(event),
        title=title,
        place=place,
        organiser=_address(event),
        online=meets_online(event, place),
        private=_is_private(event),
        cancelled=method == "CANCEL" or _text(event, "STATUS").upper() == "CANCELLED",
        rules=tuple(filter(None, (rule_text(rule, starts.at) for rule in rules))),
        exception_rules=tuple(filter(None, (rule_text(rule, starts.at) for rule in exceptions))),
        extra_dates=tuple(
            (like(moment, starts.at), length) for moment, length in dates_listed(event, "RDATE", zones)
        ),
        left_out=tuple(like(moment, starts.at) for moment, _ in dates_listed(event, "EXDATE", zones)),
        unreadable_dates=any(
            isinstance(prop, vBroken) for name in ("RDATE", "EXDATE") for prop in all_of(event, name)
        ),
        unreadable_rule=any(not isinstance(rule, dict) for rule in (*rules, *exceptions)),
    )


def _text(event: Event, name: str) -> str:
    return printable(str(first_of(event, name) or "")[:LONGEST_TEXT])


def _address(event: Event) -> str:
    """The organiser's address; empty where a program wrote something that is none."""
    address = _text(event, "ORGANIZER").lower().removeprefix("mailto:").strip()
    return address if "@" in address else ""


def _is_private(event: Event) -> bool:
    """Anything but PUBLIC is private, as the standard asks for words that a reader does not know."""
    marks = [str(mark).strip().upper() for mark in all_of(event, "CLASS")]
    access = _text(event, "X-CALENDARSERVER-ACCESS").upper()
    return any(mark not in ("", "PUBLIC") for mark in (*marks, access))


def _range(event: Event) -> str:
    return str(first_of(event, "RECURRENCE-ID").params.get("RANGE", "")).upper()


def _version(event: Event) -> tuple[int, str]:
    sequence = first_of(event, "SEQUENCE")
    latest = max(_stamp(event, "LAST-MODIFIED"), _stamp(event, "DTSTAMP"))
    return int(sequence) if isinstance(sequence, int) else 0, latest


def _stamp(event: Event, name: str) -> str:
    """When an entry was written, in UTC as the standard asks; empty where that is not said."""
    stamp = said_by(first_of(event, name))
    if not isinstance(stamp, datetime):
        return ""
    return (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _made_up_uid(title: str, starts: Moment) -> str:
    """An identity for an entry that was exported without one; the same at every reading."""
    return "no-uid-" + sha256(f"{title}\n{in_london(starts).isoformat()}".encode()).hexdigest()[:20]


def _day(moment: Moment) -> str:
    return in_london(moment).date().isoformat()
