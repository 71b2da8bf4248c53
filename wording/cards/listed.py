"""A long list on a card: a fair share of each part, the rest counted, never more than a card holds."""

from collections.abc import Sequence

from models.texts import Texts
from wording.cards.parts import Line, fitting
from wording.managers_list import Part

MOST_LINES = 20  # told in full; the rest are counted
ROOM = 8_000  # bytes; with the rest of a card it stays below 18 KB


def behind(texts: Texts, parts: Sequence[Part]) -> list[Line]:
    """Every part with its heading, so that a long one leaves room for the others."""
    each = max(1, MOST_LINES // max(1, len(parts)))
    lines: list[Line] = []
    for part in parts:
        lines.append(Line(part.heading, heading=True))
        lines += cut(texts, [Line(words, close=True) for words in part.lines], each, ROOM)
    return fitting(lines, ROOM)


def cut(texts: Texts, lines: Sequence[Line], most: int, room: int) -> list[Line]:
    """The first lines, and how many there are beside them."""
    taken = fitting(lines[:most], room)
    left = len(lines) - len(taken)
    rest = [Line(texts.say("card.rest", number=f"{left:,}"), close=lines[0].close)] if left else []
    return [*taken, *rest]
