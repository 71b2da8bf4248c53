"""Which roles of our own call the meetings of a group, as the list of contacts knows them. No name and no address."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.facts import Meeting
from models.ladder import OUR_OWN
from models.people import People


@dataclass(frozen=True, slots=True)
class Callers:
    """Roles of our own that call a group's meetings, and how many of our own do whom the list does not know."""

    roles: tuple[str, ...] = ()
    unknown: int = 0


def callers_of(keys: frozenset[str], meetings: Iterable[Meeting], mailbox: str, people: People) -> Callers:
    """Who calls the meetings of these keys into a mailbox; a partner's organiser is never an officer of ours."""
    own = mailbox.rpartition("@")[2].casefold()
    called_by = {meeting.organiser.casefold() for meeting in meetings if meeting.key in keys}
    roles: set[str] = set()
    unknown = 0
    for address in called_by - {mailbox.casefold()}:
        contact = people.at(address)
        if contact is not None and contact.partner.casefold() == OUR_OWN:
            roles.add(contact.role)
        elif contact is None and address.rpartition("@")[2] == own:
            unknown += 1
    return Callers(tuple(sorted(roles)), unknown)
