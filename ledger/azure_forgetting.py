"""What the ledger on Azure Tables forgets: for retention, and for somebody who wants to be forgotten.

Every row goes under the condition that it is as it was read. More rows than one transaction takes go in several:
cut off between them, the next try takes the rest.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from ledger.azure_deliveries import KIND, AzureDeliveries, delivery_of
from ledger.azure_keys import DELIVERIES, GROUPS, is_shortened, name_of_partition, partition_of, row_key
from ledger.azure_kinds import ALERT, MEMORY, NAMED, SNAPSHOT, STAMP, STATEMENT, name_in, row_of
from ledger.azure_rows import Row, in_transactions
from ledger.azure_table import Table
from ledger.entries import NOBODY_SENDS, AlertEntry, Delivery, Json, StatementEntry
from ledger.snapshot_json import snapshot_of
from ledger.tables import moment_text

Change = tuple[StatementEntry, StatementEntry | None]


class AzureForgetting(AzureDeliveries):
    """The part of the ledger that forgets."""

    async def names(self) -> tuple[str, ...]:
        """Every name under which anything is kept, in order: one request for each, and what is owed."""
        found = {one.group for one in await self.deliveries()}
        after, end = GROUPS[:-1], GROUPS[:-1] + chr(ord(GROUPS[-1]) + 1)
        while (partition := await self._table.next_partition(after, end)) is not None:
            found |= set(await self._names_in(partition))
            after = partition
        return tuple(sorted(found))

    async def _names_in(self, partition: str) -> Sequence[str]:
        """The name of a partition; a long one stands in its rows, because the partition has only its beginning."""
        if not is_shortened(partition):
            return [name_of_partition(partition)]
        told = await self._table.first_with(partition, NAMED)
        return [] if told is None else [name_in(told)]

    async def forget(self, group: str) -> None:
        """Forget all that is kept under a name, whatever it is."""
        await self._all_gone(partition_of(group), "")
        await self._all_gone(DELIVERIES, f"{row_key(KIND, group)}:")

    async def forget_stamps(self, group: str, keys: Iterable[str]) -> None:
        """Forget when these meetings were first seen."""
        wanted = [row_key(STAMP, key) for key in keys]
        await self._gone(partition_of(group), wanted, f"{STAMP}:")

    async def forget_snapshot(self, group: str, read_at: datetime) -> bool:
        """Forget the group's window, if it is still that reading."""
        there = await self._table.row(partition_of(group), SNAPSHOT)
        if there is None or snapshot_of(there.document).read_at != read_at:
            return False
        return await self._table.save([there.taken_away])

    async def forget_alerts(self, group: str, alerts: Iterable[AlertEntry]) -> tuple[str, ...]:
        """Forget alerts that are still as they were read; gives back their keys."""
        read = {row_key(ALERT, one.key): one for one in alerts}

        async def attempt() -> tuple[str, ...] | None:
            there = await self._table.some_rows(partition_of(group), list(read), f"{ALERT}:")
            same = [row for key, row in there.items() if row.document["version"] == read[key].version]
            if not await self._taken(same):
                return None
            return tuple(read[row.key].key for row in same)

        return await self._table.until_done(attempt)

    async def change_statements(self, group: str, changes: Iterable[Change]) -> None:
        """Take away what was said, or what in it names somebody: only where it is still as it was read."""
        wanted = {row_key(STATEMENT, was.id): (was, now) for was, now in changes}
        if not wanted:
            return

        async def attempt() -> bool | None:
            there = await self._table.some_rows(partition_of(group), list(wanted), f"{STATEMENT}:")
            todo = [
                (row, wanted[key][1])
                for key, row in there.items()
                if row.document["value"] == dict(wanted[key][0].value)
            ]
            for row, now in todo:
                if not await self._table.save(_instead(group, row, now)):
                    return None
            return True

        await self._table.until_done(attempt)

    async def change_remembered(self, group: str, name: str, was: Json | None, now: Json | None) -> bool:
        """Put `now` in the place of `was`, if that is still what is remembered."""
        if was is None and now is None:
            return True
        there = await self._table.row(partition_of(group), row_key(MEMORY, name))
        if (there is None) != (was is None):
            return False
        if there is not None and was is not None and there.document["value"] != dict(was):
            return False
        if now is None:
            return await self._table.save([cast(Row, there).taken_away])
        new = row_of(group, row_key(MEMORY, name), {"name": name, "value": dict(now)})
        return await self._table.save([new.at(there)])

    async def forget_deliveries(self, deliveries: Iterable[Delivery]) -> tuple[tuple[str, str], ...]:
        """Forget deliveries that nobody sends any more; gives back the group and key of each that is gone."""
        read = {row_key(KIND, one.group, one.key): one for one in deliveries}

        async def attempt() -> tuple[tuple[str, str], ...] | None:
            there = await self._table.some_rows(DELIVERIES, list(read), f"{KIND}:")
            same = [row for key, row in there.items() if _may_go(delivery_of(row), read[key])]
            if not await self._taken(same):
                return None
            return tuple((read[row.key].group, read[row.key].key) for row in same)

        return await self._table.until_done(attempt)

    async def _gone(self, partition: str, keys: Sequence[str], prefix: str) -> None:
        async def attempt() -> bool | None:
            there = await self._table.some_rows(partition, keys, prefix)
            return await self._taken(list(there.values())) or None

        await self._table.until_done(attempt)

    async def _all_gone(self, partition: str, prefix: str) -> None:
        async def attempt() -> bool | None:
            return await self._taken(await self._table.marks(partition, prefix)) or None

        await self._table.until_done(attempt)

    async def _taken(self, rows: Sequence[Row]) -> bool:
        """Take rows away, in as many transactions as it takes; False as soon as one is refused."""
        for some in in_transactions([each.taken_away for each in rows]):
            if not await self._table.save(some):
                return False
        return True

    _table: Table


def _instead(group: str, there: Row, now: StatementEntry | None) -> list[Row]:
    """What a statement becomes, with its place in the order; under another id it is another row."""
    if now is None:
        return [there.taken_away]
    document = {"id": now.id, "at": moment_text(now.at), "value": dict(now.value)}
    new = row_of(group, row_key(STATEMENT, now.id), document).with_marks_of(there)
    return [new.at(there)] if new.key == there.key else [there.taken_away, new]


def _may_go(there: Delivery, read: Delivery) -> bool:
    return there.state in NOBODY_SENDS and there.settled_at == read.settled_at
