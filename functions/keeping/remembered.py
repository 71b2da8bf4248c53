"""What is left of each remembered value when its time has come: pure, one function for each kind in the table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from functions.keeping.unnamed import record_without_old_titles, without_old_meetings
from functions.setting_up.own_diaries import OWN_DIARIES
from functions.telling.needs import QUESTIONS
from functions.telling.release import HELD, LET_GO
from ledger.entries import Json
from models.agreement import Agreement
from models.retention import day_of, facts_until, findings_until, is_past, record_until

LEFT = "left"  # since when a meeting is out of sight, by key; of a rep: since when no row has its address
RECORD, REPORT = "record ", "report "


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What still stands: meetings by key, deliveries by key, the calendars of the agreement."""

    today: date
    agreement: Agreement
    meetings: frozenset[str] = frozenset()
    deliveries: frozenset[str] = frozenset()


def after_its_time(name: str, value: Json, known: Known) -> Json | None:
    """What may stay of something remembered under a name; None where nothing may."""
    exact = EXACT.get(name)
    if exact is not None:
        return exact(value, known)
    begins = next((rest for start, rest in BEGINS.items() if name.startswith(start)), None)
    return value if begins is None else begins(name, value, known)


def still_followed(moved: Mapping[str, str], here: frozenset[str]) -> frozenset[str]:
    """The old keys that meetings which are here have had."""
    return frozenset(old for new, old in moved.items() if new in here or new in set(moved.values()))


def _shown(value: Json, known: Known) -> Json:
    rows = value.get("rows", {})
    return {"rows": {key: one for key, one in rows.items() if not _long_ago(one["day"], known.today)}}


def _long_ago(day: str, today: date) -> bool:
    return bool(day) and is_past(facts_until(date.fromisoformat(day)), today)


def _moved(value: Json, known: Known) -> Json:
    on_the_way = set(value.values())
    return {new: old for new, old in value.items() if new in known.meetings or new in on_the_way}


def _papers(value: Json, known: Known) -> Json:
    """The traces and what people said of papers, without those of meetings that are long out of sight."""
    traces = {id: one for id, one in value.get("traces", {}).items() if _trace_stays(one, known)}
    keys = {one[0] for one in traces.values()} | known.meetings
    packs = {key: one for key, one in value.get("packs", {}).items() if key in keys}
    said = dict(value.get("said", {}))
    if said:
        said["papers"] = {key: one for key, one in said.get("papers", {}).items() if key in keys}
        said["reasons"] = [one for one in said.get("reasons", ()) if one[0] in keys]
    held = {"traces": traces, "packs": packs, "said": said}
    return {**value, **{name: one for name, one in held.items() if name in value}}


def _trace_stays(trace: list[Any], known: Known) -> bool:
    key, day, sent = trace
    if key in known.meetings:
        return True
    if not (day or sent):
        return False
    at = date.fromisoformat(day) if day else day_of(datetime.fromisoformat(sent))
    return not is_past(facts_until(at), known.today)


def _record(name: str, value: Json, known: Known) -> Json | None:
    try:
        month = date.fromisoformat(f"{name.removeprefix(RECORD)}-01")
    except ValueError:
        return value  # the month can't be told: a person may look
    if is_past(record_until(month, known.agreement), known.today):
        return None
    return record_without_old_titles(value, known.today)


def _meetings_known(value: Json, known: Known) -> Json:
    return {key: one for key, one in value.items() if key in known.meetings}


def _recent(value: Json, known: Known) -> Json:
    return without_old_meetings(value, known.today)


def _diaries(value: Json, known: Known) -> Json:
    return {mailbox: one for mailbox, one in value.items() if mailbox in known.agreement.calendars}


def _deliveries_known(value: Json, known: Known) -> Json:
    return {**value, "keys": [key for key in value.get("keys", ()) if key in known.deliveries]}


def _nothing(_value: Json, _known: Known) -> None:
    return None


def _report(_name: str, value: Json, known: Known) -> Json | None:
    at = value.get("frozen_at") or value.get("made_at")
    until = findings_until(day_of(datetime.fromisoformat(at)), known.agreement) if at else date.max
    return None if is_past(until, known.today) else value


def _questions(name: str, value: Json, known: Known) -> Json | None:
    about = name.removeprefix(f"{QUESTIONS} of ")
    if "@" in about and about not in known.agreement.calendars:
        return None
    return _recent(value, known)


EXACT: dict[str, Callable[[Json, Known], Json | None]] = {
    "papers": _papers,
    "papers by meeting": _meetings_known,
    "papers due": _meetings_known,
    "moved": _moved,
    "shown": _shown,
    "meetings ahead": _recent,
    "joint meetings": _nothing,
    QUESTIONS: _recent,
    OWN_DIARIES: _diaries,
    HELD: _deliveries_known,
    LET_GO: _deliveries_known,
}
BEGINS: dict[str, Callable[[str, Json, Known], Json | None]] = {
    RECORD: _record,
    REPORT: _report,
    f"{QUESTIONS} of ": _questions,
}
