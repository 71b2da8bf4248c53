"""Mailboxes, and what stands in their calendars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, Protocol
from uuid import NAMESPACE_URL, uuid5

LONG_AGO = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
"""When things of the seed were made, where their file doesn't say."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a mail address."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody invited, and what they answered."""

    person: Person
    kind: Literal["required", "optional", "resource"] = "required"
    response: str = "none"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an invitation. Only what can be said without opening it."""

    name: str
    size: int
    content_type: str = "application/pdf"
    inline: bool = False
    modified: datetime = LONG_AGO


@dataclass(frozen=True, slots=True)
class Message:
    """One mail in a mailbox."""

    subject: str
    sender: Person
    to: tuple[Person, ...]
    received: datetime
    cc: tuple[Person, ...] = ()
    has_attachments: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One date in a calendar. A date of a series also says which date of it this is (original_start)."""

    uid: str
    subject: str
    starts: datetime
    ends: datetime
    organizer: Person
    attendees: tuple[Attendee, ...] = ()
    zone: str = "GMT Standard Time"
    all_day: bool = False
    kind: Literal["singleInstance", "occurrence", "exception"] = "singleInstance"
    original_start: datetime | None = None
    location: str = ""
    online_url: str | None = None
    notes: str = ""
    sensitivity: Literal["normal", "personal", "private", "confidential"] = "normal"
    cancelled: bool = False
    show_as: str = "busy"
    has_attachments: bool = False
    created: datetime = LONG_AGO
    modified: datetime = LONG_AGO
    attachments: tuple[Attachment, ...] = ()
    transaction_id: str | None = None


class Calendar(Protocol):
    """Anything that can say which dates touch a window, series already opened up."""

    def between(self, starts: datetime, ends: datetime) -> Sequence[Event]:
        """The dates that overlap the window."""


@dataclass(frozen=True, slots=True)
class ListedEvents:
    """A calendar given as a plain list of dates."""

    events: tuple[Event, ...] = ()

    def between(self, starts: datetime, ends: datetime) -> Sequence[Event]:
        """The dates that overlap the window."""
        return [event for event in self.events if event.starts < ends and event.ends > starts]


@dataclass(frozen=True, slots=True)
class Further:
    """A calendar that somebody made beside a mailbox's own, and its name."""

    name: str
    calendar: Calendar = ListedEvents()


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox and its calendar; `further` are those that it has besides."""

    address: str
    calendar: Calendar = ListedEvents()
    name: str = ""
    zone: str = "GMT Standard Time"
    kind: Literal["shared", "user", "room", "group", "soft-deleted", "on-premises"] = "user"
    messages: tuple[Message, ...] = ()
    wheelchair: bool | None = None
    """Of a room: whether a wheelchair user can get in; none where nobody has said."""
    further: tuple[Further, ...] = ()
    keeps_subjects: bool = False
    """Of a room: whether somebody told Exchange to leave the subject as the organiser wrote it."""

    @property
    def id(self) -> str:
        """The directory id, the same in every run."""
        return str(uuid5(NAMESPACE_URL, f"mailbox:{self.address.lower()}"))
