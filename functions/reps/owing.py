"""What reps are owed: the mail of the week, what can't wait, and before all that one question to the forum's chair.

It follows from the ledger alone. What was owed is not owed again, so that a worker may die anywhere.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from functions.links import link
from functions.reps.heard import (
    AT_ONCE,
    WAITS,
    WEEKLY,
    Ahead,
    last_told,
    may_be_urgent,
    meetings_in,
    opened_in,
)
from functions.reps.known import REPS, Round
from functions.telling.release import WHOLE
from functions.watch import Watch
from ledger.entries import Delivery, Json
from models.days import LONDON
from models.links import Purpose
from models.rep_days import mail_day, mail_moment, may_hear, open_moment, week_of
from models.rep_mail import at_once
from models.reps import BEGUN, SEATS, Preferences, partition_of

INTRODUCE = "introduce"  # the mail to the forum's chair
INTRODUCED = "rep/chair"  # the ledger's place for it


def begun_at(remembered: Mapping[str, Json]) -> datetime | None:
    """Since when reps get mail; None before the forum's chair said so."""
    begun = remembered.get(BEGUN)
    if not begun:
        return None
    at = begun.get("at")
    return datetime.fromisoformat(at) if isinstance(at, str) else datetime.min.replace(tzinfo=LONDON)


async def weekly_owed(
    watch: Watch, key: str, chosen: Preferences, since: datetime, now: datetime
) -> list[Delivery]:
    """The mail of this week, from the day on that the rep picked; what that day had is made good on a later one.

    A rep who came, or a chair who let it begin, after that day waits for next week.
    """
    today = now.astimezone(LONDON).date()
    school = watch.book.terms.of(watch.book.agreement.terms.main)
    day = mail_day(today, chosen, watch.book.working, school)
    if day is None or today < day or not may_hear(today, chosen, watch.book.working, school):
        return []
    leaves = mail_moment(day, watch.hours, watch.book.working)
    if since > leaves:
        return []
    return [
        Delivery(
            key=f"weekly/{week_of(day)}",
            group=partition_of(key),
            channel=REPS,
            about=WEEKLY,
            not_before=max(
                leaves, watch.hours.next_after(now, watch.book.working) if today > day else leaves
            ),
            value={"kind": WEEKLY},
        )
    ]


async def urgent_owed(
    watch: Watch, key: str, chosen: Preferences, ahead: Ahead, seats: Json, now: datetime
) -> list[Delivery]:
    """What can't wait, once it has settled: at most one mail in seven days, the rest comes with the weekly one."""
    today = now.astimezone(LONDON).date()
    school = watch.book.terms.of(watch.book.agreement.terms.main)
    if not chosen.at_once or not may_hear(today, chosen, watch.book.working, school):
        return []
    before = await watch.ledger.deliveries(partition_of(key))
    if not may_be_urgent(before, now, watch.book.agreement.telling.urgent_a_week) or _weekly_is_near(
        before, chosen, watch, now
    ):
        return []
    groups = await ahead.of(seats.get("mail", ()))
    mail = at_once(meetings_in(groups), last_told(before), now, opened=opened_in(groups, key))
    if mail is None:
        return []
    settled = now + timedelta(minutes=watch.settle_minutes)
    return [
        Delivery(
            key=f"at-once/{_next_number(before)}",
            group=partition_of(key),
            channel=REPS,
            about=AT_ONCE,
            not_before=open_moment(settled, watch.hours, watch.book.working),
            value={"kind": AT_ONCE},
        )
    ]


async def owe_reps(round: Round, ahead: Ahead) -> None:
    """Owe whatever reps are to be told by now."""
    watch, now = round.watch, round.now
    keys = await round.keys()
    begun = begun_at(await watch.ledger.remembered(WHOLE))
    if begun is None:
        await _ask_the_chair(round, ahead, list(keys))
        return
    for key, since in keys.items():
        remembered = await watch.ledger.remembered(partition_of(key))
        seats = remembered.get(SEATS, {})
        if not await ahead.of(seats.get("mail", ())):
            continue
        chosen = Preferences.of(remembered)
        owed = await weekly_owed(watch, key, chosen, max(since, begun), now)
        if owed:
            await watch.ledger.owe(owed)
        if urgent := await urgent_owed(watch, key, chosen, ahead, seats, now):
            await watch.ledger.owe(urgent)


async def _ask_the_chair(round: Round, ahead: Ahead, keys: Sequence[str]) -> None:
    """Once, and only where there is a rep to write to, a chair to ask, and a page on which to answer."""
    watch, now = round.watch, round.now
    if not link(watch, Purpose.INTRODUCE, watch.book.agreement.telling.forum_chair, now):
        return
    if any(one.key == INTRODUCE for one in await watch.ledger.deliveries(INTRODUCED)):
        return
    for key in keys:
        seats = (await watch.ledger.remembered(partition_of(key))).get(SEATS, {})
        if await ahead.of(seats.get("mail", ())):
            break
    else:
        return
    if (await round.people()).contact(watch.book.agreement.telling.forum_chair) is None:
        return
    leaves = watch.hours.next_after(now, watch.book.working)
    asked = Delivery(
        key=INTRODUCE,
        group=INTRODUCED,
        channel=REPS,
        about=INTRODUCE,
        not_before=leaves,
        value={"kind": INTRODUCE},
    )
    await watch.ledger.owe([asked])


def _weekly_is_near(before: Sequence[Delivery], chosen: Preferences, watch: Watch, now: datetime) -> bool:
    """Whether the weekly mail leaves today anyway and says it all."""
    today = now.astimezone(LONDON).date()
    school = watch.book.terms.of(watch.book.agreement.terms.main)
    if mail_day(today, chosen, watch.book.working, school) != today:
        return False
    this = [one for one in before if one.key == f"weekly/{week_of(today)}"]
    return not this or this[0].state in WAITS


def _next_number(before: Sequence[Delivery]) -> int:
    numbers = [one.key.removeprefix("at-once/") for one in before if one.key.startswith("at-once/")]
    return max((int(number) for number in numbers if number.isdigit()), default=0) + 1
