"""Sends an answer: whole, cut short, drop by drop, or not to its end."""

import asyncio
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from emulator.answers import Answer
from emulator.encoding import encoded

MEDIA = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
DROPS, PAUSE = 10, 0.002


def response(answer: Answer) -> Response:
    """The answer as it goes out."""
    if answer.body is None:
        return Response(status_code=answer.status, headers=dict(answer.headers))
    if isinstance(answer.body, str):
        return Response(answer.body, answer.status, {"Content-Type": "text/html", **answer.headers})
    content, headers = encoded(answer.body), {"Content-Type": MEDIA, **answer.headers}
    if answer.manner == "truncated":
        content = content[: len(content) // 2]
    if answer.manner == "drip":
        length = {"Content-Length": str(len(content))}
        return StreamingResponse(_drops(content), answer.status, {**headers, **length})
    return Response(content, answer.status, headers)


async def _drops(content: bytes) -> AsyncIterator[bytes]:
    size = max(1, len(content) // DROPS)
    for start in range(0, len(content), size):
        await asyncio.sleep(PAUSE)
        yield content[start : start + size]


class BrokenResponse(Response):
    """An answer that stops in the middle: the server then breaks the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 (ASGI's)
        """Promise a hundred bytes, send two, and end."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"100")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"', "more_body": True})
        await asyncio.sleep(0)
