"""Who can open a file, as far as SharePoint says: anyone, the whole organisation, people by address, or unclear.

A group's members are not listed, and since 2026 a person outside the tenant also needs a guest account to
use a link that names them (facts: graph §4). So a name here means "may", never "has been seen to open it".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graph_client.asked import access_to_a_file
from graph_client.asking import following, get
from graph_client.bodies import Body, Text
from graph_client.libraries import library_id_of
from graph_client.quirks.expiry_spelt_three_ways import moment_in
from graph_client.reads import Read

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

ANYONE, ORGANISATION, NAMED = "anonymous", "organization", "users"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may open a file; `unclear` has a sentence for each way in that does not say whom it lets in."""

    anyone: bool
    organisation: bool
    people: frozenset[str]
    unclear: tuple[str, ...] = ()


class _Identity(Body):
    email: Text = ""
    login_name: Text = ""


class _Identities(Body):
    user: _Identity | None = None
    site_user: _Identity | None = None
    group: _Identity | None = None
    site_group: _Identity | None = None
    share_point_group: _Identity | None = None
    application: _Identity | None = None


class _Link(Body):
    scope: Text = ""


class _Invitation(Body):
    email: Text = ""


class Permission(Body):
    """One way into a file, as Graph sends it; the old name `grantedTo` is still in use."""

    link: _Link | None = None
    invitation: _Invitation | None = None
    granted_to: _Identities | None = None
    granted_to_v2: _Identities | None = None
    granted_to_identities: list[_Identities] | None = None
    granted_to_identities_v2: list[_Identities] | None = None
    expiration_date_time: Text = ""

    def names(self) -> Iterator[_Identities]:
        """Everybody it names, the newer way of writing first."""
        yield from self.granted_to_identities_v2 or self.granted_to_identities or ()
        single = self.granted_to_v2 or self.granted_to
        if single:
            yield single


async def read_access(tenant: "Tenant", site: str, library: str, file_id: str) -> Access:
    """Who may open one file of a library; a GraphError where it can't be had."""
    drive = await library_id_of(tenant, site, library)
    first = get(tenant, "drives", drive, "items", file_id, "permissions")
    entries: list[Any] = []
    async for page in Read(tenant, access_to_a_file(library, site)).pages(first, following()):
        entries += page
    return _summed_up([_ways_in(tenant, entry) for entry in entries])


def _ways_in(tenant: "Tenant", entry: Any) -> set[str]:
    """Whom one permission lets in: a scope, addresses, or a sentence."""
    try:
        permission = Permission.model_validate(entry)
    except ValidationError:
        return {"One way into the file could not be understood."}
    until = moment_in(permission.expiration_date_time)
    if until and until <= tenant.clock():
        return set()
    scope = permission.link.scope.casefold() if permission.link else NAMED
    if scope in (ANYONE, ORGANISATION):
        return {scope}
    if scope not in (NAMED, "existingaccess"):
        return {"There is a link to the file that does not say how far it reaches."}
    found = {said for who in permission.names() if (said := _said_of(who, permission))}
    invited = permission.invitation.email.lower() if permission.invitation else ""
    return found | {invited} if invited else found


def _said_of(who: _Identities, permission: Permission) -> str:
    if who.group or who.site_group or who.share_point_group:
        return "A group may open the file, and who is in it is not listed."
    for person in (who.user, who.site_user):
        address = person and (person.email or person.login_name.rpartition("|")[2])
        if address and "@" in address:
            return address.lower()
    if permission.invitation or who.application:
        return ""
    return "Somebody may open the file whose address is not said."


def _summed_up(ways: list[set[str]]) -> Access:
    said = set().union(*ways)
    sentences = sorted(each for each in said if each.endswith("."))
    people = frozenset(said) - {ANYONE, ORGANISATION, *sentences}
    return Access(
        anyone=ANYONE in said, organisation=ORGANISATION in said, people=people, unclear=tuple(sentences)
    )
