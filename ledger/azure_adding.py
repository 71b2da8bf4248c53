"""Adds rows that are never taken away, numbered in the order in which they were added."""

from collections.abc import Sequence
from dataclasses import replace

from ledger.azure_keys import row_key
from ledger.azure_rows import IN_ONE, Row, in_transactions, row
from ledger.azure_table import Table

NUMBER = "number"
A_FEW = 8  # readings of a part of a kind; where there are more parts, all of the kind is read


async def add(table: Table, kind: str, rows: Sequence[Row], prefixes: Sequence[str]) -> set[str]:
    """Add those of the rows that are not there, all of one partition; gives back the keys of the new ones.

    The last number is a row of its own, saved with those that it numbers: of two who add at once, one reads
    it again. `prefixes` are those that the rows' keys have.
    """
    wanted: dict[str, Row] = {}
    for each in rows:
        wanted.setdefault(each.key, each)
    if not wanted:
        return set()
    partition, added = rows[0].partition, set[str]()

    async def attempt() -> set[str] | None:
        parts = prefixes if len(prefixes) <= A_FEW else [f"{kind}:"]
        there = {key for prefix in parts for key in await table.keys(partition, prefix)}
        missing = [each for each in wanted.values() if each.key not in there]
        for some in in_transactions(missing, IN_ONE - 1):
            if not await _save_numbered(table, partition, kind, some):
                return None
            added.update(each.key for each in some)
        return added

    return await table.until_done(attempt)


async def _save_numbered(table: Table, partition: str, kind: str, some: Sequence[Row]) -> bool:
    key = row_key("count", kind)
    count = await table.row(partition, key)
    last = 0 if count is None else int(count.document["last"])
    counted = row(partition, key, {"last": last + len(some)}).at(count)
    return await table.save([counted, *(_numbered(each, at) for at, each in enumerate(some, start=last + 1))])


def _numbered(each: Row, number: int) -> Row:
    return replace(each, properties={**each.properties, NUMBER: number})
