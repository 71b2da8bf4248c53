"""What any ledger can do. It is made for tables: every entry has a partition (the group) and a key.

A method is one step: it happens whole or not at all, and doing it again after a crash does no harm.
Between two steps anything may stop. Every condition ("if absent", "if unchanged", "if still owed") is
checked where the entry is kept, so that of two who try, one wins. A step over more entries than Azure saves
together is several there, each of which may be the last: docs/decisions/009 says why that does no harm.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol, Self

from ledger.entries import AlertEntry, Delivery, DeliveryState, Json, Sighting, Snapshot, StatementEntry
from models.facts import Stamp


class Ledger(Protocol):
    """What Protocol Watch remembers between two runs."""

    async def stamp(
        self, group: str, seen: Iterable[Sighting], at: datetime, *, on_or_before: bool
    ) -> Mapping[str, Stamp]:
        """Note when each meeting was first seen, and give the stamps of all of them, by key.

        A stamp never changes once it is there; only when start, end or place did, `date_first_seen`
        becomes `at`, and is then known exactly. `on_or_before` is for the first read of a calendar.
        """
        ...

    async def stamps(self, group: str) -> Mapping[str, Stamp]:
        """Every stamp of the group, by meeting key."""
        ...

    async def save_snapshot(self, group: str, snapshot: Snapshot) -> None:
        """Remember the group's window in place of the last one."""
        ...

    async def snapshot(self, group: str) -> Snapshot | None:
        """The group's window at its last review; None before the first."""
        ...

    async def save_alerts(self, group: str, alerts: Iterable[AlertEntry]) -> None:
        """Save alerts, all or none; ChangedSince where one is no longer at the version it was read at."""
        ...

    async def alerts(self, group: str) -> Mapping[str, AlertEntry]:
        """Every alert of the group, by key."""
        ...

    async def add_statements(self, group: str, statements: Iterable[StatementEntry]) -> None:
        """Add what people said. One whose id is there already is left as it is."""
        ...

    async def statements(self, group: str) -> tuple[StatementEntry, ...]:
        """All that was said about the group, oldest first."""
        ...

    async def remember(self, group: str, name: str, value: Json) -> None:
        """Remember something of a group under a name, in place of what was there.

        The group "" is the partnership as a whole.
        """
        ...

    async def remembered(self, group: str) -> Mapping[str, Json]:
        """All that is remembered of a group, by name; empty where nothing is."""
        ...

    async def owe(self, deliveries: Iterable[Delivery]) -> tuple[str, ...]:
        """Owe deliveries; one whose key is there already, in whatever state, is not owed again.

        Gives back the keys that are new.
        """
        ...

    async def due(self, now: datetime) -> tuple[Delivery, ...]:
        """What is owed and may be sent now, in all groups, the longest due first."""
        ...

    async def deliveries(self, group: str = "", *, since: datetime | None = None) -> tuple[Delivery, ...]:
        """Every delivery of the group, or of all groups, in the order in which they were owed.

        With `since`, of those that are over (paid or dropped) only what was settled then or later: what is
        owed, claimed or unsure is always there. Whoever sends should not read years.
        """
        ...

    async def claim(self, group: str, key: str, *, by: str, now: datetime, until: datetime) -> bool:
        """Take an owed delivery that is due, to send it; False where somebody else has it or it is done."""
        ...

    async def settle(
        self,
        group: str,
        key: str,
        state: DeliveryState,
        *,
        by: str,
        at: datetime,
        value: Json | None = None,
        note: str = "",
    ) -> bool:
        """Say what became of a claimed delivery: paid, unsure or dropped. Only who claimed it may.

        A sender that was only slow may still settle what `find_unsure` took from it, as long as nobody
        has put that off or claimed it. `value`, where given, replaces what is remembered with it.
        """
        ...

    async def put_off(self, group: str, key: str, *, by: str, not_before: datetime, note: str = "") -> bool:
        """Owe it again, later: one's own claim that surely did not arrive, or one that is unsure.

        What was unsure is owed with `again`, so that the next try can say so.
        """
        ...

    async def drop(self, group: str, key: str, *, at: datetime, note: str) -> bool:
        """Drop a delivery that is owed but no longer needed; False where it is not owed any more."""
        ...

    async def find_unsure(self, now: datetime) -> tuple[Delivery, ...]:
        """Every delivery that may have arrived: claims whose time ran out become unsure here."""
        ...

    async def take_lease(self, group: str, *, by: str, now: datetime, until: datetime) -> bool:
        """Be the only one to review a group until then; False where another is. Take it again to extend."""
        ...

    async def give_lease(self, group: str, *, by: str) -> None:
        """Give the lease back; nothing where it is no longer ours."""
        ...

    # --- forgetting: for retention, and for who wants to be forgotten; nobody else takes anything away

    async def names(self) -> tuple[str, ...]:
        """Every name under which anything is kept, in order: groups, "" for the partnership, people by key.

        It may also have names under which only a lease is or was held.
        """
        ...

    async def forget(self, group: str) -> None:
        """Forget all that is kept under a name, whatever it is and whoever is at it."""
        ...

    async def forget_stamps(self, group: str, keys: Iterable[str]) -> None:
        """Forget when these meetings were first seen. Whoever reviews the group meanwhile would stamp anew."""
        ...

    async def forget_snapshot(self, group: str, read_at: datetime) -> bool:
        """Forget the group's window, if it is still that reading; False where it is not."""
        ...

    async def forget_alerts(self, group: str, alerts: Iterable[AlertEntry]) -> tuple[str, ...]:
        """Forget alerts that are still at the version they were read at; gives back their keys."""
        ...

    async def change_statements(
        self, group: str, changes: Iterable[tuple[StatementEntry, StatementEntry | None]]
    ) -> None:
        """Put another statement in the place of each, or none; one that is not as it was read stays.

        The new one keeps its moment and its place in the order; its id may be another.
        """
        ...

    async def change_remembered(self, group: str, name: str, was: Json | None, now: Json | None) -> bool:
        """Put `now` in the place of `was`, if that is still what is remembered; None is nothing.

        False where somebody else has remembered something since, and nothing is changed.
        """
        ...

    async def forget_deliveries(self, deliveries: Iterable[Delivery]) -> tuple[tuple[str, str], ...]:
        """Forget deliveries that nobody sends any more, as they were read: paid, dropped or unsure.

        Gives back the group and key of each that is gone now.
        """
        ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(self, *why: object) -> None:
        """Close the ledger. What was saved stays."""
        ...
