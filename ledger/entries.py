"""What the ledger holds and gives back, as frozen values. Times are aware; JSON values are plain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Any

Json = Mapping[str, Any]


def _nothing() -> Json:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A meeting as this read saw it: its key, and when and where it is held."""

    key: str
    starts: datetime
    ends: datetime
    place: str = ""

    @property
    def shape(self) -> str:
        """A fingerprint of start, end and place: what the ledger compares, without keeping a place."""
        times = (self.starts.timestamp(), self.ends.timestamp())
        return sha256(f"{times}\n{self.place}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Known:
    """A meeting that lay in a window, by its key: when it starts, and what else should be remembered."""

    key: str
    starts: datetime
    value: Json = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A group's whole window as it was at the end of the last review."""

    first: date
    last: date
    read_at: datetime
    meetings: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertEntry:
    """One alert as JSON, with the version it was read at; version 0 is one that was never saved."""

    key: str
    value: Json
    version: int = 0


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """What a person said, as JSON. Never changed; saying it twice is saying it once. Only retention takes it away."""

    id: str
    at: datetime
    value: Json


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    OWED = "owed"  # to be sent, not before its time
    CLAIMED = "claimed"  # somebody is sending it now
    PAID = "paid"  # the receiver said it took it
    UNSURE = "unsure"  # it may have arrived: the sender stopped between the two
    DROPPED = "dropped"  # no longer needed


OVER = frozenset({DeliveryState.PAID, DeliveryState.DROPPED})
NOBODY_SENDS = OVER | {DeliveryState.UNSURE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Something owed to a receiver: about what, by which way, and not before when.

    `again` says that an earlier try may have arrived. `claimed_by` and `claimed_until` say who is
    sending it, and until when we wait for word of that. `note` is why it was dropped or put off.
    """

    key: str
    group: str
    channel: str
    about: str
    not_before: datetime
    state: DeliveryState = DeliveryState.OWED
    value: Json = field(default_factory=_nothing)
    again: bool = False
    claimed_by: str = ""
    claimed_until: datetime | None = None
    settled_at: datetime | None = None
    note: str = ""
