"""How fast is a calendar read? Five ways side by side on the same bytes, and what many calendars cost.

Run by `make bench`, or alone: `python benchmarks/graph.py [events]`. Everybody reads the same window of the
same 10,000 meetings with ten attendees each, over HTTP, in the pages that the server gives:

    ours               the window read
    review             the window read, and the rules of the shipped agreement on all that was read
    msgraph_sdk_typed  msgraph-sdk with its typed models
    o365               python-o365
    floor              download and json.loads alone

The server and each way have a process of their own. They take turns, so that a busy minute befalls all.
Attendees are downloaded by all; ours leaves them in the bytes, because no rule asks for them yet.
Ratios compare the processor time of the reading process: the server's time is apart, and what else the
machine does changes them little. Wall-clock seconds are kept beside. Figures go to benchmarks/latest.json.
"""

import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import urlopen

HERE = Path(__file__).parent
LATEST = HERE / "latest.json"
EVENTS = 10_000
ROUNDS = {"ours": 9, "review": 9, "o365": 5, "msgraph_sdk_typed": 2, "floor": 9}
CALENDARS, EVENTS_EACH = 500, 100
MAILBOXES, EVENTS_THERE = 1_000, 5
PACKAGES = ("msgraph-sdk", "microsoft-kiota-http", "o365", "httpx", "pydantic", "uvicorn")
INSTALL_O365 = "python-o365 is not installed, so its figure is left out: pip install o365 brings it."
TARGETS = {  # the ratio, and whether it must be at least or at most so much
    "msgraph_sdk_typed_over_ours": (">=", 50),
    "o365_over_ours": (">=", 8),
    "review_over_floor": ("<=", 4),
}


@dataclass(slots=True)
class Way:
    """One way of reading, and what each of its reads took."""

    name: str
    process: subprocess.Popen[str]
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    serving: list[float] = field(default_factory=list)

    def read(self, url: str, events: int) -> None:
        """Have the whole calendar read once."""
        before = _spent(url)
        took = _told(self.process)
        if took["meetings"] != events:
            raise SystemExit(f"{self.name} read {took['meetings']} of {events} meetings.")
        self.seconds.append(took["seconds"])
        self.processor.append(took["processor"])
        self.serving.append(_spent(url) - before)


def main(events: int = EVENTS) -> int:
    """Measure, print, keep; 1 where a target is missed."""
    ways, made_in = side_by_side(events)
    figures: dict[str, Any] = {
        "ratios": ratios(ways),
        "graph": graph_figures(ways, events) | {"emulator_seconds": round(made_in, 3)},
        "memory": many("memory", CALENDARS, EVENTS_EACH),
        "requests": many("requests", MAILBOXES, EVENTS_THERE),
    }
    _print(ways, figures)
    if events == EVENTS:  # a quick look at fewer is not kept
        kept = json.loads(LATEST.read_text()) if LATEST.exists() else {}
        LATEST.write_text(json.dumps(kept | figures, indent=2, sort_keys=True) + "\n")
    return 0 if all(_met(name, value) for name, value in figures["ratios"].items()) else 1


def side_by_side(events: int) -> tuple[dict[str, Way], float]:
    """All ways in turn, each as many times as it is given rounds; and how long the emulator made the pages."""
    names = [name for name in ROUNDS if name != "o365" or find_spec("O365")]
    if "o365" not in names:
        print(INSTALL_O365)
    with ExitStack() as stack:
        server = stack.enter_context(_served("canned", events))
        ways = {name: Way(name, stack.enter_context(_reader(name, server))) for name in names}
        for round in range(max(ROUNDS.values())):
            for name, way in ways.items():
                if round < ROUNDS[name]:
                    way.read(server["url"], events)
        return ways, server["made_in"]


def ratios(ways: dict[str, Way]) -> dict[str, float]:
    """The medians of processor time over one another."""
    spent = {name: median(way.processor) for name, way in ways.items()}
    return {
        name: round(spent[one] / spent[other], 2)
        for name in TARGETS
        for one, _, other in [name.partition("_over_")]
        if one in spent
    }


def graph_figures(ways: dict[str, Way], events: int) -> dict[str, Any]:
    """What stands behind the ratios."""
    return {
        "events": events,
        "rounds": {name: len(way.seconds) for name, way in ways.items()},
        "processor_seconds": {name: round(median(way.processor), 3) for name, way in ways.items()},
        "seconds": {name: round(median(way.seconds), 3) for name, way in ways.items()},
        "spread": {
            name: [round(min(way.processor), 3), round(max(way.processor), 3)] for name, way in ways.items()
        },
        "serving_seconds": round(median(each for way in ways.values() for each in way.serving), 3),
        "versions": {"python": platform.python_version()} | dict(_versions()),
    }


def many(kind: str, number: int, each: int) -> dict[str, Any]:
    """What many calendars cost; nothing where it can't be measured yet."""
    with _served("calendars", number, each) as server:
        asked = [
            sys.executable,
            str(HERE / "many_calendars.py"),
            kind,
            server["url"],
            server["bearer"],
            str(number),
        ]
        figures: dict[str, Any] = json.loads(subprocess.run(asked, stdout=subprocess.PIPE, check=True).stdout)
        return figures


@contextmanager
def _served(*asked: object) -> Iterator[dict[str, Any]]:
    with _started("served.py", *asked) as process:
        yield json.loads(_line(process))


@contextmanager
def _reader(name: str, server: dict[str, Any]) -> Iterator[subprocess.Popen[str]]:
    with _started("contenders.py", name, server["url"], server["bearer"]) as process:
        _line(process)  # it is ready
        yield process


@contextmanager
def _started(script: str, *asked: object) -> Iterator[subprocess.Popen[str]]:
    """A script of ours as a process, which ends when we have nothing more to tell it."""
    command = [sys.executable, str(HERE / script), *map(str, asked)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            if process.stdin:
                process.stdin.close()


def _told(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdin is not None  # noqa: S101 (it is a pipe)
    process.stdin.write("\n")
    process.stdin.flush()
    took: dict[str, Any] = json.loads(_line(process))
    return took


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None  # noqa: S101 (it is a pipe)
    line = process.stdout.readline()
    if not line:
        raise SystemExit("A process of the benchmark ended before its time; what it said is above.")
    return line


def _spent(url: str) -> float:
    with urlopen(f"{url}/spent") as answer:  # noqa: S310 (our own server)
        return float(json.load(answer)["seconds"])


def _versions() -> Iterator[tuple[str, str]]:
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def _met(name: str, value: float) -> bool:
    sign, wanted = TARGETS[name]
    return value >= wanted if sign == ">=" else value <= wanted


def _print(ways: dict[str, Way], figures: dict[str, Any]) -> None:
    graph = figures["graph"]
    print(f"{'':>18} {'rounds':>7} {'processor s':>12} {'least':>8} {'most':>8} {'wall s':>8}")
    for name, way in ways.items():
        least, most = graph["spread"][name]
        print(
            f"{name:>18} {len(way.seconds):>7} {graph['processor_seconds'][name]:>12.3f}"
            f" {least:>8.3f} {most:>8.3f} {graph['seconds'][name]:>8.3f}"
        )
    print(
        f"Serving the {graph['events']:,} meetings took the server {graph['serving_seconds']:.3f} s a time; "
        f"the emulator had made their pages in {graph['emulator_seconds']:.3f} s."
    )
    for name, value in figures["ratios"].items():
        sign, wanted = TARGETS[name]
        print(f"{name} {value} (wanted {sign} {wanted}){'' if _met(name, value) else ': MISSED'}")
    print(json.dumps(figures["memory"] | figures["requests"]))
    if not figures["requests"]:
        print("Many windows can't be read together yet, so requests for 1,000 mailboxes were not counted.")


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
