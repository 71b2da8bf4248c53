"""Mails to officers, the partnership manager and the forum's chair: the same pieces of news as on cards.

Whole without a press: what we see, what to do, how we know. One mail holds all that is due for one person.
"""

from collections.abc import Iterator, Sequence

from models.texts import Texts
from wording.mails.letter import Block, Heading, Letter, Points, Press, Words
from wording.pieces import Piece


def piece_letter(texts: Texts, pieces: Sequence[Piece], *, again: bool = False) -> Letter:
    """One mail for one person: a single piece in full, or several, each with its lines and its button."""
    blocks: list[Block] = []
    if len(pieces) == 1:
        [piece] = pieces
        subject = piece.headline
        blocks += [Heading(subject), *_again(texts, again), *_lines(piece), *_button(piece)]
        if piece.more:
            blocks += [Heading(texts.say("mail.how_we_know")), Points(piece.more)]
        if piece.reference:
            blocks.append(Words(piece.reference, small=True))
    else:
        subject = texts.say("ladder.several", number=f"{len(pieces):,}")
        blocks += [Heading(subject), *_again(texts, again)]
        for piece in pieces:
            blocks += [Heading(piece.headline), *_lines(piece), *_button(piece)]
    blocks += [Words(texts.say("mail.why"), small=True), Words(texts.say("mail.private"), small=True)]
    return Letter(subject, tuple(blocks))


def _lines(piece: Piece) -> Iterator[Block]:
    yield from (Words(line) for line in piece.lines if line)


def _button(piece: Piece) -> Iterator[Block]:
    if piece.press is not None:
        yield Press(*piece.press)


def _again(texts: Texts, again: bool) -> Iterator[Block]:  # noqa: FBT001 (it is asked and answered on this page)
    if again:
        yield Words(texts.say("mail.again"))
