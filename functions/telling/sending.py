"""Sending one delivery: claimed, worded, sent, and written down as what became of it.

The order is the whole point: what is claimed and never settled is unsure, and is sent again saying so.
"""

from collections import Counter
from datetime import datetime, timedelta

from functions.telling.owing import MANAGER, OFFICERS
from functions.telling.worded import NotNow, worded
from functions.watch import Watch
from graph_client.workflows import CardNotTaken
from ledger.entries import Delivery, DeliveryState, Json

CLAIM = timedelta(minutes=5)  # how long one worker may take to send one card
POSTS_AT_ONCE, POSTS_WITHIN = 25, timedelta(seconds=300)  # what a Workflows connection takes (graph §3)
LATER = timedelta(minutes=5)


async def room(watch: Watch, now: datetime) -> Counter[str]:
    """How many cards each receiver still takes at this moment."""
    settled = [one for one in await watch.ledger.deliveries() if one.settled_at is not None]
    lately = [one.channel for one in settled if one.settled_at and now - one.settled_at < POSTS_WITHIN]
    return Counter({channel: POSTS_AT_ONCE - lately.count(channel) for channel in (OFFICERS, MANAGER)})


async def claimed(watch: Watch, delivery: Delivery, now: datetime) -> bool:
    """Whether this worker may send it: of two who try, one wins."""
    until = now + CLAIM
    return await watch.ledger.claim(delivery.group, delivery.key, by=watch.by, now=now, until=until)


async def send(watch: Watch, delivery: Delivery, now: datetime) -> None:
    """Send one claimed delivery: paid, dropped, put off, or unsure where it may have arrived."""
    said = await worded(watch, delivery)
    if isinstance(said, NotNow):
        return await _not_sent(watch, delivery, said, now)
    post = watch.post_to_manager if delivery.channel == MANAGER else watch.post
    if post is None:
        return await _not_sent(watch, delivery, NotNow("there is no way to send it", waits=True), now)
    try:
        await post(said.card)
    except CardNotTaken as refused:
        if refused.may_have_arrived:
            return await _settle(
                watch, delivery, DeliveryState.UNSURE, now, value=said.paid, note=str(refused)
            )
        later = now + max(timedelta(seconds=refused.after or 0), LATER)
        return await _put_off(watch, delivery, later, str(refused))
    return await _settle(watch, delivery, DeliveryState.PAID, now, value=said.paid)


async def _not_sent(watch: Watch, delivery: Delivery, why: NotNow, now: datetime) -> None:
    if why.waits:
        later = watch.hours.next_after(now + LATER, watch.book.working)
        return await _put_off(watch, delivery, later, why.why)
    return await _settle(watch, delivery, DeliveryState.DROPPED, now, note=why.why)


async def _put_off(watch: Watch, delivery: Delivery, later: datetime, note: str) -> None:
    await watch.ledger.put_off(delivery.group, delivery.key, by=watch.by, not_before=later, note=note)


async def _settle(
    watch: Watch,
    delivery: Delivery,
    state: DeliveryState,
    now: datetime,
    *,
    value: Json | None = None,
    note: str = "",
) -> None:
    group, key = delivery.group, delivery.key
    await watch.ledger.settle(group, key, state, by=watch.by, at=now, value=value, note=note)
