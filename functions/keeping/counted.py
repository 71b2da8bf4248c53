"""Totals that stay when what they count goes: counted once, whenever the program dies.

The counts and the ids of what is being counted are one value, saved in one step before anything is taken away. Who
comes after a death finds the ids there, and takes away without counting again. The ids say nothing by themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger.entries import AlertEntry, Delivery, Json, StatementEntry
from ledger.port import Ledger
from models.days import LONDON
from models.keys import short_key

TOTALS = "totals"  # the name under which they are remembered
COUNTED, BY_MONTH = "counted", "by month"
TRIES = 5  # others may count at the same time


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that goes: an id, the month it belongs to, and what it is counted as."""

    id: str
    month: str
    as_what: str


def of_delivery(one: Delivery) -> Counted:
    """A card or a mail, by how it went and what became of it."""
    kind = str(one.value.get("kind", ""))
    said = " ".join(word for word in (one.channel, kind, one.state.value) if word)
    return Counted(
        short_key(f"delivery\n{one.group}\n{one.key}"), _month(one.settled_at or one.not_before), said
    )


def of_alert(entry: AlertEntry) -> Counted:
    """An alert, by its promise and how it ended."""
    alert: dict[str, Any] = entry.value["alert"]
    at = datetime.fromisoformat(alert["changed_at"])
    return Counted(short_key(f"alert\n{entry.key}"), _month(at), f"{alert['promise']} {alert['state']}")


def of_statement(entry: StatementEntry) -> Counted:
    """What somebody said, by what kind of word it was."""
    return Counted(
        short_key(f"statement\n{entry.id}"), _month(entry.at), f"said: {entry.value.get('said', '')}"
    )


async def count(ledger: Ledger, group: str, going: Iterable[Counted], *, beside: bool = False) -> None:
    """Count what is about to go, once; it may then be taken away.

    `beside`: there may be more that was counted and is not gone yet, which is not to be counted again.
    """
    wanted = tuple(going)
    for _ in range(TRIES):
        before = (await ledger.remembered(group)).get(TOTALS)
        after = after_counting(before, wanted, beside=beside)
        if after == (None if before is None else dict(before)):
            return
        if await ledger.change_remembered(group, TOTALS, before, after):
            return
    raise RuntimeError("the totals were changed again and again by others: nothing was taken away")


def after_counting(before: Json | None, going: Iterable[Counted], *, beside: bool = False) -> Json | None:
    """The totals with what goes now, and the ids of it; what was counted by who died before is not counted again."""
    wanted = {one.id: one for one in going}
    if before is None and not wanted:
        return None
    known = set((before or {}).get(COUNTED, ()))
    months: dict[str, dict[str, int]] = {
        month: dict(counts) for month, counts in (before or {}).get(BY_MONTH, {}).items()
    }
    for one in wanted.values():
        if one.id not in known:
            counts = months.setdefault(one.month, {})
            counts[one.as_what] = counts.get(one.as_what, 0) + 1
    return {COUNTED: sorted({*wanted, *(known if beside else ())}), BY_MONTH: months}


def totals_of(remembered: Mapping[str, Json]) -> dict[str, dict[str, int]]:
    """The totals of a group, by month."""
    return {month: dict(counts) for month, counts in remembered.get(TOTALS, {}).get(BY_MONTH, {}).items()}


def _month(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m}"
