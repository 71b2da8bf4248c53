"""A group's window as JSON, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger.entries import Json, Known, Snapshot
from ledger.tables import moment_of, moment_text


def snapshot_json(snapshot: Snapshot) -> Json:
    """The window as a JSON value."""
    meetings = [[each.key, moment_text(each.starts), dict(each.value)] for each in snapshot.meetings]
    return {
        "first": snapshot.first.isoformat(),
        "last": snapshot.last.isoformat(),
        "read_at": moment_text(snapshot.read_at),
        "meetings": meetings,
    }


def snapshot_of(value: Mapping[str, Any]) -> Snapshot:
    """The window that was written."""
    return Snapshot(
        first=date.fromisoformat(value["first"]),
        last=date.fromisoformat(value["last"]),
        read_at=moment_of(value["read_at"]),
        meetings=tuple(Known(key, moment_of(starts), known) for key, starts, known in value["meetings"]),
    )
