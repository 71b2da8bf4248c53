"""What is in the emulated tenant: mailboxes, sites, workflows, apps, and what was sent and posted."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from emulator.deltas import Deltas
from emulator.event_pages import EventPages
from emulator.faults import Faults
from emulator.mailboxes import Mailbox
from emulator.notifications import Notifications, Subscription
from emulator.outbox import Sent
from emulator.outside import Outside, post
from emulator.rights import AppRegistration
from emulator.sites import Site
from emulator.throttling import Limits


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
    limits: Limits = field(default_factory=Limits)
    deltas: Deltas = field(default_factory=Deltas)
    event_pages: EventPages = field(default_factory=EventPages)
    outbox: list[Sent] = field(default_factory=list)
    """Every mail that was taken for sending, repeats and all."""

    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    outside: Outside = post
    """How Graph calls an address outside: over the network, unless a test says otherwise."""
    notifications: Notifications = field(init=False)

    def __post_init__(self) -> None:
        """Let what is to be told know who subscribed, and the time as this tenant has it."""
        self.notifications = Notifications(self.tenant_id, self.subscriptions, self.now)

    def now(self) -> float:
        """The time, by whatever clock the tenant has at this moment."""
        return self.clock()

    def put(self, mailbox: Mailbox) -> None:
        """Add a mailbox, or replace the one with this address."""
        self.mailboxes[mailbox.address.lower()] = mailbox

    def mailbox(self, name: str) -> Mailbox | None:
        """The mailbox with this address or directory id."""
        found = self.mailboxes.get(name.lower())
        return found or next((box for box in self.mailboxes.values() if box.id == name.lower()), None)

    def put_site(self, changed: Site) -> None:
        """Put a site in place of the one with its address."""
        self.sites = [changed if each.id == changed.id else each for each in self.sites]

    def change_app(self, **changes: Any) -> AppRegistration:
        """Change what the tenant's one app may do: `entra`, `exchange`, `mailboxes`, `site_roles` and so on."""
        [client_id] = self.apps
        self.apps[client_id] = replace(self.apps[client_id], **changes)
        return self.apps[client_id]

    def workflow_url(self, base_url: str, flow: str | None = None) -> str:
        """The address to post cards to; the first flow's where none is named."""
        chosen = self.flows[flow] if flow else next(iter(self.flows.values()))
        return f"{base_url}/workflows/{chosen.id}?sig={chosen.signature}"
