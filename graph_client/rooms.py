"""Reads which rooms a wheelchair user can get into, where the tenant lets us and somebody filled it in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graph_client import asked
from graph_client.asking import following, get
from graph_client.bodies import Body, Text
from graph_client.reads import Read

if TYPE_CHECKING:
    from graph_client.tenant import Tenant


@dataclass(frozen=True, slots=True)
class Room:
    """One room; `wheelchair` is None where nobody said, which is not the same as no."""

    address: str
    name: str
    wheelchair: bool | None


@dataclass(frozen=True, slots=True)
class RoomsRead:
    """The rooms of the tenant; `unreadable` has a sentence for each that can't be understood."""

    rooms: tuple[Room, ...]
    unreadable: tuple[str, ...] = ()


class _Room(Body):
    email_address: str
    display_name: Text = ""
    is_wheel_chair_accessible: bool | None = None


async def read_rooms(tenant: "Tenant") -> RoomsRead:
    """Every room that can be booked; PersonMustAct where the tenant does not let us see them."""
    first = get(tenant, "places", "microsoft.graph.room", top=100)
    rooms: list[Room] = []
    unreadable: list[str] = []
    async for page in Read(tenant, asked.rooms()).pages(first, following()):
        for entry in page:
            room = _room(entry)
            if room:
                rooms.append(room)
            else:
                unreadable.append("A room could not be understood: it has no address.")
    return RoomsRead(tuple(rooms), tuple(unreadable))


def _room(entry: Any) -> Room | None:
    try:
        room = _Room.model_validate(entry)
    except ValidationError:
        return None
    return Room(room.email_address.lower(), room.display_name, room.is_wheel_chair_accessible)
