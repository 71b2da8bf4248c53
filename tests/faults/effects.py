"""What can befall an answer on its way to us."""

import gzip
from collections.abc import AsyncIterator, Callable
from typing import Any

import anyio
import httpx

from emulator.faults import THROTTLED
from tests.faults.wires import Broken, Changed, Effect, Instead, Json

HTML = "<!DOCTYPE html><html><body>Please sign in to the network</body></html>"


def refused(status: int, code: str = "", **headers: str) -> Callable[[], Effect]:
    """A refusal in Graph's form."""
    error: Json = {"error": {"code": code, "message": "Not now, Jo Marsh.", "innerError": {"date": "x"}}}
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return lambda: Instead(status, error, pairs)


def throttled(after: str | None = None, **more: str) -> Callable[[], Effect]:
    """A 429, with a Retry-After or without."""
    headers = (more | {"Retry-After": after}) if after else more
    return lambda: Instead(429, THROTTLED, tuple(headers.items()))


def page_of_a_stranger(status: int) -> Callable[[], Effect]:
    """The web page of something in between."""
    return lambda: Instead(status, HTML)


def broken(how: Callable[[httpx.Response], httpx.Response]) -> Callable[[], Effect]:
    """The answer, broken on the way."""
    return lambda: Broken(how)


def changed(change: Callable[[Json], Json]) -> Callable[[], Effect]:
    """The answer, with another content."""
    return lambda: Changed(change)


def no_connection(_answer: httpx.Response) -> httpx.Response:
    raise httpx.ConnectError("connection refused")


def reset(_answer: httpx.Response) -> httpx.Response:
    raise httpx.ReadError("connection reset by peer")


class Bytes(httpx.AsyncByteStream):
    """Bytes that come bit by bit, and may end badly."""

    def __init__(self, pieces: list[bytes], pause: float = 0.0, ends_in: Exception | None = None) -> None:
        self._pieces, self._pause, self._ends_in = pieces, pause, ends_in

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            await anyio.sleep(self._pause)
            yield piece
        if self._ends_in:
            raise self._ends_in


def reset_in_the_middle(answer: httpx.Response) -> httpx.Response:
    half = answer.content[: len(answer.content) // 2]
    return httpx.Response(200, stream=Bytes([half], ends_in=httpx.ReadError("connection reset by peer")))


def drips(pause: float, number: int) -> Callable[[httpx.Response], httpx.Response]:
    def drip(answer: httpx.Response) -> httpx.Response:
        size = len(answer.content) // number + 1
        pieces = [answer.content[at : at + size] for at in range(0, len(answer.content), size)]
        return httpx.Response(200, stream=Bytes(pieces, pause))

    return drip


def cut(answer: httpx.Response) -> httpx.Response:
    return httpx.Response(200, content=answer.content[:-20], headers={"content-type": "application/json"})


def cut_gzip(answer: httpx.Response) -> httpx.Response:
    zipped = gzip.compress(answer.content)
    return httpx.Response(200, content=zipped[: len(zipped) // 2], headers={"content-encoding": "gzip"})


def no_gzip(answer: httpx.Response) -> httpx.Response:
    return httpx.Response(200, content=answer.content, headers={"content-encoding": "gzip"})


def empty(_answer: httpx.Response) -> httpx.Response:
    return httpx.Response(200)


def linked(link: str) -> Callable[[Json], Json]:
    return lambda body: body | {"@odata.nextLink": link}


def loop() -> Effect:
    seen: list[str] = []

    def to_the_first(body: Json) -> Json:
        seen.append(body.get("@odata.nextLink", ""))
        return body | {"@odata.nextLink": seen[0]}

    return Changed(to_the_first)


def twice() -> Effect:
    """Each page repeats what the one before it held."""
    before: list[Any] = []

    def with_the_last(body: Json) -> Json:
        nonlocal before
        here, before = body["value"] + before, body["value"]
        return body | {"value": here}

    return Changed(with_the_last)


def oversized(body: Json) -> Json:
    heavy = {"body": {"contentType": "html", "content": "x" * 200_000}}
    return body | {"value": [event | heavy for event in body["value"]]}


def with_first(body: Json, **different: object) -> Json:
    return body | {"value": [body["value"][0] | different, *body["value"][1:]]}


def in_anothers_name(body: Json) -> Json:
    context = "https://graph.microsoft.com/v1.0/$metadata#users('0aa7b3f1-1111-4c2d-9e8f-10a2b3c4d5e6')"
    return body | {"@odata.context": f"{context}/calendarView"}
