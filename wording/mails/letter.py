"""A letter: what every mail is built of, written twice, as plain text and as HTML of the plainest kind.

No picture, no tracking, no script, no colour that carries a meaning. One column that a phone shows without
zooming; links that look like buttons are far enough apart for a thumb. Words that people typed are harmless in both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from wording.plain import PARAGRAPH, clean

SUBJECT = 150  # letters; a phone shows forty of them

BODY = (
    "margin:0;padding:16px;background:#ffffff;color:#1a1a1a;"
    "font-family:Arial,Helvetica,sans-serif;font-size:17px;line-height:1.5"
)
COLUMN = "max-width:36em"
HEADING = "font-size:20px;line-height:1.3;margin:24px 0 8px"
WORDS = "margin:0 0 12px"
LIST = "margin:0 0 12px;padding-left:20px"
BUTTON = (
    "display:inline-block;padding:12px 16px;margin:0 8px 8px 0;border:2px solid #1a4f8b;border-radius:4px;"
    "color:#1a4f8b;background:#ffffff;font-weight:bold;text-decoration:none"
)
SMALL = "margin:0 0 8px;font-size:15px;color:#444444"


@dataclass(frozen=True, slots=True)
class Heading:
    """A few words over what follows."""

    words: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; a `small` one stands at the foot."""

    words: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """Several short lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Press:
    """A link that opens a page of ours: what stands on it, and its address."""

    words: str
    address: str


Block = Heading | Words | Points | Press


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail before anybody's address is on it."""

    subject: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The subject as one line that is safe in a header."""
        return clean(self.subject, SUBJECT)


def letter_text(letter: Letter) -> str:
    """The letter as plain text; a link stands on a line of its own, so that every program finds its end."""
    return "\n\n".join(_told(letter.blocks)) + "\n"


def letter_html(letter: Letter, language: str = "en") -> str:
    """The letter as a whole HTML page without anything that must be fetched."""
    inside = Markup("\n").join(_drawn(letter.blocks))
    return str(
        Markup(
            '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1"><title>{}</title></head>\n'
            '<body style="{}"><div style="{}">\n{}\n</div></body></html>\n'
        ).format(language, letter.title, BODY, COLUMN, inside)
    )


def _told(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(words):
                said = clean(words, PARAGRAPH)
                yield f"{said}\n{'-' * min(len(said), 60)}"
            case Words(words):
                yield clean(words, PARAGRAPH)
            case Points(lines):
                yield "\n".join(f"- {clean(line, PARAGRAPH)}" for line in lines)
            case Press(words, address):
                yield f"{clean(words)}:\n{address}"


def _drawn(blocks: Sequence[Block]) -> Iterator[Markup]:
    for place, block in enumerate(blocks):
        match block:
            case Heading(words):
                tag = "h1" if not place else "h2"
                yield Markup("<{} style='{}'>{}</{}>").format(tag, HEADING, clean(words, PARAGRAPH), tag)
            case Words(words, small):
                style = SMALL if small else WORDS
                yield Markup('<p style="{}">{}</p>').format(style, clean(words, PARAGRAPH))
            case Points(lines):
                items = Markup("").join(Markup("<li>{}</li>").format(clean(one, PARAGRAPH)) for one in lines)
                yield Markup('<ul style="{}">{}</ul>').format(LIST, items)
            case Press(words, address):
                yield Markup('<p style="margin:0"><a style="{}" href="{}">{}</a></p>').format(
                    BUTTON, escape(address), clean(words)
                )
