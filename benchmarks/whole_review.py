"""What does a whole review cost? Read, stamps, rules, alerts and saving, against download and JSON parse alone.

Run by `make bench`, or alone: `python benchmarks/whole_review.py [events]`. One shared mailbox holds a window of
10,000 meetings of twelve groups, and the promises that are offered first are on. In one process, in turns:

    floor     download and json.loads of the same pages
    first     a sweep with an empty SQLite ledger: everything is new
    again     the next sweep, an hour later, with nothing changed

Ratios compare processor time; the server has a process of its own. Figures go to benchmarks/latest.json.
`python benchmarks/whole_review.py profile` says which functions the time of a first and a next sweep goes to.
"""

import asyncio
import cProfile
import gc
import json
import pstats
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from contenders import NOW, Server, floor
from served import MAILBOX, WARM_UP, Canned, events, tenant

from emulator.app import emulator_app
from emulator.recording import Receive, Scope, Send
from emulator.seed import whole_county
from emulator.serve import start

LATEST = Path(__file__).with_name("latest.json")
EVENTS, ROUNDS = 10_000, 7
SITE = "https://council.sharepoint.example/sites/send-partnership"
GROUPS = (  # the title of its meetings, its name, its type
    ("SEND Partnership Board", "SEND Partnership Board", "partnership group"),
    ("SEND Executive Group", "SEND Executive Group", "executive group"),
    ("SEND Operations Group", "SEND Operations Group", "operations group"),
    ("Communications Priority Group", "Communications Priority Group", "priority group"),
    ("Inclusion Priority Group", "Inclusion Priority Group", "priority group"),
    ("Health Priority Group", "Health Priority Group", "priority group"),
    ("Preparing for adulthood priority group", "SEND Priority Groups", "priority group"),
    ("Transport task and finish", "Task and Finish Groups", "task and finish group"),
    ("Executive and forum", "Executive and Forum", "steering meeting"),
    ("Officers and forum", "Officers and Forum", "officers and forum"),
    ("Engagement event: transitions", "Engagement events", "engagement event"),
    ("Formal consultation on short breaks", "Formal consultations", "formal consultation"),
)

Figures = dict[str, Any]


class Partnership:
    """The emulated tenant, but with its calendars' pages ready, and those of a $batch too."""

    def __init__(self, number: int) -> None:
        county = tenant(
            {
                MAILBOX: tuple(
                    replace(one, subject=GROUPS[n % len(GROUPS)][0]) for n, one in enumerate(events(number))
                ),
                WARM_UP: tuple(events(20, "warm")),
            }
        )
        county.sites = whole_county().sites
        self.world, self.pages = county, Canned()
        self._rest = emulator_app(county)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A page as it lies here; what is no calendar, from the emulator."""
        if scope["path"].endswith("/$batch"):
            await _together(self.pages, receive, send)
        elif scope["path"].endswith("/calendarView"):
            await self.pages(scope, receive, send)
        else:
            await self._rest(scope, receive, send)


async def _together(pages: Canned, receive: Receive, send: Send) -> None:
    """The first pages of all calendars that a $batch asks for."""
    body, more = b"", True
    while more:
        message = await receive()
        body += bytes(message.get("body", b""))
        more = bool(message.get("more_body"))
    parts = [
        b'{"id": "%s", "status": 200, "body": %s}' % (str(part["id"]).encode(), _page(pages, part["url"]))
        for part in json.loads(body)["requests"]
    ]
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"responses": [%s]}' % b", ".join(parts)})


def _page(pages: Canned, url: str) -> bytes:
    return pages.first[next(box for box in pages.first if box in url.replace("%40", "@"))]


def serve(number: int) -> None:
    """Serve until whoever started us goes away."""
    partnership = Partnership(number)
    served = start(partnership, tls=False)
    asyncio.run(partnership.pages.render(partnership.world, served.base_url))
    print(json.dumps({"url": served.base_url, "bearer": next(iter(partnership.world.bearers))}), flush=True)
    done = threading.Thread(target=sys.stdin.read)
    done.start()
    done.join()
    served.stop()


class Reviews:
    """Sweeps of one partnership; each `first` has a new ledger, each `again` has that of the last."""

    def __init__(self, server: Server, folder: Path) -> None:
        self._server, self._folder = server, folder
        self._number = 0
        self.now: datetime = NOW

    async def first(self) -> int:
        """The whole window, all new."""
        self._number += 1
        return await self._sweep()

    async def again(self) -> int:
        """The same window an hour later."""
        self.now += timedelta(hours=1)
        return await self._sweep()

    async def _sweep(self) -> int:
        from functions.flow import sweep

        async with self._watching() as watch:
            swept = await sweep(watch, self.now)
        if any(calendar.why_not for calendar in swept.calendars) or not swept.findings:
            raise SystemExit(f"This was no review: {[one.why_not for one in swept.calendars]}")
        return len(swept.meetings)

    @asynccontextmanager
    async def _watching(self) -> AsyncIterator[Any]:
        from functions.flow import Watch
        from graph_client.tenant import open_tenant
        from graph_client.tokens import FixedToken
        from ledger import open_ledger

        tokens = FixedToken(self._server.bearer)
        ledger_file = self._folder / f"{self._number}.sqlite3"
        async with (
            open_tenant(f"{self._server.url}/v1.0", tokens, lambda: self.now) as opened,
            open_ledger(f"sqlite:///{ledger_file}") as ledger,
        ):
            yield Watch(
                book=_book(),
                tenant=opened,
                ledger=ledger,
                site=SITE,
                papers_list="Papers",
                texts=_texts(),
                post=_nobody,
                post_to_manager=_nobody,
                by="benchmark",
            )


async def _nobody(_card: object) -> None:
    raise SystemExit("A review sends nothing.")


@cache
def _texts() -> Any:
    from functions.files import shipped
    from reading.texts import read_texts

    return read_texts(None, shipped.WORDING).texts


@cache
def _book() -> Any:
    """The shipped agreement with twelve groups in one calendar, and three promises on."""
    from functions.demo import demo_book
    from functions.files.rulebooks import read_book
    from models.agreement import Group

    book = demo_book(read_book().book, None)
    groups = tuple(
        Group.model_validate(
            {"name": name, "type": kind, "calendar": MAILBOX, "papers": "ticked", "match": [_words(title)]}
        )
        for title, name, kind in GROUPS
    )
    return replace(book, agreement=book.agreement.model_copy(update={"groups": groups}))


def _words(title: str) -> str:
    return title.partition(":")[0]


async def measured(server: dict[str, str], number: int, rounds: int) -> Figures:
    """Every way in turn, so many times."""
    async with AsyncExitStack() as stack:
        here = Server(server["url"], server["bearer"], stack)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        reviews, read = Reviews(here, folder), await floor(here)

        async def only_read() -> int:
            return await read(MAILBOX)

        ways = {"floor": only_read, "first": reviews.first, "again": reviews.again}
        spent: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for round in range(rounds + 1):  # the first is to warm up
            for name, way in ways.items():
                took = await _timed(way, number)
                spent[name] += [took] if round else []
        return _figures(spent, number, rounds)


async def _timed(way: Callable[[], Awaitable[int]], number: int) -> tuple[float, float]:
    gc.collect()
    gc.freeze()  # what is there already is nobody's garbage
    before, spent = perf_counter(), process_time()
    held = await way()
    took = process_time() - spent, perf_counter() - before
    if held != number:
        raise SystemExit(f"{held} of {number} meetings were read.")
    return took


def _figures(spent: dict[str, list[tuple[float, float]]], number: int, rounds: int) -> Figures:
    processor = {name: median(used for used, _ in each) for name, each in spent.items()}
    return {
        "events": number,
        "groups": len(GROUPS),
        "rounds": rounds,
        "processor_seconds": {name: round(used, 3) for name, used in processor.items()},
        "seconds": {name: round(median(wall for _, wall in each), 3) for name, each in spent.items()},
        "first_over_floor": round(processor["first"] / processor["floor"], 2),
        "again_over_floor": round(processor["again"] / processor["floor"], 2),
    }


async def profiled(server: dict[str, str]) -> None:
    """Where the time goes, first by a whole function with all it calls, then by itself."""
    async with AsyncExitStack() as stack:
        here = Server(server["url"], server["bearer"], stack)
        reviews = Reviews(here, Path(stack.enter_context(tempfile.TemporaryDirectory())))
        await reviews.first()
        for name, way in (("first", reviews.first), ("again", reviews.again)):
            profile = cProfile.Profile()
            profile.enable()
            await way()
            profile.disable()
            print(f"\n{name}")
            told = pstats.Stats(profile)
            told.sort_stats("cumulative").print_stats(45)
            told.sort_stats("tottime").print_stats(25)


@contextmanager
def _served(number: int) -> Iterator[dict[str, str]]:
    """This script as a server, which ends when we have nothing more to tell it."""
    command = [sys.executable, __file__, "serve", str(number)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            if not said:
                raise SystemExit("The server of the benchmark did not start; what it said is above.")
            yield json.loads(said)
        finally:
            if process.stdin:
                process.stdin.close()


def main(number: int = EVENTS) -> None:
    """Measure, print, keep."""
    with _served(number) as server:
        figures = asyncio.run(measured(server, number, ROUNDS))
    print(json.dumps(figures, indent=2))
    if number == EVENTS:  # a quick look at fewer is not kept
        kept = json.loads(LATEST.read_text()) if LATEST.exists() else {}
        LATEST.write_text(json.dumps(kept | {"whole_review": figures}, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve", number]:
            serve(int(number))
        case ["profile"]:
            with _served(EVENTS) as server:
                asyncio.run(profiled(server))
        case numbers:
            main(*map(int, numbers))
