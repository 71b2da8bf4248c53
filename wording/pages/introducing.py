"""The page on which the forum's chair lets the first mails to reps begin."""

from datetime import date

from models import spoken
from models.texts import Texts
from wording.pages.page import Block, Form, Notice, Page, Points, Words
from wording.pages.parts import told_off, undoing

GETS = ("page.intro_week", "page.intro_once", "page.intro_own")


def introducing(texts: Texts, since: date | None, turn: str, *, done: str = "", fault: str = "") -> Page:
    """What reps will get, and *Yes, start*; once they have begun, since when."""
    blocks: list[Block] = [*told_off(texts, fault)]
    if done:
        blocks.append(Notice((texts.say("page.intro_stopped" if done == "undo" else "page.intro_done"),)))
    if since is not None:
        blocks.append(Words(texts.say("page.intro_since", day=spoken.day(since))))
    blocks.append(Words(texts.say("page.intro_says")))
    blocks.append(Points(tuple(texts.say(name) for name in GETS)))
    if since is None:
        seen = texts.say("page.intro_seen")
        blocks.append(Form(do="start", press=texts.say("page.intro_press"), seen=seen, turn=turn))
    else:
        blocks.append(undoing(texts, turn))
    return Page(texts.say("page.intro"), tuple(blocks))
