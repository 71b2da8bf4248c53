"""The ids of a calendar date: in its mailbox, across all mailboxes, and of the version that it is."""

import base64
import hashlib
from datetime import UTC, datetime

from emulator.mailboxes import Event, Mailbox

OUTLOOK_UID = "040000008200E00074C5B7101A82E008"
"""How every id that Outlook makes for a meeting begins."""


def ical_uid(uid: str, original_start: datetime | None) -> str:
    """The meeting's id in every calendar that holds it; each date of a series has its own.

    Made as Outlook makes it: a fixed beginning, the date of this occurrence, a time, and the file's own UID.
    """
    date, at = "00000000", f"{0:016X}"
    if original_start is not None:
        start = original_start.astimezone(UTC)
        date = f"{start.year:04X}{start.month:02X}{start.day:02X}"
        at = f"{int(start.timestamp()):016X}"
    if uid.upper().startswith(OUTLOOK_UID):
        rest = uid.upper()[len(OUTLOOK_UID) + 8 :]
        return f"{OUTLOOK_UID}{date}" + (rest if original_start is None else at + rest[16:])
    data = b"vCal-Uid\x01\x00\x00\x00" + uid.encode() + b"\x00"
    return (
        f"{OUTLOOK_UID}{date}{at}{0:016X}{len(data).to_bytes(4, 'little').hex().upper()}{data.hex().upper()}"
    )


def event_id(event: Event, mailbox: Mailbox, *, immutable: bool) -> str:
    """The event's id in this mailbox: case matters, and the immutable one is another id altogether."""
    return f"{_prefix(immutable=immutable)}{_token(event, mailbox.address + str(immutable))}AAA="


def series_id(event: Event, mailbox: Mailbox, *, immutable: bool) -> str | None:
    """The id of the series that this date belongs to."""
    if event.kind == "singleInstance":
        return None
    return f"{_prefix(immutable=immutable)}{_hashed(f'{event.uid}|master|{mailbox.address}|{immutable}')}AAA="


def change_key(event: Event) -> str:
    """A value that is new whenever anything about the event is."""
    return f"{_hashed(repr(event))}=="


def _prefix(*, immutable: bool) -> str:
    return "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A" if immutable else "AAMkAGI1"


def _token(event: Event, salt: str) -> str:
    return _hashed(f"{event.uid}|{event.original_start}|{salt}")


def _hashed(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:24]).decode()


def attachment_id(event: Event, mailbox: Mailbox, name: str) -> str:
    """The id of a file that goes with an event."""
    return f"AAMkAGI1{_token(event, mailbox.address + name)}EgAQAA="
