"""How one setting must look: addresses, a site, times of day. Each fault is half a sentence with its cure in it."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

from models.links import keys_in
from models.telling import Hours
from reading.written_times import read_time

__all__ = [
    "ClientState",
    "DeliveryTimes",
    "GraphAddress",
    "LedgerAddress",
    "MailAddress",
    "SecretAddress",
    "SigningKeys",
    "SiteAddress",
    "WebAddress",
    "hours_in",
]

SHORTEST_KEY, MOST_KEYS = 32, 3  # letters of a signing key; the present one and two before it
SHORTEST_WORD, LONGEST_WORD = 32, 128  # letters of the client state
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
ANY_TIME = "any"
_HALF_OF_DAY = re.compile(r"\s+(?=[ap]\.?m\b)", re.IGNORECASE)


def hours_in(text: str) -> Hours:
    """The times of day at which cards leave, London time; ValueError where one can't be.

    "any" is any minute of a working day while people may be told at all.
    """
    if text.strip().casefold() == ANY_TIME:
        return Hours(times=())
    times = tuple(sorted(set(_times_in(text))))
    if not times:
        raise ValueError("must have a time of day such as 9:15, or several with blanks between, or 'any'")
    return Hours(times=times)


def _times_in(text: str) -> Iterator[time]:
    whole_day = Hours()
    for word in _HALF_OF_DAY.sub("", text).replace(",", " ").split():
        at = read_time(word)
        if at is None:
            raise ValueError("must be times of day such as 9:15 13:15, or 'any'")
        if not whole_day.opens <= at < whole_day.closes:
            raise ValueError("must lie between 8:00 and 18:00, because nobody is told anything outside them")
        yield at


def _delivery_times(text: str) -> str:
    hours_in(text)
    return text


def _web_address(text: str) -> str:
    """Only https, but for this machine itself, where the emulator may run without."""
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # half an IPv6 address, a port that is no number
        whole = False
    if not whole:
        raise ValueError("must be an address that begins with https://")
    if parts.scheme == "http" and parts.hostname not in THIS_MACHINE:
        raise ValueError("must begin with https://, because http can be read on the way")
    return text.rstrip("/")


def _graph_address(text: str) -> str:
    """Graph's address ends with its version; people leave that out."""
    address = _web_address(text)
    return address if urlsplit(address).path else f"{address}/v1.0"


def _secret_address(secret: SecretStr) -> SecretStr:
    _web_address(secret.get_secret_value())
    return secret


def _ledger_address(text: str) -> str:
    if text.startswith("sqlite:///"):
        return text
    if urlsplit(text).scheme in ("https", "http"):
        return _web_address(text)
    raise ValueError("must be sqlite:/// and a path, or the https address of Azure Tables")


def _mail_address(text: str) -> str:
    name, at, host = text.partition("@")
    if not (name and at and host) or any(letter.isspace() for letter in text):
        raise ValueError("must be a mail address, such as send.partnership@council.example")
    return text.lower()


def _site_address(text: str) -> str:
    if "/" not in text and text.count(",") != 2:
        raise ValueError("must be the site's address, such as https://council.sharepoint.com/sites/send")
    return text.rstrip("/")


def _signing_keys(keys: SecretStr) -> SecretStr:
    """The present key and those before it; none of them is shown."""
    found = keys_in(keys.get_secret_value())
    if not found or any(len(key) < SHORTEST_KEY for key in found):
        raise ValueError(
            f"must have {SHORTEST_KEY} letters or more in each key: 'provision --rotate' makes one"
        )
    if len(found) > MOST_KEYS:
        raise ValueError(
            f"must hold at most {MOST_KEYS} keys, the present one first: take away the last ones"
        )
    if len(set(found)) < len(found):
        raise ValueError("holds the same key twice: take one away")
    return keys


def _client_state(word: SecretStr) -> SecretStr:
    """Graph takes no longer one (facts: graph §2), and a sign that it spells otherwise would never match.

    A shorter one could be guessed by somebody who tries.
    """
    said = word.get_secret_value()
    fits = SHORTEST_WORD <= len(said) <= LONGEST_WORD
    if not fits or not said.isascii() or not said.isprintable() or " " in said:
        raise ValueError(
            f"must have {SHORTEST_WORD} to {LONGEST_WORD} plain letters and digits, and no blank: "
            "'provision --rotate' makes one"
        )
    return word


WebAddress = Annotated[str, AfterValidator(_web_address)]
GraphAddress = Annotated[str, AfterValidator(_graph_address)]
SecretAddress = Annotated[SecretStr, AfterValidator(_secret_address)]
LedgerAddress = Annotated[str, AfterValidator(_ledger_address)]
MailAddress = Annotated[str, AfterValidator(_mail_address)]
SiteAddress = Annotated[str, AfterValidator(_site_address)]
DeliveryTimes = Annotated[str, AfterValidator(_delivery_times)]
ClientState = Annotated[SecretStr, AfterValidator(_client_state)]
SigningKeys = Annotated[SecretStr, AfterValidator(_signing_keys)]
