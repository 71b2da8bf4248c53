"""Links of the forum's chair and of the partnership manager: the answer to a reason, and "was it right?"."""

from dataclasses import replace

from functions.pages.alerts_seen import latest, said_now, seen_now, undone
from functions.pages.desk import Desk, Shown
from functions.pages.said import spoken
from models.alerts import STANDING, AlertState
from models.facts import Said
from wording.pages import faults
from wording.pages.about_alerts import forums_page, managers_page, over_page
from wording.plain import clean

FORUMS = {"agree": Said.AGREE, "not_this": Said.NOT_THIS_TIME, "asked": Said.WE_ASKED}
CHECKS = {"stands": Said.STANDS, "mistake": Said.OUR_MISTAKE}
OF_FORUM, OF_CHECKS = frozenset(FORUMS.values()), frozenset(CHECKS.values())
ANSWERABLE = STANDING | {
    AlertState.EXPLAINED,
    AlertState.AGREED,
}  # a reason may have settled it for us already


async def chair(desk: Desk) -> Shown:
    """The forum's answer to the reason that stands."""
    seen = await seen_now(desk, OF_FORUM)
    if seen is None:
        return Shown(over_page(desk.texts, None))
    reason, do = latest(seen, Said.REASON, Said.COMING_ON), desk.asked.do
    if do == "undo":
        return Shown(forums_page(desk.texts, await undone(desk, seen, OF_FORUM), reason), spoke=True)
    if seen.alert.state not in ANSWERABLE:
        return Shown(over_page(desk.texts, seen))
    if do not in FORUMS or reason is None:
        return Shown(forums_page(desk.texts, seen, reason), desk.asked.status)
    answer = spoken(desk, FORUMS[do], reason.subject, promise=seen.alert.promise, until=reason.until)
    return Shown(forums_page(desk.texts, await said_now(desk, answer, OF_FORUM), reason), spoke=True)


async def manager(desk: Desk) -> Shown:
    """Somebody said "this is wrong": the manager says whether it was."""
    seen = await seen_now(desk, OF_CHECKS)
    if seen is None:
        return Shown(over_page(desk.texts, None))
    contest, do = latest(seen, Said.CONTEST), desk.asked.do
    if do == "undo":
        return Shown(
            managers_page(desk.texts, await undone(desk, seen, OF_CHECKS), contest, {}, {}), spoke=True
        )
    if not seen.alert.stands:
        return Shown(over_page(desk.texts, seen))
    if do not in CHECKS or contest is None:
        return Shown(managers_page(desk.texts, seen, contest, {}, {}), desk.asked.status)
    text = desk.asked.form.get("text", "")
    if fault := faults.of_words(desk.texts, text):
        seen = replace(seen, fault="")
        return Shown(managers_page(desk.texts, seen, contest, desk.asked.form, {"text": fault}), 400)
    found = spoken(
        desk,
        CHECKS[do],
        contest.subject,
        promise=seen.alert.promise,
        text=clean(text),
        until=contest.until,
    )
    seen = await said_now(desk, found, OF_CHECKS)
    return Shown(managers_page(desk.texts, seen, contest, {}, {}), spoke=True)
