"""The card that tells those who heard of an alert that it is over, and how."""

from models.alerts import Alert
from models.texts import Texts
from wording.cards.parts import Card
from wording.cards.pieces import piece_card
from wording.pieces import ended_piece


def ended_card(texts: Texts, alert: Alert, title: str, *, again: bool = False) -> Card:
    """The card for an alert that is over; `title` names the meeting or series. KeyError while it stands."""
    return piece_card(texts, ended_piece(texts, alert, title), again=again)
