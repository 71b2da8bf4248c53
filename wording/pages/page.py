"""A page: what every one-tap page is built of, drawn as HTML that needs no script, no cookie and no eyes.

One column that a phone shows without zooming; buttons that a thumb finds; a fault stands beside its field and
in one list at the top. Words that people typed are harmless here, and keep their own direction.
"""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import ClassVar

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from models.texts import Texts
from wording.plain import PARAGRAPH, clean

LONGEST = 500  # letters that a person may write into one field


@dataclass(frozen=True, slots=True)
class Heading:
    """A few words over what follows."""

    kind: ClassVar[str] = "heading"
    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; a `small` one is an aside."""

    kind: ClassVar[str] = "words"
    words: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """Several short lines."""

    kind: ClassVar[str] = "points"
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What has just happened, or what stands now: it is read out first."""

    kind: ClassVar[str] = "notice"
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Go:
    """A link that looks like a button: what stands on it, and the page that it opens."""

    kind: ClassVar[str] = "go"
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Back:
    """A plain link to where somebody came from."""

    kind: ClassVar[str] = "back"
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Address:
    """An address to copy."""

    kind: ClassVar[str] = "address"
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting, what is known of it, and what can be done about it."""

    kind: ClassVar[str] = "meeting"
    title: str
    when: str
    lines: tuple[str, ...]
    goes: tuple[Go, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something to fill in: a `day`, a `text`, a `choice` of several, or a `tick`.

    `fault` says in one sentence what is wrong with what was given, and `value` keeps it.
    """

    sort: str
    name: str
    label: str
    hint: str = ""
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Fields and the button that sends them. `seen` says, before the press, who will see it.

    `do` is the action that the press asks for; `turn` tells a second press of the same form from a new one.
    """

    kind: ClassVar[str] = "form"
    do: str
    press: str
    seen: str = ""
    fields: tuple[Field, ...] = ()
    turn: str = "0"
    quiet: bool = False  # a way back, beside what the page is for


Block = Heading | Words | Points | Notice | Go | Back | Address | Meeting | Form


@dataclass(frozen=True, slots=True)
class Page:
    """One whole page, before anybody sees it. `of_one`: it is one person's own."""

    title: str
    blocks: tuple[Block, ...]
    of_one: bool = True

    @property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """Every fault, with the anchor of the field that it is about."""
        forms = (one for one in self.blocks if isinstance(one, Form))
        return tuple(
            (anchor(form, field), field.fault) for form in forms for field in form.fields if field.fault
        )


def anchor(form: Form, field: Field) -> str:
    """The name of a field on its page. Of a choice it is the first one's, which is where a finger should land."""
    return f"{form.do}-{field.name}" + ("-0" if field.sort == "choice" else "")


def page_html(page: Page, texts: Texts) -> str:
    """The whole page."""
    title = clean(page.title, PARAGRAPH)
    return _template().render(
        page=page,
        title=texts.say("page.fault_title", title=title) if page.faults else title,
        look_again=texts.say("page.faults"),
        foot=texts.say("page.foot") if page.of_one else "",
        language=texts.language,
        css=_css(),
    )


def policy() -> str:
    """What a browser may do with a page of ours: show it in our own style, and send its form back to us."""
    digest = b64encode(sha256(_css().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def _lines(words: str) -> Iterator[str]:
    """Each line that somebody wrote, safe to show."""
    return (clean(line, PARAGRAPH) for line in words.splitlines() if line.strip())


@cache
def _css() -> str:
    loader = _environment().loader
    assert loader is not None  # noqa: S101 (it was given just below)
    return "\n" + loader.get_source(_environment(), "page.css")[0]


@cache
def _template() -> Template:
    return _environment().get_template("page.html.j2")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("wording", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["safe_words"] = lambda words: clean(words, PARAGRAPH + 200)
    made.filters["paragraphs"] = lambda words: list(_lines(words))
    return made
