"""The mails of one mailbox: who sent them to whom, when, and under which subject. Never what they say."""

import hashlib
import re
from datetime import UTC, datetime
from urllib.parse import quote

from emulator.answers import Answer, Call, GraphError
from emulator.mailbox_access import mailbox_for
from emulator.mailboxes import Mailbox, Message, Person
from emulator.queries import names_in, page, positive_number, preferences_of, query_of
from emulator.world import World

PAGE, MOST = 10, 1000
KNOWN = [
    "id",
    "subject",
    "sender",
    "from",
    "toRecipients",
    "ccRecipients",
    "receivedDateTime",
    "hasAttachments",
]
SINCE = re.compile(r"receivedDateTime (ge|gt|le|lt) (\S+)")


def messages(world: World, call: Call, user: str) -> Answer:
    """GET /users/{id}/messages?$select=…&$filter=receivedDateTime ge …"""
    mailbox = mailbox_for(world, call, user, "Mail.Read")
    query = query_of(call, ["$select", "$filter", "$top", "$orderby"])
    names = names_in(query.get("$select", ""))
    for name in names or [""]:
        if name not in KNOWN:
            # Stricter than Graph on purpose: without $select it sends the bodies too
            raise GraphError(400, "BadRequest", f"Name by $select what you need: '{name}' is not served.")
    if query.get("$orderby", "receivedDateTime desc").lower() not in (
        "receiveddatetime desc",
        "receiveddatetime",
    ):
        raise GraphError(400, "ErrorInvalidUrlQueryFilter", "Only receivedDateTime can be ordered by here.")
    found = sorted(_fitting(mailbox, query.get("$filter")), key=lambda each: each.received)
    if query.get("$orderby", "receivedDateTime desc").lower().endswith("desc"):
        found.reverse()
    preferences = preferences_of(call)
    asked = [size for size in (positive_number(query, "$top", MOST), preferences.page_size) if size]
    rows, next_link = page(call, found, min([*asked, MOST]) if asked else PAGE)
    context = f"{call.base_url}/v1.0/$metadata#users('{quote(mailbox.id)}')/messages({','.join(names)})"
    body: dict[str, object] = {
        "@odata.context": context,
        "value": [_body(mailbox, each, names) for each in rows],
    }
    if next_link:
        body["@odata.nextLink"] = next_link
    return Answer(200, body, preferences.headers)


def _fitting(mailbox: Mailbox, asked: str | None) -> list[Message]:
    tests = [SINCE.fullmatch(clause.strip()) for clause in asked.split(" and ")] if asked else []
    found = list(mailbox.messages)
    for test in tests:
        if test is None:
            raise GraphError(
                400, "ErrorInvalidUrlQueryFilter", "Only receivedDateTime can be filtered by here."
            )
        found = [each for each in found if _holds(each.received, test[1], _instant(test[2]))]
    return found


def _holds(received: datetime, test: str, at: datetime) -> bool:
    match test:
        case "ge":
            return received >= at
        case "gt":
            return received > at
        case "le":
            return received <= at
        case _:
            return received < at


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise GraphError(400, "ErrorInvalidUrlQueryFilter", f"'{text}' is not a date and time.") from wrong
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _body(mailbox: Mailbox, message: Message, names: list[str]) -> dict[str, object]:
    digest = hashlib.sha256(f"{mailbox.address}{message}".encode()).hexdigest()
    whole: dict[str, object] = {
        "id": f"AAMkAGI1{digest[:40]}AAA=",
        "receivedDateTime": f"{message.received.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "subject": message.subject,
        "hasAttachments": message.has_attachments,
        "sender": _person(message.sender),
        "from": _person(message.sender),
        "toRecipients": [_person(each) for each in message.to],
        "ccRecipients": [_person(each) for each in message.cc],
    }
    tag = f'W/"{digest[:32]}"'
    return {"@odata.etag": tag, **{name: value for name, value in whole.items() if name in (*names, "id")}}


def _person(person: Person) -> dict[str, object]:
    return {"emailAddress": {"name": person.name or person.address, "address": person.address}}
