"""The card for an alert that stands: what we can see, what to do, and behind *More* how we know."""

from collections.abc import Sequence
from datetime import date

from models.agreement import Promise
from models.alerts import Alert
from models.findings import Finding
from models.texts import Texts
from wording.cards.parts import Card
from wording.cards.pieces import piece_card
from wording.pieces import alert_piece


def alert_card(
    texts: Texts,
    alert: Alert,
    findings: Sequence[Finding],
    promise: Promise,
    *,
    papers_due: date | None = None,
    answer: str = "",
    again: bool = False,
) -> Card:
    """The card for an alert that stands; see `alert_piece` for what it is made from."""
    piece = alert_piece(texts, alert, findings, promise, papers_due=papers_due, answer=answer)
    return piece_card(texts, piece, again=again)
