"""Papers attached to the invitation: asked for only where an invitation has files and they are not known yet."""

from collections.abc import Sequence
from datetime import datetime

from graph_client.attachments import Attachment, read_attachments
from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError, NotThere
from graph_client.tenant import Tenant
from models.facts import Meeting
from models.papers_files import barrier_of
from models.papers_matching import INVITATION, Trace, trace_id
from models.papers_memory import Looked, Memory, Pack, print_of


async def attached(tenant: Tenant, read: WindowRead, memory: Memory, now: datetime) -> Looked:
    """The files that came with the invitations of a group's meetings. Pictures in the text are no papers."""
    traces: dict[str, Trace] = {}
    packs: dict[str, Pack] = {}
    questions: list[str] = []
    for meeting in read.meetings:
        if meeting.key not in read.attached or not memory.wants(meeting, now):
            continue
        try:
            found = await read_attachments(tenant, read.mailbox, read.attached[meeting.key])
        except NotThere as gone:  # deleted since the calendar was read: the others can still be had
            questions.append(str(gone))
            continue
        except GraphError as error:
            questions.append(str(error))
            break
        questions += found.unreadable
        files = [one for one in found.attachments if not one.inline]
        if files:
            _note(meeting, files, memory, now, traces, packs)
    return Looked(traces=traces, packs=packs, questions=tuple(questions), complete=not questions)


def _note(
    meeting: Meeting,
    files: Sequence[Attachment],
    memory: Memory,
    now: datetime,
    traces: dict[str, Trace],
    packs: dict[str, Pack],
) -> None:
    """When the first file came: its last change, and no later than we first saw one (a newer version is not late)."""
    times = [one.changed_at for one in files if one.changed_at is not None]
    id = trace_id(INVITATION, meeting.key)
    before = memory.packs.get(meeting.key) if id in memory.traces else None
    traces[id] = Trace(meeting.key, None, min([*times, now]))
    packs[meeting.key] = Pack(
        files=len(files),
        barrier=barrier_of((one.name, one.size) for one in files),
        on_or_before=before.on_or_before if before else not (times and memory.looks_often(now)),
        print=print_of((one.name, one.size, one.changed_at) for one in files),
        newest=max(times, default=None),
    )
