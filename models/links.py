"""Signed links: a letter of a mail that opens one page, for one person, about one thing, until a day.

The link itself holds what it is for, and its signature is checked before anything is looked up. A link that was
made up, changed, cut short, used for something else or is too old is nobody's: there is one answer to all of them.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

SIGNATURE = 20  # bytes of HMAC-SHA-256: 160 bits
LONGEST = 1_000  # letters of a token; ours have less than half of that
SIGNED = b"protocol-watch link 1\n"  # what no other use of the same key ever signs


class Purpose(StrEnum):
    """What a link opens. One link is for one of them, and opens nothing else."""

    MY_MEETINGS = "m"  # a rep: the next meetings, with the buttons below
    CANT_OPEN = "o"  # a rep: a paper of one meeting that can't be opened
    CALL = "c"  # a rep: a call before one meeting
    PAUSE = "p"  # a rep: no mail for a month
    PREFERENCES = "r"  # a rep: the day of the mail, and what else
    UNSUBSCRIBE = "u"  # a rep: no mail any more (RFC 8058: one POST)
    FEED = "f"  # a rep: the calendar to subscribe to
    ALERT = "a"  # an officer: the answers to one alert
    REASON = "n"  # the forum's chair: the answer to a reason
    CHECK = "k"  # the partnership manager: was it right, when somebody said "this is wrong"
    INTRODUCE = "i"  # the forum's chair: let the reps' mails begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What a link opens, for whom, about what, and until when.

    `person` is a person key (a rep) or a role ("Forum chair"): the page says that it speaks as this role.
    `group` is a group's name in the ledger, `about` an alert key or a meeting key; both are empty where the page
    is about neither. `turn` is the number of a feed: a new one ends those before it. `expires` is aware; a link
    lives to the end of that second.
    """

    purpose: Purpose
    person: str
    expires: datetime
    group: str = ""
    about: str = ""
    turn: int = 0


def signed(link: Pass, key: bytes) -> str:
    """The token that stands in the address, in letters that no mail program breaks."""
    told = [
        link.purpose.value,
        int(link.expires.timestamp()),
        link.person,
        link.group,
        link.about,
        link.turn,
    ]
    body = json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()
    return f"{_letters(body)}.{_letters(_signature(body, key))}"


def opened(token: str, keys: Sequence[bytes], purposes: frozenset[Purpose], now: datetime) -> Pass | None:
    """What a token opens; None for one that is nobody's. `keys` are the present one and those before it.

    Every key is tried, in constant time, so that the answer takes as long for a good guess as for a bad one.
    """
    body, signature = _halves(token)
    good = False
    for key in keys:
        good |= hmac.compare_digest(_signature(body, key), signature)
    if not good:
        return None
    link = _read(body)
    if link is None or link.purpose not in purposes or link.expires <= now:
        return None
    return link


def keys_in(text: str) -> tuple[bytes, ...]:
    """The keys of a setting: the present one, then those before it, with spaces or commas between them."""
    return tuple(one.encode() for one in text.replace(",", " ").split())


def _halves(token: str) -> tuple[bytes, bytes]:
    if len(token) > LONGEST:
        return b"", b""
    body, _, signature = token.partition(".")
    return _bytes(body), _bytes(signature)


def _read(body: bytes) -> Pass | None:
    """What we signed ourselves, so that only a link of an older version can fail here."""
    try:
        purpose, expires, person, group, about, turn = json.loads(body)
        return Pass(
            purpose=Purpose(purpose),
            person=person,
            expires=datetime.fromtimestamp(expires, UTC),
            group=group,
            about=about,
            turn=turn,
        )
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _signature(body: bytes, key: bytes) -> bytes:
    return hmac.digest(key, SIGNED + body, sha256)[:SIGNATURE]


def _letters(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(letters: str) -> bytes:
    try:
        padded = letters.encode("ascii") + b"=" * (-len(letters) % 4)
        content = urlsafe_b64decode(padded)
    except (UnicodeEncodeError, NotBase64, ValueError):
        return b""
    return content if _letters(content) == letters else b""  # one spelling only
