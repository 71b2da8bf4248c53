"""Sends a mail from the one mailbox that we may send from: to one person, once.

It goes as MIME, because only so can it carry a calendar part and an unsubscribe header. A 202 says that
Exchange took the mail, not that anybody has it, and no id comes back (graph §5); a copy always lies in
Sent Items, since a MIME call has no switch for that. Nothing of a mail is in any message or log.
"""

import re
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from graph_client.asked import MAY_TAKE_TIME
from graph_client.writes_refused import Writing
from graph_client.writing import call, graph_of, write

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

LARGEST = 60_000  # bytes of the whole mail; ours are text, so a larger one is a mistake
LARGEST_WITH_FILES = 3_000_000  # bytes; what Graph takes in one request, less what the coding of it adds
ASCII_ONLY = SMTP.clone(cte_type="7bit")  # no server on the way can then damage a word
SUBJECT_AT_MOST = 250
_UNSUITABLE = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_METHOD = re.compile(r"^METHOD:(PUBLISH|REQUEST|CANCEL|REPLY)\s*$", re.MULTILINE | re.IGNORECASE)
_LINK = re.compile(r"(?:https://|mailto:)[!#-;=?-~]+")  # printable ASCII without quotes, < and >


class MailNotMade(ValueError):
    """The mail can't be sent as it is; nothing was sent. The message holds nothing of the mail."""


@dataclass(frozen=True, slots=True)
class Attached:
    """One file that goes with a mail: its name, its kind (as in "application/pdf") and what is in it."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail to one person. `calendar` is a whole iCalendar text, which names its own METHOD."""

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(default="", repr=False)
    calendar: str = field(default="", repr=False)
    reply_to: str = field(default="", repr=False)
    unsubscribe: str = field(default="", repr=False)  # a link, https:// or mailto:
    attached: tuple[Attached, ...] = field(default=(), repr=False)


async def send_mail(tenant: "Tenant", sender: str, mail: Mail, *, largest: int | None = None) -> None:
    """Hand one mail to Exchange, once.

    MailNotMade and every GraphError but WriteUnsure mean that it surely did not go; WriteUnsure means that
    it may have, and must not simply be sent again.
    """
    content = b64encode(mime(mail, sender, tenant.clock(), largest=largest))
    builder = graph_of(tenant).users.by_user_id(sender).send_mail
    await write(tenant, call("POST", builder, content), sending_from(sender), outlook=True)


def mime(mail: Mail, sender: str, at: datetime, *, largest: int | None = None) -> bytes:
    """The mail as it goes out, in plain ASCII. It may be larger only where files go with it."""
    most = largest or (LARGEST_WITH_FILES if mail.attached else LARGEST)
    message = EmailMessage(policy=ASCII_ONLY)
    message["From"] = _address(sender, "the sender")
    message["To"] = _address(mail.to, "the recipient")
    message["Subject"] = _one_line(mail.subject)[:SUBJECT_AT_MOST]
    message["Date"] = format_datetime(at)
    message["Auto-Submitted"] = "auto-generated"  # keeps out-of-office replies away (RFC 3834)
    if mail.reply_to:
        message["Reply-To"] = _address(mail.reply_to, "the address for replies")
    if mail.unsubscribe:
        message["List-Unsubscribe"] = f"<{_link(mail.unsubscribe)}>"
        if mail.unsubscribe.startswith("https:"):  # one POST and no question asked (RFC 8058)
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    _fill(message, mail)
    content = message.as_bytes()
    if len(content) > most:
        raise MailNotMade(f"The mail has {len(content)} bytes and may have {most}: make it shorter.")
    return content


def takes_mail(address: str) -> bool:
    """Whether a mail to this address can be made; whether it arrives is another matter."""
    try:
        _address(address, "it")
    except MailNotMade:
        return False
    return True


def sending_from(sender: str) -> Writing:
    """What we are doing, in words that name the mailbox and no recipient."""
    return Writing(
        f"the mailbox {sender}",
        f"ask your Microsoft 365 administrator to let Protocol Watch send from {sender} (Exchange RBAC for "
        f"Applications, role 'Application Mail.Send', on this mailbox only); {MAY_TAKE_TIME}",
        f"sent a mail from {sender}",
        cures={"errorinvalidrecipients": "correct the recipient's address in the register"},
    )


def _fill(message: EmailMessage, mail: Mail) -> None:
    """The same said three ways, the plainest first: a mail program shows the last one that it can."""
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    if mail.calendar:
        params = {"method": _method(mail.calendar)}
        message.add_alternative(mail.calendar, subtype="calendar", params=params)
    for one in mail.attached:
        main, _, sub = one.kind.partition("/")
        message.add_attachment(one.content, maintype=main, subtype=sub, filename=_one_line(one.name))


def _method(calendar: str) -> str:
    """What the invitation asks for: mail programs want it in the part's header too."""
    methods = _METHOD.findall(calendar)
    if len(methods) != 1:
        raise MailNotMade("The mail's calendar part does not say once what it is for (METHOD).")
    return str(methods[0]).upper()


def _address(text: str, whose: str) -> Address:
    """One plain address; no list, no name, and nothing that could end the header."""
    try:
        address = Address(addr_spec=text)
        address.addr_spec.encode("ascii")
    except (
        HeaderParseError,
        UnicodeError,
        ValueError,
        IndexError,
        AttributeError,
    ):  # Python's own, of half a [
        address = Address()
    if address.addr_spec != text or _UNSUITABLE.search(text) or not address.username or not address.domain:
        raise MailNotMade(
            f"The mail can't be sent: {whose} is not one mail address, correct it in the register."
        )
    return address


def _link(text: str) -> str:
    if not _LINK.fullmatch(text):
        raise MailNotMade("The mail's unsubscribe link is no https: or mailto: link.")
    return text


def _one_line(text: str) -> str:
    """A title from somebody's calendar may hold line ends, which would begin a header of its own."""
    return " ".join(_UNSUITABLE.sub(" ", text).split())
