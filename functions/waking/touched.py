"""Which calendars are to be read again, and since when: the message that says so, and how it is made.

A message names calendars by key, so that no address lies in a queue, a web address or a log. Light to
import: the webhook makes one within three seconds of a cold start.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import batched

TOGETHER = 20  # calendars that Graph gives in one call
WINDOW = timedelta(seconds=60)  # as long as the host waits before a message that was put back comes again
_KEY = re.compile(r"[0-9a-f]{20}")


class Why(StrEnum):
    """Why calendars are to be read again."""

    NOTIFICATION = "notification"
    MISSED = "missed"  # Graph could not tell us of some changes
    SUBSCRIPTION = "subscription"  # Graph asks for care of the subscription, and may have told us nothing
    SAID = "said"  # somebody pressed a button on a page of ours
    SWEEP = "sweep"  # a timer, which trusts nobody to have told us


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Calendars, by key, in which something may have changed before `at` (aware)."""

    calendars: tuple[str, ...]
    at: datetime
    why: Why

    @property
    def text(self) -> str:
        """The message."""
        return json.dumps({"calendars": self.calendars, "at": self.at.isoformat(), "why": self.why})


def calendar_key(mailbox: str) -> str:
    """The key of a calendar: the same for every spelling of its address, which can't be read from it."""
    return sha256(mailbox.strip().casefold().encode()).hexdigest()[:20]


def is_key(text: str) -> bool:
    """Whether this may be the key of a calendar."""
    return _KEY.fullmatch(text) is not None


def touched_in(text: str) -> Touched:
    """What a message says; ValueError where it is none of ours."""
    try:
        said = json.loads(text)
        found = Touched(
            calendars=tuple(said["calendars"]), at=datetime.fromisoformat(said["at"]), why=Why(said["why"])
        )
        whole = found.at.tzinfo is not None and all(map(is_key, found.calendars))
    except (ValueError, KeyError, TypeError, RecursionError):
        whole = False
    if not whole:
        raise ValueError(
            "A message in the queue of touched calendars can't be read: it is put aside, and the next sweep "
            "reads every calendar all the same."
        )
    return found


def shared_out(mailboxes: Iterable[str], at: datetime) -> Iterator[Touched]:
    """A sweep of these calendars, shared out into messages of as many as are read in one call."""
    for some in batched(mailboxes, TOGETHER, strict=False):
        yield Touched(calendars=tuple(map(calendar_key, some)), at=at, why=Why.SWEEP)
