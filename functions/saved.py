"""Alerts and findings as the ledger keeps them: plain JSON values, and back to the frozen values they were."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from models.agreement import Operator, Strength
from models.alerts import Alert, AlertState
from models.days import LONDON, Skipped
from models.facts import Meeting
from models.findings import Finding, State

Json = dict[str, Any]


def alert_saved(alert: Alert, findings: Iterable[Finding]) -> Json:
    """An alert with its current findings, for whoever words it later."""
    return {
        "alert": _alert_saved(alert),
        "findings": [_finding_saved(finding) for finding in findings],
    }


def alert_back(saved: Mapping[str, Any]) -> Alert:
    """The alert that `alert_saved` was given."""
    alert: Json = saved["alert"]
    return Alert(
        key=alert["key"],
        promise=alert["promise"],
        group=alert["group"],
        state=AlertState(alert["state"]),
        opened_at=_moment(alert["opened_at"]),
        changed_at=_moment(alert["changed_at"]),
        dates=MappingProxyType({key: date.fromisoformat(day) for key, day in alert["dates"].items()}),
    )


def findings_back(saved: Mapping[str, Any]) -> tuple[Finding, ...]:
    """The findings that `alert_saved` was given, in their order."""
    return tuple(_finding_back(finding) for finding in saved["findings"])


def _alert_saved(alert: Alert) -> Json:
    return {
        "key": alert.key,
        "promise": alert.promise,
        "group": alert.group,
        "state": str(alert.state),
        "opened_at": alert.opened_at.isoformat(),
        "changed_at": alert.changed_at.isoformat(),
        "dates": {key: day.isoformat() for key, day in alert.dates.items()},
    }


def _finding_saved(finding: Finding) -> Json:
    saved: Json = json.loads(json.dumps(asdict(finding), default=_iso))
    return saved


def _finding_back(saved: Json) -> Finding:
    meeting = saved["meeting"]
    return Finding(
        **saved
        | {
            "operator": Operator(saved["operator"]),
            "strength": Strength(saved["strength"]),
            "state": State(saved["state"]),
            "meeting": _meeting_back(meeting) if meeting else None,
            "due": _moment(saved["due"]) if saved["due"] else None,
            "due_latest": _moment(saved["due_latest"]) if saved["due_latest"] else None,
            "counted": tuple(date.fromisoformat(day) for day in saved["counted"]),
            "skipped": tuple(Skipped(date.fromisoformat(one["day"]), one["why"]) for one in saved["skipped"]),
        }
    )


def _meeting_back(saved: Json) -> Meeting:
    return Meeting(**saved | {"starts": _moment(saved["starts"]), "ends": _moment(saved["ends"])})


def _iso(value: object) -> str:
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not kept in the ledger")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(LONDON)
