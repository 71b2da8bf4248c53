"""Papers put in a document library: in a folder named for the meeting, or with its group and date beside the file.

The top of the library is read once a sweep; a folder is opened only while its meeting's papers are looked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError
from graph_client.file_access import Access, read_access
from graph_client.library_files import File, read_folder
from graph_client.quirks.date_columns_in_site_time import date_in
from graph_client.tenant import Tenant
from models import spoken
from models.agreement import Agreement, Group
from models.days import LONDON
from models.facts import Meeting
from models.papers_files import barrier_of
from models.papers_matching import FILE, FOLDER, Clue, Trace, meetings_for, trace_id
from models.papers_memory import ACCESS_AHEAD, AHEAD, Looked, Memory, Pack, print_of
from models.papers_names import days_in, groups_named

USUAL_LIBRARY = "Meeting papers"
ASKED_BACK = timedelta(days=14)  # an older folder that fits no meeting is worth nobody's time
FILES_ASKED_ABOUT = 20  # of one meeting; who may open the rest of a pack is hardly another matter


@dataclass(frozen=True, slots=True)
class Named:
    """A folder or a file of the library, with the groups and days that its columns, or else its name, say."""

    file: File
    groups: tuple[Group, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The top of one library."""

    library: str
    named: tuple[Named, ...]
    questions: tuple[str, ...]
    complete: bool = True


async def shelf(tenant: Tenant, site: str, library: str, agreement: Agreement, today: date) -> Shelf:
    """What lies at the top of a library; a GraphError where it can't be had.

    All columns are asked for, since naming one that a library does not have is refused; two are looked at.
    """
    read = await read_folder(tenant, site, library)
    named = tuple(_named(file, agreement, today) for file in read.files)
    questions = (*read.unreadable, *_of_no_group(named, library, today))
    return Shelf(library, named, questions, complete=not read.unreadable)


async def put_in(
    tenant: Tenant,
    site: str,
    here: Shelf,
    group: Group,
    read: WindowRead,
    agreement: Agreement,
    memory: Memory,
    now: datetime,
) -> Looked:
    """When each meeting's papers were put in the library, how many there are, and what stops people."""
    look = _Look(tenant, site, here.library, group, read.meetings, agreement, memory, now)
    for one in here.named:
        await look.take(one)
    await look.ask_who_may_open()
    looked = look.result()
    return replace(looked, complete=looked.complete and here.complete)


class _Look:
    """One group's look at a library while it goes on."""

    def __init__(
        self,
        tenant: Tenant,
        site: str,
        library: str,
        group: Group,
        meetings: Sequence[Meeting],
        agreement: Agreement,
        memory: Memory,
        now: datetime,
    ) -> None:
        self._tenant, self._site, self._library = tenant, site, library
        self._group, self._meetings, self._agreement = group, meetings, agreement
        self._memory, self._now = memory, now
        self._today = now.astimezone(LONDON).date()
        self._traces: dict[str, Trace] = {}
        self._files: dict[str, list[File]] = {}
        self._only_accounts: dict[str, bool] = {}
        self._questions: list[str] = []
        self._complete = True

    async def take(self, named: Named) -> None:
        """Take in one folder or file at the top."""
        if self._group not in named.groups:
            return
        meeting = self._meeting_of(named, FOLDER if named.file.is_folder else FILE)
        if meeting is None or not self._memory.wants(meeting, self._now):
            return
        if not named.file.is_folder:
            self._note(named, meeting)
            return
        self._traces[trace_id(FOLDER, named.file.id)] = Trace(meeting.key, _first(named.days))
        try:
            inside = await read_folder(self._tenant, self._site, self._library, folder=named.file.id)
        except GraphError as error:
            self._fails(str(error))
            return
        for sentence in inside.unreadable:
            self._fails(sentence)
        for file in inside.files:
            if not file.is_folder:
                self._take_inside(file, named, meeting)

    def _take_inside(self, file: File, folder: Named, meeting: Meeting) -> None:
        """A file is its folder's meeting's, unless the columns beside it say another."""
        said = _by_columns(file, self._agreement)
        if said is None:
            self._note(Named(file, folder.groups, folder.days), meeting)
        elif self._group in said.groups:
            other = self._meeting_of(said, FILE)
            if other is not None:
                self._note(said, other)

    def _meeting_of(self, named: Named, kind: str) -> Meeting | None:
        clue = Clue(id=trace_id(kind, named.file.id), days=named.days)
        found = meetings_for(clue, self._meetings, self._memory.traces)
        if len(found) != 1 and _worth_asking(named, self._today):
            self._questions.append(self._question(named, len(found)))
        return found[0] if len(found) == 1 else None

    def _note(self, named: Named, meeting: Meeting) -> None:
        """What is put there once a meeting has begun (minutes, say) is no paper for it."""
        created = named.file.created_at
        if created is not None and created < meeting.starts:
            id = trace_id(FILE, named.file.id)
            self._traces[id] = Trace(meeting.key, _first(named.days), created)
            self._files.setdefault(meeting.key, []).append(named.file)

    async def ask_who_may_open(self) -> None:
        """Only for meetings that are near; one file that needs an account is enough to know."""
        by_key = {meeting.key: meeting for meeting in self._meetings}
        for key, files in self._files.items():
            if not self._today <= by_key[key].day <= self._today + ACCESS_AHEAD:
                continue
            try:
                self._only_accounts[key] = await self._some_need_accounts(files[:FILES_ASKED_ABOUT])
            except GraphError as error:  # papers are seen all the same: only who may open them is not known
                self._questions.append(str(error))
                return

    async def _some_need_accounts(self, files: Iterable[File]) -> bool:
        for file in files:
            access = await read_access(self._tenant, self._site, self._library, file.id)
            if needs_account(access):
                return True
        return False

    def result(self) -> Looked:
        """What the look came to."""
        packs = {
            key: Pack(
                files=len(files),
                barrier=barrier_of(
                    ((file.name, file.size) for file in files),
                    only_accounts=self._only_accounts.get(key, False),
                ),
                access_known=key in self._only_accounts,
                print=print_of((file.id, file.content_tag) for file in files),
                newest=_newest(files),
            )
            for key, files in self._files.items()
        }
        questions = tuple(dict.fromkeys(self._questions))
        return Looked(traces=self._traces, packs=packs, questions=questions, complete=self._complete)

    def _fails(self, sentence: str) -> None:
        self._questions.append(sentence)
        self._complete = False

    def _question(self, named: Named, fitting: int) -> str:
        what = "A folder" if named.file.is_folder else "A file"
        days = spoken.listed([spoken.day(day) for day in named.days])
        seen = spoken.count(fitting, "meeting") if fitting else "no meeting"
        return (
            f"{what} in the library '{self._library}' is for {self._group.name} on {days}, and we see {seen} "
            "of the group on that day: which meeting is it for?"
        )


def needs_account(access: Access) -> bool:
    """Whether nobody gets in without an account in the council; no, where some way in is not clear."""
    unclear = [said for said in access.unclear if not said.startswith(("A group", "Somebody"))]
    return not access.anyone and not unclear


def _named(file: File, agreement: Agreement, today: date) -> Named:
    return _by_columns(file, agreement) or Named(
        file, groups_named(file.name, agreement), days_in(file.name, today)
    )


def _by_columns(file: File, agreement: Agreement) -> Named | None:
    """What the columns beside a file say, where both are filled in."""
    group, day = file.fields.get("Group"), date_in(file.fields.get("MeetingDate"))
    if not isinstance(group, str) or not group.strip() or day is None:
        return None
    return Named(file, groups_named(group, agreement), (day,))


def _of_no_group(named: Iterable[Named], library: str, today: date) -> tuple[str, ...]:
    """A question for each folder that is named for a day in sight, but for no group, or for two."""
    return tuple(
        f"A folder in the library '{library}' is for {spoken.listed([spoken.day(day) for day in one.days])}, "
        f"and names {'two groups' if one.groups else 'no group that we know'}: which group is it for?"
        for one in named
        if one.file.is_folder and len(one.groups) != 1 and _worth_asking(one, today)
    )


def _worth_asking(named: Named, today: date) -> bool:
    return any(today - ASKED_BACK <= day <= today + AHEAD for day in named.days)


def _newest(files: Iterable[File]) -> datetime | None:
    """When the last of them came or was changed, in London."""
    times = [time for file in files for time in (file.created_at, file.changed_at) if time is not None]
    return max(times).astimezone(LONDON) if times else None


def _first(days: tuple[date, ...]) -> date | None:
    return days[0] if days else None
