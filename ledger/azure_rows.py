"""A row of an Azure table: a document that may be longer than one property, and marks to find it by.

A property holds 64 KiB (of text: 32 Ki characters), a row 1 MiB, a transaction 100 rows and 4 MiB. We send no
more than 1 MiB at once, which goes out in one piece. A short document is kept as text that a person can read; a
longer one compressed, over as many properties as it needs.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from ledger.entries import Json
from ledger.faults import LedgerFault

READABLE = 30_000  # characters kept as text
PART, PARTS = 64 * 1024, 11  # bytes in a property, and properties that fit into 1 MiB in base64
IN_ONE = 100  # rows of a transaction
BYTES_IN_ONE = 1_000_000  # of a transaction
HEADERS = 1_500  # bytes, about, that a row adds to a transaction
TEXT, PIECE, WROTE = "document", "part", "wrote"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `etag` says which state of it we read; "" is one that is not there yet. `gone`: to be taken away."""

    partition: str
    key: str
    properties: Mapping[str, Any]
    etag: str = ""
    gone: bool = False

    @property
    def document(self) -> Json:
        """What the row is about."""
        if TEXT in self.properties:
            text = self.properties[TEXT]
        else:
            named = sorted(name for name in self.properties if name.startswith(PIECE))
            text = zlib.decompress(b"".join(self.properties[name] for name in named))
        value: dict[str, Any] = json.loads(text)
        return MappingProxyType(value)

    @property
    def weight(self) -> int:
        """About how many bytes it takes to send."""
        values = self.properties.values()
        return HEADERS + sum(len(value) * 4 // 3 for value in values if isinstance(value, str | bytes))

    def at(self, there: "Row | None") -> "Row":
        """The same row, to be put in place of the one that was read there."""
        return self if there is None else replace(self, etag=there.etag)

    @property
    def taken_away(self) -> "Row":
        """The same row, to be taken away as it was read."""
        return replace(self, properties={}, gone=True)

    def with_marks_of(self, there: "Row") -> "Row":
        """The same row with the marks that another has, such as its number; the document stays this one's."""
        marks = {
            name: value
            for name, value in there.properties.items()
            if name not in (TEXT, WROTE) and not name.startswith(PIECE)
        }
        return replace(self, properties={**marks, **self.properties})


def row(partition: str, key: str, document: Json, **marks: str | int) -> Row:
    """A row to be saved; LedgerFault where the document is too large for one."""
    return Row(partition, key, {**_packed(key, document), **marks})


def in_transactions(rows: Sequence[Row], at_most: int = IN_ONE) -> Iterator[list[Row]]:
    """The rows in their order, in groups that one transaction takes."""
    taken: list[Row] = []
    weight = 0
    for each in rows:
        if taken and (len(taken) == at_most or weight + each.weight > BYTES_IN_ONE):
            yield taken
            taken, weight = [], 0
        taken.append(each)
        weight += each.weight
    if taken:
        yield taken


def _packed(key: str, document: Json) -> dict[str, str | bytes]:
    text = json.dumps(dict(document), sort_keys=True, separators=(",", ":"))  # plain ASCII: any text is safe
    if len(text) <= READABLE:
        return {TEXT: text}
    packed = zlib.compress(text.encode())
    if len(packed) > PART * PARTS:
        raise LedgerFault(
            f"What is to be remembered as '{key[:80]}' has {len(packed):,} bytes and its row takes "
            f"{PART * PARTS:,}: split the group in two, or name a ledger of the kind sqlite:///."
        )
    pieces = range(0, len(packed), PART)
    return {f"{PIECE}{number:02}": packed[start : start + PART] for number, start in enumerate(pieces)}
