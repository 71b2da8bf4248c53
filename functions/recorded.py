"""The record in the ledger: what a review writes down of meetings that were held, and what a report reads back.

Each month of a group is remembered under a name of its own ("record 2026-11"), so that a review writes one or two
small values, and only where something changed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from functions.telling.release import WHOLE
from ledger.entries import Json
from ledger.port import Ledger
from models.agreement import Agreement
from models.facts import Facts
from models.findings import Finding, State
from models.record import (
    Held,
    MonthRecord,
    Recorded,
    after_reading,
    months_of,
    reading_of,
    reading_of_requests,
    without_old_titles,
)
from models.rules.requests import about_rows, list_of

RECORD = "record "  # and the month
DAYS = ("day", "due", "agreed_on")


def records_to_save(
    remembered: Mapping[str, Json],
    judged: Sequence[Finding],
    facts: Facts,
    agreement: Agreement,
    now: datetime,
) -> dict[str, Json]:
    """What is to be remembered after a review, by name: the months that it read, and old ones that lose a title."""
    reading = reading_of(judged, facts, agreement, now, promises=agreement.promises_on)
    months = months_of(reading)
    saved = {}
    for month in months:
        before = record_back(month, remembered.get(name_of(month), {}))
        saved[name_of(month)] = record_saved(after_reading(before, reading))
    for record in records_of(remembered):
        if record.month not in months:
            saved[name_of(record.month)] = record_saved(without_old_titles(record, reading.today))
    return saved


def requests_to_save(
    remembered: Mapping[str, Json],
    wider: Sequence[Finding],
    facts: Facts,
    agreement: Agreement,
    now: datetime,
    *,
    lists: Collection[str],
) -> dict[str, Json]:
    """What is to be remembered of requests after the daily pass; `lists` are those that were read in full."""
    about = [one for one in agreement.promises if one.id in agreement.promises_on and about_rows(one)]
    if not about:
        return {}
    complete = {list_of(one) for one in about} <= set(lists)
    reading = reading_of_requests(wider, facts, agreement, now, complete=complete)
    saved = {}
    for month in months_of(reading):
        before = remembered.get(name_of(month), {})
        after = record_saved(after_reading(record_back(month, before), reading))
        if after["entries"] or before:
            saved[name_of(month)] = after
    return saved


async def recorded_months(
    ledger: Ledger, agreement: Agreement, months: Iterable[date]
) -> dict[str, tuple[MonthRecord, ...]]:
    """What is on record of these months, by group; a group of which nothing is on record has empty months.

    Requests to the forum are no group's; they are under WHOLE.
    """
    wanted = tuple(months)
    whole = await ledger.remembered(WHOLE)
    found = {WHOLE: tuple(record_back(month, whole.get(name_of(month), {})) for month in wanted)}
    for group in agreement.groups:
        remembered = await ledger.remembered(group.name)
        found[group.name] = tuple(
            record_back(month, remembered.get(name_of(month), {}), group=group.name) for month in wanted
        )
    return found


def name_of(month: date) -> str:
    """The name under which a group's month is remembered."""
    return f"{RECORD}{month:%Y-%m}"


def records_of(remembered: Mapping[str, Json]) -> tuple[MonthRecord, ...]:
    """Every month of a group that is on record, in order."""
    names = sorted(name for name in remembered if name.startswith(RECORD))
    return tuple(
        record_back(date.fromisoformat(f"{name.removeprefix(RECORD)}-01"), remembered[name]) for name in names
    )


def record_saved(record: MonthRecord) -> Json:
    """A month as plain JSON; what is empty is left out, so that it stays small."""
    return {
        "since": record.since.isoformat() if record.since else "",
        "through": record.through.isoformat() if record.through else "",
        "gap": record.gap,
        "entries": [entry_saved(one) for one in record.entries],
        "held": [[one.meeting, one.day.isoformat(), one.minutes] for one in record.held],
    }


def record_back(month: date, saved: Json, group: str = "") -> MonthRecord:
    """The month that `record_saved` was given; an empty one where nothing was. `group`: the name it has now."""
    return MonthRecord(
        month=month,
        since=_day(saved.get("since", "")),
        through=_day(saved.get("through", "")),
        gap=bool(saved.get("gap", False)),
        entries=tuple(entry_back(one, group) for one in saved.get("entries", ())),
        held=tuple(
            Held(meeting, date.fromisoformat(day), minutes) for meeting, day, minutes in saved.get("held", ())
        ),
    )


def entry_saved(entry: Recorded) -> Json:
    """One entry as plain JSON, without what is empty."""
    saved = {one.name: _plain(getattr(entry, one.name)) for one in fields(entry)}
    return {
        name: value for name, value in saved.items() if value or (name == "sent_ahead" and value is not None)
    }


def entry_back(saved: Mapping[str, Any], group: str = "") -> Recorded:
    """The entry that `entry_saved` was given."""
    days = {name: _day(saved[name]) for name in DAYS if name in saved}
    told = {"state": State(saved["state"]), "agreed_by": tuple(saved.get("agreed_by", ()))}
    return Recorded(**dict(saved) | days | told | ({"group": group} if group else {}))


def _plain(value: Any) -> Any:
    if isinstance(value, State):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
