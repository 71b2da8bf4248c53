"""What one app may do: the rights Entra gave it in the whole tenant, and the mailboxes and sites it was let into."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from emulator.sites import Site

ROLES = {"read": 1, "write": 2, "manage": 3, "owner": 3, "fullcontrol": 4}
"""What a site lets an app do, from least to most (graph.md §4)."""
WHOLE_TENANT = {
    "Sites.Read.All": 1,
    "Sites.ReadWrite.All": 2,
    "Sites.Manage.All": 3,
    "Sites.FullControl.All": 4,
}
WIDER = {
    "Calendars.Read": ("Calendars.ReadWrite",),
    "Mail.Read": ("Mail.ReadWrite",),
    "Place.Read.All": ("Place.ReadWrite.All",),
}


@dataclass(frozen=True, slots=True)
class AppRegistration:
    """One app, the certificates it may sign with, and exactly what it may do."""

    client_id: str
    name: str = ""
    mailboxes: frozenset[str] = frozenset()
    """The scope of Exchange's role "Application Calendars.Read"."""
    site_roles: Mapping[str, str] = field(default_factory=dict)
    """Host name and path of each site granted to it, with the role. Counts only with Sites.Selected."""
    certificates: tuple[str, ...] = ()
    entra: frozenset[str] = frozenset({"Sites.Selected"})
    """Application permissions with admin consent. They hold for the whole tenant."""
    exchange: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The scopes of Exchange's other roles, such as Mail.Send."""
    may_make_pages: bool = True
    """Whether a site's role is enough for pages; not confirmed (graph.md §4), so both can be tried."""
    may_watch_lists: bool = True
    """Whether a site's role is enough to subscribe to its lists; as uncertain as pages (graph.md §2)."""

    def holds(self, right: str) -> bool:
        """Whether Entra gave this right, or a wider one, in the whole tenant."""
        return any(name in self.entra for name in (right, *WIDER.get(right, ())))

    def may(self, right: str, address: str) -> bool:
        """Whether this right holds for the mailbox: by Entra for all, or by Exchange's scope (a union)."""
        names = (right, *WIDER.get(right, ()))
        return self.holds(right) or any(address.lower() in self._scope(name) for name in names)

    def may_read_mailbox(self, address: str) -> bool:
        """Whether the mailbox's calendar may be read."""
        return self.may("Calendars.Read", address)

    def may_read_site(self, site: Site) -> bool:
        """Whether the site may be read."""
        return self.site_role(site) >= ROLES["read"]

    def site_role(self, site: Site) -> int:
        """How much the site lets this app do, as a number to compare with ROLES."""
        granted = (
            self.site_roles.get(f"{site.hostname}{site.path}", "") if self.holds("Sites.Selected") else ""
        )
        return max(ROLES.get(granted, 0), *(WHOLE_TENANT.get(name, 0) for name in self.entra), 0)

    def _scope(self, right: str) -> frozenset[str]:
        own = self.mailboxes if right == "Calendars.Read" else frozenset[str]()
        return frozenset(address.lower() for address in own | self.exchange.get(right, frozenset()))
