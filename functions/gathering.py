"""What a review is made from: the Papers list, when each meeting was first seen, and the facts of one group."""

from collections.abc import Mapping, Sequence

from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError
from graph_client.papers_list import read_papers
from graph_client.tenant import Tenant
from ledger.entries import Known, Sighting, Snapshot
from ledger.port import Ledger
from models.facts import Coverage, Facts, Meeting, Stamp
from models.papers import PapersRow, matched
from models.rulebook import Rulebook


async def papers_rows(
    tenant: Tenant, site: str, list_name: str
) -> tuple[tuple[PapersRow, ...] | None, tuple[str, ...]]:
    """The rows of the Papers list, and a sentence for each thing that could not be read.

    None for the rows where the list as a whole could not be read: then silence about papers means nothing.
    """
    if not site:
        return None, ()
    try:
        read = await read_papers(tenant, site, list_name)
    except GraphError as error:
        return None, (str(error),)
    return read.rows, read.unreadable


async def stamps_of(ledger: Ledger, group: str, read: WindowRead) -> Mapping[str, Stamp]:
    """When each meeting was first seen: known exactly only if its day lay inside the last window we read."""
    before = await ledger.snapshot(group)
    inside = {m.key for m in read.meetings if before is not None and before.first <= m.day <= before.last}
    new = [_sighting(meeting) for meeting in read.meetings if meeting.key in inside]
    slid_in = [_sighting(meeting) for meeting in read.meetings if meeting.key not in inside]
    stamps = dict(await ledger.stamp(group, slid_in, read.read_at, on_or_before=True))
    return stamps | dict(await ledger.stamp(group, new, read.read_at, on_or_before=False))


def facts_of(
    book: Rulebook,
    group: str,
    read: WindowRead,
    rows: Sequence[PapersRow] | None,
    stamps: Mapping[str, Stamp],
) -> Facts:
    """Everything known of one group in this round. `rows` as from `papers_rows`."""
    papers = matched(rows or (), read.meetings, book.agreement)
    return Facts(
        meetings=read.meetings,
        working_days=book.working,
        terms=book.terms,
        coverage=Coverage(
            first=read.first,
            last=read.last,
            complete=not read.unreadable,
            routes=papers.groups_in_use & {group} if rows is not None else frozenset(),
        ),
        stamps=stamps,
        papers=papers.papers,
    )


def snapshot_of(read: WindowRead) -> Snapshot:
    """The group's window as it is remembered for the next review."""
    known = tuple(Known(meeting.key, meeting.starts) for meeting in read.meetings)
    return Snapshot(first=read.first, last=read.last, read_at=read.read_at, meetings=known)


def _sighting(meeting: Meeting) -> Sighting:
    return Sighting(key=meeting.key, starts=meeting.starts, ends=meeting.ends, place=meeting.place)
