"""What a caller may ask for in a query string and in a Prefer header, and pages of what was found."""

import base64
import binascii
import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from emulator import zones
from emulator.answers import Call, GraphError


def query_of(call: Call, allowed: Collection[str]) -> dict[str, str]:
    """The query by lower-case name. A parameter that this path doesn't take, or takes once, is refused."""
    names = {name.lower() for name in allowed} | {"$skiptoken"}
    query: dict[str, str] = {}
    for name, value in call.query:
        if name.lower() not in names:
            raise GraphError(400, "BadRequest", f"The query parameter '{name}' is not supported.")
        if name.lower() in query:
            raise GraphError(400, "BadRequest", f"The query parameter '{name}' was given twice.")
        query[name.lower()] = value
    return query


def names_in(text: str) -> list[str]:
    """The names of a $select."""
    return [name.strip() for name in text.split(",") if name.strip()]


def positive_number(query: dict[str, str], name: str, most: int) -> int | None:
    """A number such as $top, from 1 to the most that this path gives."""
    if name not in query:
        return None
    if not query[name].isdecimal() or not 1 <= int(query[name]) <= most:
        raise GraphError(400, "BadRequest", f"The value of '{name}' must be a number from 1 to {most}.")
    return int(query[name])


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the Prefer header asks for; several preferences may share one header."""

    zone: str | None = None
    immutable_ids: bool = False
    page_size: int | None = None
    applied: tuple[str, ...] = ()

    @property
    def headers(self) -> dict[str, str]:
        """The header that says which preferences were followed."""
        return {"Preference-Applied": ", ".join(self.applied)} if self.applied else {}


def preferences_of(call: Call) -> Preferences:
    """The preferences that this emulator knows. Others are ignored, as the standard says."""
    zone, immutable, size, applied = None, False, None, []
    for name, value in re.findall(r'([\w.\-]+)\s*=\s*"?([^",;]*)"?', call.headers.get("prefer", "")):
        match name.lower():
            case "outlook.timezone":
                zone = _zone(value)
            case "idtype" if value.lower() == "immutableid":
                immutable = True
            case "odata.maxpagesize" if value.isdecimal() and int(value):
                size = int(value)
            case _:
                continue
        applied.append(f"{name}={value}" if name.lower() == "odata.maxpagesize" else f'{name}="{value}"')
    return Preferences(zone, immutable, size, tuple(applied))


def _zone(name: str) -> str:
    if not zones.is_known(name):
        raise GraphError(400, "ErrorInvalidTimeZone", f"The time zone '{name}' is not supported.")
    return name


def page[Row](call: Call, rows: Sequence[Row], size: int) -> tuple[Sequence[Row], str | None]:
    """One page of the rows, and the link to the next one."""
    start = offset_of(call)
    following = start + size
    return rows[start:following], link(call, following) if following < len(rows) else None


def link(call: Call, offset: int, again: str = "") -> str:
    """An address for the rows from here on. Opaque, and good only for the query that it came from.

    With `again` it is another address for the same rows.
    """
    words = f"{offset}:{_fingerprint(call)}" + (f":{again}" if again else "")
    token = base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")
    query = [pair for pair in call.query if pair[0].lower() != "$skiptoken"] + [("$skiptoken", token)]
    encoded = urlencode(query, quote_via=quote, safe="$,:/()=")
    return f"{call.base_url}/v1.0/{urlsplit(call.url).path.strip('/')}?{encoded}"


def offset_of(call: Call) -> int:
    """Where the page that is asked for begins."""
    token = next((value for name, value in call.query if name.lower() == "$skiptoken"), None)
    if token is None:
        return 0
    try:
        offset, fingerprint, *_ = (
            base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode().split(":")
        )
    except (ValueError, binascii.Error):
        fingerprint = ""
    if fingerprint != _fingerprint(call):
        raise GraphError(400, "ErrorInvalidUrlQuery", "The skip token is not one that this query gave.")
    return int(offset)


def _fingerprint(call: Call) -> str:
    asked = sorted(pair for pair in call.query if pair[0].lower() != "$skiptoken")
    return hashlib.sha256(repr((call.segments, asked)).encode()).hexdigest()[:16]
