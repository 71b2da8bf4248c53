"""The owed deliveries of the ledger on Azure Tables: who may send what, and what became of it.

All are in one partition: what is due is asked across groups, and a transaction can't reach two partitions.
owed → claimed → paid, unsure or dropped; unsure → owed again. Each arrow reads the row and saves it if it is
still as it was read, so that of two who try, one wins.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from ledger.azure_adding import NUMBER, add
from ledger.azure_keys import DELIVERIES, row_key
from ledger.azure_rows import Row, in_transactions, row
from ledger.azure_table import Table
from ledger.entries import OVER, Delivery, DeliveryState, Json
from ledger.tables import moment_of, moment_text

KIND = "delivery"
IS_OVER = (
    "over"  # the mark of what was paid or dropped; rows of before it was written say which, and have no time
)
Change = Callable[[Delivery], Delivery | None]
AS_OWED: dict[str, Any] = {
    "state": DeliveryState.OWED,
    "again": False,
    "claimed_by": "",
    "claimed_until": None,
    "settled_at": None,
}
OPEN_TO_SENDER = (DeliveryState.CLAIMED, DeliveryState.UNSURE)


class AzureDeliveries:
    """The part of the ledger that holds what is owed."""

    _table: Table

    async def owe(self, deliveries: Iterable[Delivery]) -> tuple[str, ...]:
        """Owe deliveries; one whose key is there already, in whatever state, is not owed again."""
        wanted = [replace(each, **AS_OWED) for each in deliveries]
        prefixes = sorted({f"{row_key(KIND, each.group)}:" for each in wanted})
        new = await add(self._table, KIND, [_row(each) for each in wanted], prefixes)
        named = {row_key(KIND, each.group, each.key): each.key for each in wanted}
        return tuple(key for at, key in named.items() if at in new)

    async def due(self, now: datetime) -> tuple[Delivery, ...]:
        """What is owed and may be sent now, in all groups, the longest due first."""
        where = f"state eq 'owed' and not_before le '{moment_text(now)}'"
        found = await self._read(where=where)
        return tuple(sorted(found, key=lambda each: each.not_before))

    async def deliveries(self, group: str = "", *, since: datetime | None = None) -> tuple[Delivery, ...]:
        """Every delivery of the group, or of all groups; with `since`, what is open and what was settled then."""
        if since is None:
            return await self._read(group)
        found = await self._read(group, f"(state ne '{IS_OVER}' or settled_at ge '{moment_text(since)}')")
        return tuple(one for one in found if one.state not in OVER or (one.settled_at or since) >= since)

    async def claim(self, group: str, key: str, *, by: str, now: datetime, until: datetime) -> bool:
        """Take an owed delivery that is due, to send it; False where somebody else has it."""

        def claimed(one: Delivery) -> Delivery | None:
            if one.state is not DeliveryState.OWED or one.not_before > now:
                return None
            return replace(one, state=DeliveryState.CLAIMED, claimed_by=by, claimed_until=until)

        return await self._changed(group, key, claimed)

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

        def settled(one: Delivery) -> Delivery | None:
            if one.claimed_by != by or one.state not in OPEN_TO_SENDER:
                return None
            kept = one.value if value is None else value
            return replace(one, state=state, settled_at=at, note=note, value=kept)

        return await self._changed(group, key, settled)

    async def put_off(self, group: str, key: str, *, by: str, not_before: datetime, note: str = "") -> bool:
        """Owe it again, later: one's own claim that surely did not arrive, or one that is unsure."""

        def put_off(one: Delivery) -> Delivery | None:
            unsure = one.state is DeliveryState.UNSURE
            if not unsure and not (one.state is DeliveryState.CLAIMED and one.claimed_by == by):
                return None
            again = one.again or unsure
            return replace(one, **{**AS_OWED, "again": again, "not_before": not_before, "note": note})

        return await self._changed(group, key, put_off)

    async def drop(self, group: str, key: str, *, at: datetime, note: str) -> bool:
        """Drop a delivery that is owed but no longer needed; False where it is not owed any more."""

        def dropped(one: Delivery) -> Delivery | None:
            if one.state is not DeliveryState.OWED:
                return None
            return replace(one, state=DeliveryState.DROPPED, settled_at=at, note=note)

        return await self._changed(group, key, dropped)

    async def find_unsure(self, now: datetime) -> tuple[Delivery, ...]:
        """Every delivery that may have arrived: claims whose time ran out become unsure here."""
        await self._table.until_done(lambda: self._lapsed(now))
        return await self._read(where="state eq 'unsure'")

    async def _lapsed(self, now: datetime) -> bool | None:
        where = f"state eq 'claimed' and claimed_until le '{moment_text(now)}'"
        found = await self._table.rows(DELIVERIES, _prefix(), where)
        changed = [_put_back(each, _lapse(delivery_of(each))) for each in found]
        for some in in_transactions(changed):
            if not await self._table.save(some):
                return None
        return True

    async def _changed(self, group: str, key: str, change: Change) -> bool:
        async def attempt() -> bool | None:
            there = await self._table.row(DELIVERIES, row_key(KIND, group, key))
            changed = change(delivery_of(there)) if there else None
            if there is None or changed is None:
                return False
            return await self._table.save([_put_back(there, changed)]) or None

        return await self._table.until_done(attempt)

    async def _read(self, group: str = "", where: str = "") -> tuple[Delivery, ...]:
        found = await self._table.rows(DELIVERIES, _prefix(group), where)
        return tuple(
            delivery_of(each) for each in sorted(found, key=lambda each: int(each.properties[NUMBER]))
        )


def _prefix(group: str = "") -> str:
    return f"{row_key(KIND, group)}:" if group else f"{KIND}:"


def _lapse(one: Delivery) -> Delivery:
    return replace(one, state=DeliveryState.UNSURE, settled_at=one.claimed_until)


def _put_back(there: Row, changed: Delivery) -> Row:
    made = _row(changed)
    return replace(made, properties={**made.properties, NUMBER: there.properties[NUMBER]}).at(there)


def _row(one: Delivery) -> Row:
    document: dict[str, Any] = {
        "key": one.key,
        "group": one.group,
        "channel": one.channel,
        "about": one.about,
        "not_before": moment_text(one.not_before),
        "state": one.state.value,
        "value": dict(one.value),
        "again": one.again,
        "claimed_by": one.claimed_by,
        "claimed_until": moment_text(one.claimed_until) if one.claimed_until else None,
        "settled_at": moment_text(one.settled_at) if one.settled_at else None,
        "note": one.note,
    }
    marks = {name: str(document[name] or "") for name in ("not_before", "claimed_until", "settled_at")}
    marks["state"] = IS_OVER if one.state in OVER else one.state.value
    return row(DELIVERIES, row_key(KIND, one.group, one.key), document, **marks)


def delivery_of(there: Row) -> Delivery:
    """The delivery that a row holds."""
    told = dict(there.document)
    for name in ("not_before", "claimed_until", "settled_at"):
        told[name] = moment_of(told[name]) if told[name] else None
    return Delivery(**{**told, "state": DeliveryState(told["state"])})
