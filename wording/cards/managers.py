"""The card with the partnership manager's list: counts and questions at once, every line behind *More*."""

from models.agreement import Agreement
from models.texts import Texts
from wording import managers_list, plain
from wording.cards.listed import behind, cut
from wording.cards.parts import Card, Line, Said, card
from wording.needs_you import NeedsYou

MOST_QUESTIONS = 5
ROOM = 3_000  # bytes for questions


def managers_card(texts: Texts, needs: NeedsYou, agreement: Agreement, *, again: bool = False) -> Card:
    """The manager's list: what we see by group, what fits no group, what needs an answer, and what to do."""
    said = managers_said(texts, needs, agreement)
    return card(texts, said.headline, said.lines, said.more, again=again)


def managers_said(texts: Texts, needs: NeedsYou, agreement: Agreement) -> Said:
    """The same before it is a card or a mail."""
    totals = managers_list.totals(texts, needs)
    questions = [Line(plain.sentence(question)) for question in needs.questions]
    lines = [
        Line(managers_list.standing(texts, needs)),
        *(Line(words, close=number > 0) for number, words in enumerate(totals)),
        *([Line(texts.say("manager.questions"), heading=True)] if questions else []),
        *cut(texts, questions, MOST_QUESTIONS, ROOM),
        *([Line(texts.say("manager.asks"), heading=True)] if needs.number else []),
        *map(Line, managers_list.asks(texts, needs)),
    ]
    parts = managers_list.parts(texts, needs, agreement)
    more = [*behind(texts, parts), *([Line(told)] if (told := managers_list.quiet(texts, needs)) else [])]
    return Said(managers_list.headline(texts, needs), tuple(lines), tuple(more))
