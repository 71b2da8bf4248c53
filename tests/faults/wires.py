"""A wire on which one mailbox has trouble: its own calls, and its part of every batch."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import httpx

from emulator.app import emulator_app
from emulator.world import World
from tests.stories.stage import Wire

A_PAGE = 7  # what the server gives at most, whatever it was asked for: the troubled calendar has four pages
_TOP = re.compile(rb"(\$|%24)top=\d+")

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Instead:
    """Another answer than the true one."""

    status: int
    body: Json | str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def response(self) -> httpx.Response:
        """As an answer of its own."""
        headers = httpx.Headers(self.headers)
        if isinstance(self.body, str):
            headers.setdefault("content-type", "text/html")
            return httpx.Response(self.status, headers=headers, text=self.body)
        return httpx.Response(self.status, headers=headers, json=self.body)

    def part(self, part: Json) -> Json:
        """As a part of a batch."""
        return part | {"status": self.status, "headers": dict(self.headers), "body": self.body or None}


@dataclass(frozen=True, slots=True)
class Changed:
    """The true answer, with something changed in its JSON."""

    change: Callable[[Json], Json]

    def response(self, answer: httpx.Response) -> httpx.Response:
        """As an answer of its own."""
        return httpx.Response(answer.status_code, json=self.change(answer.json()))

    def part(self, part: Json) -> Json:
        """As a part of a batch."""
        return part | {"body": self.change(part["body"])}


@dataclass(frozen=True, slots=True)
class Broken:
    """The bytes of the true answer, broken on their way: in a batch this befalls all of it."""

    how: Callable[[httpx.Response], httpx.Response]


@dataclass(frozen=True, slots=True)
class Asked:
    """The emulator itself is asked to go wrong; it is given a pattern of the calls that are meant."""

    ask: Callable[[World, str], None]


Effect = Instead | Changed | Broken | Asked


class SmallPages(Wire):
    """The emulated tenant in process, which gives smaller pages than it is asked for; what is asked is kept."""

    def __init__(self, world: World) -> None:
        super().__init__(emulator_app(world))
        self.asked: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Ask for few at a time."""
        asked = _small_pages(request)
        self.asked.append(asked)
        return await super().handle_async_request(asked)


class Troubled(SmallPages):
    """A tenant where something befalls the calls about one mailbox.

    `after` of its calls go well, then `times` of them do not.
    """

    def __init__(self, world: World, mailbox: str, effect: Effect, *, after: int = 0, times: int = 1) -> None:
        super().__init__(world)
        self.struck = 0
        self._mailbox, self._effect, self._after, self._times = mailbox, effect, after, times
        if isinstance(effect, Asked):
            effect.ask(world, f"users/{re.escape(mailbox).replace('@', '(@|%40)')}/")

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on, and spoil what comes back where it is this mailbox's turn."""
        answer = await super().handle_async_request(request)
        await answer.aread()
        parts = _parts_about(self._mailbox, request)
        if isinstance(self._effect, Asked) or not (parts or self._mailbox in request.url.path):
            return answer
        if not self._strikes():
            return answer
        if isinstance(self._effect, Broken):
            return self._effect.how(answer)
        return self._in_batch(answer, parts) if parts else self._alone(answer)

    def _strikes(self) -> bool:
        self._after -= 1
        strikes = self._after < 0 and self.struck < self._times
        self.struck += strikes
        return strikes

    def _alone(self, answer: httpx.Response) -> httpx.Response:
        assert isinstance(self._effect, Instead | Changed)
        return self._effect.response() if isinstance(self._effect, Instead) else self._effect.response(answer)

    def _in_batch(self, answer: httpx.Response, parts: set[str]) -> httpx.Response:
        assert isinstance(self._effect, Instead | Changed)
        effect = self._effect
        responses = [
            effect.part(part) if part["id"] in parts else part for part in answer.json()["responses"]
        ]
        return httpx.Response(200, json={"responses": responses})


def is_batch(request: httpx.Request) -> bool:
    """Whether many things are asked in one call."""
    return request.url.path.endswith("$batch")


def _parts_about(mailbox: str, request: httpx.Request) -> set[str]:
    """The ids of the parts of a batch that ask about a mailbox."""
    if not is_batch(request):
        return set()
    parts = json.loads(request.content)["requests"]
    return {part["id"] for part in parts if mailbox in unquote(part["url"])}


def _small_pages(request: httpx.Request) -> httpx.Request:
    """The same request of a server that gives smaller pages than it is asked for."""
    top = rb"\1top=%d" % A_PAGE
    url = request.url.copy_with(raw_path=_TOP.sub(top, request.url.raw_path))
    headers = [(name, value) for name, value in request.headers.multi_items() if name != "content-length"]
    return httpx.Request(request.method, url, headers=headers, content=_TOP.sub(top, request.content))
