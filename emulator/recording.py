"""Writes down each exchange, Graph in one file and all else in another, with no secret in either."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]

SECRETS = {"access_token", "client_assertion", "client_secret", "sig"}
WORDS = {"subject", "bodyPreview"}
PLACES = {"body", "location", "locations", "organizer", "attendees"}
"""What a recording of a private event leaves out: the referee looks at shapes, and a recording is passed round."""


@dataclass(slots=True)
class Exchange:
    """One request and what came of it, as far as it came."""

    asked: bytearray = field(default_factory=bytearray)
    said: bytearray = field(default_factory=bytearray)
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """An app whose exchanges are written down, each when it has ended. Files that are there grow."""

    app: App
    record_to: Path | None
    """For Graph's traffic, in the form that check_exchanges reads."""
    other_to: Path | None
    """For tokens and Teams workflows."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, listening."""
        path = self.record_to if is_graph(scope) else self.other_to
        if scope["type"] != "http" or path is None:
            return await self.app(scope, receive, send)
        exchange = Exchange()

        async def heard() -> Message:
            message = await receive()
            exchange.asked += message.get("body", b"")
            return message

        async def said(message: Message) -> None:
            exchange.status = message.get("status", exchange.status)
            exchange.said += message.get("body", b"")
            await send(message)

        try:
            await self.app(scope, heard, said)
        finally:
            _write(path, _line(scope, exchange))


def is_graph(scope: Scope) -> bool:
    """Whether this call is for Graph."""
    return str(scope.get("path", "")).startswith(("/v1.0/", "/beta/"))


def _line(scope: Scope, exchange: Exchange) -> dict[str, object]:
    return {
        "method": scope["method"],
        "url": _url(scope),
        "request_body": _readable(exchange.asked, scope),
        "status": exchange.status,
        "response_body": _readable(exchange.said, scope),
    }


def _url(scope: Scope) -> str:
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    # The referee looks for "/$batch", which some clients send encoded
    path = scope["raw_path"].decode("latin-1").replace("%24", "$")
    query = scope["query_string"].decode("latin-1")
    if not is_graph(scope):
        query = urlencode(_kept(parse_qsl(query, keep_blank_values=True)))
    return f"{scope['scheme']}://{host}{path}" + (f"?{query}" if query else "")


def _readable(content: bytearray, scope: Scope) -> object:
    """The body as JSON or as the fields of a form, without its secrets; nothing when it is neither."""
    try:
        body = json.loads(content)
    except ValueError:
        body = None if is_graph(scope) else dict(parse_qsl(content.decode("utf-8", "replace"))) or None
    if is_graph(scope):
        return _discreet(body)
    return dict(_kept(list(body.items()))) if isinstance(body, dict) else body


def _discreet(body: object) -> object:
    """The same body, but of private events only what is not private, wherever in it they stand."""
    if isinstance(body, list):
        return [_discreet(each) for each in body]
    if not isinstance(body, dict):
        return body
    if body.get("sensitivity", "normal") == "normal":
        return {name: _discreet(value) for name, value in body.items()}
    return {name: "" if name in WORDS else value for name, value in body.items() if name not in PLACES}


def _kept[Value](pairs: list[tuple[str, Value]]) -> list[tuple[str, Value]]:
    return [(name, value) for name, value in pairs if name not in SECRETS]


def _write(path: Path, line: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
