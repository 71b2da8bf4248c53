"""Reads who wrote to whom and when, where papers are mailed with ONE shared mailbox in copy. Off by default.

Nothing calls this unless a group's papers go by that route and the mailbox was named for it. Neither text
nor attachments are asked for.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from graph_client.asked import mail_of
from graph_client.asking import following, get
from graph_client.bodies import Body, Text
from graph_client.quirks.expiry_spelt_three_ways import moment_in
from graph_client.reads import Read
from models.days import LONDON

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

A_PAGE = 500
SELECT = "id,subject,from,toRecipients,ccRecipients,receivedDateTime,hasAttachments"
PREFER = 'IdType="ImmutableId"'


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail that the mailbox had a copy of. It holds addresses and a subject: not for logs or cards."""

    id: str
    received_at: datetime
    sender: str = field(repr=False)
    recipients: frozenset[str] = field(repr=False)
    subject: str = field(repr=False)
    has_attachments: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRead:
    """The mails of one mailbox since a moment; `unreadable` has a sentence for each that can't be understood."""

    mailbox: str
    since: datetime
    read_at: datetime
    mails: tuple[Mail, ...]
    unreadable: tuple[str, ...] = ()


class _Address(Body):
    address: Text = ""


class _Recipient(Body):
    email_address: _Address | None = None


class _Message(Body):
    id: str
    subject: Text = ""
    received_date_time: str
    author: _Recipient | None = Field(default=None, alias="from")
    to_recipients: list[_Recipient] | None = None
    cc_recipients: list[_Recipient] | None = None
    has_attachments: bool | None = None


async def read_mail_in_copy(tenant: "Tenant", mailbox: str, since: datetime) -> MailRead:
    """Every mail that the mailbox was sent since a moment; a GraphError where any page is missing."""
    read_at = tenant.clock()
    first = get(
        tenant,
        "users",
        mailbox,
        "messages",
        prefer=(PREFER,),
        select=SELECT,
        filter=f"receivedDateTime ge {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        orderby="receivedDateTime",
        top=A_PAGE,
    )
    mails: dict[str, Mail] = {}
    unreadable: list[str] = []
    async for page in Read(tenant, mail_of(mailbox), outlook=True).pages(first, following(PREFER)):
        for entry in page:
            mail = _mail(entry)
            if mail:
                mails[mail.id] = mail
            else:
                unreadable.append(f"A mail to {mailbox} could not be understood: it has no id or no time.")
    return MailRead(
        mailbox=mailbox,
        since=since.astimezone(LONDON),
        read_at=read_at,
        mails=tuple(mails.values()),
        unreadable=tuple(unreadable),
    )


def _mail(entry: Any) -> Mail | None:
    try:
        message = _Message.model_validate(entry)
    except ValidationError:
        return None
    received = moment_in(message.received_date_time)
    if received is None:
        return None
    recipients = [*(message.to_recipients or ()), *(message.cc_recipients or ())]
    return Mail(
        id=message.id,
        received_at=received.astimezone(LONDON),
        sender=_address(message.author) if message.author else "",
        recipients=frozenset(address for each in recipients if (address := _address(each))),
        subject=message.subject,
        has_attachments=bool(message.has_attachments),
    )


def _address(who: _Recipient) -> str:
    return who.email_address.address.strip().lower() if who.email_address else ""
