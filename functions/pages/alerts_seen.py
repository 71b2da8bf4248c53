"""An alert as the ledger has it, with what people said of it: what the pages about alerts begin with."""

from dataclasses import replace
from datetime import timedelta

from functions.pages.desk import Desk
from functions.pages.said import all_said, last_word, own, say, taken_back
from functions.saved import alert_back, findings_back
from models.facts import Said, Statement
from models.papers_said import PeopleSaid
from models.statements import standing
from wording.alert_words import known_promise
from wording.pages.about_alerts import AlertSeen

PAPERS = "papers"  # the name under which a review remembers what it saw of a group's papers
IN_HAND_FOR = timedelta(days=14)  # "I'm seeing to it" holds so long, then we ask again
Sorts = frozenset[Said]


async def seen_now(desk: Desk, sorts: Sorts, done: str = "") -> AlertSeen | None:
    """The alert of the link as the ledger has it; None where it has it no more.

    `sorts` are the things that this page can say, and so can take back; `done` is what a press has just done.
    """
    entry = (await desk.watch.ledger.alerts(desk.link.group)).get(desk.link.about)
    if entry is None:
        return None
    alert, findings = alert_back(entry.value), findings_back(entry.value)
    subjects = {*alert.dates, *(one.subject for one in findings), *(one.series for one in findings)} - {""}
    everything = (*await all_said(desk), *await _typed_in_the_papers_list(desk))
    told = [one for one in everything if one.promise == alert.promise and one.subject in subjects]
    return AlertSeen(
        alert=alert,
        findings=findings,
        promise=known_promise(desk.watch.book.agreement, alert),
        statements=standing(told),
        mine=last_word(desk.link, told, sorts),
        turn=str(len(own(desk.link, told))),
        today=desk.today,
        again_on=desk.today + IN_HAND_FOR,
        done=done,
        fault=desk.asked.not_understood,
    )


async def _typed_in_the_papers_list(desk: Desk) -> tuple[Statement, ...]:
    """The reasons that stand in the register's list, as the last review read it."""
    remembered = (await desk.watch.ledger.remembered(desk.link.group)).get(PAPERS, {})
    return PeopleSaid.of(remembered.get("said", {})).statements(desk.watch.book.agreement)


async def said_now(desk: Desk, one: Statement, sorts: Sorts) -> AlertSeen:
    """Write down what a press says, and see what stands then, whoever said it."""
    await say(desk, one)
    return await _still_there(desk, sorts, desk.asked.do)


async def undone(desk: Desk, seen: AlertSeen, sorts: Sorts) -> AlertSeen:
    """Take back one's own last word. The form says which word it meant: pressed twice, it takes back no second."""
    if seen.mine is not None and desk.asked.turn == seen.turn:
        await say(desk, taken_back(desk, seen.mine))
    return await _still_there(desk, sorts, "undo")


async def _still_there(desk: Desk, sorts: Sorts, done: str) -> AlertSeen:
    seen = await seen_now(desk, sorts, done)
    assert seen is not None  # noqa: S101 (no alert is ever taken out of the ledger)
    return replace(seen, fault="")


def latest(seen: AlertSeen, *sorts: Said) -> Statement | None:
    """The last thing of these sorts that stands."""
    return max((one for one in seen.statements if one.said in sorts), key=lambda one: one.at, default=None)
