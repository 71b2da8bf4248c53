"""A county to ask, and a client that asks it in process."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from emulator.app import emulator_app
from emulator.seed import invented_county
from emulator.world import World

BOX = "send.partnership@council.example"
SHARED = Path(__file__).parents[2].parent / "shared"


class InProcess(httpx.BaseTransport):
    """Asks an app without a network."""

    def __init__(self, app) -> None:
        self._transport = httpx.ASGITransport(app)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def ask() -> httpx.Response:
            answer = await self._transport.handle_async_request(request)
            return httpx.Response(answer.status_code, headers=answer.headers, content=await answer.aread())

        return asyncio.run(ask())


@pytest.fixture
def county() -> World:
    return invented_county()


@pytest.fixture
def graph(county: World) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {next(iter(county.bearers))}"}
    transport = InProcess(emulator_app(county))
    with httpx.Client(transport=transport, base_url="https://emulated", headers=headers) as client:
        yield client


@pytest.fixture
def window(graph: httpx.Client) -> Callable[..., list[dict]]:
    """Reads a whole window of the shared mailbox, all pages."""

    def read(
        starts: str = "2026-10-01T00:00:00Z",
        ends: str = "2027-12-05T00:00:00Z",
        prefer: str = "",
        **query: str,
    ) -> list[dict]:
        asked = {"startDateTime": starts, "endDateTime": ends, "$top": "1000"}
        asked |= {f"${name}": value for name, value in query.items()}
        headers = {"Prefer": prefer or 'outlook.timezone="UTC"'}
        answer = graph.get(f"/v1.0/users/{BOX}/calendarView", params=asked, headers=headers)
        events = []
        while True:
            assert answer.status_code == 200, answer.text
            events += answer.json()["value"]
            if "@odata.nextLink" not in answer.json():
                return events
            answer = graph.get(answer.json()["@odata.nextLink"], headers=headers)

    return read


@pytest.fixture
def sample() -> Callable[[str], dict]:
    """A body from Microsoft's own documentation."""

    def load(name: str) -> dict:
        path = SHARED / "data" / "graph_samples" / name
        if not path.exists():
            pytest.skip(
                "Microsoft's sample bodies are not beside this checkout (../shared/data/graph_samples)"
            )
        return json.loads(path.read_text())

    return load
