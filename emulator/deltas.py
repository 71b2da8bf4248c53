"""What changed since last time: rounds of pages that end in a link, and links that are forgotten one day.

A link remembers the rows as they were, not a log of changes. So it is right however the rows were changed.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any, Protocol
from urllib.parse import quote, urlencode, urlsplit

from emulator.answers import Call, GraphError


class Row(Protocol):
    """Anything with a number of its own."""

    @property
    def id(self) -> int:
        """Its number."""


@dataclass(frozen=True, slots=True)
class Change[Some: Row]:
    """One row as it is now, or as it last was before it was deleted."""

    row: Some
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a round stands: what is still to be told of it, and the rows as they were when it began."""

    resource: str
    rows: tuple[Any, ...]
    waiting: tuple[Change[Any], ...]
    ended: bool
    at: float


@dataclass(slots=True)
class Deltas:
    """Every link that was given out, for as long as it is remembered."""

    lifetime: float = 30 * 24 * 3600
    """How long a link is good for. Microsoft gives no figure for SharePoint."""
    places: dict[str, Place] = field(default_factory=dict)

    def expire(self) -> None:
        """Forget every link that was given out so far."""
        self.places.clear()

    def page[Some: Row](
        self,
        call: Call,
        resource: str,
        rows: tuple[Some, ...],
        size: int,
        clock: Callable[[], float] = time.time,
    ) -> tuple[list[Change[Some]], dict[str, str]]:
        """One page of what changed, and the link that goes under it (next or delta)."""
        token = next((value for name, value in call.query if name.lower() == "token"), None)
        place = self._begun(call, token, resource, rows, clock())
        told, waiting = place.waiting[:size], place.waiting[size:]
        following = Place(resource, place.rows, waiting, not waiting, clock())
        name = "@odata.nextLink" if waiting else "@odata.deltaLink"
        return list(told), {name: self._link(call, following)}

    def _begun(
        self, call: Call, token: str | None, resource: str, rows: tuple[Any, ...], now: float
    ) -> Place:
        if token is None:
            return Place(resource, rows, tuple(Change(row) for row in rows), ended=False, at=now)
        if token == "latest":
            return Place(resource, rows, (), ended=False, at=now)
        place = self.places.get(token)
        if place is None or place.at + self.lifetime < now:
            raise _forgotten(call)
        if place.resource != resource:
            raise GraphError(400, "invalidRequest", "The token belongs to another resource.")
        return Place(resource, rows, changes(place.rows, rows), ended=False, at=now) if place.ended else place

    def _link(self, call: Call, place: Place) -> str:
        token = token_urlsafe(24)
        self.places[token] = place
        query = [pair for pair in call.query if pair[0].lower() != "token"] + [("token", token)]
        path = urlsplit(call.url).path.strip("/")
        return f"{call.base_url}/v1.0/{path}?{urlencode(query, quote_via=quote, safe='$,:/()=')}"


def changes[Some: Row](before: Sequence[Some], now: Sequence[Some]) -> tuple[Change[Some], ...]:
    """What is new or different, and what is gone."""
    old = {row.id: row for row in before}
    here = {row.id for row in now}
    different = [Change(row) for row in now if old.get(row.id) is not row and old.get(row.id) != row]
    gone = [Change(row, deleted=True) for row in before if row.id not in here]
    return (*different, *gone)


def _forgotten(call: Call) -> GraphError:
    # 410, and in Location the same round from its start (graph.md §1, drive and list delta alike)
    query = [pair for pair in call.query if pair[0].lower() != "token"]
    asked = f"?{urlencode(query, quote_via=quote, safe='$,:/()=')}" if query else ""
    fresh = f"{call.base_url}/v1.0/{urlsplit(call.url).path.strip('/')}{asked}"
    said = "The delta token is no longer valid, and the list must be read afresh."
    return GraphError(410, "resyncRequired", said, {"Location": fresh})
