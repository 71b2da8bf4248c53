"""What does the cloud's door cost? Its import, its webhook, and a burst of notifications.

Run alone: `python benchmarks/cloud.py`. Queues are no part of it: what the webhook puts into one is handed on.

    import     of function_app against `import azure.functions, pydantic`, each in processes of its own
    webhook    through Microsoft's worker library, against a function that does nothing, in the same process
    burst      5,000 notifications for 200 calendars, each genuine one twice, a fifth forged, in any order:
               how often each calendar is read in one window

Figures go to benchmarks/latest.json.
"""

import asyncio
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from itertools import batched
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

HOUSE = Path(__file__).parents[1]
sys.path.insert(0, str(HOUSE))

from emulator.mailboxes import ListedEvents, Mailbox  # noqa: E402
from functions.waking.touched import calendar_key  # noqa: E402
from tests.cloud.county import MONDAY, WORD, County, county  # noqa: E402
from tests.cloud.worker import CLEAN, FunctionFailed, Worker, http, message, worker  # noqa: E402

LATEST = Path(__file__).with_name("latest.json")
IMPORTS, CALLS = 15, 4000
CALENDARS, GENUINE, FORGED = 200, 2000, 1000
WINDOW = 3600  # seconds; a minute in earnest, here longer than the burst takes on a slow machine
BOUNDS = {"import_ratio": 2.5, "import_megabytes": 80, "webhook_ratio": 3, "reads_in_a_window": 1}
JSON = {"Content-Type": "application/json"}
EMPTY = """
import azure.functions as func
from functions.triggers import blueprints
app = func.FunctionApp()
for each in blueprints:
    app.register_functions(each)

@app.route("empty", methods=["POST"])
async def empty(req: func.HttpRequest) -> func.HttpResponse:
    return func.HttpResponse(status_code=202)
"""

Figures = dict[str, Any]


def imports() -> Figures:
    """Seconds and memory of the two imports, in turns."""
    named = {"ours": "function_app", "floor": "azure.functions, pydantic"}
    took: dict[str, list[tuple[float, int]]] = {name: [] for name in named}
    for _ in range(IMPORTS):
        for name, modules in named.items():
            code = (
                f"import time; began = time.perf_counter(); import {modules}; "
                "took = time.perf_counter() - began; "
                "print(took, next(line.split()[1] for line in open('/proc/self/status') if 'VmHWM' in line))"
            )
            ran = subprocess.run(
                [sys.executable, "-c", code], cwd=HOUSE, env=CLEAN, capture_output=True, check=True, text=True
            )
            seconds, kilobytes = ran.stdout.split()
            took[name].append((float(seconds), int(kilobytes)))
    seconds_of = {name: median(seconds for seconds, _ in each) for name, each in took.items()}
    return {
        "import_seconds": {name: round(seconds, 4) for name, seconds in seconds_of.items()},
        "import_ratio": round(seconds_of["ours"] / seconds_of["floor"], 2),
        "import_megabytes": round(max(kilobytes for _, kilobytes in took["ours"]) / 1024, 1),
    }


def notification(calendar: str, word: str = WORD) -> dict[str, Any]:
    """What Graph posts of one change in a calendar."""
    body = json.dumps({"value": [{"subscriptionId": "1", "clientState": word, "changeType": "updated"}]})
    return http(query={"calendar": calendar}, headers=JSON, body=body.encode())


async def webhook() -> Figures:
    """The ninety-ninth percentile of the webhook and of a function that does nothing, call by call."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "function_app.py").write_text(EMPTY)
        settings = {
            "PROTOCOL_WATCH_TOKEN": "opens-nothing",
            "PROTOCOL_WATCH_CLIENT_STATE": WORD,
        }
        posted = notification(calendar_key("board@council.example"))
        async with worker(Path(folder), settings) as app:
            took: dict[str, list[float]] = {"notifications": [], "empty": []}
            for turn in range(CALLS):
                for name in took if turn % 2 else reversed(took):
                    seconds = await _timed(app, name, posted)
                    if turn >= 100:
                        took[name].append(seconds)
    slow = {name: sorted(each)[int(len(each) * 0.99)] for name, each in took.items()}
    return {
        "webhook_milliseconds": {name: round(seconds * 1000, 3) for name, seconds in slow.items()},
        "webhook_ratio": round(slow["notifications"] / slow["empty"], 2),
    }


async def _timed(app: Worker, name: str, posted: Mapping[str, Any]) -> float:
    began = perf_counter()
    await app.call(name, posted)
    return perf_counter() - began


async def burst() -> Figures:
    """Post all of it in five waves, each worked on before the next, four messages at once as host.json has it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        mailboxes = [f"board-{number}@council.example" for number in range(CALENDARS)]
        groups = {f"Board {number}": mailbox for number, mailbox in enumerate(mailboxes)}
        with county(folder, f"sqlite:///{folder / 'ledger.sqlite3'}", **groups) as served:
            for mailbox in mailboxes:
                served.world.put(Mailbox(mailbox, ListedEvents(()), "Partnership calendar"))
            served.world.change_app(mailboxes=frozenset(mailboxes))
            async with worker(HOUSE, served.settings, now=MONDAY, window=WINDOW) as app:
                return await _burst(app, served, mailboxes)


async def _burst(app: Worker, served: County, mailboxes: list[str]) -> Figures:
    chance = random.Random(7)  # noqa: S311 (an order, not a secret)
    genuine = [notification(calendar_key(chance.choice(mailboxes))) for _ in range(GENUINE)]
    forged = [notification(calendar_key(chance.choice(mailboxes)), "a guess") for _ in range(FORGED)]
    posts = [*genuine, *genuine, *forged]
    chance.shuffle(posts)
    began, wait, told = perf_counter(), 0, 0
    for wave in batched(posts, len(posts) // 5, strict=False):
        outputs = [(await app.call("notifications", each))["outputs"] for each in wave]
        texts = [each["touched"]["string"] for each in outputs if each]
        chance.shuffle(texts)
        told += len(texts)
        for four in batched(texts, 4, strict=False):
            wait += sum(await asyncio.gather(*(_put_back(app, text) for text in four)))
    reads = _reads(served)
    return {
        "notifications": len(posts),
        "calendars": len(mailboxes),
        "messages": told,
        "calendars_read": len(reads),
        "reads_in_a_window": max(reads.values()),
        "messages_that_wait": wait,
        "burst_seconds": round(perf_counter() - began, 1),
    }


async def _put_back(app: Worker, text: str) -> bool:
    """Hand over one message; whether it must come again when the window is over."""
    try:
        await app.call("touched_groups", *message(text))
    except FunctionFailed as failed:
        if "wait for a minute" not in str(failed):
            raise
        return True
    return False


def _reads(story: County) -> Counter[str]:
    return Counter({who: times for (who, _), times in story.world.limits.used.items() if "@" in who})


def main() -> int:
    """Measure, print, keep; 1 where a bound is broken."""
    figures: Figures = {**imports(), **asyncio.run(webhook()), **asyncio.run(burst())}
    for name, value in figures.items():
        bound = f"(at most {BOUNDS[name]})" if name in BOUNDS else ""
        print(f"{name:24} {value} {bound}")
    kept = json.loads(LATEST.read_text()) if LATEST.exists() else {}
    LATEST.write_text(json.dumps({**kept, "cloud": figures}, indent=2, sort_keys=True) + "\n")
    return int(any(figures[name] > bound for name, bound in BOUNDS.items()))


if __name__ == "__main__":
    sys.exit(main())
