"""The card that thanks, in the channel that all partners share. It says only what went well."""

from collections.abc import Iterator

from models import spoken
from models.agreement import Agreement, CalendarTest, NoticeTest, PresentTest, Promise, WindowTest
from models.texts import Texts
from models.thanks import Thanks
from wording.cards.parts import Card, card


def thanks_card(texts: Texts, thanks: Thanks, agreement: Agreement, *, again: bool = False) -> Card:
    """The thanks of one month. A promise that was not kept every time is not mentioned; papers are counted."""
    month = f"{thanks.month:%B}"
    promises = [one for one in agreement.promises if one.id in thanks.kept and not one.forums_own]
    lines = [
        *_meetings(texts, thanks, promises, month),
        *_papers(texts, thanks, promises),
        texts.say("thanks.says"),
    ]
    return card(texts, texts.say("thanks.headline", month=month), [" ".join(lines)], again=again)


def _meetings(texts: Texts, thanks: Thanks, promises: list[Promise], month: str) -> Iterator[str]:
    """One sentence for what is true of all meetings, and one for each thing that only some have to keep."""
    found = sorted(_what(texts, thanks, promises).items(), reverse=True)
    if not found:
        yield texts.say("thanks.held", month=month, number=f"{thanks.meetings:,}")
    for place, (number, what) in enumerate(found):
        said = spoken.listed(what)
        if place:
            yield texts.say("thanks.some", number=f"{number:,}", what=said)
        elif number == 1 == thanks.meetings:
            yield texts.say("thanks.one", month=month, what=said)
        else:
            name = "thanks.all" if number == thanks.meetings else "thanks.promised"
            yield texts.say(name, month=month, number=f"{number:,}", what=said)


def _what(texts: Texts, thanks: Thanks, promises: list[Promise]) -> dict[int, list[str]]:
    """What was kept every time, by how many meetings had to."""
    found: dict[int, list[str]] = {}
    for promise in promises:
        kept, of = thanks.kept[promise.id]
        name = _phrase(promise)
        if name and kept == of > 0 and texts.say(name) not in found.get(of, []):
            found.setdefault(of, []).append(texts.say(name))
    return found


def _phrase(promise: Promise) -> str:
    match promise.test:
        case WindowTest():
            return "thanks.hours"
        case CalendarTest(inside="term"):
            return "thanks.terms"
        case PresentTest(item="venue"):
            return "thanks.venue"
    return ""


def _papers(texts: Texts, thanks: Thanks, promises: list[Promise]) -> Iterator[str]:
    for promise in promises:
        kept, of = thanks.kept[promise.id]
        if not isinstance(promise.test, NoticeTest) or promise.test.thing != "papers" or not kept:
            continue
        if kept < of:
            yield texts.say("thanks.papers_some", number=f"{kept:,}")
        elif of == 1:
            yield texts.say("thanks.papers_one")
        else:
            yield texts.say("thanks.papers_all", number=f"{of:,}")
