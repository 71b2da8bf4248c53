"""Microsoft's own number of a call that it refused: with it their support finds the call, and nobody finds a person.

It comes in the header of an answer and once more in the body of an error; a part of a batch may have only
the second. What is not shaped like one is not taken: whatever else stands there belongs in no log.
"""

import re
from collections.abc import Mapping
from typing import Any

NAME = "request-id"
_SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def request_in(headers: Mapping[str, str], body: Any = None) -> str:
    """The number of the call, in small letters; empty where there is none. Header names are in small letters."""
    for found in (headers.get(NAME), _told_in(body)):
        if isinstance(found, str) and _SHAPE.fullmatch(found):
            return found.lower()
    return ""


def _told_in(body: Any) -> Any:
    error = body.get("error") if isinstance(body, dict) else None
    inner = (error.get("innerError") or error.get("innererror")) if isinstance(error, dict) else None
    return inner.get(NAME) if isinstance(inner, dict) else None
