"""A stage for stories: one shared mailbox and one list in an emulated tenant, asked by the real client."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx

from emulator.app import emulator_app
from emulator.mailboxes import Event, ListedEvents, Mailbox, Person
from emulator.outbox import Sent
from emulator.seed import invented_county
from emulator.sites import Column, Item, SharePointList
from functions.demo import DemoClock, demo_book
from functions.files import shipped
from functions.files.rulebooks import read_book
from functions.flow import daily, deliver, sweep
from functions.swept import Swept
from functions.telling.release import release
from functions.watch import Watch
from graph_client.mail_sent import send_mail
from graph_client.tenant import open_tenant
from graph_client.tokens import FixedToken
from graph_client.workflows import post_card
from ledger import open_ledger
from ledger.former_names import under_first_names
from ledger.port import Ledger
from models.columns import Kind, RegisterList
from models.days import LONDON
from models.people import Contact, Seat
from models.register import register_list
from models.rulebook import Rulebook
from models.telling import Hours
from models.terms import Terms
from reading.texts import read_texts

MAILBOX = "send.partnership@council.example"
SENDER = MAILBOX  # the one from which the invented council lets us send
SITE = "https://council.sharepoint.example/sites/send-partnership"
PUBLIC_URL, SIGNING_KEY = "https://watch.council.example", b"a-key-that-only-this-story-has-long-enough"
URL = "https://emulated"
TEXTS = read_texts(None, shipped.WORDING).texts
AT_ANY_TIME = Hours(times=())
OFFICER = Person("jo.marsh@council.example", "Jo Marsh")
OFFICERS_FLOW, MANAGERS_FLOW = "officers", "partnership-manager"
MONDAY = datetime(2026, 11, 2, 9, 15, tzinfo=LONDON)


def at(text: str) -> datetime:
    """Fri 27 Nov 2026 10:30, London, with the weekday checked."""
    moment = datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=LONDON)
    assert f"{moment:%a}" == text[:3], f"{text} is a {moment:%A}"
    return moment


def meeting(title: str, starts: str, hours: float = 2, **more: object) -> Event:
    """One date in the shared mailbox's calendar."""
    begins = at(starts)
    uid = str(more.pop("uid", f"{title}-{starts}"))
    return Event(
        uid=uid, subject=title, starts=begins, ends=begins + timedelta(hours=hours), organizer=OFFICER, **more
    )


def pieces_on(card: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The lines of a card, or of each thing on a round-up."""
    body: list[dict[str, Any]] = card["body"]
    parts = [one["items"] for one in body if one["type"] == "Container" and "id" not in one]
    return parts or [body]


def headlines_on(card: dict[str, Any]) -> list[str]:
    """The headline of a card, or of each thing on a round-up."""
    return [str(piece[0]["text"]) for piece in pieces_on(card)]


def headlines_in(mail: Sent) -> list[str]:
    """The headline of a mail, or of each thing in a round-up."""
    text = mail.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    lines = text.splitlines()
    found = [line for line, below in pairwise(lines) if below and set(below) == {"-"}]
    found = [line for line in found if line != "How we know"]
    return found[1:] or found[:1]


def checked(book: Rulebook) -> Rulebook:
    """The same rulebook, once somebody has said that its school dates are right."""
    calendars = {
        name: replace(one, checked_by="Admissions Officer") for name, one in book.terms.calendars.items()
    }
    return replace(book, terms=Terms(MappingProxyType(calendars)))


@cache
def shipped_book() -> Rulebook:
    """The shipped agreement as the demo turns it on, its school dates checked; read once for all stories."""
    return checked(demo_book(read_book().book, None))


def _register_list(name: str) -> SharePointList:
    """A list of the register as `provision` makes it, without rows."""
    return made_list(register_list(name))


def made_list(declared: RegisterList) -> SharePointList:
    """A list as `provision` makes it, without rows."""
    kinds = {
        Kind.YES_NO: "boolean",
        Kind.CHOICE: "choice",
        Kind.LINK: "hyperlinkOrPicture",
        Kind.DATE: "dateOnly",
    }
    columns = tuple(
        Column(
            one.name,
            kinds.get(one.kind, "text"),
            one.title,
            choices=one.choices,
            indexed=one.indexed,
            unique=one.unique,
        )
        for one in declared.columns
    )
    return SharePointList(declared.name, columns)


class Wire(httpx.ASGITransport):
    """The emulated tenant without a network; an answer that stops in the middle breaks the connection."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except AssertionError:
            raise httpx.RemoteProtocolError("the answer stopped in the middle", request=request) from None


class Stage:
    """The tenant, the clock and the ledger of one story; `headlines` are what the officers have been sent.

    The school dates were checked, and the manager has released every group, unless a story is about that.
    Cards leave at once, by day, without settling: so that a story can be told in few words.
    """

    def __init__(self, folder: Path, now: datetime = MONDAY) -> None:
        self.hours, self.settle_minutes, self.observing, self.quiet = AT_ANY_TIME, 0, False, False
        self.ticks = 1
        self.sender, self.links, self.managers_flow = "", False, True
        self.world = invented_county()
        self.clock = DemoClock(now)
        self.world.clock = lambda: self.clock().timestamp()
        self.ledger_address = f"sqlite:///{folder / 'ledger.sqlite3'}"
        self.book = shipped_book()
        self.calendar()
        self.papers()

    def only(self, group: str) -> None:
        """From now on the agreement has just this group."""
        [one] = [each for each in self.book.agreement.groups if each.name == group]
        agreement = self.book.agreement.model_copy(update={"groups": (one,)})
        self.book = replace(self.book, agreement=agreement)

    def by_mail(self, *people: Contact, links: bool = True) -> None:
        """From now on there is a mailbox to send from, and these people to write to."""
        self.sender, self.links = SENDER, links
        self.people(people)

    def calendar(self, *events: Event) -> None:
        """From now on the shared mailbox holds just these meetings."""
        self.world.put(Mailbox(MAILBOX, ListedEvents(tuple(events)), "SEND Partnership calendar"))

    def papers(self, *rows: dict[str, object]) -> None:
        """From now on the Papers list holds just these rows."""
        self.rows("Papers", *rows)

    def people(self, contacts: Iterable[Contact] = (), seats: Iterable[Seat] = ()) -> None:
        """From now on these are the people of the register."""
        told = (
            {
                "Title": one.role,
                "Partner": one.partner,
                "Address": one.address,
                "StandIn": one.stand_in,
                "Away": one.away,
            }
            for one in contacts
        )
        self.rows("Contacts", *told)
        sit = (
            {"Title": one.role, "Group": one.group, "Address": one.address, "NoMail": one.no_mail}
            for one in seats
        )
        self.rows("Forum reps", *sit)

    def rows(self, name: str, *rows: dict[str, object]) -> None:
        """From now on a list of the register holds just these rows; where there was no such list, there is now."""
        items = tuple(Item(number, dict(row)) for number, row in enumerate(rows, start=1))
        site = self.world.sites[0]
        there = [one for one in site.lists if one.name == name] or [_register_list(name)]
        others = tuple(one for one in site.lists if one.name != name)
        self.world.sites[0] = replace(site, lists=(*others, replace(there[0], items=items)))

    @property
    def headlines(self) -> list[str]:
        """The first line of every card that the officers' workflow received, repeats and all."""
        return self.headlines_of(OFFICERS_FLOW)

    @property
    def managers_headlines(self) -> list[str]:
        """The first line of every card that the manager's workflow received, repeats and all."""
        return self.headlines_of(MANAGERS_FLOW)

    def headlines_of(self, flow: str) -> list[str]:
        """The first line of every card that one workflow received; of a round-up, that of each thing in it."""
        return [
            headline
            for post in self.world.posts
            if post.flow == flow
            for card in post.cards
            for headline in headlines_on(card)
        ]

    @property
    def mails(self) -> list[Sent]:
        """Every mail that Exchange took, repeats and all."""
        return self.world.outbox

    def mailed(self, address: str) -> list[str]:
        """The headlines of all that one address was mailed; of a round-up, that of each thing in it."""
        return [line for mail in self.mails if mail.to == (address,) for line in headlines_in(mail)]

    @property
    def cards(self) -> list[dict[str, Any]]:
        """Every card that the officers' workflow received."""
        return [card for post in self.world.posts if post.flow == OFFICERS_FLOW for card in post.cards]

    @asynccontextmanager
    async def watching(self, ledger: Ledger | None = None, by: str = "story") -> AsyncIterator[Watch]:
        """The watch a council would run, on this tenant, over an in-process wire."""
        wire = Wire(emulator_app(self.world))
        tokens = FixedToken(next(iter(self.world.bearers)))

        async def no_wait(_seconds: float) -> None:
            return None

        async def post(card: dict[str, object]) -> None:
            await post_card(self.world.workflow_url(URL, OFFICERS_FLOW), card, wire=wire)

        async def post_to_manager(card: dict[str, object]) -> None:
            await post_card(self.world.workflow_url(URL, MANAGERS_FLOW), card, wire=wire)

        async with (
            open_tenant(f"{URL}/v1.0", tokens, self.clock, sleep=no_wait, wire=wire) as tenant,
            open_ledger(self.ledger_address) as own,
        ):
            watch = Watch(
                book=self.book,
                tenant=tenant,
                ledger=under_first_names(ledger or own, self.book.agreement.first_names),
                site=SITE,
                papers_list="Papers",
                texts=TEXTS,
                post=post,
                post_to_manager=post_to_manager if self.managers_flow else None,
                send_mail=partial(send_mail, tenant, self.sender) if self.sender else None,
                sender=self.sender,
                public_url=PUBLIC_URL if self.links else "",
                signing_keys=(SIGNING_KEY,) if self.links else (),
                by=by,
                hours=self.hours,
                settle_minutes=self.settle_minutes,
                observing=self.observing,
            )
            if not self.quiet:
                await self.release(under_first_names(own, self.book.agreement.first_names))
            yield watch

    async def release(self, ledger: Ledger) -> None:
        """The manager has looked, and lets the telling begin in every group."""
        groups = [group.name for group in self.book.agreement.groups]
        await release(ledger, self.book, groups, self.clock() - timedelta(days=1))

    async def run(self, *, whole_day: bool = False) -> Swept:
        """One sweep and one delivery, now; with the daily pass between them where it is a `whole_day`.

        Where timers tick twice each of them comes again at once, and what the second one found is given back.
        """
        async with self.watching() as watch:
            for _ in range(self.ticks):
                swept = await sweep(watch, self.clock())
            for _ in range(self.ticks if whole_day else 0):
                swept = await daily(watch, swept, self.clock())
            for _ in range(self.ticks):
                await deliver(watch, self.clock())
            self.clock.pass_by(timedelta(seconds=1))  # what is changed next is changed later
            return swept

    async def days_pass(self, days: Iterable[date] | int) -> None:
        """Run once a day for so many days."""
        for _ in range(days if isinstance(days, int) else len(list(days))):
            self.clock.pass_by(timedelta(days=1))
            await self.run()
