"""What every card is built of: a headline, a few lines, and the rest behind *More*.

Only what Teams draws everywhere (phones drop tables and newer parts): schema 1.5, one column, text that
wraps, a plain-text fallback.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.texts import Texts
from wording import plain

VERSION = "1.5"  # the most that Teams takes; phones drop a card that names none or more
FALLBACK = 500  # letters; what a notice on a locked phone could show
MARKUP = 100  # bytes that a line of text costs beside its own words

Card = dict[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a card: a heading, or words that stand close to the line above."""

    words: str
    heading: bool = False
    close: bool = False

    def drawn(self) -> Card:
        """The paragraph as Teams draws it."""
        bold = {"weight": "Bolder"} if self.heading else {}
        close = {"spacing": "Small"} if self.close else {}
        return text(self.words, **bold, **close)


@dataclass(frozen=True, slots=True)
class Said:
    """What a card says before it is one: its headline, its lines, and what stands behind *More*."""

    headline: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...] = ()


def card(
    texts: Texts, headline: str, lines: Sequence[Line | str], more: Sequence[Line | str] = (), *, again: bool
) -> Card:
    """A card: its headline, its lines, and what is shown when somebody presses *More*.

    `again` says that an earlier card may have arrived.
    """
    said = _lines([*lines, *([texts.say("card.again")] if again else [])])
    body = [text(headline, weight="Bolder", size="Medium"), *(line.drawn() for line in said)]
    actions: list[Card] = []
    if more:
        hidden = [line.drawn() for line in _lines(more)]
        apart = {"separator": True, "spacing": "Medium"}
        body.append({"type": "Container", "id": "more", "isVisible": False, **apart, "items": hidden})
        title = texts.say("card.more")
        actions.append({"type": "Action.ToggleVisibility", "title": title, "targetElements": ["more"]})
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": VERSION,
        "fallbackText": plain.clean(_spoken(headline, said), FALLBACK),
        "body": body,
        **({"actions": actions} if actions else {}),
    }


def text(words: str, **look: str) -> Card:
    """One paragraph, safe to show: one line of words that are nothing but words."""
    return {"type": "TextBlock", "text": inert(plain.clean(words, plain.PARAGRAPH)), "wrap": True, **look}


def inert(words: str) -> str:
    """Words that a card shows as they are: the marks that Teams reads as markdown are made harmless."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", words)


def fitting(lines: Iterable[Line], room: int) -> list[Line]:
    """As many of the lines, from the first, as fit into so many bytes of a card; no heading comes last."""
    taken: list[Line] = []
    for line in lines:
        room -= len(inert(plain.clean(line.words, plain.PARAGRAPH)).encode()) + MARKUP
        if room < 0:
            break
        taken.append(line)
    while taken and taken[-1].heading:
        taken.pop()
    return taken


def _lines(lines: Iterable[Line | str]) -> list[Line]:
    said = (line if isinstance(line, Line) else Line(line) for line in lines)
    return [line for line in said if line.words]


def _spoken(headline: str, said: Sequence[Line]) -> str:
    """The card in one breath, each of its lines a sentence."""
    return " ".join(plain.sentence(words) for words in [headline, *(line.words for line in said)])
