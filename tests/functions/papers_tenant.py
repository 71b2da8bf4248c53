"""A tenant in which papers go out, asked by the real client: one shared mailbox, one list, one library."""

from collections.abc import Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from emulator.drives import Drive, DriveItem, Grant
from emulator.mailboxes import Attachment, Event, ListedEvents, Mailbox, Message, Person
from emulator.seed import invented_county
from emulator.sites import Item
from functions.papers.sources import PapersSeen, PapersSources
from graph_client.calendar_windows import read_window
from graph_client.tenant import open_tenant
from graph_client.tokens import FixedToken
from models.agreement import Agreement, Group
from models.days import LONDON
from models.groups import placed
from tests.graph_client.emulated import InProcess

MAILBOX = "send.partnership@council.example"
SITE = "https://council.sharepoint.example/sites/send-partnership"
OFFICER, REP = Person("jo.marsh@council.example", "Jo Marsh"), Person("rep.board@forum.example")
BOARD, INCLUSION = "SEND Partnership Board", "Inclusion Task and Finish Group"
MONDAY = "Mon 02 Nov 2026 09:15"
OPEN = (Grant("link", scope="anonymous"),)
COUNCIL_ONLY = (Grant("group", ("write",), name="SEND Partnership Members", inherited=True),)


def at(text: str) -> datetime:
    """Fri 27 Nov 2026 10:30, London, with the weekday checked."""
    moment = datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=LONDON)
    assert f"{moment:%a}" == text[:3], f"{text} is a {moment:%A}"
    return moment


def agreement(route: str, *, library: str = "") -> Agreement:
    """The Board and a task and finish group, whose papers go out by one route."""
    usual = {"calendar": MAILBOX, "papers": route, "library": library}
    return Agreement.model_validate(
        {
            "agreement": "A test",
            "agreed_on": date(2024, 1, 11),
            "terms": {"main": "An invented county council"},
            "groups": [
                {"name": BOARD, "type": "board", "match": ["partnership board"], **usual},
                {"name": INCLUSION, "type": "task", "match": ["inclusion"], **usual},
            ],
            "promises": [
                {
                    "id": id,
                    "clause": "4.1",
                    "says": "in time",
                    "strength": "aim",
                    "operator": "notice",
                    "applies_to": ["board", "task"],
                    "test": {"thing": thing, "least": 5},
                }
                for id, thing in (("P01", "papers"), ("P17", "request"))
            ],
        }
    )


def meeting(title: str, starts: str, *files: Attachment, **more: Any) -> Event:
    """One date in the shared mailbox's calendar."""
    begins = at(starts)
    uid = str(more.pop("uid", f"{title}-{starts}"))
    ends = begins + timedelta(hours=2)
    return Event(uid, title, begins, ends, OFFICER, attachments=files, **more)


def file(name: str, changed: str, *, size: int = 2048, inline: bool = False) -> Attachment:
    """One file of an invitation."""
    return Attachment(name, size, inline=inline, modified=at(changed))


def mail(subject: str, received: str, *, to: Sequence[Person] = (REP,), files: bool = True) -> Message:
    """One mail from the officer, with the shared mailbox in copy."""
    return Message(subject, OFFICER, tuple(to), at(received), (Person(MAILBOX),), files)


class PapersTenant:
    """The tenant, its clock and what each group's last sweep remembered. `asked` are the last sweep's requests."""

    def __init__(self, route: str, now: str = MONDAY, *, library: str = "") -> None:
        self.world = invented_county()
        self.agreement = agreement(route, library=library)
        self.now = at(now)
        self.world.clock = lambda: self.now.timestamp()
        self.remembered: dict[str, Mapping[str, Any]] = {}
        self.asked: list[str] = []
        self.questions: tuple[str, ...] = ()
        self.calendar()
        self.rows()
        self.library()

    def calendar(self, *events: Event) -> None:
        """From now on the shared mailbox's calendar holds just these meetings."""
        before = self.world.mailbox(MAILBOX)
        self.world.put(replace(before or Mailbox(MAILBOX), calendar=ListedEvents(events)))

    def mails(self, *mails: Message, may_read: bool = True) -> None:
        """From now on the shared mailbox holds just these mails, and the program may read them or not."""
        self.world.put(replace(self.world.mailbox(MAILBOX), messages=mails))
        self.world.change_app(exchange={"Mail.Read": frozenset({MAILBOX})} if may_read else {})

    def rows(self, *rows: Mapping[str, Any], without: Sequence[str] = ()) -> None:
        """From now on the Papers list holds just these rows, and lacks these columns."""
        items = tuple(Item(number, dict(row)) for number, row in enumerate(rows, start=1))
        self.world.sites = [
            replace(
                site,
                lists=tuple(
                    replace(one, items=items, columns=tuple(c for c in one.columns if c.name not in without))
                    for one in site.lists
                ),
            )
            for site in self.world.sites
        ]

    def library(self, *items: DriveItem, columns: Sequence[str] = ("Title", "Group", "MeetingDate")) -> None:
        """From now on the library holds just these folders and files."""
        drive = Drive("Meeting papers", "Papers", items, tuple(columns))
        self.world.sites = [replace(site, drives=(drive,)) for site in self.world.sites]

    def later(self, now: str) -> None:
        """From now on it is then."""
        self.now = at(now)

    def group(self, name: str) -> Group:
        """The group of that name."""
        [one] = [each for each in self.agreement.groups if each.name == name]
        return one

    @asynccontextmanager
    async def opened(self):
        """The tenant, opened by the real client."""
        wire = InProcess(self.world)
        tokens = FixedToken(wire.bearer)
        clock = lambda: self.now  # noqa: E731
        async with open_tenant("https://emulated/v1.0", tokens, clock, sleep=wire.wait, wire=wire) as tenant:
            yield tenant, wire

    async def sweep(self, *names: str) -> dict[str, PapersSeen]:
        """One sweep over these groups (the Board alone, if none is named), as a review would do it."""
        async with self.opened() as (tenant, wire):
            today = self.now.date()
            read = await read_window(tenant, MAILBOX, today - timedelta(35), today + timedelta(396))
            here = [placed(one, self.agreement, calendar=MAILBOX) for one in read.meetings]
            wire.asked.clear()
            sources = PapersSources(tenant, self.agreement, site=SITE, papers_list="Papers", now=self.now)
            seen = {}
            for name in names or (BOARD,):
                own = replace(read, meetings=tuple(one for one in here if one.group == name))
                seen[name] = await sources.seen(self.group(name), own, self.remembered.get(name, {}))
                self.remembered[name] = seen[name].remember
            self.asked = [f"{one.method} {one.url.path}" for one in wire.asked]
            self.questions = sources.questions
            self.keys = {f"{one.starts:%a %d %b %Y}": one.key for one in here}
            return seen

    async def board(self) -> PapersSeen:
        """One sweep over the Board alone."""
        return (await self.sweep(BOARD))[BOARD]
