"""Mails with the partnership manager's list and with what is held, in the words of the cards."""

from collections.abc import Iterable, Iterator

from models.texts import Texts
from wording.cards.parts import Line, Said
from wording.mails.letter import Block, Heading, Letter, Points, Words


def managers_letter(texts: Texts, said: Said, *, again: bool = False) -> Letter:
    """All that stands on the card, and what is behind *More* below it."""
    blocks: list[Block] = [Heading(said.headline)]
    if again:
        blocks.append(Words(texts.say("mail.again")))
    blocks += _blocks([*said.lines, *said.more])
    blocks.append(Words(texts.say("mail.why"), small=True))
    return Letter(said.headline, tuple(blocks))


def _blocks(lines: Iterable[Line]) -> Iterator[Block]:
    """Lines that stand close together are points of one list."""
    close: list[str] = []
    for line in (one for one in lines if one.words):
        if close and not line.close:
            yield Points(tuple(close))
            close = []
        if line.heading:
            yield Heading(line.words)
        elif line.close:
            close.append(line.words)
        else:
            yield Words(line.words)
    if close:
        yield Points(tuple(close))
