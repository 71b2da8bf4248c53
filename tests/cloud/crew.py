"""Several workers at one queue, any of which may be killed where it stands: what it had taken comes again.

Stands in for the host of Azure Functions where it runs more than one worker. A worker has one message at a
time, so that a death costs one piece of work. Messages are Azurite's own: what a dead worker held is seen by
nobody until its time is out, and is then another's.
"""

import asyncio
import base64
import json
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from azure.core.exceptions import HttpResponseError, ResourceExistsError
from azure.storage.queue.aio import QueueClient

from tests.cloud.county import County
from tests.cloud.worker import FunctionFailed, Worker, message, timer, worker

QUEUE = "touched-groups"
COMES_AGAIN = 1  # seconds for a message that was put back; host.json has a minute, for which no test waits
TRIES = 5  # as host.json has it


class Clock:
    """The clock of a story: it goes on from where it is set, for the tenant and all workers alike."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def __call__(self) -> datetime:
        return self._moment + timedelta(seconds=asyncio.get_running_loop().time() - self._began)

    def set(self, moment: datetime) -> None:
        """From now on it is this time."""
        self._moment, self._began = moment, asyncio.get_running_loop().time()


@dataclass
class Place:
    """A place for one worker after another."""

    worker: Worker
    life: AsyncExitStack
    busy_with: str = ""
    killed: bool = False


@dataclass
class Crew:
    """The workers of a county. `deaths` counts what those who were killed did, and `hidden`
    is for how many seconds a message that was taken is seen by nobody else; `failures` is what else failed."""

    county: County
    house: Path
    queue: QueueClient
    clock: Clock
    hidden: int
    places: list[Place] = field(default_factory=list)
    deaths: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    async def join(self) -> Place:
        """A new worker, ready for work."""
        life = AsyncExitStack()
        said = self.county.folder / "app.log"
        starting = worker(self.house, self.county.settings, now=self.clock(), log=said)
        return Place(await life.enter_async_context(starting), life)

    async def clock_stands_at(self, moment: datetime) -> None:
        """It is this time now, for everybody."""
        self.clock.set(moment)
        for place in self.places:
            await place.worker.set_clock(moment)

    async def sweep(self) -> None:
        """The timer ticks: all calendars are shared out into messages."""
        done = await self.places[0].worker.call("sweep", timer())
        for text in _texts(done["outputs"]["touched"]):
            await self.queue.send_message(base64.b64encode(text.encode()).decode())

    async def work(self, chance: random.Random | None = None, *, kills: int = 0, every: float = 1) -> None:
        """All workers work until the queue is empty; now and then, and so many times, one of them is killed."""
        await self._all_do(self._takes_messages, chance, kills, every)

    async def deliver(self, chance: random.Random | None = None, *, kills: int = 0, every: float = 1) -> None:
        """All workers send what is owed and due, at the same time."""
        await self._all_do(self._delivers, chance, kills, every)

    async def _all_do(self, task: Any, chance: random.Random | None, kills: int, every: float) -> None:
        killer = asyncio.create_task(self._kill(chance, kills, every)) if chance and kills else None
        try:
            await asyncio.gather(*(task(place) for place in self.places))
        finally:
            if killer:
                killer.cancel()
                with suppress(asyncio.CancelledError):
                    await killer
        for place in self.places:
            await self._alive(place)

    async def _kill(self, chance: random.Random, kills: int, every: float) -> None:
        for _ in range(kills):
            await asyncio.sleep(every * chance.uniform(0.3, 1.7))
            busy = [place for place in self.places if place.busy_with and not place.killed]
            if busy:
                place = chance.choice(busy)
                self.deaths[place.busy_with] += 1
                place.killed = True
                place.worker.process.send_signal(signal.SIGKILL)

    async def _takes_messages(self, place: Place) -> None:
        while await self._left():
            told = await self.queue.receive_message(visibility_timeout=self.hidden)
            if told is None:
                await asyncio.sleep(0.2)  # another has the last ones, or they come again in a while
                continue
            given = message(base64.b64decode(told.content).decode(), told.dequeue_count or 1)
            done = await self._does(place, "touched_groups", *given)
            with suppress(HttpResponseError):  # it took so long that another has it by now
                if done or told.dequeue_count == TRIES:
                    await self.queue.delete_message(told)
                elif done is False:
                    await self.queue.update_message(told, visibility_timeout=COMES_AGAIN)

    async def _delivers(self, place: Place) -> None:
        await self._does(place, "delivery_times", timer())

    async def _does(self, place: Place, name: str, given: Any, about: Any = None) -> bool | None:
        """Whether it was done; None where the worker died at it, and nobody could say."""
        await self._alive(place)
        place.busy_with = name
        try:
            await place.worker.call(name, given, about)
        except (FunctionFailed, ConnectionError) as failed:
            if place.killed:
                return None
            if "wait for a minute" not in str(failed):
                self.failures.append(f"{name}: {failed}")
            return False
        finally:
            place.busy_with = ""
        return True

    async def _alive(self, place: Place) -> None:
        """Another worker takes the place of one that was killed."""
        if place.killed:
            await place.life.aclose()
            new = await self.join()
            place.worker, place.life, place.killed = new.worker, new.life, False

    async def _left(self) -> int:
        return (await self.queue.get_queue_properties()).approximate_message_count or 0


@asynccontextmanager
async def crew(
    county: County, house: Path, connection: str, now: datetime, *, size: int, hidden: int
) -> AsyncIterator[Crew]:
    """So many workers at an empty queue, and a clock that stands at `now`."""
    queue = QueueClient.from_connection_string(connection, QUEUE, retry_total=0)
    clock = Clock(now)
    county.world.clock = lambda: clock().timestamp()
    async with queue:
        with suppress(ResourceExistsError):
            await queue.create_queue()
        await queue.clear_messages()
        working = Crew(county, house, queue, clock, hidden)
        try:
            for _ in range(size):
                working.places.append(await working.join())
            yield working
        finally:
            for place in working.places:
                await place.life.aclose()


def _texts(output: dict[str, Any]) -> list[str]:
    """The messages that a function put into a queue."""
    [(kind, value)] = output.items()
    return list(json.loads(value)) if kind == "json" else [value]
