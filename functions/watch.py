"""Everything a review and a delivery need, chosen once at the door."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from functions.telemetry import Telemetry
from graph_client.mail_sent import Mail
from graph_client.tenant import Tenant
from ledger.port import Ledger
from models.agreement import Group
from models.rulebook import Rulebook
from models.telling import Hours
from models.texts import Texts

Card = dict[str, Any]
Post = Callable[[Card], Awaitable[None]]
"""Sends one card, once; CardNotTaken where the receiver did not say that it took it."""
SendMail = Callable[[Mail], Awaitable[None]]
"""Hands one mail to Exchange, once; WriteUnsure where it may have gone, other errors where it surely did not."""


@dataclass(frozen=True, kw_only=True)
class Watch:
    """One partnership as it is watched: its rulebook, its tenant, its ledger, and the ways to tell people.

    `post` reaches the officers' own private chat, `post_to_manager` the partnership manager's, where there
    is one (else what is for the manager goes by mail). `send_mail` sends from `sender`, the one mailbox that we
    may send from, where there is one. Links in mails are made from `public_url` and the first of `signing_keys`;
    without both there are none. `by` names this worker. `observing` tells nobody but the manager. A new or
    moved meeting is left alone for `settle_minutes` before anybody hears of it. `one_by_one` sends each thing
    by itself, without a budget and on the first rung alone, so that a demonstration shows every card there is
    once. `telemetry` gets keys and counts, and no words.
    """

    book: Rulebook
    tenant: Tenant
    ledger: Ledger
    site: str
    papers_list: str
    texts: Texts
    post: Post
    post_to_manager: Post | None = None
    send_mail: SendMail | None = None
    sender: str = ""
    public_url: str = ""
    signing_keys: tuple[bytes, ...] = field(default=(), repr=False)
    by: str
    hours: Hours = field(default_factory=Hours)
    settle_minutes: int = 20
    observing: bool = False
    one_by_one: bool = False
    telemetry: Telemetry = field(default_factory=Telemetry)

    @property
    def reaches_manager(self) -> bool:
        """Whether there is a way to the partnership manager: their own workflow, else a mailbox to send from."""
        return self.post_to_manager is not None or self.send_mail is not None

    def groups_of(self, mailbox: str) -> tuple[Group, ...]:
        """The groups whose meetings are in a calendar."""
        return tuple(one for one in self.book.agreement.groups if one.calendar == mailbox)
