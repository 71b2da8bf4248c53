"""Links of forum reps to what they chose: pauses, the day of the mail, an end to it, a new address of the feed.

What a rep chose is one value, changed by one press at a time, so that two tabs lose nothing of each other.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta

from functions.pages.desk import Desk, Shown
from functions.pages.reps import groups_of
from ledger import LedgerFault
from models.links import Purpose
from models.reps import PREFERENCES, WEEKDAYS, Preferences, partition_of
from wording.pages import faults
from wording.pages.for_reps import choosing, pausing, stopping
from wording.pages.page import Page

HELD = timedelta(seconds=10)
TRIES, BETWEEN = 20, 0.1  # seconds
ONE_CLICK = ("list-unsubscribe", "one-click")  # RFC 8058, as a mail program posts it
MONTH = timedelta(days=28)

Change = Callable[[Preferences], Preferences]


async def pause(desk: Desk) -> Shown:
    """*Pause for a month*."""
    await groups_of(desk)
    until = desk.today + MONTH
    changes: dict[str, Change] = {
        "pause": lambda chosen: replace(chosen, paused_until=max(until, chosen.paused_until or until)),
        "undo": lambda chosen: replace(chosen, paused_until=None),
    }
    return await _pressed(desk, changes, lambda now, **more: pausing(desk.texts, now, until, **more))


async def unsubscribe(desk: Desk) -> Shown:
    """No mail any more: asked on the page, or pressed in the mail program itself (RFC 8058)."""
    await groups_of(desk)
    changes: dict[str, Change] = {
        "stop": lambda chosen: replace(chosen, stopped=True),
        "undo": lambda chosen: replace(chosen, stopped=False),
    }
    do = "stop" if _one_click(desk) else desk.asked.do
    return await _pressed(desk, changes, lambda now, **more: stopping(desk.texts, now, **more), do=do)


async def choose(desk: Desk) -> Shown:
    """The day of the mail, what else may come, and a new address of the feed."""
    await groups_of(desk)
    form = desk.asked.form
    days = {str(number) for number in range(len(WEEKDAYS))}
    wrong = faults.of_choice(desk.texts, form.get("day", ""), days) if desk.asked.do == "choose" else ""
    changes: dict[str, Change] = {
        "choose": lambda chosen: replace(
            chosen,
            day=int(form["day"]),
            at_once=bool(form.get("at_once")),
            in_holidays=bool(form.get("in_holidays")),
            due_days=bool(form.get("due_days")),
        ),
        # the form says which address it was to end: pressed twice, it ends no second one
        "feed": lambda chosen: replace(chosen, turn=chosen.turn + (str(chosen.turn) == desk.asked.turn)),
        "undo": lambda chosen: replace(chosen, stopped=False, paused_until=None),
    }

    def page(now: Preferences, *, done: str = "", fault: str = "") -> Page:
        feed, stop = desk.feed_address(now.turn), desk.page_for(Purpose.UNSUBSCRIBE)
        return choosing(desk.texts, now, feed, stop, {"day": wrong}, done=done, fault=fault)

    if wrong:
        return Shown(page(await _chosen(desk)), 400)
    return await _pressed(desk, changes, page)


async def _pressed(
    desk: Desk, changes: dict[str, Change], page: Callable[..., Page], *, do: str | None = None
) -> Shown:
    """What was pressed is done, or nothing is; then what is chosen now."""
    do = desk.asked.do if do is None else do
    if do in changes:
        return Shown(page(await _changed(desk, changes[do]), done=do))
    chosen = await _chosen(desk)
    return Shown(page(chosen, fault=desk.asked.not_understood), desk.asked.status)


async def _changed(desk: Desk, change: Change) -> Preferences:
    place = partition_of(desk.link.person)
    async with _alone(desk, place):
        chosen = change(await _chosen(desk))
        await desk.watch.ledger.remember(place, PREFERENCES, chosen.plain())
    return chosen


async def _chosen(desk: Desk) -> Preferences:
    """What stands now; a pause that is over is none any more."""
    remembered = await desk.watch.ledger.remembered(partition_of(desk.link.person))
    chosen = Preferences.of(remembered)
    return replace(chosen, paused_until=_still(chosen.paused_until, desk.today))


def _still(until: date | None, today: date) -> date | None:
    return until if until is not None and until >= today else None


@asynccontextmanager
async def _alone(desk: Desk, place: str) -> AsyncIterator[None]:
    """Be the only one to change what a rep chose; LedgerFault where another press takes too long."""
    ledger, by = desk.watch.ledger, desk.watch.by
    for _ in range(TRIES):
        if await ledger.take_lease(place, by=by, now=desk.now, until=desk.now + HELD):
            break
        await asyncio.sleep(BETWEEN)
    else:
        raise LedgerFault("Somebody else is changing this just now: press the button again in a minute.")
    try:
        yield
    finally:
        await ledger.give_lease(place, by=by)


def _one_click(desk: Desk) -> bool:
    name, value = ONE_CLICK
    return desk.asked.pressed and any(
        key.lower() == name and given.strip().lower() == value for key, given in desk.asked.form.items()
    )
