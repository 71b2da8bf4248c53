"""Alerts and findings as the ledger keeps them: plain JSON values, and back to the frozen values they were."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from models.agreement import Operator, Strength
from models.ahead import MeetingAhead, PapersAre
from models.alerts import Alert, AlertState
from models.days import LONDON, Skipped
from models.facts import Meeting, Papers, Said, Statement
from models.findings import Finding, State

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Json = dict[str, Any]


def alert_saved(alert: Alert, findings: Iterable[Finding]) -> Json:
    """An alert with its current findings, for whoever words it later."""
    return {
        "alert": _alert_saved(alert),
        "findings": [finding_saved(finding) for finding in findings],
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
    return tuple(finding_back(finding) for finding in saved["findings"])


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


def finding_saved(finding: Finding) -> Json:
    """A finding as plain JSON."""
    return _fields_saved(finding)


def finding_back(saved: Mapping[str, Any]) -> Finding:
    """The finding that `finding_saved` was given."""
    meeting = saved["meeting"]
    return Finding(
        **dict(saved)
        | {
            "operator": Operator(saved["operator"]),
            "strength": Strength(saved["strength"]),
            "state": State(saved["state"]),
            "meeting": meeting_back(meeting) if meeting else None,
            "due": _moment(saved["due"]) if saved["due"] else None,
            "due_latest": _moment(saved["due_latest"]) if saved["due_latest"] else None,
            "counted": tuple(date.fromisoformat(day) for day in saved["counted"]),
            "skipped": tuple(Skipped(date.fromisoformat(one["day"]), one["why"]) for one in saved["skipped"]),
        }
    )


def meeting_saved(meeting: Meeting) -> Json:
    """A meeting as plain JSON; what is private was masked long before."""
    return _fields_saved(meeting)


def meeting_back(saved: Mapping[str, Any]) -> Meeting:
    """The meeting that `meeting_saved` was given."""
    return Meeting(**dict(saved) | {"starts": _moment(saved["starts"]), "ends": _moment(saved["ends"])})


def papers_saved(papers: Papers) -> Json:
    """What is known of one meeting's papers, as plain JSON."""
    return _fields_saved(papers)


def papers_back(saved: Mapping[str, Any]) -> Papers:
    """What `papers_saved` was given."""
    sent, coming, said_at = saved["sent"], saved["coming_on"], saved.get("said_at")
    newest = saved.get("newest")
    times = {
        "newest": _moment(newest) if newest else None,
        "said_at": _moment(said_at) if said_at else None,
        "sent": _moment(sent) if sent else None,
        "coming_on": date.fromisoformat(coming) if coming else None,
    }
    return Papers(**dict(saved) | times)


def statement_saved(statement: Statement) -> Json:
    """What a person said, as plain JSON."""
    return _fields_saved(statement)


def statement_back(saved: Mapping[str, Any]) -> Statement:
    """The statement that `statement_saved` was given."""
    until, day = saved["until"], saved.get("day")
    known = {
        "said": Said(saved["said"]),
        "at": _moment(saved["at"]),
        "until": date.fromisoformat(until) if until else None,
        "day": date.fromisoformat(day) if day else None,
    }
    return Statement(**dict(saved) | known)


def ahead_saved(meeting: MeetingAhead) -> Json:
    """A meeting ahead, as plain JSON."""
    return _fields_saved(meeting)


def ahead_back(saved: Mapping[str, Any]) -> MeetingAhead:
    """What `ahead_saved` was given."""
    moments = {name: _moment(saved[name]) if saved[name] else None for name in ("starts", "ends", "was")}
    days = {
        name: date.fromisoformat(saved[name]) if saved[name] else None
        for name in ("due", "sent", "coming_on")
    }
    others = {"papers": PapersAre(saved["papers"]), "formerly": tuple(saved.get("formerly", ()))}
    return MeetingAhead(**dict(saved) | moments | days | others)


def _fields_saved(value: "DataclassInstance") -> Json:
    """A frozen value as plain JSON, field by field. Thousands are written in a sweep, so nothing is copied twice."""
    return {name: _saved(getattr(value, name)) for name in _names_of(type(value))}


def _saved(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case None | str() | int() | float():
            return value
        case date():  # a datetime is a date too
            return value.isoformat()
        case tuple():
            return [_saved(one) for one in value]
        case Skipped() | Meeting():
            return _fields_saved(value)
    raise TypeError(f"{type(value).__name__} is not kept in the ledger")


@cache
def _names_of(kind: "type[DataclassInstance]") -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(LONDON)
