"""Meetings ahead: what a forum rep is told of each meeting that comes, and of the papers as they are known now.

Made at the end of a review and kept for mails, pages and the feed, which so need not read a calendar. Private
meetings are never among them: not even that there is one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.days import LONDON


class PapersAre(StrEnum):
    """How the papers of a meeting stand, as far as we can see."""

    SENT = "sent"
    EXPECTED = "expected"  # their day is still ahead
    NOT_SEEN = "not seen"  # their day has come, and we have not seen them
    NONE = "none this time"
    UNKNOWN = "can't tell"
    NOT_PROMISED = "not promised"  # nothing was agreed about papers for this kind of meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAhead:
    """One meeting as a rep hears of it. Times are London time; `was` is when it was to be held before it moved.

    `formerly` are the keys that it had before it was deleted and booked anew, the latest first.

    `due` is the day by whose end the papers are due, by the earlier reading. `reason` is why they are late, in
    the words of whoever gave one; `barrier` is what stops people from opening them, in plain words.
    """

    key: str
    group: str
    title: str
    starts: datetime
    ends: datetime
    place: str = ""
    online: bool | None = None
    cancelled: bool = False
    was: datetime | None = None
    papers: PapersAre = PapersAre.UNKNOWN
    due: date | None = None
    sent: date | None = None
    coming_on: date | None = None
    reason: str = ""
    barrier: str = ""
    formerly: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.starts.tzinfo is not LONDON or self.ends.tzinfo is not LONDON:
            raise ValueError(f"Meeting {self.key}: times must be London time")

    @property
    def day(self) -> date:
        """The day on which it is held."""
        return self.starts.date()
