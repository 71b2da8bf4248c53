"""What a page answers with: a status, headers that guard whoever reads it, and bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from models.texts import Texts
from wording.pages.page import Page, page_html, policy
from wording.pages.parts import bad_link, busy, wrong_method

HTML = "text/html; charset=utf-8"
METHODS = "GET, HEAD, POST"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `touched` is the message that has the group read again, where somebody said something."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    touched: str = field(default="", kw_only=True)


@cache
def guarding() -> Mapping[str, str]:
    """The headers of every answer: kept nowhere, told nowhere, found nowhere, framed nowhere, and no script."""
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy(),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
    }


def drawn(page: Page, texts: Texts, status: int = 200, *, touched: str = "", **more: str) -> Answer:
    """A page as an answer."""
    headers = {"Content-Type": HTML, **guarding(), **more}
    return Answer(status, headers, page_html(page, texts).encode(), touched=touched)


@cache
def _shipped() -> Texts:
    """The words as we ship them: the only ones at hand before anything is looked up."""
    from functions.files.shipped import WORDING
    from reading.texts import read_texts

    return read_texts(None, WORDING).texts


@cache
def nobodys() -> Answer:
    """The one answer to every link that opens nothing, whatever the reason: the same bytes for all of them."""
    return drawn(bad_link(_shipped()), _shipped(), 404)


@cache
def not_now() -> Answer:
    """The set-up can't be used, or what is remembered can't be reached."""
    return Answer(503, {**_busy("").headers, "Retry-After": "300"}, _busy("").body)


def not_saved(wrote: str) -> Answer:
    """The same after a press: what somebody wrote is given back, so that nothing of it is lost."""
    return Answer(503, {**_busy("").headers, "Retry-After": "300"}, _busy(wrote).body)


@cache
def no_such_method() -> Answer:
    """Only looking and pressing are possible, of any link."""
    return _allowing(drawn(wrong_method(_shipped()), _shipped(), 405))


def without_body(answer: Answer) -> Answer:
    """The same to somebody who asked for the headers alone."""
    return Answer(answer.status, answer.headers, touched=answer.touched)


def _busy(wrote: str) -> Answer:
    return drawn(busy(_shipped(), wrote), _shipped(), 503)


def _allowing(answer: Answer) -> Answer:
    return Answer(answer.status, {**answer.headers, "Allow": METHODS}, answer.body)
