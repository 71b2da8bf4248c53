"""What a review is made from: stamps, what people said, papers, moves, and the facts of one group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from functions.papers.sources import PapersSeen
from functions.saved import papers_back, papers_saved, statement_back
from graph_client.calendar_windows import WindowRead
from ledger.entries import Json, Known, Sighting, Snapshot
from ledger.port import Ledger
from models.agreement import Operator
from models.days import LONDON
from models.facts import Coverage, Facts, Meeting, Papers, RegisterRow, Said, Stamp, Statement
from models.findings import Finding, State
from models.moved import Gone, fingerprint, followed, moves
from models.papers_due import history_after
from models.rulebook import Rulebook
from models.statements import standing

# The names under which these are remembered of a group
MOVED, PAPERS_SENT, LATELY = "moved", "papers by meeting", "papers lately"
PRINT = "print"  # of a meeting in the snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All that one review of a group knows beside its calendar."""

    stamps: Mapping[str, Stamp]
    statements: tuple[Statement, ...]
    papers: Mapping[str, Papers]
    papers_route_works: bool
    papers_since: datetime | None = None
    rows: tuple[RegisterRow, ...] = ()


async def stamps_of(
    ledger: Ledger, group: str, read: WindowRead, before: Snapshot | None
) -> Mapping[str, Stamp]:
    """When each meeting was first seen: known exactly only if its day lay inside the last window we read."""
    inside = {m.key for m in read.meetings if before is not None and before.first <= m.day <= before.last}
    new = [_sighting(meeting) for meeting in read.meetings if meeting.key in inside]
    slid_in = [_sighting(meeting) for meeting in read.meetings if meeting.key not in inside]
    stamps = dict(await ledger.stamp(group, slid_in, read.read_at, on_or_before=True))
    return stamps | dict(await ledger.stamp(group, new, read.read_at, on_or_before=False))


async def statements_of(ledger: Ledger, group: str) -> tuple[Statement, ...]:
    """What people said about the group's meetings and did not take back, oldest first."""
    return standing(statement_back(entry.value) for entry in await ledger.statements(group))


def moved_of(read: WindowRead, before: Snapshot | None, remembered: Mapping[str, Json]) -> dict[str, str]:
    """Which meetings are probably others that were moved: new key to old key, those of earlier rounds too.

    A meeting is gone where its day lay in both windows and this one was read in full, and new where its
    day lay in the last window and it was not there.
    """
    earlier = dict(remembered.get(MOVED, {}))
    if before is None or read.unreadable:
        return earlier
    first, last = max(before.first, read.first), min(before.last, read.last)
    standing = {meeting.key for meeting in read.meetings if not meeting.cancelled}
    there = {known.key for known in before.meetings}
    gone = [_gone(known) for known in before.meetings if known.key not in standing]
    new = [m for m in read.meetings if m.key not in there and before.first <= m.day <= before.last]
    moved = earlier | dict(moves((one for one in gone if first <= one.day <= last), new))
    here = {meeting.key for meeting in read.meetings}
    on_the_way = set(moved.values())  # a meeting that moved twice leaves a chain
    return {key: old for key, old in moved.items() if key in here or key in on_the_way}


def statements_followed(statements: Iterable[Statement], moved: Mapping[str, str]) -> tuple[Statement, ...]:
    """What was said of a meeting that was moved stands for its new date too."""
    by_subject: dict[str, list[Statement]] = {}
    for one in statements:
        by_subject.setdefault(one.subject, []).append(one)
    known = followed(moved, by_subject)
    return tuple(replace(one, subject=subject) for subject, said in known.items() for one in said)


def cant_be_opened(statements: Iterable[Statement], moved: Mapping[str, str]) -> frozenset[str]:
    """The meetings of which a rep said that a paper can't be opened."""
    said = statements_followed(statements, moved)
    return frozenset(one.subject for one in said if one.said is Said.CANT_OPEN)


def papers_followed(
    seen: PapersSeen, read: WindowRead, moved: Mapping[str, str], remembered: Mapping[str, Json]
) -> Mapping[str, Papers]:
    """Papers by meeting key; a meeting that was moved keeps those that went out for its old date."""
    here = {meeting.key for meeting in read.meetings}
    saved = remembered.get(PAPERS_SENT, {})
    earlier = {key: papers_back(value) for key, value in saved.items() if key not in here}
    return followed(moved, earlier | dict(seen.papers))


def papers_to_remember(papers: Mapping[str, Papers], moved: Mapping[str, str], read: WindowRead) -> Json:
    """The papers of meetings that are here, and of those that they may have been moved from."""
    wanted = {meeting.key for meeting in read.meetings} | set(moved.values())
    return {key: papers_saved(one) for key, one in papers.items() if key in wanted}


def facts_of(book: Rulebook, group: str, read: WindowRead, gathered: Gathered) -> Facts:
    """Everything known of one group in this round."""
    return Facts(
        meetings=read.meetings,
        working_days=book.working,
        terms=book.terms,
        coverage=Coverage(
            first=read.first,
            last=read.last,
            complete=not read.unreadable,
            routes=frozenset({group} if gathered.papers_route_works else ()),
            routes_since={group: gathered.papers_since} if gathered.papers_since else {},
        ),
        stamps=gathered.stamps,
        papers=gathered.papers,
        rows=gathered.rows,
        statements=gathered.statements,
    )


def snapshot_of(read: WindowRead) -> Snapshot:
    """The group's window as it is remembered for the next review: no titles, only a print of each."""
    known = tuple(Known(one.key, one.starts, {PRINT: fingerprint(one)}) for one in read.meetings)
    return Snapshot(first=read.first, last=read.last, read_at=read.read_at, meetings=known)


def is_stale(read: WindowRead, before: Snapshot | None) -> bool:
    """Whether a later reading of this calendar has been reviewed already, by another worker."""
    return before is not None and before.read_at > read.read_at


def round_moment(read: WindowRead, now: datetime) -> datetime:
    """The moment of a round: never before its calendar was read, or a meeting would look younger than its alert."""
    return max(now, read.read_at)


def _gone(known: Known) -> Gone:
    return Gone(known.key, known.starts.astimezone(LONDON).date(), str(known.value.get(PRINT, "")))


def _sighting(meeting: Meeting) -> Sighting:
    return Sighting(key=meeting.key, starts=meeting.starts, ends=meeting.ends, place=meeting.place)


def lately_after(
    remembered: Mapping[str, Json], judged: Sequence[Finding], now: datetime
) -> Sequence[tuple[date, State]]:
    """How the papers of the group's last meetings stood, as remembered and as seen in this round."""
    saved = remembered.get(LATELY, {}).get("held", ())
    before = [(date.fromisoformat(day), State(state)) for day, state in saved]
    return history_after(before, judged, now.astimezone(LONDON).date())


def lately_saved(lately: Sequence[tuple[date, State]]) -> Json:
    """The same, as it is remembered."""
    return {"held": [[day.isoformat(), state.value] for day, state in lately]}


def due_days(judged: Sequence[Finding]) -> Json:
    """The due days of papers that are still ahead, by meeting: a line for whoever hears of the meeting."""
    ahead = [one for one in judged if one.operator is Operator.NOTICE and one.state is State.DUE and one.due]
    return {one.subject: one.due.date().isoformat() for one in ahead if one.due}
