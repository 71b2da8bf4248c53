"""What is in the emulated tenant: mailboxes, sites, workflows, and what each app may read."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.faults import Faults
from emulator.mailboxes import Mailbox
from emulator.sites import Site


@dataclass(frozen=True, slots=True)
class AppRegistration:
    """One app, the certificates it may sign with, and exactly what it may read."""

    client_id: str
    name: str = ""
    mailboxes: frozenset[str] = frozenset()
    site_roles: Mapping[str, str] = field(default_factory=dict)
    certificates: tuple[str, ...] = ()

    def may_read_mailbox(self, address: str) -> bool:
        """Whether Exchange's scope for this app has the mailbox."""
        return address.lower() in self.mailboxes

    def may_read_site(self, site: Site) -> bool:
        """Whether the site was granted to this app, in any role."""
        return f"{site.hostname}{site.path}" in self.site_roles


@dataclass(frozen=True, slots=True)
class Flow:
    """One Teams workflow that waits for posts, and the signature that its address carries."""

    id: str
    signature: str


@dataclass(frozen=True, slots=True)
class Post:
    """One message that a workflow received."""

    flow: str
    at: float
    message: dict[str, Any]

    @property
    def cards(self) -> list[dict[str, object]]:
        """The adaptive cards of the message."""
        return [attachment["content"] for attachment in self.message["attachments"]]


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """Whose token this is and until when."""

    client_id: str
    expires: float


@dataclass(slots=True)
class World:
    """The whole tenant. Nothing here repairs or de-duplicates what it is given."""

    tenant_id: str
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    sites: list[Site] = field(default_factory=list)
    apps: dict[str, AppRegistration] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    bearers: dict[str, str] = field(default_factory=dict)
    """Fixed bearer tokens, each with the client id that it stands for."""
    token_lifetime: float = 3599
    clock: Callable[[], float] = time.time
    issued: dict[str, IssuedToken] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)

    def put(self, mailbox: Mailbox) -> None:
        """Add a mailbox, or replace the one with this address."""
        self.mailboxes[mailbox.address.lower()] = mailbox

    def mailbox(self, name: str) -> Mailbox | None:
        """The mailbox with this address or directory id."""
        found = self.mailboxes.get(name.lower())
        return found or next((box for box in self.mailboxes.values() if box.id == name.lower()), None)

    def workflow_url(self, base_url: str, flow: str | None = None) -> str:
        """The address to post cards to; the first flow's where none is named."""
        chosen = self.flows[flow] if flow else next(iter(self.flows.values()))
        return f"{base_url}/workflows/{chosen.id}?sig={chosen.signature}"
