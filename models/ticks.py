"""Ticks: what an officer said of papers at a button, laid over what was seen and what stands in the Papers list.

The later word wins. What we saw ourselves stays: a tick can show that papers went out earlier than we saw them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from models.agreement import Agreement, NoticeTest
from models.days import LONDON
from models.facts import Meeting, Papers, Said, Statement
from models.papers import together

TICKS = frozenset({Said.SENT, Said.NONE_THIS_TIME, Said.COMING_ON})


def papers_ticked(
    papers: Mapping[str, Papers],
    statements: Iterable[Statement],
    meetings: Sequence[Meeting],
    agreement: Agreement,
    now: datetime,
) -> Mapping[str, Papers]:
    """Papers by meeting key, with what people ticked of them. `statements` are those that still stand."""
    latest: dict[str, Statement] = {}
    for one in sorted(statements, key=lambda one: (one.at.astimezone(UTC), one.id)):
        if one.said in TICKS and one.promise in {"", *_about_papers(agreement)}:
            key = _meeting_of(one, meetings)
            if key:
                latest[key] = one
    return dict(papers) | {key: _with(papers.get(key), tick, now) for key, tick in latest.items()}


def ticked(tick: Statement, now: datetime) -> Papers:
    """What a tick says at this moment.

    A day of sending counts as a whole, as in the Papers list: its midnight stands for all of it. A day that
    lies ahead is when they are expected.
    """
    today = now.astimezone(LONDON).date()
    day = tick.day or tick.at.astimezone(LONDON).date()
    if tick.said is Said.NONE_THIS_TIME:
        return Papers(none_this_time=True, said_at=tick.at)
    if tick.said is Said.COMING_ON or day > today:
        return Papers(coming_on=day, said_at=tick.at)
    return Papers(sent=datetime.combine(day, time(), LONDON), said_at=tick.at)


def reasons_of_ticks(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The reasons that came with "they will come on Monday": the same words, as a reason."""
    return tuple(
        replace(one, said=Said.REASON) for one in statements if one.said is Said.COMING_ON and one.text
    )


def _with(papers: Papers | None, tick: Statement, now: datetime) -> Papers:
    told = ticked(tick, now)
    if papers is None:
        return told
    if papers.said_at is not None and papers.said_at.astimezone(UTC) > tick.at.astimezone(UTC):
        return papers
    if papers.said_at is not None and not papers.files:
        return told  # only somebody's earlier word
    seen = replace(papers, coming_on=None, none_this_time=False, unclear=False)
    return together(told, seen)


def _about_papers(agreement: Agreement) -> frozenset[str]:
    tests = [(one.id, one.test) for one in agreement.promises if one.is_watched]
    return frozenset(id for id, test in tests if isinstance(test, NoticeTest) and test.thing == "papers")


def _meeting_of(tick: Statement, meetings: Sequence[Meeting]) -> str:
    """The one meeting that a tick is about; of a series, the next one when it was said, else the last."""
    held = sorted((one for one in meetings if not one.cancelled), key=lambda one: one.starts)
    if any(one.key == tick.subject for one in held):
        return tick.subject
    series = [one for one in held if one.series and one.series == tick.subject]
    since: date = tick.at.astimezone(LONDON).date()
    following = [one for one in series if one.day >= since]
    return (following or series[-1:])[0].key if series else ""
