"""What we know of the rows that we wrote: their ids, their versions, what stood in our columns, what was typed.

Kept in the ledger in sixty-four small parts, so that one changed row saves one part. All of it can be lost: then
the lists are read whole, and nothing is added twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from functions.showing.typed import Typed
from ledger.port import Ledger
from models.retention import SITE

PLACE = SITE  # where in the ledger all of it lies: no group is called so
PARTS = 64


@dataclass(frozen=True, slots=True)
class KnownRow:
    """One row of a list on the site. `stands` says what is in our columns, as a print of each."""

    id: str
    etag: str
    stands: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    typed: Typed = field(default_factory=lambda: MappingProxyType({}))


@dataclass(slots=True)
class KnownList:
    """One list as we know it: its rows by key, and the link to what changes next. `link` is empty at first."""

    name: str
    rows: dict[str, KnownRow]
    link: str = ""
    changed: set[str] = field(default_factory=set)

    def put(self, key: str, row: KnownRow) -> None:
        """Know a row, or know it anew."""
        if self.rows.get(key) != row:
            self.rows[key] = row
            self.changed.add(key)

    def forget(self, key: str) -> None:
        """The row is gone."""
        if self.rows.pop(key, None) is not None:
            self.changed.add(key)

    def key_of(self, id: str) -> str:
        """The key of the row with that id; empty where we don't know it."""
        return next((key for key, row in self.rows.items() if row.id == id), "")

    @property
    def by_id(self) -> dict[str, str]:
        """The key of each row, by its id."""
        return {row.id: key for key, row in self.rows.items()}


def prints(fields: Mapping[str, Any], columns: Iterable[str]) -> dict[str, str]:
    """A print of what stands in each column; an empty one has none, as SharePoint leaves it out."""
    return {name: _print(fields[name]) for name in columns if fields.get(name) not in (None, "")}


def known_in(remembered: Mapping[str, Mapping[str, Any]], name: str) -> KnownList:
    """What is remembered of one list."""
    rows: dict[str, KnownRow] = {}
    for part in range(PARTS):
        for key, saved in remembered.get(_part_name(name, part), {}).items():
            rows[key] = KnownRow(saved["id"], saved["etag"], saved["stands"], saved.get("typed", {}))
    return KnownList(name, rows, str(remembered.get(_link_name(name), {}).get("link", "")))


async def save(ledger: Ledger, known: KnownList, *, link: bool = False) -> None:
    """Save the parts that changed, and after them the link: what a link leaves out must have been saved."""
    parts = {part_of(key) for key in known.changed}
    for part in sorted(parts):
        theirs = {key: _saved(row) for key, row in known.rows.items() if part_of(key) == part}
        await ledger.remember(PLACE, _part_name(known.name, part), theirs)
    known.changed.clear()
    if link:
        await ledger.remember(PLACE, _link_name(known.name), {"link": known.link})


def part_of(key: str) -> int:
    """In which part a row is kept."""
    return sha256(key.encode()).digest()[0] % PARTS


def with_typed(row: KnownRow, typed: Typed) -> KnownRow:
    """The row with what was taken of it."""
    return replace(row, typed=typed)


def _saved(row: KnownRow) -> dict[str, Any]:
    saved: dict[str, Any] = {"id": row.id, "etag": row.etag, "stands": dict(row.stands)}
    if row.typed:
        saved["typed"] = {column: list(taken) for column, taken in row.typed.items()}
    return saved


def _print(value: object) -> str:
    return sha256(str(value).encode(errors="surrogatepass")).hexdigest()[:10]


def _part_name(name: str, part: int) -> str:
    return f"rows of {name}, {part}"


def _link_name(name: str) -> str:
    return f"changes of {name}"
