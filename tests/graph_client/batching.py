"""A Graph that answers `$batch` part by part, as each mailbox was told to, and single calls too."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import httpx

from tests.graph_client.events import page

Part = dict[str, Any] | None
Told = Callable[[str, int], Part]
"""What a mailbox answers to its how-manieth call: the part, or None for a part that is left out."""


def ok(*events: dict[str, Any], next_link: str = "") -> Part:
    """A page of events."""
    return {
        "status": 200,
        "headers": {"Content-Type": "application/json"},
        "body": page(*events, next_link=next_link),
    }


def refused(status: int, code: str = "", **headers: Any) -> Part:
    """An error, with headers such as Retry_After."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"status": status, "headers": named, "body": {"error": {"code": code, "message": "x"}}}


class ManyMailboxes(httpx.AsyncBaseTransport):
    """Answers each part as told, in another order than asked; `outer` are answers to whole batches first."""

    def __init__(self, told: Told, *outer: httpx.Response | Exception | dict[str, Any]) -> None:
        self.told, self.outer = told, list(outer)
        self.calls: Counter[str] = Counter()
        self.batches: list[list[dict[str, Any]]] = []
        self.singles: list[httpx.Request] = []
        self.tokens: list[str] = []
        self.waits: list[float] = []
        self.waited_before: list[float] = []
        self.now = self.most = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        batch = request.url.path.endswith("/$batch")
        self.now += 4 if batch else 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.001)
        self.now -= 4 if batch else 1
        self.tokens.append(request.headers["authorization"])
        return self._batch(request) if batch else self._single(request)

    async def wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    def _batch(self, request: httpx.Request) -> httpx.Response:
        asked = json.loads(request.content)["requests"]
        self.batches.append(asked)
        self.waited_before.append(sum(self.waits))
        if self.outer:
            answer = self.outer.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)
        parts = [(each["id"], self._told(each["url"])) for each in asked]
        return httpx.Response(
            200, json={"responses": [{"id": id} | part for id, part in reversed(parts) if part]}
        )

    def _single(self, request: httpx.Request) -> httpx.Response:
        self.singles.append(request)
        part = self._told(str(request.url.raw_path, "ascii").removeprefix("/v1.0"))
        assert part is not None
        return httpx.Response(part["status"], headers=part["headers"], json=part["body"])

    def _told(self, url: str) -> Part:
        box = unquote(url.split("/")[2])
        self.calls[box] += 1
        return self.told(box, self.calls[box])
