"""Calls from Microsoft's side to an address outside: a handshake, or a notification."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

HANDSHAKE_SECONDS, DELIVERY_SECONDS = 10.0, 3.0
"""How long Graph waits for each (graph.md §2)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, if anything did: 0 stands for no answer in time."""

    status: int
    text: str = ""
    media: str = ""


type Outside = Callable[[str, bytes, str, float], Reply]
"""Posts content of a media type to an address and waits at most so many seconds."""


def post(url: str, content: bytes, media: str, seconds: float) -> Reply:
    """Post over the network."""
    try:
        answer = httpx.post(
            url, content=content, headers={"Content-Type": media}, timeout=seconds, trust_env=False
        )
    except httpx.HTTPError:
        return Reply(0)
    return Reply(answer.status_code, answer.text, answer.headers.get("content-type", ""))


def may_be_called(url: str) -> bool:
    """Graph calls https alone; a person's own machine may do without."""
    parts = urlsplit(url)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return (parts.scheme == "https" and bool(parts.hostname)) or (parts.scheme == "http" and local)
