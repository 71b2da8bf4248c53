"""A group that was renamed is still the same group: what is remembered of it stays where it was first put.

Each call is handed on under the name that the group had first, and what comes back has its present one.
Nothing is moved, so that nothing can be lost on the way, and going back to the old name is as easy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Self

from ledger.entries import AlertEntry, Delivery, DeliveryState, Json, Sighting, Snapshot, StatementEntry
from ledger.port import Ledger
from models.facts import Stamp


def under_first_names(ledger: Ledger, first_names: Mapping[str, str]) -> Ledger:
    """The same ledger, for groups that were renamed: `first_names` has the first name of each by its present one."""
    return UnderFirstNames(ledger, first_names) if first_names else ledger


def as_first_named(ledger: Ledger) -> Ledger:
    """The ledger beneath, before any group was renamed."""
    return ledger.beneath if isinstance(ledger, UnderFirstNames) else ledger


class UnderFirstNames:
    """A ledger that knows renamed groups by their first names. See ledger/port.py for what each step does."""

    def __init__(self, ledger: Ledger, first_names: Mapping[str, str]) -> None:
        self._ledger = ledger
        self._first = dict(first_names)
        self._present = {first: name for name, first in first_names.items()}

    @property
    def beneath(self) -> Ledger:
        """The ledger that each call is handed on to."""
        return self._ledger

    def _at(self, group: str) -> str:
        return self._first.get(group, group)

    def _named(self, deliveries: Iterable[Delivery]) -> tuple[Delivery, ...]:
        return tuple(replace(one, group=self._present.get(one.group, one.group)) for one in deliveries)

    async def stamp(
        self, group: str, seen: Iterable[Sighting], at: datetime, *, on_or_before: bool
    ) -> Mapping[str, Stamp]:
        """As the port has it."""
        return await self._ledger.stamp(self._at(group), seen, at, on_or_before=on_or_before)

    async def stamps(self, group: str) -> Mapping[str, Stamp]:
        """As the port has it."""
        return await self._ledger.stamps(self._at(group))

    async def save_snapshot(self, group: str, snapshot: Snapshot) -> None:
        """As the port has it."""
        await self._ledger.save_snapshot(self._at(group), snapshot)

    async def snapshot(self, group: str) -> Snapshot | None:
        """As the port has it."""
        return await self._ledger.snapshot(self._at(group))

    async def save_alerts(self, group: str, alerts: Iterable[AlertEntry]) -> None:
        """As the port has it."""
        await self._ledger.save_alerts(self._at(group), alerts)

    async def alerts(self, group: str) -> Mapping[str, AlertEntry]:
        """As the port has it."""
        return await self._ledger.alerts(self._at(group))

    async def add_statements(self, group: str, statements: Iterable[StatementEntry]) -> None:
        """As the port has it."""
        await self._ledger.add_statements(self._at(group), statements)

    async def statements(self, group: str) -> tuple[StatementEntry, ...]:
        """As the port has it."""
        return await self._ledger.statements(self._at(group))

    async def remember(self, group: str, name: str, value: Json) -> None:
        """As the port has it."""
        await self._ledger.remember(self._at(group), name, value)

    async def remembered(self, group: str) -> Mapping[str, Json]:
        """As the port has it."""
        return await self._ledger.remembered(self._at(group))

    async def owe(self, deliveries: Iterable[Delivery]) -> tuple[str, ...]:
        """As the port has it."""
        return await self._ledger.owe([replace(one, group=self._at(one.group)) for one in deliveries])

    async def due(self, now: datetime) -> tuple[Delivery, ...]:
        """As the port has it."""
        return self._named(await self._ledger.due(now))

    async def deliveries(self, group: str = "", *, since: datetime | None = None) -> tuple[Delivery, ...]:
        """As the port has it."""
        return self._named(await self._ledger.deliveries(self._at(group), since=since))

    async def claim(self, group: str, key: str, *, by: str, now: datetime, until: datetime) -> bool:
        """As the port has it."""
        return await self._ledger.claim(self._at(group), key, by=by, now=now, until=until)

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
        """As the port has it."""
        return await self._ledger.settle(self._at(group), key, state, by=by, at=at, value=value, note=note)

    async def put_off(self, group: str, key: str, *, by: str, not_before: datetime, note: str = "") -> bool:
        """As the port has it."""
        return await self._ledger.put_off(self._at(group), key, by=by, not_before=not_before, note=note)

    async def drop(self, group: str, key: str, *, at: datetime, note: str) -> bool:
        """As the port has it."""
        return await self._ledger.drop(self._at(group), key, at=at, note=note)

    async def find_unsure(self, now: datetime) -> tuple[Delivery, ...]:
        """As the port has it."""
        return self._named(await self._ledger.find_unsure(now))

    async def take_lease(self, group: str, *, by: str, now: datetime, until: datetime) -> bool:
        """As the port has it."""
        return await self._ledger.take_lease(self._at(group), by=by, now=now, until=until)

    async def give_lease(self, group: str, *, by: str) -> None:
        """As the port has it."""
        await self._ledger.give_lease(self._at(group), by=by)

    async def names(self) -> tuple[str, ...]:
        """As the port has it."""
        return tuple(sorted({self._present.get(name, name) for name in await self._ledger.names()}))

    async def forget(self, group: str) -> None:
        """As the port has it."""
        await self._ledger.forget(self._at(group))

    async def forget_stamps(self, group: str, keys: Iterable[str]) -> None:
        """As the port has it."""
        await self._ledger.forget_stamps(self._at(group), keys)

    async def forget_snapshot(self, group: str, read_at: datetime) -> bool:
        """As the port has it."""
        return await self._ledger.forget_snapshot(self._at(group), read_at)

    async def forget_alerts(self, group: str, alerts: Iterable[AlertEntry]) -> tuple[str, ...]:
        """As the port has it."""
        return await self._ledger.forget_alerts(self._at(group), alerts)

    async def change_statements(
        self, group: str, changes: Iterable[tuple[StatementEntry, StatementEntry | None]]
    ) -> None:
        """As the port has it."""
        await self._ledger.change_statements(self._at(group), changes)

    async def change_remembered(self, group: str, name: str, was: Json | None, now: Json | None) -> bool:
        """As the port has it."""
        return await self._ledger.change_remembered(self._at(group), name, was, now)

    async def forget_deliveries(self, deliveries: Iterable[Delivery]) -> tuple[tuple[str, str], ...]:
        """As the port has it."""
        gone = await self._ledger.forget_deliveries(
            [replace(one, group=self._at(one.group)) for one in deliveries]
        )
        return tuple((self._present.get(group, group), key) for group, key in gone)

    async def __aenter__(self) -> Self:
        await self._ledger.__aenter__()
        return self

    async def __aexit__(self, *why: object) -> None:
        """Close the ledger. What was saved stays."""
        await self._ledger.__aexit__(*why)
