"""The ledger on SQLite: one file, one connection, every step a transaction."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Self

from ledger.deliveries import SqliteDeliveries
from ledger.entries import AlertEntry, Json, Sighting, Snapshot, StatementEntry
from ledger.faults import ChangedSince
from ledger.snapshot_json import snapshot_json, snapshot_of
from ledger.sqlite_file import opened, transaction
from ledger.sqlite_forgetting import SqliteForgetting
from ledger.tables import json_of, json_text, moment_of, moment_text
from models.facts import Stamp

STAMP = """
    INSERT INTO stamps VALUES (:group, :key, :shape, :at, :at, :on_or_before)
    ON CONFLICT (grp, key) DO UPDATE
    SET shape = excluded.shape, date_first_seen = excluded.date_first_seen, on_or_before = 0
    WHERE shape <> excluded.shape"""
SAVE_SNAPSHOT = "INSERT INTO snapshots VALUES (?, ?) ON CONFLICT (grp) DO UPDATE SET value = excluded.value"
NEW_ALERT = "INSERT INTO alerts VALUES (:group, :key, :value, 1) ON CONFLICT (grp, key) DO NOTHING"
SAVE_ALERT = """
    UPDATE alerts SET value = :value, version = version + 1
    WHERE grp = :group AND key = :key AND version = :version"""
ADD_STATEMENT = """
    INSERT INTO statements (grp, id, at, value) VALUES (?, ?, ?, ?) ON CONFLICT (grp, id) DO NOTHING"""
REMEMBER = """
    INSERT INTO memory VALUES (?, ?, ?) ON CONFLICT (grp, name) DO UPDATE SET value = excluded.value"""
TAKE_LEASE = """
    INSERT INTO leases VALUES (:group, :by, :until)
    ON CONFLICT (grp) DO UPDATE SET held_by = excluded.held_by, until = excluded.until
    WHERE held_by = excluded.held_by OR until <= :now"""


class SqliteLedger(SqliteDeliveries, SqliteForgetting):
    """What Protocol Watch remembers, in one file. Several programs may have it open at once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def stamp(
        self, group: str, seen: Iterable[Sighting], at: datetime, *, on_or_before: bool
    ) -> Mapping[str, Stamp]:
        """Note when each meeting was first seen, and give the stamps of all of them, by key."""
        sightings = {sighting.key: sighting for sighting in seen}
        told = {"group": group, "at": moment_text(at), "on_or_before": on_or_before}
        if not sightings:
            return {}
        with transaction(self._connection) as here:
            here.executemany(
                STAMP, [told | {"key": key, "shape": each.shape} for key, each in sightings.items()]
            )
        stamps = await self.stamps(group)
        return {key: stamps[key] for key in sightings}

    async def stamps(self, group: str) -> Mapping[str, Stamp]:
        """Every stamp of the group, by meeting key."""
        rows = self._connection.execute(
            "SELECT key, first_seen, date_first_seen, on_or_before FROM stamps WHERE grp = ?", (group,)
        )
        return {key: Stamp(moment_of(first), moment_of(day), bool(on)) for key, first, day, on in rows}

    async def save_snapshot(self, group: str, snapshot: Snapshot) -> None:
        """Remember the group's window in place of the last one."""
        with transaction(self._connection) as here:
            here.execute(SAVE_SNAPSHOT, (group, json_text(snapshot_json(snapshot))))

    async def snapshot(self, group: str) -> Snapshot | None:
        """The group's window at its last review; None before the first."""
        rows = self._connection.execute("SELECT value FROM snapshots WHERE grp = ?", (group,))
        row = rows.fetchone()
        return snapshot_of(json_of(row[0])) if row else None

    async def save_alerts(self, group: str, alerts: Iterable[AlertEntry]) -> None:
        """Save alerts, all or none; ChangedSince where one is no longer at the version it was read at."""
        changed = tuple(alerts)
        if not changed:
            return
        with transaction(self._connection) as here:
            for alert in changed:
                told = {"group": group, "key": alert.key, "value": json_text(alert.value)}
                saved = here.execute(
                    SAVE_ALERT if alert.version else NEW_ALERT, told | {"version": alert.version}
                )
                if saved.rowcount != 1:
                    raise ChangedSince(f"The alert {alert.key} was changed since it was read: read it again.")

    async def alerts(self, group: str) -> Mapping[str, AlertEntry]:
        """Every alert of the group, by key."""
        rows = self._connection.execute(
            "SELECT key, value, version FROM alerts WHERE grp = ? ORDER BY key", (group,)
        )
        return {key: AlertEntry(key, json_of(value), version) for key, value, version in rows}

    async def add_statements(self, group: str, statements: Iterable[StatementEntry]) -> None:
        """Add what people said. One whose id is there already is left as it is."""
        rows = [(group, each.id, moment_text(each.at), json_text(each.value)) for each in statements]
        with transaction(self._connection) as here:
            here.executemany(ADD_STATEMENT, rows)

    async def statements(self, group: str) -> tuple[StatementEntry, ...]:
        """All that was said about the group, oldest first."""
        rows = self._connection.execute(
            "SELECT id, at, value FROM statements WHERE grp = ? ORDER BY at, number", (group,)
        )
        return tuple(StatementEntry(id, moment_of(at), json_of(value)) for id, at, value in rows)

    async def remember(self, group: str, name: str, value: Json) -> None:
        """Remember something of a group under a name, in place of what was there."""
        with transaction(self._connection) as here:
            here.execute(REMEMBER, (group, name, json_text(value)))

    async def remembered(self, group: str) -> Mapping[str, Json]:
        """All that is remembered of a group, by name."""
        rows = self._connection.execute("SELECT name, value FROM memory WHERE grp = ?", (group,))
        return {name: json_of(value) for name, value in rows}

    async def take_lease(self, group: str, *, by: str, now: datetime, until: datetime) -> bool:
        """Be the only one to review a group until then; False where another is."""
        told = {"group": group, "by": by, "now": moment_text(now), "until": moment_text(until)}
        with transaction(self._connection) as here:
            return here.execute(TAKE_LEASE, told).rowcount == 1

    async def give_lease(self, group: str, *, by: str) -> None:
        """Give the lease back; nothing where it is no longer ours."""
        with transaction(self._connection) as here:
            here.execute("DELETE FROM leases WHERE grp = ? AND held_by = ?", (group, by))

    def close(self) -> None:
        """Close the file. What was saved stays."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *why: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *why: object) -> None:
        self.close()


def open_sqlite(path: str) -> SqliteLedger:
    """The ledger in a file, made where there is none; LedgerFault where it can't be opened."""
    return SqliteLedger(opened(path))
