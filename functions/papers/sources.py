"""Where papers are looked for: the Papers list for everybody, and each group's stated route.

Only the stated route, once it was seen to work, can make silence mean late. What could not be read in a sweep
makes silence mean nothing in that sweep.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from functions.papers.by_invitation import attached
from functions.papers.by_mail import MAILS_BACK, Letters, letters, mailed
from functions.papers.in_library import USUAL_LIBRARY, Shelf, put_in, shelf
from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError, NotThere
from graph_client.mail_in_copy import read_mail_in_copy
from graph_client.papers_list import read_papers
from graph_client.tenant import Tenant
from models import spoken
from models.agreement import Agreement, Group, Route
from models.days import LONDON
from models.facts import Meeting, Papers, Statement
from models.papers import PapersRow, of_no_group, rows_matched, together
from models.papers_files import cure_of
from models.papers_memory import Looked, Memory

NO_SITE = "Papers go out by a library, but no site is set: put its address in PROTOCOL_WATCH_SITE."


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersSeen:
    """What one group's papers came to in one sweep. `papers` are by meeting key.

    `works`: its stated route has been seen to work, now or earlier, and could be read this time; papers went
    that way for the first time at `works_since`, where that is known. `questions` are for the manager, one
    sentence each. `remember` is plain JSON for the next time.
    """

    papers: Mapping[str, Papers]
    works: bool
    works_since: datetime | None
    statements: tuple[Statement, ...]
    questions: tuple[str, ...]
    remember: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The Papers list. `there`: it was read. `locked`: it was not, and people may have written in it."""

    rows: tuple[PapersRow, ...] = ()
    there: bool = False
    locked: bool = False


class PapersSources:
    """Where papers are looked for in one sweep; each list, library and mailbox is read once, when first needed."""

    def __init__(
        self, tenant: Tenant, agreement: Agreement, *, site: str, papers_list: str, now: datetime
    ) -> None:
        self._tenant, self._agreement = tenant, agreement
        self._site, self._list, self._now = site, papers_list, now
        self._today = now.astimezone(LONDON).date()
        self._lock = asyncio.Lock()
        self._read: dict[str, Any] = {}
        self._questions: list[str] = []
        self._unclaimed: dict[str, PapersRow] = {}
        self._span: list[date] = []

    @property
    def questions(self) -> tuple[str, ...]:
        """What is to be asked of a list, library or mailbox as a whole; complete after the last group was seen."""
        asked = list(self._questions)
        if self._span:
            rows = self._unclaimed.values()
            asked += of_no_group(rows, self._agreement, min(self._span), max(self._span))
        return tuple(dict.fromkeys(asked))

    async def seen(
        self,
        group: Group,
        read: WindowRead,
        remembered: Mapping[str, Any],
        *,
        cant_open: frozenset[str] = frozenset(),
    ) -> PapersSeen:
        """The papers of one group's meetings: `read.meetings`, placed and masked.

        `remembered` is what the group's last `seen` gave back as `remember`; {} the first time. `cant_open` are
        the meetings of which a rep said that a paper can't be opened: their files are looked at again.
        """
        memory = replace(Memory.of(remembered, group.papers), cant_open=cant_open)
        rows = await self._once("rows", self._rows_read)
        self._span += [read.first, read.last]
        unsure = rows.locked or (not rows.there and bool(memory.said.papers))
        matched = rows_matched(rows.rows, group, read.meetings, self._agreement, memory.traces, self._now)
        for row in matched.claimed:
            self._unclaimed.pop(row, None)
        if rows.there:
            memory = memory.with_rows(matched.traces, matched.said)
        looked = await self._looked(group, read, memory, rows)
        ticked = matched.since if group.papers is Route.TICKED else None
        memory = memory.with_look(looked, self._now, ticked=ticked)
        memory = memory.without_the_past(read.meetings, self._now)
        return PapersSeen(
            papers=_both(read.meetings, memory),
            works=memory.works and looked.complete and not unsure,
            works_since=memory.works_since,
            statements=memory.said.statements(self._agreement),
            questions=(*matched.questions, *looked.questions, *self._barriers(group, read.meetings, memory)),
            remember=memory.plain(),
        )

    async def _looked(self, group: Group, read: WindowRead, memory: Memory, rows: _Rows) -> Looked:
        """What the group's own route has to show."""
        match group.papers:
            case Route.INVITE:
                return await attached(self._tenant, read, memory, self._now)
            case Route.MAIL:
                return await self._by_mail(group, read, memory)
            case Route.LIBRARY:
                return await self._by_library(group, read, memory)
            case Route.TICKED:
                return Looked(complete=rows.there)
        return Looked(complete=False)

    async def _by_mail(self, group: Group, read: WindowRead, memory: Memory) -> Looked:
        mailbox = read.mailbox
        sent = await self._once(f"mail {mailbox.casefold()}", lambda: self._mails_read(mailbox))
        return mailed(sent, group, read, memory, self._now) if sent is not None else Looked(complete=False)

    async def _by_library(self, group: Group, read: WindowRead, memory: Memory) -> Looked:
        library = group.library or USUAL_LIBRARY
        here = await self._once(f"library {library.casefold()}", lambda: self._library_read(library))
        if here is None:
            return Looked(complete=False)
        return await put_in(self._tenant, self._site, here, group, read, self._agreement, memory, self._now)

    async def _rows_read(self) -> _Rows:
        if not self._site:
            return _Rows()
        try:
            read = await read_papers(self._tenant, self._site, self._list)
        except GraphError as error:
            self._questions.append(str(error))
            return _Rows(locked=not isinstance(error, NotThere))  # where there is no list, nobody wrote in it
        self._questions += read.unreadable
        self._unclaimed = {row.row: row for row in read.rows}
        return _Rows((*read.rows, *read.unclear), there=True)

    async def _mails_read(self, mailbox: str) -> Letters | None:
        try:
            read = await read_mail_in_copy(self._tenant, mailbox, self._now - MAILS_BACK)
        except GraphError as error:
            self._questions.append(str(error))
            return None
        self._questions += read.unreadable
        return letters(read, self._agreement)

    async def _library_read(self, library: str) -> Shelf | None:
        if not self._site:
            self._questions.append(NO_SITE)
            return None
        try:
            here = await shelf(self._tenant, self._site, library, self._agreement, self._today)
        except GraphError as error:
            self._questions.append(str(error))
            return None
        self._questions += here.questions
        return here

    async def _once(self, name: str, read: Callable[[], Awaitable[Any]]) -> Any:
        """One reading a sweep, whoever asks first; a failed one is not tried again for the next group."""
        async with self._lock:
            if name not in self._read:
                self._read[name] = await read()
            return self._read[name]

    def _barriers(self, group: Group, meetings: Iterable[Meeting], memory: Memory) -> tuple[str, ...]:
        """What stops people from opening papers, while it can still be put right."""
        ahead = [meeting for meeting in meetings if meeting.starts > self._now and not meeting.cancelled]
        return tuple(
            f"Papers for {group.name} on {spoken.day(meeting.day)}: {barrier} {cure_of(barrier)}"
            for meeting in ahead
            if meeting.key in memory.packs and (barrier := memory.papers(meeting.key).barrier)
        )


def _both(meetings: Sequence[Meeting], memory: Memory) -> Mapping[str, Papers]:
    """What was seen by the route and what people said, together."""
    traced = {trace.key for trace in memory.traces.values()}
    seen = {
        one.key: memory.papers(one.key) for one in meetings if one.key in traced | memory.said.papers.keys()
    }
    known = {key: together(memory.said.papers.get(key), papers) for key, papers in seen.items()}
    return {key: papers for key, papers in known.items() if papers != Papers()}
