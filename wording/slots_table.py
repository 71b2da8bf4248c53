"""What `slots` found for programs and for Excel. The table has the columns that `plan` and `check` read."""

import csv
import io
from typing import Any

from models.slots import Slot
from wording import slots_words as words
from wording.check_csv import EXCEL_KNOWS_UTF8, inert
from wording.plain import clean
from wording.slots_found import SlotsFound

COLUMNS = (
    "date", "start_time", "end_time", "title", "group", "weekday", "free", "papers_due", "papers_due_latest",
    "worth_knowing",
)  # fmt: skip

Json = dict[str, Any]


def slots_json(found: SlotsFound) -> Json:
    """Everything that was found, for json.dumps; times are ISO 8601 with London's offset. Fields are only added."""
    search, wanted = found.search, found.search.wanted
    return {
        "agreement": clean(found.agreement.name),
        "group": clean(wanted.group),
        "type": clean(wanted.type),
        "minutes": int(wanted.length.total_seconds() // 60),
        "hours": {
            "from": search.hours[0].isoformat("minutes"),
            "to": search.hours[1].isoformat("minutes"),
            "promised": search.promised,
        },
        "window": {"from": wanted.first.isoformat(), "to": search.looked_until.isoformat()},
        "please": words.ASK_BOTH,
        "slots": [_slot(slot) for slot in search.slots],
        "passed": [
            {"from": one.first.isoformat(), "to": one.last.isoformat(), "why": clean(one.why)}
            for one in search.passed
        ],
        "why_no_more": words.why_none(search),
        "faults": [clean(fault) for fault in found.faults],
        "notes": [clean(note) for note in found.notes],
    }


def slots_csv(found: SlotsFound) -> str:
    """One heading row and one row a slot; dates and times ISO 8601, London."""
    out = io.StringIO()
    out.write(EXCEL_KNOWS_UTF8)
    table = csv.writer(out)
    table.writerow(COLUMNS)
    table.writerows([inert(cell) for cell in _row(slot, found)] for slot in found.search.slots)
    return out.getvalue()


def _slot(slot: Slot) -> Json:
    return {
        "starts": slot.starts.isoformat(),
        "ends": slot.ends.isoformat(),
        "free": [{"from": f"{one.starts:%H:%M}", "to": f"{one.ends:%H:%M}"} for one in slot.free],
        "papers_due": slot.papers.day.isoformat() if slot.papers else None,
        "papers_due_latest": slot.papers.latest.isoformat() if slot.papers else None,
        "remarks": [clean(remark) for remark in slot.remarks],
        "whole_day_entry": slot.whole_day_entry,
    }


def _row(slot: Slot, found: SlotsFound) -> tuple[str, ...]:
    known = [*slot.remarks, words.WHOLE_DAY_ENTRY] if slot.whole_day_entry else [*slot.remarks]
    return (
        slot.starts.date().isoformat(),
        f"{slot.starts:%H:%M}",
        f"{slot.ends:%H:%M}",
        words.whom_for(found),
        clean(found.search.wanted.group),
        f"{slot.starts:%A}",
        "; ".join(f"{one.starts:%H:%M} to {one.ends:%H:%M}" for one in slot.free),
        slot.papers.day.isoformat() if slot.papers else "",
        slot.papers.latest.isoformat() if slot.papers else "",
        " ".join(known),
    )
