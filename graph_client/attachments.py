"""Reads which files came with an invitation: their names, sizes and times. What is in them is never fetched.

Which meetings have any, and the event's id for each, is in WindowRead.attached. Microsoft writes one time
for a file, of its last change; it is not said when it was sent.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graph_client.asked import attachments_in
from graph_client.asking import following, get
from graph_client.bodies import Body, Text
from graph_client.quirks.expiry_spelt_three_ways import moment_in
from graph_client.reads import Read
from models.days import LONDON

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

SELECT = "id,name,contentType,size,lastModifiedDateTime,isInline"  # without it the contents come too
PREFER = 'IdType="ImmutableId"'


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file; `inline` ones are pictures in the text, such as a logo in a signature."""

    name: str = field(repr=False)
    content_type: str
    size: int
    changed_at: datetime | None
    inline: bool


@dataclass(frozen=True, slots=True)
class AttachmentsRead:
    """The files of one invitation; `unreadable` has a sentence for each that can't be understood."""

    attachments: tuple[Attachment, ...]
    unreadable: tuple[str, ...] = ()


class _File(Body):
    name: Text = ""
    content_type: Text = ""
    size: int | None = None
    last_modified_date_time: Text = ""
    is_inline: bool | None = None


async def read_attachments(tenant: "Tenant", mailbox: str, event_id: str) -> AttachmentsRead:
    """The files that came with one event of a mailbox; a GraphError where they can't be had."""
    path = ("users", mailbox, "events", event_id, "attachments")
    first = get(tenant, *path, prefer=(PREFER,), select=SELECT)
    found: list[Attachment] = []
    unreadable: list[str] = []
    read = Read(tenant, attachments_in(mailbox), outlook=True)
    async for page in read.pages(first, following(PREFER)):
        for entry in page:
            attachment = _attachment(entry)
            if attachment:
                found.append(attachment)
            else:
                unreadable.append(
                    f"A file that came with a meeting in the calendar of {mailbox} could not be understood."
                )
    return AttachmentsRead(tuple(found), tuple(unreadable))


def _attachment(entry: Any) -> Attachment | None:
    try:
        file = _File.model_validate(entry)
    except ValidationError:
        return None
    changed = moment_in(file.last_modified_date_time)
    return Attachment(
        name=file.name,
        content_type=file.content_type,
        size=file.size or 0,
        changed_at=changed.astimezone(LONDON) if changed else None,
        inline=bool(file.is_inline),
    )
