"""What people say of papers in the Papers list, matched with the meetings of one group.

Such a row counts whichever way the group's papers go out: a person's word is always worth having.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models import spoken
from models.agreement import Agreement, Group
from models.days import LONDON
from models.facts import Meeting, Papers
from models.papers_matching import ROW, Clue, Trace, meetings_for, trace_id
from models.papers_names import could_name, groups_named
from models.papers_said import PeopleSaid, Reason

ASKED_BACK = timedelta(days=14)  # older rows that fit no meeting are worth nobody's time
LONGEST_REASON = 300  # characters: one short sentence


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
    reason: str = ""
    no_papers: bool = False
    link: str = ""
    changed_at: datetime | None = None
    unclear: bool = False  # whose it is can be read, what it says can't


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsMatched:
    """What the rows of one group say; `in_use` once one of them says that papers went out, `since` the first time.

    `claimed` are the rows that are this group's business, whether or not they fit a meeting.
    """

    said: PeopleSaid
    traces: Mapping[str, Trace]
    in_use: bool
    since: datetime | None
    claimed: frozenset[str]
    questions: tuple[str, ...]


def rows_matched(
    rows: Iterable[PapersRow],
    group: Group,
    meetings: Sequence[Meeting],
    agreement: Agreement,
    traces: Mapping[str, Trace],
    now: datetime,
) -> RowsMatched:
    """Give each row to the meeting of this group that it names: by key, by what was recorded, by group and date.

    A row that fits none or two becomes a question, never a guess. Where two rows are for one meeting the
    one that says more stands: the earliest day of sending, so that a corrected version is no late paper.
    """
    keys = {meeting.key for meeting in meetings}
    papers: dict[str, Papers] = {}
    found: dict[str, Trace] = {}
    reasons: list[Reason] = []
    questions: list[str] = []
    own = [row for row in rows if row.meeting_key in keys or _is_for(row, group, agreement)]
    for row in own:
        clue = _clue(row)
        here = meetings_for(clue, meetings, traces)
        if len(here) != 1:
            questions += _question(row, group, len(here), now)
            continue
        key = here[0].key
        found[clue.id] = Trace(key, clue.day)
        papers[key] = together(papers.get(key), papers_said(row, now))
        text = " ".join(row.reason.split())[:LONGEST_REASON]
        reasons += [Reason(key, text, row.changed_at or now)] if text else []
    sent = [said.sent for row in own if (said := papers_said(row, now)).sent is not None]
    return RowsMatched(
        said=PeopleSaid(papers=papers, reasons=tuple(reasons)),
        traces=found,
        in_use=bool(sent),
        since=min(sent, default=None),
        claimed=frozenset(row.row for row in own),
        questions=tuple(questions),
    )


def _is_for(row: PapersRow, group: Group, agreement: Agreement) -> bool:
    return could_name(row.group, group) and groups_named(row.group, agreement) == (group,)


def papers_said(row: PapersRow, now: datetime) -> Papers:
    """What a row says at this moment: a day of sending that lies ahead is when they are expected."""
    said_at = row.changed_at
    if row.unclear:
        return Papers(unclear=True, said_at=said_at)
    if row.sent_on is not None and row.sent_on > now:
        expected = row.coming_on or row.sent_on.astimezone(LONDON).date()
        return Papers(coming_on=expected, none_this_time=row.no_papers, said_at=said_at)
    return Papers(sent=row.sent_on, coming_on=row.coming_on, none_this_time=row.no_papers, said_at=said_at)


def together(first: Papers | None, second: Papers) -> Papers:
    """Two accounts of one meeting's papers: the first sending stands, and "no papers" only where nobody saw any."""
    if first is None:
        return second
    seen = [(one.sent, one) for one in (first, second) if one.sent is not None]
    earliest = min(seen, key=lambda one: one[0])[1] if seen else first
    files = next((one for one in (first, second) if one.files or one.print), first)
    return Papers(
        sent=earliest.sent,
        coming_on=min((one.coming_on for one in (first, second) if one.coming_on is not None), default=None),
        none_this_time=not seen and (first.none_this_time or second.none_this_time),
        files=files.files,
        barrier=files.barrier,
        on_or_before=earliest.on_or_before,
        unclear=not seen and (first.unclear or second.unclear),
        said_at=max((one.said_at for one in (first, second) if one.said_at is not None), default=None),
        print=files.print,
        newest=files.newest,
    )


def of_no_group(rows: Iterable[PapersRow], agreement: Agreement, first: date, last: date) -> tuple[str, ...]:
    """A question for each row whose group we can't tell, where its day lies among those that were read."""
    return tuple(
        f"Row {row.row} of the Papers list{_on(row.meeting_date)} names "
        f"{'two groups' if named else 'no group that we know'}: which group is it for?"
        for row in rows
        if row.meeting_date is not None and first <= row.meeting_date <= last
        if len(named := groups_named(row.group, agreement)) != 1
    )


def _clue(row: PapersRow) -> Clue:
    days = () if row.meeting_date is None else (row.meeting_date,)
    return Clue(id=trace_id(ROW, row.row), key=row.meeting_key, days=days)


def _question(row: PapersRow, group: Group, fitting: int, now: datetime) -> tuple[str, ...]:
    if row.meeting_date is None or row.meeting_date < (now - ASKED_BACK).astimezone(LONDON).date():
        return ()
    several = f"the group has {fitting} meetings on that day"
    fits = several if fitting else "we see no meeting of it on that day"
    said = f"Row {row.row} of the Papers list{_on(row.meeting_date)} is for {group.name}, and {fits}"
    return (f"{said}: which meeting is it for?",)


def _on(day: date | None) -> str:
    return f" ({spoken.day(day)})" if day else ""
