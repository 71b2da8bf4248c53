"""What people said of a group's papers, as it was last read: it still stands while the Papers list can't be had."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Self

from models.agreement import Agreement, NoticeTest, Operator
from models.days import LONDON
from models.facts import Papers, Said, Statement


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the papers of one meeting are late, in somebody's words, and when it was written (London time)."""

    key: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleSaid:
    """Papers by meeting key, and reasons."""

    papers: Mapping[str, Papers] = field(default_factory=lambda: MappingProxyType({}))
    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(cls, remembered: Mapping[str, Any]) -> Self:
        """What `plain` gave."""
        return cls(
            papers={key: _papers(*said) for key, said in remembered.get("papers", {}).items()},
            reasons=tuple(Reason(key, text, _moment(at)) for key, text, at in remembered.get("reasons", ())),
        )

    def plain(self) -> dict[str, Any]:
        """The same as plain JSON."""
        return {
            "papers": {key: _plain(one) for key, one in sorted(self.papers.items())},
            "reasons": [[one.key, one.text, one.at.isoformat()] for one in self.reasons],
        }

    def statements(self, agreement: Agreement) -> tuple[Statement, ...]:
        """Each reason, said of every promise about papers."""
        about = [one for one in agreement.promises if one.is_watched and one.operator is Operator.NOTICE]
        return tuple(
            Statement(Said.REASON, promise.id, one.key, one.text, "officer", "council", one.at)
            for one in self.reasons
            for promise in about
            if isinstance(promise.test, NoticeTest) and promise.test.thing == "papers"
        )


def _plain(papers: Papers) -> list[Any]:
    sent, coming, said_at = papers.sent, papers.coming_on, papers.said_at
    days = [sent.isoformat() if sent else None, coming.isoformat() if coming else None]
    return [*days, papers.none_this_time, papers.unclear, *([said_at.isoformat()] if said_at else [])]


def _papers(
    sent: str | None,
    coming: str | None,
    none_this_time: bool,  # noqa: FBT001
    unclear: bool,  # noqa: FBT001
    said_at: str | None = None,
) -> Papers:
    return Papers(
        sent=_moment(sent) if sent else None,
        coming_on=date.fromisoformat(coming) if coming else None,
        none_this_time=none_this_time,
        unclear=unclear,
        said_at=_moment(said_at) if said_at else None,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(LONDON)
