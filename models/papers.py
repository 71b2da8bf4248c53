"""Whose papers are these? Matches what people wrote in the Papers list with the meetings in the calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from models.agreement import Agreement
from models.facts import Meeting, Papers
from models.groups import fits


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersRow:
    """What somebody said of one meeting's papers. `sent_on` is London time; a date alone is its midnight."""

    row: str
    title: str = ""
    group: str = ""
    meeting_date: date | None = None
    meeting_key: str = ""
    sent_on: datetime | None = None
    coming_on: date | None = None
    no_papers: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """Papers by meeting key, the groups for which the list is in use, and a question for each row left over."""

    papers: Mapping[str, Papers]
    groups_in_use: frozenset[str]
    questions: tuple[str, ...]


def matched(rows: Iterable[PapersRow], meetings: Iterable[Meeting], agreement: Agreement) -> Matched:
    """Give each row to the meeting it names: by key, else by group and date where just one meeting fits.

    A row that fits none or two becomes a question, never a guess. Where two rows are for one meeting the
    one that says more stands: the earliest day of sending, so that a corrected version is no late paper.
    A group's list counts as in use once one of its rows says when papers went out.
    """
    by_key = {meeting.key: meeting for meeting in meetings}
    by_day: dict[tuple[str, date], list[Meeting]] = {}
    for meeting in by_key.values():
        by_day.setdefault((meeting.group, meeting.day), []).append(meeting)
    found: dict[str, Papers] = {}
    in_use: set[str] = set()
    questions: list[str] = []
    for row in rows:
        group = _group(row, agreement)
        if row.sent_on is not None and group:
            in_use.add(group)
        here = [by_key[row.meeting_key]] if row.meeting_key in by_key else _on_its_day(row, group, by_day)
        if len(here) == 1:
            found[here[0].key] = _together(found.get(here[0].key), _papers(row))
        elif _worth_a_question(row, here, by_key.values()):
            questions.append(f"Row {row.row} of the Papers list: which meeting is this for?")
    return Matched(MappingProxyType(found), frozenset(in_use), tuple(questions))


def _group(row: PapersRow, agreement: Agreement) -> str:
    named = agreement.group(row.group)
    if named is not None:
        return named.name
    fitting = fits(row.group, agreement.groups)
    return fitting[0].name if len(fitting) == 1 else ""


def _on_its_day(
    row: PapersRow, group: str, by_day: Mapping[tuple[str, date], list[Meeting]]
) -> list[Meeting]:
    return by_day.get((group, row.meeting_date), []) if group and row.meeting_date else []


def _worth_a_question(row: PapersRow, here: list[Meeting], meetings: Iterable[Meeting]) -> bool:
    """A row is worth a question if two meetings fit, or if its day lies among those we have read."""
    if here:
        return True
    days = [meeting.day for meeting in meetings]
    return bool(days) and row.meeting_date is not None and min(days) <= row.meeting_date <= max(days)


def _papers(row: PapersRow) -> Papers:
    return Papers(sent=row.sent_on, coming_on=row.coming_on, none_this_time=row.no_papers)


def _together(first: Papers | None, second: Papers) -> Papers:
    if first is None:
        return second
    sent = min((one.sent for one in (first, second) if one.sent is not None), default=None)
    coming = min((one.coming_on for one in (first, second) if one.coming_on is not None), default=None)
    return Papers(sent, coming, first.none_this_time and second.none_this_time)
