"""Links of forum reps: the next meetings, and asking for something before one. All of it from the ledger."""

from collections.abc import Iterable
from datetime import datetime

from functions.pages.desk import Desk, Nobodys, Shown
from functions.pages.said import all_said, last_word, own, say, spoken, taken_back
from functions.reps.ahead import AHEAD, meetings_of
from functions.telling.release import released
from models.ahead import MeetingAhead
from models.days import LONDON
from models.facts import Said, Statement
from models.links import Purpose
from models.reps import SEATS, partition_of
from wording.pages import faults
from wording.pages.for_reps import NEXT, Around, asking, held
from wording.pages.for_reps import my_meetings as meetings_page
from wording.plain import clean

ASKS = {Purpose.CANT_OPEN: ("open", Said.CANT_OPEN), Purpose.CALL: ("call", Said.CALL_WANTED)}


async def groups_of(desk: Desk) -> tuple[str, ...]:
    """The groups on which the rep of the link sits; Nobodys where it sits on none any more."""
    remembered = await desk.watch.ledger.remembered(partition_of(desk.link.person))
    groups = tuple(remembered.get(SEATS, {}).get("groups", ()))
    if not groups:
        raise Nobodys
    return groups


async def ahead_of(desk: Desk, groups: Iterable[str]) -> tuple[tuple[MeetingAhead, ...], datetime | None]:
    """The meetings of those groups that are told anything, by their start, and since when nothing was looked at.

    What a review remembers of meetings ahead is written only when it changed, so that the moment of the last
    look is that of the snapshot.
    """
    meetings: dict[str, MeetingAhead] = {}
    read = []
    for group in dict.fromkeys(groups):
        remembered = await desk.watch.ledger.remembered(group)
        if released(remembered, desk.watch.book) is None:
            continue
        meetings |= {one.key: one for one in meetings_of(remembered.get(AHEAD, {}))}
        snapshot = await desk.watch.ledger.snapshot(group)
        if snapshot is not None:
            read.append(snapshot.read_at.astimezone(LONDON))
    return tuple(sorted(meetings.values(), key=lambda one: (one.starts, one.key))), min(read, default=None)


async def my_meetings(desk: Desk) -> Shown:
    """The next three meetings, with their papers as of now."""
    meetings, read = await ahead_of(desk, await groups_of(desk))
    coming = [one for one in meetings if one.ends > desk.now][:NEXT]
    around = [
        Around(
            one,
            desk.page_for(Purpose.CANT_OPEN, group=one.group, about=one.key),
            desk.page_for(Purpose.CALL, group=one.group, about=one.key),
        )
        for one in coming
    ]
    choose, pause = desk.page_for(Purpose.PREFERENCES), desk.page_for(Purpose.PAUSE)
    page = meetings_page(desk.texts, around, read, pause, choose)
    return Shown(page, desk.asked.status)


async def ask(desk: Desk) -> Shown:
    """*Can't open one*, and *Want a call before Thursday?*: one word to the officer, which can be taken back."""
    sort, said = ASKS[desk.link.purpose]
    group, about = desk.link.group, desk.link.about
    if group not in await groups_of(desk):
        raise Nobodys
    meetings, _ = await ahead_of(desk, [group])
    meeting = next((one for one in meetings if one.key == about), None)
    if meeting is None or meeting.ends <= desk.now:
        return Shown(held(desk.texts, meeting))
    done, spoke, do = "", False, desk.asked.do
    mine, turn = await _told(desk, said)
    text = desk.asked.form.get("text", "")
    if do == sort and (fault := faults.of_words(desk.texts, text)):
        wrong = {"text": fault}
        return Shown(asking(desk.texts, sort, meeting, None, turn, desk.asked.form, wrong), 400)
    if do == sort:
        await say(desk, spoken(desk, said, about, text=clean(text)))
        done, spoke = sort, True
    elif do == "undo":
        if mine is not None and desk.asked.turn == turn:
            await say(desk, taken_back(desk, mine))
        done, spoke = "undo", True
    elif desk.asked.pressed:
        page = asking(desk.texts, sort, meeting, mine, turn, {}, {}, fault=desk.asked.not_understood)
        return Shown(page, desk.asked.status)
    if spoke:
        mine, turn = await _told(desk, said)
    return Shown(asking(desk.texts, sort, meeting, mine, turn, {}, {}, done=done), spoke=spoke)


async def _told(desk: Desk, said: Said) -> tuple[Statement | None, str]:
    """What this person asked for and still wants, and which form comes next."""
    everything = [one for one in await all_said(desk) if one.said is said]
    return last_word(desk.link, everything, frozenset({said})), str(len(own(desk.link, everything)))
