"""Stands in for the host of Azure Functions: hands web requests, messages and ticks to the worker.

It does what host.json says of queues: five tries, then the poison queue. It is told when to tick and when to
work, so that a story has its own order; `doubled` and `shuffled` are what a cloud does on a bad day.
Not like the real one: no function keys, no scaling, no time limit.
"""

import asyncio
import base64
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import uvicorn
from azure.core.exceptions import ResourceExistsError
from azure.storage.queue.aio import QueueClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.cloud.worker import FunctionFailed, Worker, answer_of, http, message, timer

LEASE = 60  # seconds for which a message is hidden while it is worked on


class Host:
    """One host with one worker. `calls` counts what was called, `failures` what went wrong."""

    def __init__(self, worker: Worker, connection: str, app: Path) -> None:
        self.worker, self.connection = worker, connection
        queues = json.loads((app / "host.json").read_text())["extensions"]["queues"]
        self.tries, self.at_once = queues["maxDequeueCount"], queues["batchSize"]
        assert queues["messageEncoding"] == "base64"
        self.comes_again = 0  # seconds; host.json has a minute, for which no test waits
        self.doubled, self.shuffled = False, random.Random(5)  # noqa: S311 (an order, not a secret)
        self.calls: Counter[str] = Counter()
        self.failures: list[str] = []
        self.address = ""
        self._queues: dict[str, QueueClient] = {}

    async def open(self) -> None:
        """Make the queues that functions are triggered by."""
        for name in self.worker.triggered_by("queueTrigger"):
            binding = self.worker.binding(name)
            assert binding["connection"] == "AzureWebJobsStorage"
            queue = self._queue(binding["queueName"])
            self._queues[name] = queue
            with suppress(ResourceExistsError):
                await queue.create_queue()
            await queue.clear_messages()

    async def close(self) -> None:
        """Let go of the queues."""
        for queue in self._queues.values():
            await queue.close()

    async def tick(self, name: str, times: int = 1) -> None:
        """A timer ticks, or ticks twice at the same time."""
        times *= 2 if self.doubled else 1
        await asyncio.gather(*(self._run(name, timer()) for _ in range(times)))

    async def request(self, name: str, given: dict[str, Any]) -> Response:
        """A web request; 500 where the function raised, or what it gives away can't be put into its queue."""
        try:
            said = answer_of((await self._run(name, given))["value"])
        except Exception as failed:
            self.failures.append(f"{name}: {type(failed).__name__} {failed}")
            return Response(status_code=500)
        return Response(said.body, said.status, said.headers)

    async def put(self, queue: str, text: str) -> None:
        """Put a message into a queue, or twice on a bad day."""
        for name, client in self._queues.items():
            if self.worker.binding(name)["queueName"] == queue:
                for _ in range(2 if self.doubled else 1):
                    await client.send_message(base64.b64encode(text.encode()).decode())

    async def work(self, rounds: int = 20) -> None:
        """Work until the queues are empty, at most so many rounds."""
        for _ in range(rounds):
            if not sum([await self._work_on(name) for name in self._queues]):
                return

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Work as messages come, for as long as the block lasts."""
        stop = asyncio.Event()

        async def keep_working() -> None:
            while not stop.is_set():
                await self.work(1)
                await asyncio.sleep(0.05)

        task = asyncio.create_task(keep_working())
        try:
            yield
        finally:
            stop.set()
            await task

    async def waiting(self, name: str) -> int:
        """How many messages lie in a function's queue, hidden ones too."""
        return (await self._queues[name].get_queue_properties()).approximate_message_count or 0

    def _queue(self, name: str) -> QueueClient:
        return QueueClient.from_connection_string(self.connection, name, retry_total=0)

    async def _work_on(self, name: str) -> int:
        queue = self._queues[name]
        found = [each async for each in queue.receive_messages(max_messages=32, visibility_timeout=LEASE)]
        if self.doubled:
            self.shuffled.shuffle(found)
        for first in range(0, len(found), self.at_once):
            await asyncio.gather(*(self._one(name, each) for each in found[first : first + self.at_once]))
        return len(found)

    async def _one(self, name: str, told: Any) -> None:
        queue = self._queues[name]
        try:
            text = base64.b64decode(told.content, validate=True).decode()
            await self._run(name, *message(text, told.dequeue_count))
        except (FunctionFailed, ValueError) as failed:
            self.failures.append(f"{name} try {told.dequeue_count}: {failed}")
            if told.dequeue_count < self.tries:
                await queue.update_message(
                    told.id, told.pop_receipt, visibility_timeout=self.comes_again, content=told.content
                )
                return
            poison = self._queue(f"{queue.queue_name}-poison")
            async with poison:
                await poison.send_message(told.content)
        await queue.delete_message(told.id, told.pop_receipt)

    async def _run(self, name: str, given: dict[str, Any], about: Any = None) -> dict[str, Any]:
        self.calls[name] += 1
        done = await self.worker.call(name, given, about)
        for output, data in done["outputs"].items():
            [binding] = [each for each in self.worker.functions[name]["bindings"] if each["name"] == output]
            [(kind, value)] = data.items()
            for text in json.loads(value) if kind == "json" else [value]:
                await self.put(binding["queueName"], text if isinstance(text, str) else json.dumps(text))
        return done

    def web(self) -> Starlette:
        """The app's web addresses."""

        def route(name: str) -> Route:
            async def handle(request: Request) -> Response:
                given = http(
                    request.method,
                    request.url.path.removeprefix("/"),
                    dict(request.query_params),
                    dict(request.headers),
                    await request.body(),
                    request.path_params,
                )
                return await self.request(name, given)

            binding = self.worker.binding(name)
            return Route(f"/{binding['route']}", handle, methods=binding["methods"])

        return Starlette(routes=[route(name) for name in self.worker.triggered_by("httpTrigger")])


@asynccontextmanager
async def host(worker: Worker, connection: str, app: Path, port: int = 0) -> AsyncIterator[Host]:
    """A host around a worker, with its web addresses served on this machine."""
    standing_in = Host(worker, connection, app)
    await standing_in.open()
    config = uvicorn.Config(
        standing_in.web(), host="127.0.0.1", port=port, log_config=None, lifespan="off", http="h11", ws="none"
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    standing_in.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield standing_in
    finally:
        server.should_exit = True
        await serving
        await standing_in.close()
