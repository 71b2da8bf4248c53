"""What the SQLite ledger forgets: for retention, and for somebody who wants to be forgotten."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from ledger.entries import NOBODY_SENDS, AlertEntry, Delivery, Json, StatementEntry
from ledger.snapshot_json import snapshot_of
from ledger.sqlite_file import transaction
from ledger.tables import json_of, json_text, moment_text

TABLES = ("stamps", "snapshots", "alerts", "statements", "deliveries", "memory", "leases")
NAMES = " UNION ".join(f"SELECT grp FROM {table}" for table in TABLES)  # noqa: S608 (our own names)
SETTLED = ", ".join(f"'{state.value}'" for state in sorted(NOBODY_SENDS))
FORGET_STAMP = "DELETE FROM stamps WHERE grp = ? AND key = ?"
FORGET_ALERT = "DELETE FROM alerts WHERE grp = ? AND key = ? AND version = ?"
FORGET_STATEMENT = "DELETE FROM statements WHERE grp = :group AND id = :id AND value = :was"
CHANGE_STATEMENT = """
    UPDATE OR IGNORE statements SET id = :new_id, value = :value
    WHERE grp = :group AND id = :id AND value = :was"""
FORGET_DELIVERY = f"""
    DELETE FROM deliveries
    WHERE grp = :group AND key = :key AND state IN ({SETTLED}) AND settled_at IS :settled_at"""  # noqa: S608
REMEMBER_FIRST = "INSERT INTO memory VALUES (:group, :name, :now) ON CONFLICT (grp, name) DO NOTHING"
REMEMBER_INSTEAD = "UPDATE memory SET value = :now WHERE grp = :group AND name = :name AND value = :was"
FORGET_REMEMBERED = "DELETE FROM memory WHERE grp = :group AND name = :name AND value = :was"


class SqliteForgetting:
    """The part of the ledger that forgets. Each step is one transaction."""

    _connection: sqlite3.Connection

    async def names(self) -> tuple[str, ...]:
        """Every name under which anything is kept, in order."""
        return tuple(sorted(name for (name,) in self._connection.execute(NAMES)))

    async def forget(self, group: str) -> None:
        """Forget all that is kept under a name, whatever it is."""
        with transaction(self._connection) as here:
            for table in TABLES:
                here.execute(f"DELETE FROM {table} WHERE grp = ?", (group,))  # noqa: S608 (our own names)

    async def forget_stamps(self, group: str, keys: Iterable[str]) -> None:
        """Forget when these meetings were first seen."""
        with transaction(self._connection) as here:
            here.executemany(FORGET_STAMP, [(group, key) for key in keys])

    async def forget_snapshot(self, group: str, read_at: datetime) -> bool:
        """Forget the group's window, if it is still that reading."""
        with transaction(self._connection) as here:
            [*rows] = here.execute("SELECT value FROM snapshots WHERE grp = ?", (group,))
            if not rows or snapshot_of(json_of(rows[0][0])).read_at != read_at:
                return False
            return here.execute("DELETE FROM snapshots WHERE grp = ?", (group,)).rowcount == 1

    async def forget_alerts(self, group: str, alerts: Iterable[AlertEntry]) -> tuple[str, ...]:
        """Forget alerts that are still as they were read; gives back their keys."""
        with transaction(self._connection) as here:
            return tuple(
                one.key
                for one in alerts
                if here.execute(FORGET_ALERT, (group, one.key, one.version)).rowcount == 1
            )

    async def change_statements(
        self, group: str, changes: Iterable[tuple[StatementEntry, StatementEntry | None]]
    ) -> None:
        """Take away what was said, or what in it names somebody: only where it is still as it was read."""
        with transaction(self._connection) as here:
            for was, now in changes:
                told = {"group": group, "id": was.id, "was": json_text(was.value)}
                if now is None:
                    here.execute(FORGET_STATEMENT, told)
                else:
                    here.execute(CHANGE_STATEMENT, told | {"new_id": now.id, "value": json_text(now.value)})

    async def change_remembered(self, group: str, name: str, was: Json | None, now: Json | None) -> bool:
        """Put `now` in the place of `was`, if that is still what is remembered."""
        told = {"group": group, "name": name}
        told |= {key: json_text(value) for key, value in (("was", was), ("now", now)) if value is not None}
        if was is None and now is None:
            return True
        statement = FORGET_REMEMBERED if now is None else REMEMBER_FIRST if was is None else REMEMBER_INSTEAD
        with transaction(self._connection) as here:
            return here.execute(statement, told).rowcount == 1

    async def forget_deliveries(self, deliveries: Iterable[Delivery]) -> tuple[tuple[str, str], ...]:
        """Forget deliveries that nobody sends any more; gives back the group and key of each that is gone."""
        with transaction(self._connection) as here:
            return tuple(
                (one.group, one.key)
                for one in deliveries
                if here.execute(FORGET_DELIVERY, _told(one)).rowcount == 1
            )


def _told(one: Delivery) -> dict[str, str | None]:
    at = moment_text(one.settled_at) if one.settled_at else None
    return {"group": one.group, "key": one.key, "settled_at": at}
