"""What is held about one person, and what became of it, as plain values for whoever words them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the register or of one of the manager's lists, by its list and number."""

    list: str
    number: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something that was said, by a role."""

    group: str
    at: datetime
    role: str
    said: str
    text: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that names the person, and why we know of it."""

    group: str
    title: str
    day: str
    promise: str
    state: str


@dataclass(frozen=True, slots=True)
class Mail:
    """Something that was sent, or is still to be."""

    channel: str
    about: str
    at: datetime
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAbout:
    """Everything that is held about one person. `unread` says which list could not be read, and why.

    `shown` are rows of the manager's lists where our own words name the person, `typed` those where people's do.
    """

    address: str
    roles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    shown: tuple[Row, ...] = ()
    typed: tuple[Row, ...] = ()
    chosen: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    statements: tuple[Spoken, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    mails: tuple[Mail, ...] = ()
    elsewhere: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether anything is held."""
        in_lists = (*self.rows, *self.shown, *self.typed)
        return any((in_lists, self.chosen, self.statements, self.meetings, self.mails, self.elsewhere))


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was erased, by kind and how many; `waiting` mails are being sent at this moment. `dry`: nothing was."""

    gone: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0
    busy: int = 0
    dry: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is left here."""
        return not (self.waiting or self.busy or self.dry)
