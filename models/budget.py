"""The budget: how often anybody hears from us, and what one message holds.

An officer gets at most two messages in any seven days. What is due for one person at one moment is one message;
what finds no room waits for the next one, and is dropped if it was put right meanwhile. Nothing waits for ever,
because room comes back with every day that passes, and what has waited longest goes first. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

A_WEEK = timedelta(days=7)
MOST_IN_ONE = 15  # things in one message; a longer one is no message any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that somebody should hear: what it is (`key`), who hears it, and since when it is due.

    `apart`: it is a message of its own. `free`: it is not counted, as with the manager's weekly list.
    """

    key: str
    person: str
    since: datetime
    apart: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """All that one person hears at one moment, what has waited longest first."""

    person: str
    keys: tuple[str, ...]


def has_room(sent: Iterable[datetime], now: datetime, a_week: int) -> bool:
    """Whether one more message fits: fewer than `a_week` of them in the seven days that end now."""
    return sum(now.astimezone(UTC) - one.astimezone(UTC) < A_WEEK for one in sent) < a_week


def room_again(sent: Sequence[datetime], now: datetime, a_week: int) -> datetime:
    """When the next message fits; `now` where it does already."""
    lately = sorted(one.astimezone(UTC) for one in sent if now.astimezone(UTC) - one.astimezone(UTC) < A_WEEK)
    return now if len(lately) < a_week else lately[len(lately) - a_week] + A_WEEK


def messages(
    due: Iterable[Due],
    sent: Mapping[str, Sequence[datetime]],
    now: datetime,
    a_week: int,
    *,
    most: int = MOST_IN_ONE,
) -> list[Message]:
    """What goes now: for each person what is free, and one message more where there is room.

    `sent` has the moments of the messages that each person was sent lately. A thing apart and a folded message
    take turns by which has waited longer.
    """
    by_person: dict[str, dict[str, Due]] = {}
    for one in sorted(due, key=lambda one: (one.since.astimezone(UTC), one.key)):
        by_person.setdefault(one.person, {})[one.key] = one
    found: list[Message] = []
    for person, waiting in by_person.items():
        found += [Message(person, (one.key,)) for one in waiting.values() if one.free]
        counted = [one for one in waiting.values() if not one.free]
        if counted and has_room(sent.get(person, ()), now, a_week):
            first = counted[0]
            together = [first] if first.apart else [one for one in counted if not one.apart][:most]
            found.append(Message(person, tuple(one.key for one in together)))
    return found
