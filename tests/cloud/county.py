"""The invented county served over https, our app in Microsoft's worker, and a host between them."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from emulator.mailboxes import Event, ListedEvents, Mailbox
from emulator.outside import post
from emulator.seed import invented_county
from emulator.serve import running
from emulator.world import World
from functions.files import shipped
from functions.files.rulebooks import read_book
from functions.settings import PREFIX
from functions.telling.release import release
from ledger import open_ledger
from models.days import LONDON
from tests.cloud.host import Host, host
from tests.cloud.worker import Worker, worker
from tests.ledger.azurite import free_port

MAILBOX, WORD = "send.partnership@council.example", "the-word-that-only-graph-was-given"
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=LONDON)
SITE = "https://council.sharepoint.example/sites/send-partnership"
ON = ("P04", "P05")


@dataclass
class County:
    """The tenant of a story, and the settings that point at it. `now` is where its clock starts."""

    folder: Path
    world: World
    settings: dict[str, str]
    host: Host = field(init=False)
    worker: Worker = field(init=False)

    def calendar(self, *events: Event, mailbox: str = MAILBOX) -> None:
        """From now on a calendar holds just these meetings."""
        self.world.put(Mailbox(mailbox, ListedEvents(tuple(events)), "SEND Partnership calendar"))

    def changed(self, event: Event, mailbox: str = MAILBOX) -> None:
        """Graph notices that something happened to a meeting."""
        self.world.notifications.event_changed(self.world.mailbox(mailbox), event)

    async def graph_tells(self) -> list[int]:
        """Graph posts the notifications that wait, and the statuses it was answered."""
        return await asyncio.to_thread(self.world.notifications.deliver, post)

    async def clock_stands_at(self, now: datetime) -> None:
        """It is this time now, for the tenant and the app alike."""
        self.world.clock = now.timestamp
        await self.worker.set_clock(now)

    def headlines(self, flow: str = "officers") -> list[str]:
        """The first line of every card that a workflow received, repeats and all."""
        posts = [each for each in self.world.posts if each.flow == flow]
        return [str(card["body"][0]["text"]) for each in posts for card in each.cards]  # type: ignore[index]

    async def release_all(self, at: datetime = MONDAY - timedelta(days=1)) -> None:
        """The manager has looked, and lets the telling begin in every group."""
        book = read_book(self.folder / "agreement.yaml", (self.folder / "term-dates.csv",)).book
        async with open_ledger(self.settings[f"{PREFIX}LEDGER"]) as ledger:
            groups = [group.name for group in book.agreement.groups]
            await release(ledger, book, groups, at)

    def reads(self) -> int:
        """How often the tenant was asked for a calendar."""
        return sum(times for (who, _), times in self.world.limits.used.items() if "@" in who)


@contextmanager
def county(folder: Path, ledger: str, *, on: Sequence[str] = ON, **groups: str) -> Iterator[County]:
    """A county with one group in one calendar, or with the `groups` named (name=calendar); `on` are promises."""
    world = invented_county()
    agreement = _agreement(groups or {"SEND Partnership Board": MAILBOX}, tuple(on))
    (folder / "agreement.yaml").write_text(agreement, "utf-8")
    (folder / "term-dates.csv").write_text(_checked(shipped.TERMS[0].read_text("utf-8")), "utf-8")
    world.clock = MONDAY.timestamp
    with running(world) as tenant:
        ours = {
            "GRAPH_URL": f"{tenant.base_url}/v1.0",
            "TOKEN": next(iter(world.bearers)),
            "TEAMS_WORKFLOW_URL": world.workflow_url(tenant.base_url, "officers"),
            "MANAGER_WORKFLOW_URL": world.workflow_url(tenant.base_url, "partnership-manager"),
            "LEDGER": ledger,
            "AGREEMENT": str(folder / "agreement.yaml"),
            "TERMS": str(folder / "term-dates.csv"),
            "MODE": "tell",
            "CLIENT_STATE": WORD,
            "SETTLE_MINUTES": "0",
            "DELIVERY_TIMES": "any",
        }
        settings = {f"{PREFIX}{name}": text for name, text in ours.items()}
        trust = {"SSL_CERT_FILE": str(tenant.ca_file), "REQUESTS_CA_BUNDLE": str(tenant.ca_file)}
        yield County(folder, world, settings | trust)


@asynccontextmanager
async def hosted(
    one: County,
    house: Path,
    connection: str,
    *,
    window: float = 0,
    hears: bool = True,
    libraries: Sequence[Path] = (),
) -> AsyncIterator[County]:
    """The county with the app at work, its clock at ten on a Monday; `hears` of changes, or goes by timers.

    `house` is the app's folder; with `libraries` it finds those, and none of what is installed here.
    """
    port = free_port()
    heard = {f"{PREFIX}PUBLIC_URL": f"http://127.0.0.1:{port}"} if hears else {}
    log = one.folder / "app.log"
    running_worker = worker(
        house, one.settings | heard, now=MONDAY, window=window, log=log, libraries=libraries
    )
    async with running_worker as one.worker, host(one.worker, connection, house, port) as one.host:
        yield one


def _agreement(groups: dict[str, str], on: tuple[str, ...]) -> str:
    """The shipped agreement with these groups, and these promises turned on."""
    before, _, rest = shipped.AGREEMENT.read_text("utf-8").partition("\ngroups:\n")
    _, _, promises = rest.partition("\npromises:\n")
    each = [
        f"  - {{name: {name}, type: partnership group, calendar: {calendar}, papers: invite}}\n"
        for name, calendar in groups.items()
    ]
    cut = f"\n{promises}".split("\n  - id: ")
    turned = [one.replace("on: false", "on: true") if one.startswith(on) else one for one in cut]
    return f"{before}\ngroups:\n{''.join(each)}\npromises:" + "\n  - id: ".join(turned)


def _checked(terms: str) -> str:
    return "\n".join(
        line[: -len(",,,,")] + ",Admissions Officer,2026-11-01,," if line.endswith(",,,,") else line
        for line in terms.splitlines()
    )
