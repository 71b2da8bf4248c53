"""Links of officers: the answers to one alert. One is for a meeting, or for a series until a day."""

from dataclasses import replace

from functions.pages.alerts_seen import IN_HAND_FOR, said_now, seen_now, undone
from functions.pages.days import day_in
from functions.pages.desk import Desk, Shown
from functions.pages.said import spoken
from models.facts import Said, Statement
from wording.pages import faults
from wording.pages.about_alerts import AlertSeen, answer_page, officers_page, over_page
from wording.pages.page import Page
from wording.plain import clean

ANSWERS = {
    "hand": Said.IN_HAND,
    "sent": Said.SENT,
    "none": Said.NONE_THIS_TIME,
    "coming": Said.COMING_ON,
    "reason": Said.REASON,
    "wrong": Said.CONTEST,
}
SORTS = frozenset(ANSWERS.values())
OF_ONE_MEETING = frozenset({"sent", "none", "coming"})
WORDS_NEEDED = frozenset({"coming", "reason"})
ALL = "all"  # every date of the series


async def officers(desk: Desk) -> Shown:
    """An officer's answers to one alert."""
    seen = await seen_now(desk, SORTS)
    if seen is None:
        return Shown(over_page(desk.texts, None))
    do, part = desk.asked.do, desk.asked.part
    if do == "undo":
        return Shown(_page(desk, await undone(desk, seen, SORTS)), spoke=True)
    if not seen.alert.stands:
        return Shown(over_page(desk.texts, seen))
    if do in ANSWERS:
        return await _answered(desk, replace(seen, fault=""), do)
    if not desk.asked.pressed and part in ANSWERS and part != "hand":
        return Shown(answer_page(desk.texts, seen, part, {}, {}))
    return Shown(officers_page(desk.texts, seen), desk.asked.status)


def _page(desk: Desk, seen: AlertSeen) -> Page:
    return officers_page(desk.texts, seen) if seen.alert.stands else over_page(desk.texts, seen)


async def _answered(desk: Desk, seen: AlertSeen, do: str) -> Shown:
    if found := _faults(desk, seen, do):
        return Shown(answer_page(desk.texts, seen, do, desk.asked.form, found), 400)
    seen = await said_now(desk, _answer(desk, seen, do), SORTS)
    return Shown(officers_page(desk.texts, seen), spoke=True)


def _answer(desk: Desk, seen: AlertSeen, do: str) -> Statement:
    form, which = desk.asked.form, desk.asked.form.get("which", "")
    single = seen.dates[0].subject if len(seen.dates) == 1 else ""
    whole = _whole(seen)
    subject, until, day = whole, None, None
    if do in OF_ONE_MEETING:
        subject = which or single or whole
        day = day_in(form.get("day", "")) if do != "none" else None
    elif do == "reason" and which and which != ALL:
        subject = which
    elif do == "reason" and len(seen.dates) > 1:
        until = day_in(form.get("day", ""))
    elif do == "reason":
        subject = single or whole
    elif do == "hand":
        until = desk.today + IN_HAND_FOR
    text = clean(form.get("text", ""))
    return spoken(desk, ANSWERS[do], subject, promise=seen.alert.promise, text=text, day=day, until=until)


def _faults(desk: Desk, seen: AlertSeen, do: str) -> dict[str, str]:
    """What is wrong with an answer, by field."""
    form, texts = desk.asked.form, desk.texts
    which, several = form.get("which", ""), len(seen.dates) > 1
    found = {"text": faults.of_words(texts, form.get("text", ""), needed=do in WORDS_NEEDED)}
    if do in ("sent", "coming") or (do == "reason" and several and which == ALL):
        ahead = {"sent": False, "coming": True}.get(do)
        found["day"] = faults.of_day(texts, day_in(form.get("day", "")), desk.today, ahead=ahead)
    if several and (do in OF_ONE_MEETING or do == "reason"):
        choices = {one.subject for one in seen.dates} | ({ALL} if do == "reason" else set())
        found["which"] = faults.of_choice(texts, which, choices)
    return {name: fault for name, fault in found.items() if fault}


def _whole(seen: AlertSeen) -> str:
    """What a word about the whole alert is about: the series where there is one, else its own subject."""
    if seen.findings:
        return seen.findings[0].series or seen.findings[0].subject
    return next(iter(seen.alert.dates), seen.alert.key.split("/", 2)[-1])
