"""Keys: one name for one fact, the same in every run, for every reader.

A key is never built from a title or a date that people may change, so a renamed or moved meeting keeps
its history (DESIGN.md, Words and states).
"""

import re
from base64 import b32encode
from datetime import UTC, datetime
from hashlib import sha256

MEETING_KEY_LENGTH = 20  # characters of base32: 100 bits, and short enough to read out


def meeting_key(ical_uid: str) -> str:
    """The key of a meeting that Graph knows: made from iCalUId, which differs for each occurrence."""
    return short_key(ical_uid)


def meeting_key_in_file(uid: str, recurrence_id: datetime | None) -> str:
    """The key of a meeting read from a file: its UID and, in a series, the start it was planned for."""
    if recurrence_id is not None and recurrence_id.tzinfo is None:
        raise ValueError("A planned start must say its time zone: a key may not depend on this machine's")
    planned = recurrence_id.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ") if recurrence_id else "-"
    return short_key(f"{uid}\n{planned}")


def series_key(series: str) -> str:
    """The key of a whole series: as short as a meeting's, and without the address that many UIDs hold."""
    return short_key(series)


def finding_key(agreement: str, promise: str, *subject: str) -> str:
    """The key of a finding: agreement/P04/meeting-key, or agreement/P31/group/2026-Q1 for rhythms."""
    return "/".join((agreement, promise, *subject))


def slug(words: str) -> str:
    """Words as part of a key or a file name: lower case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "unnamed"


def short_key(identity: str) -> str:
    """Twenty letters that stand for an identity and say nothing by themselves."""
    digest = sha256(identity.encode(errors="surrogatepass")).digest()
    return b32encode(digest[:15]).decode().lower()[:MEETING_KEY_LENGTH]  # 13 bytes are enough for 20 letters
