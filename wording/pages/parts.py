"""What several pages hold: what people said, who sees what, and the fields that ask for a day or a few words."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from models import spoken
from models.days import LONDON
from models.facts import Said, Statement
from models.texts import Texts
from wording import plain
from wording.pages.page import LONGEST, Block, Field, Form, Heading, Notice, Page, Points, Words

SAID = {
    Said.REASON: "page.said_reason",
    Said.AGREED_CHANGE: "page.said_change",
    Said.IN_HAND: "page.said_hand",
    Said.CONTEST: "page.said_wrong",
    Said.STANDS: "page.said_stands",
    Said.OUR_MISTAKE: "page.said_mistake",
    Said.NOT_HERE: "page.said_not_here",
    Said.SENT: "page.said_sent",
    Said.NONE_THIS_TIME: "page.said_none",
    Said.COMING_ON: "page.said_coming",
    Said.AGREE: "page.said_agree",
    Said.NOT_THIS_TIME: "page.said_not_this",
    Said.WE_ASKED: "page.said_asked",
    Said.CANT_OPEN: "page.said_open",
    Said.CALL_WANTED: "page.said_call",
}
Values = Mapping[str, str]
Faults = Mapping[str, str]
"""By the name of a field: what was given, and what is wrong with it in one sentence."""


def what_was_said(texts: Texts, one: Statement) -> str:
    """The words of a statement as they stand on a page."""
    words = plain.sentence(plain.clean(one.text, plain.PARAGRAPH)) if one.text.strip() else ""
    told = texts.say(SAID[one.said], reason=words, day=spoken.day(one.day) if one.day else "").strip()
    if one.until is not None and one.said is not Said.IN_HAND:
        return texts.say("page.said_until", what=told, day=spoken.day(one.until))
    return told


def said(texts: Texts, statements: Iterable[Statement]) -> Iterator[Block]:
    """Everything that stands, oldest first: by roles, never by names."""
    lines = tuple(
        texts.say(
            "page.said_by",
            who=plain.clean(one.role, plain.LINE),
            when=spoken.day(one.at.astimezone(LONDON).date()),
            what=what_was_said(texts, one),
        )
        for one in statements
    )
    if lines:
        yield Heading(texts.say("page.said"))
        yield Points(lines)


def undoing(texts: Texts, turn: str, press: str = "page.undo") -> Form:
    """The way back from one's own word."""
    return Form(do="undo", press=texts.say(press), turn=turn, quiet=True)


def day_field(
    texts: Texts, values: Values, faults: Faults, example: date, *, first: date | None = None
) -> Field:
    """Asks for one day; `first` is filled in where nothing was given yet."""
    return Field(
        sort="day",
        name="day",
        label=texts.say("page.field_day"),
        hint=texts.say("page.hint_day", day=spoken.day(example)),
        value=values.get("day", first.isoformat() if first else ""),
        fault=faults.get("day", ""),
    )


def words_field(
    texts: Texts, label: str, values: Values, faults: Faults, *, may_be_empty: bool = False
) -> Field:
    """Asks for a few words."""
    hint = "page.hint_may" if may_be_empty else "page.hint_words"
    return Field(
        sort="text",
        name="text",
        label=texts.say(label),
        hint=texts.say(hint, most=f"{LONGEST}"),
        value=values.get("text", ""),
        fault=faults.get("text", ""),
    )


def bad_link(texts: Texts) -> Page:
    """One page for every link that is nobody's: made up, cut short, swapped, too old, ended."""
    return _nobodys(texts, "page.bad", Words(texts.say("page.bad_says")), Words(texts.say("page.bad_do")))


def busy(texts: Texts, wrote: str = "") -> Page:
    """The program can't answer now. What somebody wrote is given back."""
    kept = (Words(texts.say("page.wrote")), Words(wrote)) if wrote else ()
    return _nobodys(texts, "page.busy", Words(texts.say("page.busy_says")), *kept)


def wrong_method(texts: Texts) -> Page:
    """Only looking and pressing are possible."""
    return _nobodys(texts, "page.method", Words(texts.say("page.method_says")))


def _nobodys(texts: Texts, name: str, *blocks: Block) -> Page:
    return Page(texts.say(name), blocks, of_one=False)


def told_off(texts: Texts, fault: str) -> tuple[Block, ...]:
    """What was wrong with a whole form rather than with one of its fields."""
    return (Notice((texts.say(fault, most=f"{LONGEST}"),)),) if fault else ()
