"""What is wrong with something that was filled in, in one sentence each; empty where nothing is."""

from datetime import date, timedelta

from models import spoken
from models.texts import Texts
from wording.pages.page import LONGEST
from wording.plain import clean

UNREADABLE, TOO_BIG = "page.fault_form", "page.fault_big"  # of a form as a whole
FAR = timedelta(days=366)


def of_words(texts: Texts, text: str, *, needed: bool = False) -> str:
    """Of what somebody wrote: more than a page holds, or nothing where something is needed."""
    if len(text) > LONGEST:
        return texts.say("page.fault_long", number=f"{len(text):,}", most=f"{LONGEST}")
    return texts.say("page.fault_words") if needed and not clean(text) else ""


def of_day(texts: Texts, day: date | None, today: date, *, ahead: bool | None) -> str:
    """Of a day that must be ahead (True), must not be (False), or may be either."""
    if day is None:
        return texts.say("page.fault_day", day=spoken.day(today))
    if abs(day - today) > FAR:
        return texts.say("page.fault_far")
    if ahead is True and day < today:
        return texts.say("page.fault_not_past")
    return texts.say("page.fault_not_ahead") if ahead is False and day > today else ""


def of_choice(texts: Texts, given: str, choices: set[str]) -> str:
    """Of one to be picked out of several."""
    return "" if given in choices else texts.say("page.fault_pick")


def of_fetching(texts: Texts) -> str:
    """Of a calendar that is fetched far too often."""
    return texts.say("page.feed_often")
