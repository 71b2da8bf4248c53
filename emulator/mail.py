"""Mail sent from a mailbox, as MIME or as JSON. A 202 says that Exchange took it, not that it arrived."""

import base64
import binascii
import email
import email.policy
from email.utils import getaddresses
from typing import Any

from emulator.answers import Answer, Call, GraphError
from emulator.mailbox_access import mailbox_for
from emulator.outbox import Sent
from emulator.queries import query_of
from emulator.world import World

A_MINUTE, MOST_A_MINUTE = 60, 30
MOST_RECIPIENTS = 500
"""Exchange's own limits (graph.md §5)."""


def send(world: World, call: Call, user: str) -> Answer:
    """POST /users/{id}/sendMail"""
    query_of(call, [])
    sender = mailbox_for(world, call, user, "Mail.Send").address
    sent = (
        _from_mime(call.body, sender, world)
        if isinstance(call.body, str)
        else _from_json(call.body, sender, world)
    )
    everybody = [*sent.to, *sent.cc, *sent.bcc]
    if not everybody:
        raise GraphError(400, "ErrorInvalidRecipients", "At least one recipient must be specified.")
    if len(everybody) > MOST_RECIPIENTS:
        raise GraphError(400, "ErrorExceededMaxRecipientLimit", "The message has too many recipients.")
    bad = [
        address for address in everybody if "@" not in address or any(sign in address for sign in " \r\n<>")
    ]
    if bad:
        raise GraphError(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
    _check_rate(world, sender)
    world.outbox.append(sent)
    return Answer(202)


def _from_mime(body: object, sender: str, world: World) -> Sent:
    try:
        content = base64.b64decode("".join(str(body).split()), validate=True)
    except (binascii.Error, ValueError) as wrong:
        # graph_samples, sendmail_mime_error_400.json
        said = "Invalid base64 string for MIME content."
        raise GraphError(400, "ErrorMimeContentInvalidBase64String", said) from wrong
    message = email.message_from_bytes(content, policy=email.policy.default)
    if not message.get("From") and not message.get("To"):
        raise GraphError(400, "ErrorMimeContentInvalid", "The MIME content can't be read as a mail.")
    author = [address for _, address in getaddresses([str(message.get("From", sender))])]
    if author and author[0].lower() != sender.lower():
        said = "The user account which was used to submit this request does not have the right to send mail on behalf"
        raise GraphError(403, "ErrorSendAsDenied", f"{said} of the specified sending account.")
    to, cc, bcc = (_addresses(message.get_all(name, [])) for name in ("To", "Cc", "Bcc"))
    return Sent(sender, to, world.clock(), str(message.get("Subject", "")), content, cc, bcc)


def _from_json(body: object, sender: str, world: World) -> Sent:
    asked = {name.lower(): value for name, value in body.items()} if isinstance(body, dict) else {}
    message = asked.get("message")
    if not isinstance(message, dict):
        raise GraphError(400, "ErrorInvalidRequest", "The parameter 'Message' is missing.")
    text = message.get("body") or {}
    return Sent(
        sender=sender,
        to=_recipients(message, "toRecipients"),
        at=world.clock(),
        subject=str(message.get("subject") or ""),
        cc=_recipients(message, "ccRecipients"),
        bcc=_recipients(message, "bccRecipients"),
        text=str(text.get("content") or "") if isinstance(text, dict) else "",
        saved=str(asked.get("savetosentitems", True)).lower() != "false",
    )


def _recipients(message: dict[str, Any], name: str) -> tuple[str, ...]:
    given = message.get(name) or []
    try:
        return tuple(str(each["emailAddress"]["address"]) for each in given)
    except (KeyError, TypeError) as wrong:
        raise GraphError(400, "ErrorInvalidRecipients", f"'{name}' can't be read.") from wrong


def _addresses(headers: list[Any]) -> tuple[str, ...]:
    return tuple(address for _, address in getaddresses([str(header) for header in headers]) if address)


def _check_rate(world: World, sender: str) -> None:
    now = world.clock()
    recent = [sent.at for sent in world.outbox if sent.sender == sender and sent.at > now - A_MINUTE]
    if len(recent) >= MOST_A_MINUTE:
        wait = max(1, round(recent[-MOST_A_MINUTE] + A_MINUTE - now))
        said = "The sending limit of this mailbox was reached."
        raise GraphError(429, "ErrorMessageSubmissionBlocked", said, {"Retry-After": str(wait)})
