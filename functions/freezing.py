"""Stops a quarter's figures: a copy stays in the ledger, and both chairs are owed the same draft in the same minute.

The copy is saved first, then the two deliveries are owed in one step; both can be done again without harm. So a
freeze that died half-way is made good by the next, and freezing twice changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from functions.quarter_report import from_record
from functions.recorded import entry_back, entry_saved
from functions.telling.release import WHOLE
from ledger.entries import Delivery, Json
from ledger.port import Ledger
from models.agreement import Strength
from models.days import LONDON
from models.quarters import NotAQuarter, Quarter
from models.record import Held
from models.rulebook import Rulebook
from models.spoken import day
from models.tally import Result, Tally
from wording.reported import GroupRead, Promised, Reported

FROZEN = "report "  # and the quarter: the name under which the copy is remembered
MAIL = "mail"  # the channel by which the chairs get it
DRAFT = "report draft"
CHAIRS = ("forum chair", "partnership manager")
LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Frozen:
    """The report whose figures stopped; `new` where they stopped just now."""

    report: Reported
    new: bool


class BusyNow(NotAQuarter):
    """Another worker is at it in this minute."""


async def frozen(ledger: Ledger, quarter: Quarter) -> Reported | None:
    """The copy of a quarter whose figures stopped; None where they did not."""
    saved = (await ledger.remembered(WHOLE)).get(f"{FROZEN}{quarter.name}")
    return report_back(saved, quarter) if saved else None


async def freeze(ledger: Ledger, book: Rulebook, quarter: Quarter, now: datetime, *, by: str) -> Frozen:
    """Stop the figures of a quarter that is over, and owe both chairs the draft. Twice is as good as once."""
    if quarter.last >= now.astimezone(LONDON).date():
        raise NotAQuarter(f"{quarter.name} is not over. Its figures can stop after {day(quarter.last)}.")
    if not await ledger.take_lease(WHOLE, by=by, now=now, until=now + LEASE):
        raise BusyNow("Another run is at work just now. Please try again in five minutes.")
    try:
        report = await frozen(ledger, quarter)
        new = report is None
        if report is None:
            report = replace(await from_record(ledger, book, quarter, now), frozen_at=now)
            await ledger.remember(WHOLE, f"{FROZEN}{quarter.name}", report_saved(report))
        await ledger.owe(drafts(report))
        return Frozen(report, new)
    finally:
        await ledger.give_lease(WHOLE, by=by)


def drafts(report: Reported) -> tuple[Delivery, ...]:
    """What both chairs are owed: the same draft, not before the same minute."""
    frozen_at = report.frozen_at or report.made_at
    return tuple(
        Delivery(
            key=f"{FROZEN}{report.quarter.name}/{role}",
            group=WHOLE,
            channel=MAIL,
            about=f"{FROZEN}{report.quarter.name}",
            not_before=frozen_at,
            value={"kind": DRAFT, "role": role, "quarter": report.quarter.name},
        )
        for role in CHAIRS
    )


def report_saved(report: Reported) -> Json:
    """A report as plain JSON."""
    return {
        "agreement": report.agreement,
        "made_at": report.made_at.isoformat(),
        "frozen_at": report.frozen_at.isoformat() if report.frozen_at else "",
        "promises": [
            {
                "id": one.id,
                "name": one.name,
                "clause": one.clause,
                "says": one.says,
                "checked": one.checked,
                "strength": one.strength.value,
                "days": one.days,
            }
            for one in report.promises.values()
        ],
        "tallies": [
            [one.promise, one.clause, {each.value: one[each] for each in Result}] for one in report.tallies
        ],
        "entries": [entry_saved(replace(one, title="")) for one in report.entries],
        "held": [[one.meeting, one.day.isoformat(), one.minutes] for one in report.held],
        "read": [
            {
                "group": one.group,
                "read_at": one.read_at.isoformat() if one.read_at else "",
                "unread": [[first.isoformat(), last.isoformat()] for first, last in one.unread],
                "gap": one.gap,
            }
            for one in report.read
        ],
        "notes": list(report.notes),
    }


def report_back(saved: Mapping[str, Any], quarter: Quarter) -> Reported:
    """The report that `report_saved` was given."""
    promised = [Promised(**dict(one) | {"strength": Strength(one["strength"])}) for one in saved["promises"]]
    return Reported(
        agreement=saved["agreement"],
        quarter=quarter,
        made_at=_moment(saved["made_at"]),
        frozen_at=_moment(saved["frozen_at"]) if saved["frozen_at"] else None,
        promises=MappingProxyType({one.id: one for one in promised}),
        tallies=tuple(
            Tally(
                promise, clause, MappingProxyType({Result(name): number for name, number in counts.items()})
            )
            for promise, clause, counts in saved["tallies"]
        ),
        entries=tuple(entry_back(one) for one in saved["entries"]),
        held=tuple(Held(meeting, date.fromisoformat(on), minutes) for meeting, on, minutes in saved["held"]),
        read=tuple(
            GroupRead(
                group=one["group"],
                read_at=_moment(one["read_at"]) if one["read_at"] else None,
                unread=tuple(
                    (date.fromisoformat(first), date.fromisoformat(last)) for first, last in one["unread"]
                ),
                gap=one["gap"],
            )
            for one in saved["read"]
        ),
        notes=tuple(saved["notes"]),
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(LONDON)
