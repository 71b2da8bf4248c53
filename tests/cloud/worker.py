"""Microsoft's own worker library with our app in it, in a process of its own: listed, and called by name."""

import asyncio
import base64
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

PROCESS = Path(__file__).with_name("worker_process.py")
CLEAN = {"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", "LANG": "C.UTF-8"}


class FunctionFailed(Exception):
    """What a function raised, as the host is told."""


class NotLoaded(Exception):
    """The worker could not load the app."""


@dataclass
class Worker:
    """A worker that runs. `functions` are what it listed, by name."""

    process: "subprocess.Popen[bytes]"
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    functions: dict[str, dict[str, Any]] = field(default_factory=dict)
    modules: list[str] = field(default_factory=list)
    _waiting: dict[str, "asyncio.Future[dict[str, Any]]"] = field(default_factory=dict)
    _numbers: Any = field(default_factory=count)

    def binding(self, name: str, kind: str = "Trigger") -> dict[str, Any]:
        """A function's trigger, or its binding of another kind."""
        return next(each for each in self.functions[name]["bindings"] if each["type"].endswith(kind))

    def triggered_by(self, kind: str) -> list[str]:
        """The functions with a trigger of this kind."""
        return [name for name in self.functions if self.binding(name)["type"] == kind]

    async def call(
        self, name: str, value: Mapping[str, Any], about: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Call a function with its trigger's value; FunctionFailed where it raised."""
        function = self.functions[name]
        given = {self.binding(name)["name"]: value}
        said = await self._ask({"function": function["id"], "given": given, "about": about or {}})
        if said["result"]["status"] != 1:
            raise FunctionFailed(said["result"]["exception"]["message"])
        outputs = {each["name"]: each["data"] for each in said["output_data"]}
        return {"value": said["return_value"], "outputs": outputs}

    async def set_clock(self, moment: datetime) -> None:
        """From now on it is this time for the app."""
        await self._ask({"clock": moment.isoformat()})

    async def loaded(self) -> dict[str, Any]:
        """Which modules are loaded, and how much memory was used at most."""
        return await self._ask({"modules": True})

    async def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        number = str(next(self._numbers))
        self._waiting[number] = asyncio.get_running_loop().create_future()
        self.writer.write(json.dumps({**message, "number": number}).encode() + b"\n")
        await self.writer.drain()
        return await self._waiting[number]

    async def listen(self) -> None:
        """Hand answers to those who wait."""
        while line := await self.reader.readline():
            said = json.loads(line)
            waiting = self._waiting.pop(said["number"])
            if not waiting.done():
                waiting.set_result(said)
        for each in self._waiting.values():
            if not each.done():
                each.set_exception(FunctionFailed("the worker ended"))


@asynccontextmanager
async def worker(
    app: Path,
    settings: Mapping[str, str],
    *,
    now: datetime | None = None,
    window: float = 0,
    log: Path | None = None,
    libraries: Sequence[Path] = (),
) -> AsyncIterator[Worker]:
    """The app in the worker, with nothing in its environment but `settings`; what it logs goes into `log`.

    With `now` the app's clock stands there and goes on, and a calendar that was read is left alone for
    `window` seconds. With `libraries` it finds those, and none of what is installed here.
    """
    python, found = [sys.executable], {}
    if libraries:
        python = [os.path.realpath(sys.executable), "-S"]
        found = {"PYTHONPATH": os.pathsep.join(map(str, libraries))}
    ours, theirs = socket.socketpair()
    story = [now.isoformat(), str(window)] if now else []
    with theirs, (log or Path("/dev/null")).open("ab") as said:
        process = subprocess.Popen(
            [*python, "-W", "ignore", str(PROCESS), str(app), str(theirs.fileno()), *story],
            pass_fds=[theirs.fileno()],
            env={**CLEAN, **found, **settings},
            cwd=app,
            stdout=said,
            stderr=said,
        )
    reader, writer = await asyncio.open_connection(sock=ours, limit=2**26)
    running = Worker(process, reader, writer)
    listening = None
    try:
        hello = json.loads(await reader.readline() or b'{"result": {"status": 0, "exception": {}}}')
        if hello["result"]["status"] != 1:
            raise NotLoaded(json.dumps(hello["result"]["exception"]))
        running.functions = {each["name"]: each for each in hello["functions"]}
        running.modules = hello["modules"]
        listening = asyncio.create_task(running.listen())
        yield running
    finally:
        writer.close()
        process.kill()
        await asyncio.to_thread(process.wait)
        if listening:
            await listening


def http(
    method: str = "POST",
    path: str = "",
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    params: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A request as the host hands it on: names in lower case, no empty query values, the body as bytes."""
    return {
        "http": {
            "method": method,
            "url": f"https://app.example/{path}",
            "headers": {name.lower(): value for name, value in (headers or {}).items()},
            "query": {name: value for name, value in (query or {}).items() if value},
            "params": dict(params or {}),
            "body": {"bytes": base64.b64encode(body).decode()} if body else None,
        }
    }


def timer(*, past_due: bool = False) -> dict[str, Any]:
    """A tick as the host hands it on."""
    never = "0001-01-01T00:00:00"
    status = {"Last": never, "Next": never, "LastUpdated": never}
    said = {"Schedule": {"AdjustForDST": True}, "ScheduleStatus": status, "IsPastDue": past_due}
    return {"json": json.dumps(said)}


def message(text: str, tries: int = 1) -> tuple[dict[str, Any], dict[str, Any]]:
    """A queue's message as the host hands it on, and what it tells about it."""
    now = datetime.now(UTC)
    moments = {"InsertionTime": now, "ExpirationTime": now + timedelta(days=7), "NextVisibleTime": now}
    about = {name: {"json": json.dumps(moment.isoformat())} for name, moment in moments.items()}
    about |= {"Id": {"string": "1"}, "PopReceipt": {"string": "p"}, "DequeueCount": {"json": str(tries)}}
    return {"string": text}, {**about, "QueueTrigger": {"string": text}}


@dataclass(frozen=True)
class Answer:
    """What the host gives to whoever called."""

    status: int
    headers: dict[str, str]
    body: bytes


def answer_of(value: dict[str, Any]) -> Answer:
    """A function's answer to a request."""
    said = value["http"]
    headers = {name.lower(): text for name, text in said["headers"].items()}
    return Answer(int(said["status_code"]), headers, base64.b64decode(said["body"].get("bytes", "")))
