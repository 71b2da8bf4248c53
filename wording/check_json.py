"""What `check` found as JSON: the contract that programs read. Fields are added, never changed."""

from collections import Counter
from datetime import datetime, time
from typing import Any

from models.agreement import Promise
from models.days import LONDON, end_of
from models.facts import Meeting
from models.findings import Finding, State
from wording.plain import clean, title
from wording.results import Results

DRAFT = "private draft"
WIDER = "All meetings in these dates"
WHICH_GROUP = "Which group is this?"

MEETING_FIELDS = (
    "key", "uid", "title", "starts", "ends", "group",
    "type", "all_day", "cancelled", "private", "end_assumed",
)  # fmt: skip

Json = dict[str, Any]


def as_json(results: Results) -> Json:
    """Everything that was found, as one value for json.dumps; times are ISO 8601 with London's offset."""
    return {
        "draft": DRAFT,
        "agreement": clean(results.agreement.name),
        "window": {"from": results.first.isoformat(), "to": results.last.isoformat()},
        "now": results.now.astimezone(LONDON).isoformat(),
        "meetings": len(results.meetings),
        "summary": summary(results),
        "findings": [_finding(finding, results) for finding in results.findings],
        "unplaced": [_meeting(meeting) | {"question": WHICH_GROUP} for meeting in results.unplaced],
        "not_watched": [_not_watched(promise) for promise in results.agreement.not_watched()],
        "faults": [clean(fault) for fault in results.faults],
        "notes": [clean(note) for note in results.notes],
    }


def summary(results: Results) -> dict[str, int]:
    """How many findings there are in each state, also where there are none."""
    counts = Counter(finding.state for finding in results.findings)
    return {state.value: counts[state] for state in State}


def _finding(finding: Finding, results: Results) -> Json:
    series = {"series": clean(finding.series)} if finding.series else {}
    reason = {"reason": clean(finding.reason)} if finding.reason else {}
    return {
        "key": clean(finding.key),
        "promise": clean(finding.promise),
        "clause": clean(finding.clause),
        "operator": finding.operator.value,
        "strength": finding.strength.value,
        "state": finding.state.value,
        "found": finding.found,
        "meeting": _meeting(finding.meeting) if finding.meeting else _no_meeting(finding, results),
        "due": _moment(finding.due),
        "due_latest": _moment(finding.due_latest),
        "because": clean(finding.because),
        "counted": [day.isoformat() for day in finding.counted],
        "skipped": [{"date": skip.day.isoformat(), "why": clean(skip.why)} for skip in finding.skipped],
        **series,
        **reason,
    }


def _meeting(meeting: Meeting) -> Json:
    return {
        "key": meeting.key,
        "uid": clean(meeting.uid),
        "title": title(meeting, longest=None),
        "starts": meeting.starts.isoformat(),
        "ends": meeting.ends.isoformat(),
        "group": clean(meeting.group),
        "type": clean(meeting.type),
        "all_day": meeting.all_day,
        "cancelled": meeting.cancelled,
        "private": meeting.private,
        "end_assumed": meeting.end_assumed,
    }


def _no_meeting(finding: Finding, results: Results) -> Json:
    """The same fields for a finding about more than a meeting: its dates are those looked at, its key is empty.

    So a program that reads a title or a start from every finding never falls over one of these.
    """
    starts = datetime.combine(results.first, time(), LONDON)
    return dict.fromkeys(MEETING_FIELDS, None) | {
        "title": clean(finding.group) or WIDER,
        "starts": starts.isoformat(),
        "ends": end_of(results.last).isoformat(),
        "group": clean(finding.group) or None,
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(LONDON).isoformat() if moment else None


def _not_watched(promise: Promise) -> Json:
    return {"promise": promise.id, "clause": clean(promise.clause), "says": clean(promise.says)}
