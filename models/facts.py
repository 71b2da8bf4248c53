"""Facts: everything a review knows, as one frozen value. The rules read this and nothing else.

Times are aware and in London time, days are dates. What could not be read is said in `Coverage`, not
guessed: the rules answer "cannot tell" there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from models.days import LONDON, WorkingDays
from models.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting on one date, whether alone or out of a series, and wherever it was read.

    `starts` and `ends` are London time. For an all-day entry they are midnight of the first day and
    midnight after the last. `group` and `type` are empty where we can't tell which group it is.
    `online` is None where nothing says. `doubt` says why its clock time can't be trusted.
    """

    key: str
    uid: str
    title: str
    starts: datetime
    ends: datetime
    group: str = ""
    type: str = ""
    series: str = ""
    all_day: bool = False
    cancelled: bool = False
    private: bool = False
    end_assumed: bool = False
    online: bool | None = None
    place: str = ""
    organiser: str = ""
    doubt: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if self.starts.tzinfo is not LONDON or self.ends.tzinfo is not LONDON:
            raise ValueError(f"Meeting {self.key}: times must be London time")

    @property
    def day(self) -> date:
        """The day it starts, in London."""
        return self.starts.date()

    @property
    def last_day(self) -> date:
        """The last day it touches; one that ends at midnight does not touch the day after."""
        if self.ends <= self.starts:
            return self.day
        return (self.ends - timedelta(microseconds=1)).date()


@dataclass(frozen=True, slots=True)
class Stamp:
    """When we first saw a meeting, and its present date; "on or before" for a calendar's first read."""

    first_seen: datetime
    date_first_seen: datetime
    on_or_before: bool


@dataclass(frozen=True, slots=True)
class Papers:
    """What is known of one meeting's papers, by its group's own route and by what people said.

    `files` is how many were seen, 0 where only a person's word is known. `barrier` says in plain sentences
    what stops people from opening them; empty where nothing is known. With `on_or_before` they were there
    when we first looked, so `sent` may be the day of a later version: it can show that they were in time,
    never that they were late. `unclear`: somebody wrote in the Papers list, and we can't read what. `said_at`
    is when a person last said something of them. `print` is another one when other files lie there, and `newest`
    the time of the last of them.
    """

    sent: datetime | None = None
    coming_on: date | None = None
    none_this_time: bool = False
    files: int = 0
    barrier: str = ""
    on_or_before: bool = False
    unclear: bool = False
    said_at: datetime | None = field(default=None, compare=False)
    print: str = field(default="", compare=False)
    newest: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row that a person filled in: which list, which row, its fields by column name."""

    list: str
    id: str
    fields: Mapping[str, object]


class Said(StrEnum):
    """What kind of statement a person made."""

    REASON = "reason"
    AGREED_CHANGE = "agreed change"
    IN_HAND = "in hand"  # an officer is seeing to it
    CONTEST = "this is wrong"  # somebody says that we got a fact wrong: being checked
    STANDS = "it stands"  # the manager looked, and the alert is right
    OUR_MISTAKE = "our mistake"  # the manager looked, and we were wrong
    NOT_HERE = "not here"  # a forum rep says that the papers have not come
    SENT = "they went out"  # an officer's tick: on `day` the papers had gone to the forum
    NONE_THIS_TIME = "no papers this time"
    COMING_ON = "coming on"  # on `day`
    AGREE = "agree"  # the forum's answer to a reason
    NOT_THIS_TIME = "not this time"  # the forum's answer to a reason; silence is neither
    WE_ASKED = "we asked for this"  # the forum's answer: the change was its own wish
    CANT_OPEN = "can't open"  # a forum rep, about the papers of one meeting
    CALL_WANTED = "a call before"  # a forum rep would like a call before one meeting


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person said about a promise and a meeting (or a series until a date). Never changed, only undone.

    `proved` is how we know who it was ("register", "signed link", "command line"). `day` is the day that the
    words themselves name. `undoes` is the id of an earlier statement that this one takes back.
    """

    said: Said
    promise: str
    subject: str  # a meeting key or a series
    text: str
    role: str
    partner: str  # "forum", or the name of another
    at: datetime
    until: date | None = None
    id: str = ""
    proved: str = ""
    day: date | None = None
    undoes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What this round read in full: which dates, and which routes of papers are known to work.

    `routes` are the groups whose stated route has been seen to work: only there can silence mean late, and
    only for meetings after the route's first known sending, `routes_since`.
    """

    first: date
    last: date
    complete: bool = True
    routes: frozenset[str] = frozenset()
    routes_since: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))

    def covers(self, day: date) -> bool:
        """Whether a day lies inside a window that was read completely."""
        return self.complete and self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One review's whole knowledge. Mappings are by meeting key."""

    meetings: tuple[Meeting, ...]
    working_days: WorkingDays
    terms: Terms
    coverage: Coverage
    stamps: Mapping[str, Stamp] = field(default_factory=lambda: MappingProxyType({}))
    papers: Mapping[str, Papers] = field(default_factory=lambda: MappingProxyType({}))
    rows: tuple[RegisterRow, ...] = ()
    statements: tuple[Statement, ...] = ()
