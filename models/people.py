"""People by their roles: whom the partnership tells, who sits on which group for the forum, and who stands in.

Read afresh from the register whenever somebody is to be told. An address is never kept in the ledger: there a
person is a key that says nothing by itself. No name is ever read or said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from models.keys import short_key, slug

FORUM = "forum"  # the partner that parents speak through; council and NHS are the other side of the table


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A role that is told or asked, whom it works for ("council", "NHS", "forum"), and where its mail goes.

    `away`: the register says that whoever holds it is away now, so that the stand-in is told.
    """

    role: str
    partner: str
    address: str = field(repr=False)
    stand_in: str = ""
    away: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A forum role on one group, and where its mail goes. One rep may hold several seats."""

    role: str
    group: str
    address: str = field(repr=False)
    no_mail: bool = False


@dataclass(frozen=True, slots=True)
class Rep:
    """One forum rep (or the forum's own shared address) with every seat that its mail is for."""

    key: str
    address: str = field(repr=False)
    seats: tuple[Seat, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that this rep hears of, each once, in the order of the list."""
        return tuple(dict.fromkeys(seat.group for seat in self.seats if not seat.no_mail))


@dataclass(frozen=True, slots=True)
class People:
    """Everybody whom the register knows, by role. Roles are compared without regard to capitals and spaces."""

    contacts: tuple[Contact, ...] = ()
    seats: tuple[Seat, ...] = ()

    def contact(self, role: str) -> Contact | None:
        """Who holds a role; None where nobody does."""
        wanted = _plain(role)
        return next((one for one in self.contacts if wanted and _plain(one.role) == wanted), None)

    def at(self, address: str) -> Contact | None:
        """Whose address it is; None where it is nobody's that we know."""
        wanted = address.strip().casefold()
        return next((one for one in self.contacts if wanted and one.address.casefold() == wanted), None)

    @property
    def reps(self) -> Mapping[str, Rep]:
        """Every rep by key: one address is one rep, however many groups it is for."""
        by_key: dict[str, list[Seat]] = {}
        for seat in self.seats:
            by_key.setdefault(person_key(seat.address), []).append(seat)
        return {key: Rep(key, theirs[0].address, tuple(theirs)) for key, theirs in by_key.items()}


def person_key(address: str) -> str:
    """The key of a person in the ledger and in links: made from the address, and never shown beside it."""
    return short_key(f"person\n{address.strip().casefold()}")


def role_key(role: str) -> str:
    """A role as part of a key: "partnership-manager-1f0c2a"; two roles that look alike stay apart."""
    return f"{slug(role)[:40]}-{sha256(_plain(role).encode()).hexdigest()[:6]}"


def _plain(role: str) -> str:
    return " ".join(role.casefold().split())
