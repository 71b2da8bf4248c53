"""What a press says: one statement, whose id is made of the link, the action and the form that was pressed.

So the same press twice is one statement, two people at once are two, and what was taken back can be said again.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from functions.pages.desk import Desk
from functions.saved import statement_back, statement_saved
from ledger.entries import StatementEntry
from models.facts import Said, Statement
from models.keys import short_key
from models.links import Pass, Purpose
from models.people import FORUM
from models.reps import partition_of
from models.statements import standing

PROVED = "signed link"
FORUM_REP = "Forum rep"
OF_REPS = frozenset({Purpose.CANT_OPEN, Purpose.CALL})
OF_THE_FORUM = frozenset({Purpose.REASON, Purpose.INTRODUCE}) | OF_REPS
HEALTH = ("nhs", "icb", "health")  # words in the names of roles that work for the NHS


def mark_of(link: Pass) -> str:
    """What the ids of one person's words about one thing begin with. It tells nobody who that is.

    A rep's begin with the rep's key, so that only who asked hears that it was seen to (models/asks.py).
    """
    mark = short_key(f"said\n{link.person}\n{link.group}\n{link.about}")[:10]
    return f"{partition_of(link.person)}/{mark}" if link.purpose in OF_REPS else mark


def own(link: Pass, statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """All that was said by whoever holds this link about its subject, taken back or not."""
    begins = f"{mark_of(link)}-"
    return tuple(one for one in statements if one.id.startswith(begins))


def turn_of(link: Pass, statements: Iterable[Statement]) -> str:
    """How often that person has spoken: what tells the forms of a page from those before them."""
    return str(len(own(link, statements)))


def last_word(link: Pass, statements: Sequence[Statement], sorts: frozenset[Said]) -> Statement | None:
    """The last thing of these sorts that this person said and that still stands."""
    mine = [one for one in own(link, standing(statements)) if one.said in sorts]
    return max(mine, key=lambda one: (one.at, one.id), default=None)


async def all_said(desk: Desk) -> tuple[Statement, ...]:
    """Everything that was said about the group of the link, what was taken back and the taking back too."""
    entries = await desk.watch.ledger.statements(desk.link.group)
    return tuple([statement_back(one.value) for one in entries])


def spoken(
    desk: Desk,
    said: Said,
    subject: str,
    *,
    promise: str = "",
    text: str = "",
    day: date | None = None,
    until: date | None = None,
    undoes: str = "",
) -> Statement:
    """The statement that this press makes."""
    link = desk.link
    told = (said, subject, text, day, until, undoes, desk.asked.turn)
    return Statement(
        said=said,
        promise=promise,
        subject=subject,
        text=text,
        role=FORUM_REP if link.purpose in OF_REPS else link.person,
        partner=partner_of(link),
        at=desk.now,
        until=until,
        id=f"{mark_of(link)}-{short_key(chr(10).join(map(str, told)))}",
        proved=PROVED,
        day=day,
        undoes=undoes,
    )


def taken_back(desk: Desk, one: Statement) -> Statement:
    """The statement that takes an earlier one back."""
    return spoken(desk, one.said, one.subject, promise=one.promise, undoes=one.id)


async def say(desk: Desk, one: Statement) -> None:
    """Write a statement down; one that is there already is left as it is."""
    entry = StatementEntry(one.id, one.at, statement_saved(one))
    await desk.watch.ledger.add_statements(desk.link.group, [entry])


def partner_of(link: Pass) -> str:
    """Which partner speaks by this link, by its page and by the name of the role."""
    words = link.person.casefold().split()
    if link.purpose in OF_THE_FORUM or FORUM in words:
        return FORUM
    return "NHS" if any(word in HEALTH for word in words) else "council"
