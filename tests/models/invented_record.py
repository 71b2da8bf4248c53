"""Entries of the record as a year might leave them, for tests of the record, the figures and the report."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from models.findings import State
from models.record import MonthRecord, Recorded

BOARD = "SEND Partnership Board"
CLAUSES = {"P01": "4.1", "P04": "4.2", "P05": "4.2", "P07": "4.2"}


def entry(promise: str, day: date, state: State = State.KEPT, **more: Any) -> Recorded:
    """One entry; its meeting is named by its day."""
    meeting = more.pop("meeting", f"meeting-{day.isoformat()}")
    agreement = more.pop("agreement", "lancashire-2024")
    fields: dict[str, Any] = {
        "key": f"{agreement}/{promise}/{meeting}",
        "promise": promise,
        "clause": CLAUSES.get(promise, "1"),
        "group": BOARD,
        "type": "partnership group",
        "meeting": meeting,
        "day": day,
        "state": state,
    }
    return Recorded(**fields | more)


def month(first: date, entries: Sequence[Recorded] = (), **more: Any) -> MonthRecord:
    """One group's month that was read to its end."""
    whole = MonthRecord(month=first)
    return MonthRecord(month=first, entries=tuple(entries), **{"since": first, "through": whole.last} | more)
