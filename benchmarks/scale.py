"""Does a sweep cost the same for each calendar, however many there are? Fifty to five hundred, twenty meetings each.

Run by `make bench`, or alone: `python benchmarks/scale.py [sizes]`. Each calendar has a group of its own, and the
promises that are offered first are on. The tenant is served, and each sweep made, in processes of their own:

    together   one sweep of all calendars with an empty SQLite ledger, as on a laptop, and the next an hour later
    shared     the same as the cloud does it: twenty calendars to a message, one message after the other

Of each: requests to Graph, processor time, and what memory rose to above what it was before. Linear means: a
calendar among 500 costs at most 1.3 times one among 100. Figures go to benchmarks/latest.json.
`python benchmarks/scale.py profile together|shared SIZE` says where the time goes.
"""

import asyncio
import cProfile
import gc
import json
import pstats
import resource
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from functions.watch import Watch

HERE = Path(__file__).parent
LATEST = HERE / "latest.json"
SIZES = (50, 100, 200, 500)
MEETINGS, WARM_UP = 20, 5
LINEAR, AMONG_FEW, AMONG_MANY = 1.3, 100, 500
NOW, HOUR = datetime(2026, 11, 21, 9, 0, tzinfo=UTC), timedelta(hours=1)
CLOCK = [NOW]
SITE = "https://council.sharepoint.example/sites/send-partnership"
WAYS, TIMES = ("together", "shared"), ("first", "again")
COSTS = ("requests", "processor_seconds", "megabytes")

Figures = dict[str, Any]


async def together(watch: "Watch", now: datetime) -> None:
    """One sweep of every calendar."""
    from functions.flow import sweep

    swept = await sweep(watch, now)
    if any(one.why_not for one in swept.calendars) or not swept.findings:
        raise SystemExit(f"This was no sweep: {[one.why_not for one in swept.calendars]}")


async def shared(watch: "Watch", now: datetime) -> None:
    """The same as so many messages, each under a name of its own."""
    from functions.waking.read_again import read_again
    from functions.waking.touched import shared_out

    for number, touched in enumerate(shared_out(watch.book.agreement.calendars, now)):
        left = await read_again(replace(watch, by=f"{now} {number}"), touched, now)
        if left:
            raise SystemExit(f"These calendars were not read: {left}")


Way = Callable[["Watch", datetime], Awaitable[None]]
KINDS: dict[str, Way] = {"together": together, "shared": shared}


async def measured(way: Way, url: str, bearer: str, number: int) -> Figures:
    """What a first sweep and the next one cost in this process, once a small one has had everything imported."""
    with tempfile.TemporaryDirectory() as folder:
        async with watching(url, bearer, WARM_UP, Path(folder) / "warm-up.sqlite3") as watch:
            await way(watch, NOW)
        async with watching(url, bearer, number, Path(folder) / "ledger.sqlite3") as watch:
            return {time: await _cost(way, watch, url, NOW + n * HOUR) for n, time in enumerate(TIMES)}


async def _cost(way: Way, watch: "Watch", url: str, now: datetime) -> Figures:
    gc.collect()
    asked, held, spent = await _requests(url), _most(), process_time()
    CLOCK[:] = [now]
    await way(watch, now)
    took = process_time() - spent
    return {
        "requests": await _requests(url) - asked,
        "processor_seconds": round(took, 3),
        "megabytes": round(_most() - held, 1),
    }


def _most() -> float:
    """The most memory that this process ever held, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


async def _requests(url: str) -> int:
    import httpx

    async with httpx.AsyncClient() as http:
        return int((await http.get(f"{url}/spent")).json()["requests"])


@asynccontextmanager
async def watching(url: str, bearer: str, number: int, ledger_file: Path) -> AsyncIterator["Watch"]:
    """So many groups, each with a calendar of its own, in the shipped agreement."""
    from served import calendar

    from functions.demo import demo_book
    from functions.files import shipped
    from functions.files.rulebooks import read_book
    from functions.watch import Watch
    from graph_client.tenant import open_tenant
    from graph_client.tokens import FixedToken
    from ledger import open_ledger
    from models.agreement import Group
    from reading.texts import read_texts

    book = demo_book(read_book().book, None)
    groups = tuple(
        Group(name=f"Board {n}", type="partnership group", calendar=calendar(n), papers="ticked")
        for n in range(number)
    )
    async with (
        open_tenant(f"{url}/v1.0", FixedToken(bearer), lambda: CLOCK[0]) as tenant,
        open_ledger(f"sqlite:///{ledger_file}") as ledger,
    ):
        yield Watch(
            book=replace(book, agreement=book.agreement.model_copy(update={"groups": groups})),
            tenant=tenant,
            ledger=ledger,
            site=SITE,
            papers_list="Papers",
            texts=read_texts(None, shipped.WORDING).texts,
            post=_nobody,
            post_to_manager=_nobody,
            by="benchmark",
        )


async def _nobody(_card: object) -> None:
    raise SystemExit("A sweep sends nothing.")


@contextmanager
def _served(number: int) -> Iterator[tuple[str, str]]:
    """The emulated tenant in a process of its own, which ends when we have nothing more to tell it."""
    command = [sys.executable, str(HERE / "served.py"), "calendars", str(number), str(MEETINGS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            if not said:
                raise SystemExit("The server of the benchmark did not start; what it said is above.")
            served = json.loads(said)
            yield served["url"], served["bearer"]
        finally:
            if process.stdin:
                process.stdin.close()


def _of_size(number: int) -> Figures:
    """Both ways, each in a process of its own."""
    figures = {}
    for way in WAYS:
        with _served(number) as served:
            command = [sys.executable, __file__, "measure", way, *served, str(number)]
            ran = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
            figures[way] = json.loads(ran.stdout)
        print(number, way, figures[way], flush=True)
    return figures


def _ratios(by_size: dict[int, Figures]) -> dict[str, float]:
    """What a calendar costs among many, over what it costs among few."""
    few, many = by_size[AMONG_FEW], by_size[AMONG_MANY]
    return {
        f"{way}_{time}_{cost}": round(
            many[way][time][cost] / AMONG_MANY / max(few[way][time][cost] / AMONG_FEW, 1e-9), 2
        )
        for way in WAYS
        for time in TIMES
        for cost in COSTS
        if few[way][time][cost] > 0 and (cost != "megabytes" or time == "first")  # nothing rises twice
    }


def main(sizes: tuple[int, ...]) -> int:
    """Measure, print, keep; 1 where a calendar among many costs more than it may."""
    by_size = {number: _of_size(number) for number in sizes}
    if not {AMONG_FEW, AMONG_MANY} <= by_size.keys():
        return 0
    ratios = _ratios(by_size)
    for name, ratio in ratios.items():
        print(f"{name:40} {ratio} (at most {LINEAR})")
    figures = {"calendars": {str(number): each for number, each in by_size.items()}, "linear": ratios}
    kept = json.loads(LATEST.read_text()) if LATEST.exists() else {}
    figures["meetings_each"] = MEETINGS
    LATEST.write_text(json.dumps(kept | {"scale": figures}, indent=2, sort_keys=True) + "\n")
    return int(any(ratio > LINEAR for ratio in ratios.values()))


def profile(way: str, number: int) -> None:
    """Where the time of a first sweep goes, with all that it calls and by itself."""
    with _served(number) as served:
        profiler = cProfile.Profile()
        profiler.enable()
        asyncio.run(measured(KINDS[way], *served, number))
        profiler.disable()
    told = pstats.Stats(profiler)
    told.sort_stats("cumulative").print_stats(60)
    told.sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["measure", way, url, bearer, number]:
            print(json.dumps(asyncio.run(measured(KINDS[way], url, bearer, int(number)))))
        case ["profile", way, number]:
            profile(way, int(number))
        case numbers:
            sys.exit(main(tuple(map(int, numbers)) or SIZES))
