"""A tenant whose network is a list of answers: everything of ours and Microsoft's above it is real."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph_client.tenant import Tenant, open_tenant
from graph_client.tokens import FixedToken, TokenSource

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GRAPH = "https://graph.council.example/v1.0"
BEARER = "a-bearer-that-nobody-may-see"
Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class Wire(httpx.AsyncBaseTransport):
    """Gives the answers it was told to give, in order; the last one for ever. Remembers what was asked."""

    def __init__(self, *answers: Answer | dict[str, Any]) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.waits: list[float] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, dict):
            return httpx.Response(200, json=answer)
        if callable(answer):
            return answer(request)
        # a response may be given more than once
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    async def wait(self, seconds: float) -> None:
        self.waits.append(seconds)


@pytest.fixture
def wire() -> type[Wire]:
    return Wire


@pytest.fixture
async def opened() -> AsyncIterator[Callable[..., Any]]:
    async with AsyncExitStack() as stack:

        async def open_it(
            wire: Wire, *, tokens: TokenSource | None = None, budget: float = 90.0, graph: str = GRAPH
        ) -> Tenant:
            return await stack.enter_async_context(
                open_tenant(
                    graph,
                    tokens or FixedToken(BEARER),
                    lambda: NOW,
                    budget=budget,
                    sleep=wire.wait,
                    jitter=lambda: 0.0,
                    wire=wire,
                )
            )

        yield open_it


@pytest.fixture
def sample_json(shared: Path) -> Callable[[str], dict[str, Any]]:
    """One of Microsoft's own published bodies; the test skips where they are not at hand."""

    def read(name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((shared / "data/graph_samples" / name).read_bytes())
        return found

    return read
