"""A story told as one web page: chapter by chapter what happened, what was done about it, and who heard what.

Made for the demo: no script, nothing fetched, readable on a phone, on paper and aloud. The cards stand in
it as Teams would show them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from models import spoken
from models.days import LONDON
from wording import plain
from wording.card_html import card_html


@dataclass(frozen=True, slots=True)
class CardSeen:
    """One card as somebody got it: where ("the officers' chat"), when (aware), and the file that holds it."""

    to: str
    at: datetime
    card: Mapping[str, Any]
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSeen:
    """One mail as somebody got it: whose role it was for, when (aware), its words, and the file that shows it."""

    to: str
    at: datetime
    subject: str
    text: str
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """One page that somebody opened from a mail: whose role, what it was, and the file that holds it."""

    of: str
    what: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A stretch of days: what happened (paragraphs, plain text), what was done, and what people got and opened."""

    title: str
    first: date
    last: date
    happened: Sequence[str]
    done: Sequence[str]
    cards: Sequence[CardSeen] = ()
    mails: Sequence[MailSeen] = ()
    pages: Sequence[PageSeen] = ()

    @property
    def heard(self) -> Sequence[CardSeen | MailSeen]:
        """Cards and mails in the order in which they came."""
        return sorted((*self.cards, *self.mails), key=lambda one: one.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A whole story: its title, what it is about, its chapters, figures, and files to look at (name, what it is).

    `invented` says at the foot that everybody in it is made up.
    """

    title: str
    about: Sequence[str]
    chapters: Sequence[Chapter]
    figures: Sequence[tuple[str, str]] = ()
    files: Sequence[tuple[str, str]] = ()
    invented: bool = True


def story_page(story: Story) -> str:
    """The whole page. Every word is escaped; the cards' own words are cleaned as well."""
    return _template().render(
        story=story,
        plain=plain,
        spoken=spoken,
        days=days,
        when=_when,
        card_html=card_html,
        mail_words=mail_words,
    )


def mail_words(text: str) -> str:
    """A mail's words, line by line. A link is named by the line before it; its long address is left out."""
    told = [plain.clean(line, plain.PARAGRAPH) for line in text.splitlines()]
    return "\n".join(line for line in told if not line.startswith("https://") and set(line) != {"-"}).strip()


def days(first: date, last: date) -> str:
    """One day in full, or the first and last of several: Tuesday 10 to Wednesday 11 November 2026."""
    if first == last:
        return spoken.day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%A} {first.day} to {spoken.day(last)}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first:%A} {first.day} {first:%B}{year} to {spoken.day(last)}"


def _when(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{plain.short_day(local.date())}, {spoken.clock(local.time())}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("wording", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("story.html.j2")
