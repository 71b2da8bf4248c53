"""A stage for stories: one shared mailbox and one list in an emulated tenant, asked by the real client."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import httpx

from emulator.app import emulator_app
from emulator.mailboxes import Event, ListedEvents, Mailbox, Person
from emulator.seed import invented_county
from emulator.sites import Item
from functions.demo import DemoClock, demo_book
from functions.flow import Watch, deliver, sweep
from functions.rulebooks import read_book
from functions.swept import Swept
from graph_client.tenant import open_tenant
from graph_client.tokens import FixedToken
from graph_client.workflows import post_card
from ledger import open_ledger
from ledger.port import Ledger
from models.days import LONDON

MAILBOX = "send.partnership@council.example"
SITE = "https://council.sharepoint.example/sites/send-partnership"
URL = "https://emulated"
OFFICER = Person("jo.marsh@council.example", "Jo Marsh")
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


class Wire(httpx.ASGITransport):
    """The emulated tenant without a network; an answer that stops in the middle breaks the connection."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await super().handle_async_request(request)
        except AssertionError:
            raise httpx.RemoteProtocolError("the answer stopped in the middle", request=request) from None


class Stage:
    """The tenant, the clock and the ledger of one story; `headlines` are what the officers have been sent."""

    def __init__(self, folder: Path, now: datetime = MONDAY) -> None:
        self.world = invented_county()
        self.clock = DemoClock(now)
        self.world.clock = lambda: self.clock().timestamp()
        self.ledger_address = f"sqlite:///{folder / 'ledger.sqlite3'}"
        self.book = demo_book(read_book().book, None)
        self.calendar()
        self.papers()

    def only(self, group: str) -> None:
        """From now on the agreement has just this group."""
        [one] = [each for each in self.book.agreement.groups if each.name == group]
        agreement = self.book.agreement.model_copy(update={"groups": (one,)})
        self.book = replace(self.book, agreement=agreement)

    def calendar(self, *events: Event) -> None:
        """From now on the shared mailbox holds just these meetings."""
        self.world.put(Mailbox(MAILBOX, ListedEvents(tuple(events)), "SEND Partnership calendar"))

    def papers(self, *rows: dict[str, object]) -> None:
        """From now on the Papers list holds just these rows."""
        items = tuple(Item(number, dict(row)) for number, row in enumerate(rows, start=1))
        self.world.sites = [
            replace(site, lists=tuple(replace(one, items=items) for one in site.lists))
            for site in self.world.sites
        ]

    @property
    def headlines(self) -> list[str]:
        """The first line of every card that the workflow received, repeats and all."""
        return [str(card["body"][0]["text"]) for post in self.world.posts for card in post.cards]  # type: ignore[index]

    @asynccontextmanager
    async def watching(self, ledger: Ledger | None = None) -> AsyncIterator[Watch]:
        """The watch a council would run, on this tenant, over an in-process wire."""
        wire = Wire(emulator_app(self.world))
        tokens = FixedToken(next(iter(self.world.bearers)))

        async def no_wait(_seconds: float) -> None:
            return None

        async def post(card: dict[str, object]) -> None:
            await post_card(self.world.workflow_url(URL), card, wire=wire)

        async with open_tenant(f"{URL}/v1.0", tokens, self.clock, sleep=no_wait, wire=wire) as tenant:
            with open_ledger(self.ledger_address) as own:
                yield Watch(
                    book=self.book,
                    tenant=tenant,
                    ledger=ledger or own,
                    site=SITE,
                    papers_list="Papers",
                    post=post,
                    by="story",
                )

    async def run(self) -> Swept:
        """One sweep and one delivery, now."""
        async with self.watching() as watch:
            swept = await sweep(watch, self.clock())
            await deliver(watch, self.clock())
            return swept

    async def days_pass(self, days: Iterable[date] | int) -> None:
        """Run once a day for so many days."""
        for _ in range(days if isinstance(days, int) else len(list(days))):
            self.clock.pass_by(timedelta(days=1))
            await self.run()
