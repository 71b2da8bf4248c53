"""What a token says of itself: which rights Entra gave the app. Read, not verified: only Graph itself can verify.

Exchange's own rights (RBAC for Applications) never stand there (facts: graph §5). A token that is no JWT says
nothing.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Claims:
    """The rights in a token (application permissions by name), and the app it was given to."""

    roles: frozenset[str]
    app_id: str = ""


def claims_in(token: str) -> Claims | None:
    """What the token says; None where it can't be read."""
    said = _body(token)
    if said is None:
        return None
    roles, app = said.get("roles"), said.get("appid") or said.get("azp")
    return Claims(
        frozenset(str(role) for role in roles) if isinstance(roles, list) else frozenset(),
        app if isinstance(app, str) else "",
    )


def _body(token: str) -> dict[str, Any] | None:
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        said = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError):
        return None
    return said if isinstance(said, dict) else None
