"""Whose meeting is it, where it lies in several calendars: one meeting is reviewed once (DESIGN.md, Meetings).

A joint meeting is in two groups' mailboxes. The group whose home calendar holds it comes first, else the
organiser's copy. Where one of the calendars can't be read this time, its last snapshot says what was its own.
"""

from collections.abc import Mapping
from dataclasses import replace

from functions.watch import Watch
from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError
from graph_client.quirks.same_meeting_in_five_mailboxes import one_of_each
from models.facts import Meeting

Windows = Mapping[str, WindowRead | GraphError]


async def each_at_home(watch: Watch, windows: Windows) -> Windows:
    """The windows, each with only those meetings that are not another calendar's own."""
    elsewhere = await _kept_by_unread(watch, windows)
    best = _best_copies(watch, windows)
    return {
        mailbox: read if isinstance(read, GraphError) else _own(read, elsewhere, best)
        for mailbox, read in windows.items()
    }


def _own(read: WindowRead, elsewhere: frozenset[str], best: Mapping[str, Meeting]) -> WindowRead:
    if not elsewhere and all(best[meeting.key] is meeting for meeting in read.meetings):
        return read
    own = (one for one in read.meetings if one.key not in elsewhere and best[one.key] is one)
    return replace(read, meetings=tuple(own))


def _best_copies(watch: Watch, windows: Windows) -> Mapping[str, Meeting]:
    homes = {group.name: group.calendar for group in watch.book.agreement.groups if group.calendar}
    reads = [read for read in windows.values() if not isinstance(read, GraphError)]
    every = one_of_each((meeting for read in reads for meeting in read.meetings), homes)
    return {meeting.key: meeting for meeting in every}


async def _kept_by_unread(watch: Watch, windows: Windows) -> frozenset[str]:
    unread = [mailbox for mailbox, read in windows.items() if isinstance(read, GraphError)]
    kept: set[str] = set()
    for group in (group for mailbox in unread for group in watch.groups_of(mailbox)):
        snapshot = await watch.ledger.snapshot(group.name)
        kept |= {known.key for known in snapshot.meetings} if snapshot else set()
    return frozenset(kept)
