"""Which version a table's rows have: made, brought up to date, or refused, before anything else is asked."""

from collections.abc import Awaitable, Callable, Sequence

from ledger.azure_keys import LEDGER
from ledger.azure_rows import Row, row
from ledger.azure_table import NAME, NoTable, Table
from ledger.faults import LedgerFault

Step = Callable[[Table], Awaitable[None]]
# From one version to the next. Each may be cut off and done again, and by several programs at once.
STEPS: tuple[Step, ...] = ()
SCHEMA = "schema"


async def prepare(table: Table, address: str, steps: Sequence[Step] = STEPS) -> None:
    """Make the table ready for this program; LedgerFault where it is a newer one's, or another program's."""

    async def attempt() -> bool | None:
        there = await _schema(table)
        if there is None and not await _may_begin(table, address):
            return None
        version = len(steps) + 1
        found = version if there is None else int(there.document["version"])
        if found > version:
            raise LedgerFault(
                f"The ledger at {address} was written by a newer Protocol Watch (its version {found}, "
                f"ours {version}): update the program, or name another in PROTOCOL_WATCH_LEDGER."
            )
        if there is not None and found == version:
            return True
        for step in steps[found - 1 :]:
            await step(table)
        return await table.save([row(LEDGER, SCHEMA, {"version": version}).at(there)]) or None

    await table.until_done(attempt)


async def _schema(table: Table) -> Row | None:
    try:
        return await table.row(LEDGER, SCHEMA)
    except NoTable:
        return None


async def _may_begin(table: Table, address: str) -> bool:
    """Whether the table is empty, made now if need be. False where another of ours has begun at this moment."""
    try:
        partition = await table.any_partition()
    except NoTable:
        await table.make()
        return True
    if partition not in (None, LEDGER):
        raise LedgerFault(
            f"The table {NAME} at {address} is another program's: name another storage account "
            "in PROTOCOL_WATCH_LEDGER."
        )
    return partition is None
