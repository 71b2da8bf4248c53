"""Sends one mail to a rep (or about what a rep asked), once, and writes down what became of it.

What may have gone to a rep is not sent again: the partnership manager is told instead. An officer's or a
manager's mail is, and says so.
"""

from datetime import datetime, timedelta

from functions.links import link
from functions.reps.asks import ASK, PASSED_ON, ask_mail
from functions.reps.composing import Not, Ready, rep_mail
from functions.reps.heard import AT_ONCE, WEEKLY, Ahead
from functions.reps.known import Round
from functions.reps.owing import INTRODUCE, begun_at
from functions.telling.mailing import Became, Enclosed, mail_out
from functions.telling.release import WHOLE, quiet_groups
from functions.telling.sending import claimed, put_off, settle
from functions.watch import Watch
from ledger.entries import Delivery, DeliveryState
from models.links import Purpose
from models.people import People
from wording.mails.asks import introduction

TO_REPS = frozenset({WEEKLY, AT_ONCE})
REFUSED = "refused: "  # how the note of a mail begins that a person must mend first
UNREAD = timedelta(minutes=15)


async def send_one(round: Round, delivery: Delivery, ahead: Ahead) -> Became | None:
    """Word, claim and send one delivery that is due; None where there was nothing to send, or another has it.

    It is worded before it is claimed: from the claim to the word of what became of it nothing else is done, so
    that as little as possible can leave us unsure.
    """
    watch, now = round.watch, round.now
    read = await round.read()
    ready: Ready | Not
    if read.whole:
        ready = await _ready(watch, delivery, read.people, ahead, now)
    else:  # we can't see who sits where just now, so nobody is taken for gone
        ready = Not("the register can't be read just now", until=now + UNREAD)
    if not await claimed(watch, delivery, now):
        return None
    if isinstance(ready, Not):
        if ready.until is not None:
            await put_off(watch, delivery, ready.until, ready.why)
        else:
            await settle(watch, delivery, DeliveryState.DROPPED, now, note=ready.why)
        return None
    mailed = await mail_out(watch, ready.letter, ready.to, ready.enclosed)
    match mailed.became:
        case Became.SENT:
            await settle(watch, delivery, DeliveryState.PAID, now, value=ready.paid)
        case Became.UNSURE:
            await settle(watch, delivery, DeliveryState.UNSURE, now, note=mailed.why)
        case Became.LATER:
            await put_off(watch, delivery, now + mailed.after, mailed.why)
        case Became.NEEDS_PERSON:  # the next one is another try; this one would only be refused again
            await settle(watch, delivery, DeliveryState.DROPPED, now, note=f"{REFUSED}{mailed.why}")
    return mailed.became


async def _ready(
    watch: Watch, delivery: Delivery, people: People, ahead: Ahead, now: datetime
) -> Ready | Not:
    kind = delivery.value.get("kind")
    if kind in TO_REPS:
        return await rep_mail(watch, delivery, people, ahead, now)
    if kind in (ASK, PASSED_ON):
        return await ask_mail(watch, delivery, people, now)
    if kind == INTRODUCE:
        return await _to_the_chair(watch, people, now)
    return Not("nobody knows what this is")


async def _to_the_chair(watch: Watch, people: People, now: datetime) -> Ready | Not:
    role = watch.book.agreement.telling.forum_chair
    chair = people.contact(role)
    address = link(watch, Purpose.INTRODUCE, role, now)
    if chair is None or not address:
        return Not("there is no forum chair to ask, or no page to answer on")
    if begun_at(await watch.ledger.remembered(WHOLE)) is not None:
        return Not("the chair has let it begin")
    quiet = await quiet_groups(watch.ledger, watch.book)
    seated = dict.fromkeys(group for rep in people.reps.values() for group in rep.groups)
    groups = [name for name in seated if watch.book.agreement.group(name) and name not in quiet]
    if not groups:
        return Not("there is no rep to write to")
    return Ready(introduction(watch.texts, groups, address), chair.address, Enclosed(), {"kind": INTRODUCE})
