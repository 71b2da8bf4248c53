"""The card that tells those who heard of an alert that it is over, and how."""

from models.alerts import Alert
from models.texts import Texts
from wording.cards.parts import Card, card
from wording.ended_words import ended_line, ended_says


def ended_card(texts: Texts, alert: Alert, title: str, *, again: bool = False) -> Card:
    """The card for an alert that is over; `title` names the meeting or series. KeyError while it stands."""
    return card(texts, ended_line(texts, alert, title), [ended_says(texts, alert)], again=again)
