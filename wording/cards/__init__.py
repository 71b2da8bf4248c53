"""Adaptive Cards for Teams: one headline, one ask, and the sum and clause behind *More*.

A card for officers is private to those who put the flow in their chat; a list for the partnership manager
goes to the manager alone; only thanks go to a channel that partners share. No card names a person.
"""

from wording.cards.alerts import alert_card
from wording.cards.ended import ended_card
from wording.cards.held import held_card, held_said
from wording.cards.managers import managers_card, managers_said
from wording.cards.parts import inert
from wording.cards.pieces import piece_card, round_up_card
from wording.cards.thanks import thanks_card

__all__ = [
    "alert_card",
    "ended_card",
    "held_card",
    "held_said",
    "inert",
    "managers_card",
    "managers_said",
    "piece_card",
    "round_up_card",
    "thanks_card",
]
