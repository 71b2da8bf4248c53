"""The kinds of rows that a group has in an Azure table, and how a row of a group is made."""

import json

from ledger.azure_keys import is_shortened, partition_of
from ledger.azure_rows import Row, row
from ledger.entries import Json

STAMP, ALERT, STATEMENT, MEMORY, SNAPSHOT, LEASE = (
    "stamp",
    "alert",
    "statement",
    "memory",
    "snapshot",
    "lease",
)
NAMED = "named"  # the true name, where the partition has only its beginning


def row_of(group: str, key: str, document: Json) -> Row:
    """A row of a group, to be saved."""
    partition = partition_of(group)
    marks = {NAMED: json.dumps(group)} if is_shortened(partition) else {}
    return row(partition, key, document, **marks)


def name_in(there: Row) -> str:
    """The true name of the group that a row is of."""
    return str(json.loads(there.properties[NAMED]))
