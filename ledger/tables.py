"""The tables of the SQLite ledger, one step for each version, and how values are written in them."""

import json
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from ledger.entries import Json

VERSIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE stamps (
            grp TEXT NOT NULL, key TEXT NOT NULL, shape TEXT NOT NULL, first_seen TEXT NOT NULL,
            date_first_seen TEXT NOT NULL, on_or_before INTEGER NOT NULL,
            PRIMARY KEY (grp, key)) WITHOUT ROWID""",
        "CREATE TABLE snapshots (grp TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE alerts (
            grp TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, version INTEGER NOT NULL,
            PRIMARY KEY (grp, key)) WITHOUT ROWID""",
        """CREATE TABLE statements (
            number INTEGER PRIMARY KEY, grp TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL,
            value TEXT NOT NULL, UNIQUE (grp, id))""",
        """CREATE TABLE deliveries (
            number INTEGER PRIMARY KEY, grp TEXT NOT NULL, key TEXT NOT NULL, channel TEXT NOT NULL,
            about TEXT NOT NULL, not_before TEXT NOT NULL, state TEXT NOT NULL, value TEXT NOT NULL,
            again INTEGER NOT NULL, claimed_by TEXT NOT NULL, claimed_until TEXT, settled_at TEXT,
            note TEXT NOT NULL, UNIQUE (grp, key))""",
        "CREATE INDEX deliveries_due ON deliveries (state, not_before)",
        """CREATE TABLE leases (
            grp TEXT PRIMARY KEY, held_by TEXT NOT NULL, until TEXT NOT NULL) WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE memory (
            grp TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (grp, name)) WITHOUT ROWID""",
    ),
)
VERSION = len(VERSIONS)


def moment_text(moment: datetime) -> str:
    """A moment as text that sorts as time does: UTC, always the same length."""
    if moment.tzinfo is None:
        raise ValueError("the ledger takes no time without a zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment_of(text: str) -> datetime:
    """The moment that was written, in UTC."""
    return datetime.fromisoformat(text)


def json_text(value: Json) -> str:
    """A JSON value as text, the same for the same value."""
    return json.dumps(dict(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def json_of(text: str) -> Json:
    """The JSON value that was written."""
    value: dict[str, Any] = json.loads(text)
    return MappingProxyType(value)
