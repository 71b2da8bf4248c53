"""The owed deliveries of the SQLite ledger: who may send what, and what became of it.

owed → claimed → paid, unsure or dropped; unsure → owed again. Each arrow is one UPDATE whose WHERE is
the condition, so that of two who try, one wins.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ledger.entries import Delivery, DeliveryState, Json
from ledger.sqlite_file import transaction
from ledger.tables import json_of, json_text, moment_of, moment_text

OWE = """
    INSERT INTO deliveries (grp, key, channel, about, not_before, state, value, again, claimed_by, note)
    VALUES (:group, :key, :channel, :about, :not_before, 'owed', :value, 0, '', :note)
    ON CONFLICT (grp, key) DO NOTHING"""
READ = """
    SELECT key, grp, channel, about, not_before, state, value, again, claimed_by, claimed_until,
           settled_at, note FROM deliveries"""
CLAIM = """
    UPDATE deliveries SET state = 'claimed', claimed_by = :by, claimed_until = :until
    WHERE grp = :group AND key = :key AND state = 'owed' AND not_before <= :now"""
SETTLE = """
    UPDATE deliveries SET state = :state, settled_at = :at, note = :note, value = coalesce(:value, value)
    WHERE grp = :group AND key = :key AND claimed_by = :by AND state IN ('claimed', 'unsure')"""
PUT_OFF = """
    UPDATE deliveries SET again = again OR state = 'unsure', state = 'owed', not_before = :not_before,
           claimed_by = '', claimed_until = NULL, settled_at = NULL, note = :note
    WHERE grp = :group AND key = :key AND (state = 'unsure' OR (state = 'claimed' AND claimed_by = :by))"""
DROP = """
    UPDATE deliveries SET state = 'dropped', settled_at = :at, note = :note
    WHERE grp = :group AND key = :key AND state = 'owed'"""
LAPSE = """
    UPDATE deliveries SET state = 'unsure', settled_at = claimed_until
    WHERE state = 'claimed' AND claimed_until <= ?"""


class SqliteDeliveries:
    """The part of the ledger that holds what is owed."""

    _connection: sqlite3.Connection

    async def owe(self, deliveries: Iterable[Delivery]) -> tuple[str, ...]:
        """Owe deliveries; one whose key is there already, in whatever state, is not owed again."""
        owed = tuple(deliveries)
        if not owed:
            return ()
        with transaction(self._connection) as here:
            return tuple(each.key for each in owed if here.execute(OWE, _row(each)).rowcount == 1)

    async def due(self, now: datetime) -> tuple[Delivery, ...]:
        """What is owed and may be sent now, in all groups, the longest due first."""
        where = "WHERE state = 'owed' AND not_before <= ? ORDER BY not_before, number"
        return self._read(where, moment_text(now))

    async def deliveries(self, group: str = "", *, since: datetime | None = None) -> tuple[Delivery, ...]:
        """Every delivery of the group, or of all groups; with `since`, what is open and what was settled then."""
        if since is None:
            return self._read("WHERE ? IN ('', grp) ORDER BY number", group)
        where = (
            "WHERE ? IN ('', grp) AND (state NOT IN ('paid', 'dropped') OR settled_at >= ?) ORDER BY number"
        )
        return self._read(where, group, moment_text(since))

    async def claim(self, group: str, key: str, *, by: str, now: datetime, until: datetime) -> bool:
        """Take an owed delivery that is due, to send it; False where somebody else has it."""
        return self._one(CLAIM, group=group, key=key, by=by, now=moment_text(now), until=moment_text(until))

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
        """Say what became of a claimed delivery: paid, unsure or dropped. Only who claimed it may."""
        if state in (DeliveryState.OWED, DeliveryState.CLAIMED):
            raise ValueError(f"a delivery is not settled by being {state}")
        written = None if value is None else json_text(value)
        told = {"state": state.value, "at": moment_text(at), "value": written, "note": note}
        return self._one(SETTLE, group=group, key=key, by=by, **told)

    async def put_off(self, group: str, key: str, *, by: str, not_before: datetime, note: str = "") -> bool:
        """Owe it again, later: one's own claim that surely did not arrive, or one that is unsure."""
        return self._one(PUT_OFF, group=group, key=key, by=by, not_before=moment_text(not_before), note=note)

    async def drop(self, group: str, key: str, *, at: datetime, note: str) -> bool:
        """Drop a delivery that is owed but no longer needed; False where it is not owed any more."""
        return self._one(DROP, group=group, key=key, at=moment_text(at), note=note)

    async def find_unsure(self, now: datetime) -> tuple[Delivery, ...]:
        """Every delivery that may have arrived: claims whose time ran out become unsure here."""
        with transaction(self._connection) as here:
            here.execute(LAPSE, (moment_text(now),))
        return self._read("WHERE state = 'unsure' ORDER BY number")

    def _one(self, statement: str, **told: Any) -> bool:
        with transaction(self._connection) as here:
            return here.execute(statement, told).rowcount == 1

    def _read(self, where: str, *told: str) -> tuple[Delivery, ...]:
        return tuple(_delivery(row) for row in self._connection.execute(f"{READ} {where}", told))


def _row(delivery: Delivery) -> dict[str, Any]:
    return {
        "group": delivery.group,
        "key": delivery.key,
        "channel": delivery.channel,
        "about": delivery.about,
        "not_before": moment_text(delivery.not_before),
        "value": json_text(delivery.value),
        "note": delivery.note,
    }


def _delivery(row: tuple[Any, ...]) -> Delivery:
    key, group, channel, about, not_before, state, value, again, by, until, settled, note = row
    return Delivery(
        key=key,
        group=group,
        channel=channel,
        about=about,
        not_before=moment_of(not_before),
        state=DeliveryState(state),
        value=json_of(value),
        again=bool(again),
        claimed_by=by,
        claimed_until=moment_of(until) if until else None,
        settled_at=moment_of(settled) if settled else None,
        note=note,
    )
