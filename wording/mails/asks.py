"""What forum reps ask for, as the officer hears it, and the manager if nobody could see to it; by role alone.

And the one question to the forum's chair, before any rep gets a mail.
"""

from collections.abc import Sequence
from datetime import datetime

from models import spoken
from models.days import LONDON
from models.facts import Said
from models.texts import Texts
from wording.mails.letter import Block, Heading, Letter, Points, Press, Words
from wording.plain import clean

NAME = 70  # letters of a meeting's title in a sentence


def ask_letter(
    texts: Texts, said: Said, title: str, starts: datetime | None, number: int, *, again: bool = False
) -> Letter:
    """To the officer of the group: what a rep asks for, and what would help."""
    subject, lines = _asked(texts, said, title, starts, number)
    blocks: list[Block] = [Heading(subject)]
    if again:
        blocks.append(Words(texts.say("ask.again")))
    helps = texts.say("ask.cant_open_asks") if said is Said.CANT_OPEN else texts.say("ask.call_asks")
    blocks += [*(Words(one) for one in lines), Words(helps), Words(texts.say("ask.next"), small=True)]
    return Letter(subject, tuple(blocks))


def ask_passed_on(
    texts: Texts,
    said: Said,
    title: str,
    starts: datetime | None,
    number: int,
    *,
    told: datetime | None,
    again: bool = False,
) -> Letter:
    """To the partnership manager: what a rep asked for, and that we can't see that anybody saw to it."""
    subject, lines = _asked(texts, said, title, starts, number)
    blocks: list[Block] = [Heading(subject)]
    if again:
        blocks.append(Words(texts.say("ask.again")))
    if told is None:
        since = texts.say("ask.nobody_told")
    else:
        local = told.astimezone(LONDON)
        since = texts.say("ask.told_on", when=spoken.moment(local))
    blocks += [*(Words(one) for one in lines), Words(since), Words(texts.say("ask.manager_asks"))]
    return Letter(subject, tuple(blocks))


def introduction(texts: Texts, groups: Sequence[str], address: str) -> Letter:
    """To the forum's chair: what reps would get, and a link to let it begin."""
    return Letter(
        texts.say("introduce.subject"),
        (
            Heading(texts.say("introduce.subject")),
            Words(texts.say("introduce.says", groups=spoken.listed([clean(one, NAME) for one in groups]))),
            Points(
                (
                    texts.say("introduce.what_weekly"),
                    texts.say("introduce.what_at_once"),
                    texts.say("introduce.what_never"),
                )
            ),
            Words(texts.say("introduce.asks")),
            Press(texts.say("introduce.press"), address),
            Words(texts.say("introduce.nothing_before"), small=True),
        ),
    )


def _asked(
    texts: Texts, said: Said, title: str, starts: datetime | None, number: int
) -> tuple[str, list[str]]:
    name = clean(title, NAME)
    about = name if starts is None else texts.say("ask.about", title=name, when=spoken.moment(starts))
    if said is Said.CANT_OPEN:
        subject, line = (
            texts.say("ask.cant_open_subject", title=name),
            texts.say("ask.cant_open", about=about),
        )
    else:
        subject, line = texts.say("ask.call_subject", title=name), texts.say("ask.call", about=about)
    several = [texts.say("ask.several", number=str(number))] if number > 1 else []
    return subject, [line, *several]
