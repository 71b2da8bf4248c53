"""One run of `watch` as one value that its outputs are written from, so that all of them say the same."""

from dataclasses import dataclass
from datetime import datetime

from wording.results import Results

OWED, CLAIMED, PAID, UNSURE, DROPPED = "owed", "claimed", "paid", "unsure", "dropped"
WAITS = frozenset({OWED, CLAIMED, UNSURE})


@dataclass(frozen=True, slots=True)
class Calendar:
    """One calendar: when it was read and how many meetings it held, or in one sentence why not."""

    name: str
    read_at: datetime | None
    meetings: int = 0
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One delivery: by which way, about what, how it stands, and from when on it may leave."""

    key: str
    channel: str
    state: str
    about: str
    not_before: datetime
    note: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is still to be sent."""
        return self.state in WAITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What was read and found, who was told, and what waits.

    `deliveries` are those that were tried in this run and those that wait. `observing` says that nobody is
    told but the manager, `quiet` of which groups. `questions` are whole sentences for a person to answer.
    """

    results: Results
    calendars: tuple[Calendar, ...]
    deliveries: tuple[Told, ...]
    questions: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    observing: bool = False

    @property
    def anything_read(self) -> bool:
        """Whether at least one calendar was read."""
        return any(one.read_at is not None for one in self.calendars)
