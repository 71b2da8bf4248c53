"""A year's plan for programs and for Excel. The table has the columns that `plan` and `check` read."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from models.facts import Meeting
from models.findings import Finding
from models.year_plan import PlannedDate, YearPlan
from wording import plan_words as words
from wording.check_csv import EXCEL_KNOWS_UTF8, inert
from wording.check_json import WHICH_GROUP
from wording.plain import clean, title

COLUMNS = (
    "date", "start_time", "end_time", "end_date", "title", "group", "weekday", "fits", "why", "nearest_date",
    "nearest_start", "nearest_end", "papers_due", "papers_due_latest", "worth_knowing",
)  # fmt: skip

Json = dict[str, Any]


def plan_json(plan: YearPlan) -> Json:
    """The whole plan, for json.dumps; times are ISO 8601 with London's offset. Fields are only added."""
    return {
        "agreement": clean(plan.agreement.name),
        "window": {"from": plan.first.isoformat(), "to": plan.last.isoformat()},
        "please": words.ASK_BOTH,
        "dates": [_date(one) for one in plan.dates],
        "avoid": [
            {
                "from": one.first.isoformat(),
                "to": one.last.isoformat(),
                "kind": one.kind.value,
                "name": clean(one.name),
                "where": clean(one.where),
            }
            for one in plan.avoid
        ],
        "unplaced": [_meeting(meeting) | {"question": WHICH_GROUP} for meeting in plan.unplaced],
        "faults": [clean(fault) for fault in plan.faults],
        "notes": [clean(note) for note in plan.notes],
    }


def plan_csv(plan: YearPlan) -> str:
    """One heading row and one row a date, those of no group last; dates and times ISO 8601, London."""
    out = io.StringIO()
    out.write(EXCEL_KNOWS_UTF8)
    table = csv.writer(out)
    table.writerow(COLUMNS)
    table.writerows([inert(cell) for cell in row] for row in rows(plan))
    return out.getvalue()


def rows(plan: YearPlan) -> Iterator[tuple[str, ...]]:
    """A row a date, in the order of COLUMNS, as text that is not yet made safe for Excel."""
    for one in plan.dates:
        moved, papers = one.instead, one.papers
        why = [*words.what_is_wrong(one), *words.what_we_cannot_tell(one)]
        yield (
            *_when(one.meeting),
            one.meeting.day.strftime("%A"),
            words.standing(one),
            " ".join(why),
            _iso(moved.day if moved else None),
            f"{moved.starts:%H:%M}" if moved and not moved.all_day else "",
            f"{moved.ends:%H:%M}" if moved and not moved.all_day else "",
            _iso(papers.day if papers else None),
            _iso(papers.latest if papers else None),
            " ".join(one.remarks),
        )
    for meeting in plan.unplaced:
        nothing = [""] * (len(COLUMNS) - 9)
        yield (*_when(meeting), meeting.day.strftime("%A"), words.CANNOT_TELL, WHICH_GROUP, *nothing)


def _when(meeting: Meeting) -> tuple[str, ...]:
    return (
        meeting.day.isoformat(),
        "" if meeting.all_day else f"{meeting.starts:%H:%M}",
        "" if meeting.all_day else f"{meeting.ends:%H:%M}",
        "" if meeting.last_day == meeting.day else meeting.last_day.isoformat(),
        title(meeting),
        clean(meeting.group),
    )


def _date(one: PlannedDate) -> Json:
    moved = one.instead
    return {
        "meeting": _meeting(one.meeting),
        "fits": one.fits,
        "misfits": [_finding(finding) for finding in one.misfits],
        "unknown": [_finding(finding) for finding in one.unknown],
        "remarks": [clean(remark) for remark in one.remarks],
        "nearest": {"starts": moved.starts.isoformat(), "ends": moved.ends.isoformat()} if moved else None,
        "papers_due": _iso(one.papers.day) if one.papers else None,
        "papers_due_latest": _iso(one.papers.latest) if one.papers else None,
    }


def _finding(finding: Finding) -> Json:
    return {
        "key": clean(finding.key),
        "promise": clean(finding.promise),
        "clause": clean(finding.clause),
        "operator": finding.operator.value,
        "state": finding.state.value,
        "because": clean(finding.because),
    }


def _meeting(meeting: Meeting) -> Json:
    return {
        "key": meeting.key,
        "title": title(meeting, longest=None),
        "starts": meeting.starts.isoformat(),
        "ends": meeting.ends.isoformat(),
        "group": clean(meeting.group),
        "type": clean(meeting.type),
        "all_day": meeting.all_day,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
