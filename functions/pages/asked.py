"""What a browser or a mail program asks of a page: how, and what was filled in. Nothing of it is trusted.

A form that can't be read is one fault and no error, and whatever could be read of it is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from urllib.parse import parse_qsl

from wording import plain
from wording.pages.faults import TOO_BIG, UNREADABLE

BIGGEST = 200_000  # bytes: ten thousand letters of any language, as a form writes them
MOST_FIELDS = 20
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
LOOKS, PRESSES = frozenset({"GET", "HEAD"}), "POST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: whether something is pressed, which part is looked at, and the fields that were filled in.

    `fault` names the text that says what is wrong with the form as a whole.
    """

    method: str
    part: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    known_as: str = ""  # If-None-Match

    @property
    def pressed(self) -> bool:
        """Whether this may change anything."""
        return self.method == PRESSES

    @property
    def not_understood(self) -> str:
        """What is wrong with a press of which nothing came; a press for what nobody knows is unreadable too."""
        return (self.fault or UNREADABLE) if self.pressed else ""

    @property
    def status(self) -> int:
        """The status of a page on which nothing was done."""
        return 200 if not self.pressed else 413 if self.fault == TOO_BIG else 400

    @property
    def do(self) -> str:
        """The action that a press asks for."""
        return self.form.get("do", "") if self.pressed else ""

    @property
    def turn(self) -> str:
        """Which form was pressed: a second press of the same is no second word."""
        given = self.form.get("turn", "0")
        return given if given.isascii() and given.isdigit() and len(given) <= 6 else "0"


def asked(method: str, part: str, media: str, body: bytes, known_as: str = "") -> Asked:
    """A request as its triggers give it."""
    if method != PRESSES:
        return Asked(method=method, part=part, known_as=known_as)
    if len(body) > BIGGEST:
        return Asked(method=method, fault=TOO_BIG)
    sort = media.partition(";")[0].strip().lower()
    try:
        if sort == FORM:
            told = _letters(body)
        elif sort == PARTS:
            told = _parts(media, body)
        else:
            return Asked(method=method, fault=UNREADABLE)
    except (ValueError, LookupError):
        return Asked(method=method, fault=UNREADABLE)
    return Asked(method=method, form=told)


def _letters(body: bytes) -> dict[str, str]:
    pairs = parse_qsl(
        body.decode("ascii"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS
    )
    return _first_of_each(pairs)


def _parts(media: str, body: bytes) -> dict[str, str]:
    """What a mail program posts for one-click unsubscribing (RFC 8058): parts, as of a mail."""
    header = b"Content-Type: " + media.encode("ascii") + b"\r\n\r\n"
    whole = message_from_bytes(header + body, policy=policy.HTTP)
    pairs = []
    for one in list(whole.iter_parts())[:MOST_FIELDS]:
        name = one.get_param("name", header="content-disposition")
        content = one.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            pairs.append((name, content.decode("utf-8", "replace")))
    return _first_of_each(pairs)


def _first_of_each(pairs: list[tuple[str, str]]) -> dict[str, str]:
    told: dict[str, str] = {}
    for name, value in pairs:
        told.setdefault(name, _harmless(value))
    return told


def _harmless(value: str) -> str:
    """Line by line without control signs or marks that turn the reading direction; no word is lost."""
    return "\n".join(plain.clean(line) for line in value.splitlines()).strip()
