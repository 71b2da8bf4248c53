"""The ledger on Azure Tables: one table, a partition for each group, every step a conditional save."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Self

from ledger.azure_adding import NUMBER, add
from ledger.azure_forgetting import AzureForgetting
from ledger.azure_keys import partition_of, row_key
from ledger.azure_kinds import ALERT, LEASE, MEMORY, SNAPSHOT, STAMP, STATEMENT, row_of
from ledger.azure_rows import Row, in_transactions
from ledger.azure_schema import prepare
from ledger.azure_table import Sleep, Token, table_at
from ledger.entries import AlertEntry, Json, Sighting, Snapshot, StatementEntry
from ledger.faults import ChangedSince
from ledger.snapshot_json import snapshot_json, snapshot_of
from ledger.tables import moment_of, moment_text
from models.facts import Stamp


class AzureLedger(AzureForgetting):
    """What Protocol Watch remembers, in one table of a storage account. Many programs may have it open at once.

    It is there inside `async with`; LedgerFault where it can't be reached or is not ours.
    """

    def __init__(
        self, address: str, token: Token | None = None, *, ca_file: str = "", sleep: Sleep = asyncio.sleep
    ) -> None:
        self._address, self._token, self._ca_file, self._sleep = address.rstrip("/"), token, ca_file, sleep

    async def stamp(
        self, group: str, seen: Iterable[Sighting], at: datetime, *, on_or_before: bool
    ) -> Mapping[str, Stamp]:
        """Note when each meeting was first seen, and give the stamps of all of them, by key.

        More than 100 new ones are several transactions: cut off between them, the next try stamps the rest.
        """
        sightings = {sighting.key: sighting for sighting in seen}
        fresh = Stamp(at, at, on_or_before)
        moment_text(at)  # refuses a time without a zone before anything is asked

        async def attempt() -> dict[str, Stamp] | None:
            there = await self._some(group, STAMP, sightings)
            new = [_stamped(group, each, fresh, there.get(key)) for key, each in sightings.items()]
            if not await self._save([each for each in new if each is not None]):
                return None
            now = {key: each or there[key] for key, each in zip(sightings, new, strict=True)}
            return {key: _stamp(each) for key, each in now.items()}

        return await self._table.until_done(attempt)

    async def stamps(self, group: str) -> Mapping[str, Stamp]:
        """Every stamp of the group, by meeting key."""
        return {each.document["key"]: _stamp(each) for each in await self._rows(group, STAMP)}

    async def save_snapshot(self, group: str, snapshot: Snapshot) -> None:
        """Remember the group's window in place of the last one."""
        await self._put(row_of(group, SNAPSHOT, snapshot_json(snapshot)))

    async def snapshot(self, group: str) -> Snapshot | None:
        """The group's window at its last review; None before the first."""
        there = await self._table.row(partition_of(group), SNAPSHOT)
        return snapshot_of(there.document) if there else None

    async def save_alerts(self, group: str, alerts: Iterable[AlertEntry]) -> None:
        """Save alerts; ChangedSince where one is no longer at the version it was read at.

        As many as one transaction takes, which is 100 or 1 MB, are saved all or none. Of more, none are
        saved where one was changed before we began, and those before it where one is changed meanwhile.
        """
        entries = list(alerts)
        there = await self._some(group, ALERT, [each.key for each in entries])
        stale = [each.key for each in entries if _is_stale(each, there.get(each.key))]
        twice = len({each.key for each in entries}) < len(entries)
        rows = [_alert_row(group, each, there.get(each.key)) for each in entries]
        if stale or twice or not await self._save(rows):
            which = f"The alert {stale[0]} was" if stale else f"Alerts of '{group}' were"
            raise ChangedSince(f"{which} changed since they were read: read them again.")

    async def alerts(self, group: str) -> Mapping[str, AlertEntry]:
        """Every alert of the group, by key."""
        found = [each.document for each in await self._rows(group, ALERT)]
        entries = [AlertEntry(each["key"], each["value"], each["version"]) for each in found]
        return {each.key: each for each in sorted(entries, key=lambda each: each.key)}

    async def add_statements(self, group: str, statements: Iterable[StatementEntry]) -> None:
        """Add what people said. One whose id is there already is left as it is."""
        rows = [_statement_row(group, each) for each in statements]
        await add(self._table, STATEMENT, rows, [f"{STATEMENT}:"])

    async def statements(self, group: str) -> tuple[StatementEntry, ...]:
        """All that was said about the group, oldest first."""
        found = sorted(await self._rows(group, STATEMENT), key=lambda each: int(each.properties[NUMBER]))
        said = [each.document for each in found]
        entries = [StatementEntry(each["id"], moment_of(each["at"]), each["value"]) for each in said]
        return tuple(sorted(entries, key=lambda each: each.at))

    async def remember(self, group: str, name: str, value: Json) -> None:
        """Remember something of a group under a name, in place of what was there."""
        document = {"name": name, "value": dict(value)}
        await self._put(row_of(group, row_key(MEMORY, name), document))

    async def remembered(self, group: str) -> Mapping[str, Json]:
        """All that is remembered of a group, by name."""
        found = [each.document for each in await self._rows(group, MEMORY)]
        return {each["name"]: each["value"] for each in found}

    async def take_lease(self, group: str, *, by: str, now: datetime, until: datetime) -> bool:
        """Be the only one to review a group until then; False where another is."""
        taken = row_of(group, LEASE, {"held_by": by, "until": moment_text(until)})

        async def attempt() -> bool | None:
            there = await self._table.row(partition_of(group), LEASE)
            if there is not None and not _is_free(there.document, by, now):
                return False
            return await self._table.save([taken.at(there)]) or None

        return await self._table.until_done(attempt)

    async def give_lease(self, group: str, *, by: str) -> None:
        """Give the lease back; nothing where it is no longer ours."""
        given = row_of(group, LEASE, {"held_by": "", "until": ""})

        async def attempt() -> bool | None:
            there = await self._table.row(partition_of(group), LEASE)
            if there is None or there.document["held_by"] != by:
                return True
            return await self._table.save([given.at(there)]) or None

        await self._table.until_done(attempt)

    async def __aenter__(self) -> Self:
        self._table = table_at(self._address, self._token, self._sleep, self._ca_file)
        try:
            await prepare(self._table, self._address)
        except BaseException:
            await self._table.close()
            raise
        return self

    async def __aexit__(self, *why: object) -> None:
        await self._table.close()

    async def _rows(self, group: str, kind: str) -> list[Row]:
        return await self._table.rows(partition_of(group), f"{kind}:")

    async def _some(self, group: str, kind: str, names: Iterable[str]) -> dict[str, Row]:
        """The rows of these names that are there, by name."""
        keys = {row_key(kind, name): name for name in names}
        found = await self._table.some_rows(partition_of(group), list(keys), f"{kind}:")
        return {keys[key]: each for key, each in found.items()}

    async def _save(self, rows: list[Row]) -> bool:
        """Save them, in as many transactions as it takes; False as soon as one is refused."""
        for some in in_transactions(rows):
            if not await self._table.save(some):
                return False
        return True

    async def _put(self, new: Row) -> None:
        """Save a row in place of whatever is there."""

        async def attempt() -> bool | None:
            there = await self._table.row(new.partition, new.key, whole=False)
            return await self._table.save([new.at(there)]) or None

        await self._table.until_done(attempt)


def _stamped(group: str, seen: Sighting, fresh: Stamp, there: Row | None) -> Row | None:
    """The row to save: of a new meeting, or of one that was moved; None where nothing is new."""
    stamp = fresh
    if there is not None:
        if there.document["shape"] == seen.shape:
            return None
        stamp = Stamp(_stamp(there).first_seen, fresh.date_first_seen, on_or_before=False)
    document = {
        "key": seen.key,
        "shape": seen.shape,
        "first_seen": moment_text(stamp.first_seen),
        "date_first_seen": moment_text(stamp.date_first_seen),
        "on_or_before": stamp.on_or_before,
    }
    return row_of(group, row_key(STAMP, seen.key), document).at(there)


def _stamp(there: Row) -> Stamp:
    told = there.document
    return Stamp(moment_of(told["first_seen"]), moment_of(told["date_first_seen"]), told["on_or_before"])


def _is_stale(alert: AlertEntry, there: Row | None) -> bool:
    return alert.version != (there.document["version"] if there else 0)


def _alert_row(group: str, alert: AlertEntry, there: Row | None) -> Row:
    document = {"key": alert.key, "version": alert.version + 1, "value": dict(alert.value)}
    return row_of(group, row_key(ALERT, alert.key), document).at(there)


def _statement_row(group: str, said: StatementEntry) -> Row:
    document = {"id": said.id, "at": moment_text(said.at), "value": dict(said.value)}
    return row_of(group, row_key(STATEMENT, said.id), document)


def _is_free(lease: Mapping[str, str], by: str, now: datetime) -> bool:
    return lease["held_by"] in ("", by) or lease["until"] <= moment_text(now)
