"""Cards made of pieces of news: one piece as a card of its own, or several in a round-up."""

from collections.abc import Sequence

from models.texts import Texts
from wording.cards.parts import Card, Line, card
from wording.pieces import Piece


def piece_card(texts: Texts, piece: Piece, *, again: bool = False) -> Card:
    """One piece: its headline, its lines, *More*, and the button where there is a page to open."""
    more = [*piece.more, *([piece.reference] if piece.more and piece.reference else [])]
    made = card(texts, piece.headline, piece.lines, more, again=again)
    return _with_button(made, piece)


def round_up_card(texts: Texts, pieces: Sequence[Piece], *, again: bool = False) -> Card:
    """Several pieces that were due at one moment: each with its headline, its lines and its button."""
    headline = texts.say("ladder.several", number=f"{len(pieces):,}")
    made = card(texts, headline, [Line(one.headline) for one in pieces], again=again)
    body: list[Card] = list(made["body"])[:1]  # type: ignore[call-overload]
    if again:
        body.append(Line(texts.say("card.again")).drawn())
    body += [_part(one) for one in pieces]
    return {**made, "body": body}


def _part(piece: Piece) -> Card:
    lines = [Line(piece.headline, heading=True), *(Line(words, close=True) for words in piece.lines if words)]
    items = [line.drawn() for line in lines]
    if piece.press:
        items.append({"type": "ActionSet", "spacing": "Small", "actions": [_button(*piece.press)]})
    return {"type": "Container", "separator": True, "spacing": "Medium", "items": items}


def _with_button(made: Card, piece: Piece) -> Card:
    if piece.press is None:
        return made
    rest: list[Card] = list(made.get("actions", []))  # type: ignore[call-overload]
    return {**made, "actions": [_button(*piece.press), *rest]}


def _button(words: str, address: str) -> Card:
    return {"type": "Action.OpenUrl", "title": words, "url": address}
