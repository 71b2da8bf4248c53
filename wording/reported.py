"""One quarter as one value that every report is written from, so that all of them say the same.

There is nobody's name in it: an entry knows its group and its day. Times are aware, days are dates.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from models.agreement import Strength
from models.quarters import Quarter
from models.record import Held, Recorded
from models.tally import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """What was promised: its short name, clause, the agreement's own words, how it is checked; days, for papers.

    `of_requests`: it is about requests to the forum, and not about meetings.
    """

    id: str
    name: str
    clause: str
    says: str
    checked: str
    strength: Strength
    days: int | None = None
    of_requests: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRead:
    """When a group's calendar was last read, and the spans of the quarter that no reading reached.

    `gap`: there are days between that nobody read, and we don't know which.
    """

    group: str
    read_at: datetime | None = None
    unread: tuple[tuple[date, date], ...] = ()
    gap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A quarter: what was promised, how it went, and what was read for it.

    `so_far` says that the quarter is not over. `frozen_at` is when its figures stopped. `backtest` says that it was
    made from exported calendars. `notes` are sentences about what could not be read or still waits.
    """

    agreement: str
    quarter: Quarter
    made_at: datetime
    promises: Mapping[str, Promised] = field(default_factory=lambda: MappingProxyType({}))
    tallies: tuple[Tally, ...] = ()
    entries: tuple[Recorded, ...] = ()
    held: tuple[Held, ...] = ()
    read: tuple[GroupRead, ...] = ()
    notes: tuple[str, ...] = ()
    so_far: bool = False
    frozen_at: datetime | None = None
    backtest: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything on record."""
        return bool(self.entries)
