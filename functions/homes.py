"""Whose meeting is it, where it lies in several calendars: one meeting is reviewed once (DESIGN.md, Meetings).

A joint meeting is in two groups' mailboxes. The group whose home calendar holds it comes first, else the
organiser's copy. What a whole sweep found is remembered, for when only one of the calendars is read.
"""

from collections.abc import Mapping
from dataclasses import replace

from functions.telling.release import WHOLE
from functions.watch import Watch
from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError
from graph_client.quirks.same_meeting_in_five_mailboxes import one_of_each
from models.facts import Meeting

JOINT = "joint meetings"  # the name under which it is remembered which calendar each is reviewed with

Windows = Mapping[str, WindowRead | GraphError]


async def each_at_home(watch: Watch, windows: Windows) -> Windows:
    """The windows, each with only those meetings that are not another calendar's own."""
    before: Mapping[str, str] = (await watch.ledger.remembered(WHOLE)).get(JOINT, {})
    joint = _joint(watch, windows, before)
    if joint != dict(before):
        await watch.ledger.remember(WHOLE, JOINT, joint)
    return {
        mailbox: read if isinstance(read, GraphError) else _own(read, mailbox, joint)
        for mailbox, read in windows.items()
    }


def _joint(watch: Watch, windows: Windows, before: Mapping[str, str]) -> dict[str, str]:
    """The home of every meeting that lies in several calendars; of those not read now, as it was before."""
    reads = {mailbox: read for mailbox, read in windows.items() if not isinstance(read, GraphError)}
    copies: dict[str, list[Meeting]] = {}
    for read in reads.values():
        for meeting in read.meetings:
            copies.setdefault(meeting.key, []).append(meeting)
    calendars = set(watch.book.agreement.calendars)
    elsewhere = {key: home for key, home in before.items() if home in calendars and home not in reads}
    homes = {group.name: group.calendar for group in watch.book.agreement.groups if group.calendar}
    found = {key: one_of_each(some, homes)[0].source for key, some in copies.items() if len(some) > 1}
    if set(reads) != calendars:  # the other copy may lie where nobody looked
        found = {key: before[key] for key in copies if key in before} | found
    return found | elsewhere


def _own(read: WindowRead, mailbox: str, joint: Mapping[str, str]) -> WindowRead:
    if not any(joint.get(meeting.key, mailbox) != mailbox for meeting in read.meetings):
        return read
    own = (meeting for meeting in read.meetings if joint.get(meeting.key, mailbox) == mailbox)
    return replace(read, meetings=tuple(own))
