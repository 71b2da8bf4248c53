"""One event of a mailbox, and the files that go with it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from emulator.answers import Answer, Call, GraphError
from emulator.event_body import event_body, properties
from emulator.event_ids import attachment_id, event_id
from emulator.mailbox_access import readable_mailbox
from emulator.mailboxes import Attachment, Event, Mailbox
from emulator.queries import names_in, preferences_of, query_of
from emulator.world import World

FROM, UNTIL = datetime(2015, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
ATTACHMENT = ["id", "name", "contentType", "size", "lastModifiedDateTime", "isInline"]


def event(world: World, call: Call, user: str, name: str) -> Answer:
    """GET /users/{id}/events/{id}"""
    mailbox = readable_mailbox(world, call, user)
    query = query_of(call, ["$select"])
    preferences, found = preferences_of(call), _event(world, mailbox, name)
    zone, immutable = preferences.zone or mailbox.zone, preferences.immutable_ids
    body = event_body(found, mailbox, zone, immutable_ids=immutable)
    if "$select" in query:
        chosen = chosen_properties(query["$select"])
        body = {key: value for key, value in body.items() if key in (*chosen, "@odata.etag", "id")}
    context = f"{call.base_url}/v1.0/$metadata#users('{quote(mailbox.id)}')/events/$entity"
    return Answer(200, {"@odata.context": context, **body}, preferences.headers)


def attachments(world: World, call: Call, user: str, name: str) -> Answer:
    """GET /users/{id}/events/{id}/attachments. Without $select the contents would come too; here they never do."""
    mailbox = readable_mailbox(world, call, user)
    query = query_of(call, ["$select"])
    names = names_in(query["$select"]) if "$select" in query else []
    if not names:
        # Stricter than Graph on purpose: without $select it sends whole files, which nobody here may fetch
        raise GraphError(400, "BadRequest", "Name what you need by $select: contents are not served.")
    for each in names:
        if each not in ATTACHMENT:
            said = f"Could not find a property named '{each}' on type 'microsoft.graph.attachment'."
            raise GraphError(400, "RequestBroker--ParseUri", said)
    found = _event(world, mailbox, name)
    rows = [_attachment(found, mailbox, each, names) for each in found.attachments]
    context = (
        f"{call.base_url}/v1.0/$metadata#users('{quote(mailbox.id)}')/events('{quote(name)}')/attachments"
    )
    return Answer(200, {"@odata.context": f"{context}({','.join(names)})", "value": rows})


def chosen_properties(select: str, refused: Sequence[str] = ()) -> list[str]:
    """The properties of an event that $select names; `refused` are those this path doesn't give by it."""
    known = {name.lower(): name for name in properties()}
    for name in names_in(select):
        if name.lower() not in known:
            said = f"Could not find a property named '{name}' on type 'Microsoft.OutlookServices.Event'."
            raise GraphError(400, "BadRequest", said)
        if name.lower() in refused:
            said = f"'{name}' can't be had by $select on a calendar view."
            raise GraphError(400, "ErrorInvalidProperty", said)
    return [known[name.lower()] for name in names_in(select)]


def _event(world: World, mailbox: Mailbox, name: str) -> Event:
    by_id = world.event_pages.get(mailbox, "events by id", lambda: _by_id(mailbox))
    if name not in by_id:
        raise GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    return by_id[name]


def _by_id(mailbox: Mailbox) -> dict[str, Event]:
    events = mailbox.calendar.between(FROM, UNTIL)
    return {event_id(each, mailbox, immutable=kind): each for each in events for kind in (True, False)}


def _attachment(found: Event, mailbox: Mailbox, file: Attachment, names: list[str]) -> dict[str, object]:
    tag, whole = (
        "#microsoft.graph.fileAttachment",
        {
            "id": attachment_id(found, mailbox, file.name),
            "name": file.name,
            "contentType": file.content_type,
            "size": file.size,
            "lastModifiedDateTime": f"{file.modified.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "isInline": file.inline,
        },
    )
    return {
        "@odata.type": tag,
        "@odata.mediaContentType": file.content_type,
        **{key: value for key, value in whole.items() if key in (*names, "id")},
    }
