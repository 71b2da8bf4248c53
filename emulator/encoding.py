"""Turns a body into the bytes that go out."""

import json
from typing import Any

from emulator.event_pages import Prepared


def encoded(body: object) -> bytes:
    """The body as JSON, from bytes that were made before where there are any."""
    if isinstance(body, Prepared):
        if body.encoded is None:
            body.encoded = _json(dict(body))
        return body.encoded
    parts = body.get("responses") if isinstance(body, dict) else None
    if isinstance(parts, list) and any(isinstance(part.get("body"), Prepared) for part in parts):
        return b'{"responses": [' + b", ".join(_part(part) for part in parts) + b"]}"
    return _json(body)


def _part(part: dict[str, Any]) -> bytes:
    others = _json({name: value for name, value in part.items() if name != "body"})
    return others[:-1] + b', "body": ' + encoded(part["body"]) + b"}"


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
