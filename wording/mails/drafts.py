"""The mail that brings both chairs the draft of a quarter's report: the same words to both."""

from models.quarters import Quarter
from models.texts import Texts
from wording.mails.letter import Block, Heading, Letter, Points, Words


def draft_letter(texts: Texts, quarter: Quarter, *, again: bool = False) -> Letter:
    """What it is, what to do with it, and who else has it; the report itself is the file that goes with it."""
    headline = texts.say("draft.headline", months=quarter.spoken)
    blocks: list[Block] = [
        Heading(headline),
        *([Words(texts.say("mail.again"))] if again else []),
        Words(texts.say("draft.says")),
        Points((texts.say("draft.comments"), texts.say("draft.questions"), texts.say("draft.reply"))),
        Words(texts.say("draft.both"), small=True),
    ]
    return Letter(headline, tuple(blocks))
