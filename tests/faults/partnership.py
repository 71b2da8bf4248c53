"""A tenant with twenty calendars, one of which will have trouble, and a client that reads it without waiting."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

import httpx

from emulator.mailboxes import Event, ListedEvents, Mailbox, Person
from emulator.seed import invented_county
from emulator.world import World
from functions.flow import window
from graph_client.tenant import Tenant, open_tenant
from tests.stories.stage import MAILBOX

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIRST, LAST = window(NOW)
URL = "https://graph.council.example"
TROUBLED = "calendar.07@council.example"
CALENDARS = tuple(f"calendar.{number:02}@council.example" for number in range(1, 21))
SECRETS = ("first-bearer-that-nobody-may-see", "second-bearer-that-nobody-may-see")
OFFICER = Person("jo.marsh@council.example", "Jo Marsh")


def tenant_of_twenty() -> World:
    """The invented county, and twenty calendars more; the troubled one has several pages."""
    seed = _seed()
    world = World(seed.tenant_id, dict(seed.mailboxes), list(seed.sites), dict(seed.apps), dict(seed.flows))
    for held in _twenty().values():
        world.put(held)
    [client_id] = world.apps
    app = world.apps[client_id]
    world.apps[client_id] = replace(
        app,
        mailboxes=app.mailboxes | set(CALENDARS),
        exchange={**app.exchange, "Mail.Read": frozenset({MAILBOX})},
    )
    world.bearers = dict.fromkeys(SECRETS, client_id)
    world.clock = NOW.timestamp
    return world


@cache
def _seed() -> World:
    """The county's files, read once; nobody changes this one."""
    return invented_county()


@cache
def _twenty() -> dict[str, Mailbox]:
    numbers = {mailbox: 24 if mailbox == TROUBLED else 4 for mailbox in CALENDARS}
    return {box: Mailbox(box, ListedEvents(tuple(_events(box, number)))) for box, number in numbers.items()}


def _events(mailbox: str, number: int) -> list[Event]:
    """Meetings of one calendar, on one weekday after another, some before ten and some private."""
    monday = datetime(2026, 12, 7, 9, 30, tzinfo=UTC)
    starts = [monday + timedelta(days=n % 5 + 7 * (n // 5), hours=n % 3) for n in range(number)]
    return [
        Event(
            uid=f"{mailbox}-{n}",
            subject=f"Meeting {n} with nobody's name in it",
            starts=moment,
            ends=moment + timedelta(hours=2),
            organizer=OFFICER,
            location=f"Room {n}",
            sensitivity="private" if n % 6 == 5 else "normal",
        )
        for n, moment in enumerate(starts)
    ]


@dataclass
class Tokens:
    """A token that can be renewed once, and how often that was asked."""

    renewals: int = 0

    async def token(self) -> str:
        """The present one."""
        return SECRETS[min(self.renewals, 1)]

    async def renew(self) -> bool:
        """The next one."""
        self.renewals += 1
        return True


@dataclass
class Opened:
    """A client at work: its tenant, its tokens, and how long it was made to wait."""

    tokens: Tokens = field(default_factory=Tokens)
    waits: list[float] = field(default_factory=list)
    tenant: Tenant = field(init=False)

    async def wait(self, seconds: float) -> None:
        """Let no time pass."""
        self.waits.append(seconds)


@asynccontextmanager
async def opened(
    wire: httpx.AsyncBaseTransport | None, budget: float = 90.0, *, url: str = URL, ca_file: str = ""
) -> AsyncIterator[Opened]:
    """The client on this wire; on the real one where there is none."""
    here = Opened()
    connection = open_tenant(
        f"{url}/v1.0",
        here.tokens,
        lambda: NOW,
        ca_file=ca_file,
        budget=budget,
        sleep=here.wait,
        jitter=lambda: 0.0,
        wire=wire,
    )
    async with connection as here.tenant:
        yield here
