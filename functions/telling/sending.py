"""Sending what is due: folded into one message a person, claimed, worded, sent, and written down.

The order is the whole point: all of one person's deliveries are claimed, then worded from what is true now, then
sent in one message, then each is settled. What is claimed and never settled is unsure, and is sent again saying so.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.people_read import PeopleRead, Register
from functions.telemetry import of_delivery
from functions.telling.folding import APART, Ready, folded, in_pairs, ready_for, what
from functions.telling.mailing import Became, Mailed
from functions.telling.owing import HEARD, MAIL, MANAGER, OFFICERS, Kind
from functions.telling.unreached import ask_for_addresses, note_refusal
from functions.telling.ways import WAYS
from functions.telling.whom import Missing, receiver
from functions.telling.worded import NotNow, Worded, worded
from functions.watch import Watch
from ledger.entries import AlertEntry, Delivery, DeliveryState, Json
from models.budget import A_WEEK

CLAIM = timedelta(minutes=5)  # how long one worker may take to send one message
POSTS_AT_ONCE, POSTS_WITHIN = 25, timedelta(seconds=300)  # what a Workflows connection takes (graph §3)
LATER = timedelta(minutes=5)
DID_NOT_GO = frozenset({Became.LATER, Became.NEEDS_PERSON})

Id = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was tried, and whether it surely did not go (or another worker has it)."""

    tried: frozenset[Id] = frozenset()
    failed: bool = False


async def send_due(watch: Watch, due: Sequence[Delivery], now: datetime, register: Register) -> set[Id]:
    """Send what there is room for; gives back what was tried. Who is to be told is read once, if at all."""
    ours = [one for one in due if one.value.get("kind") in set(Kind)]
    if not ours:
        return set()
    people = await _people(watch, ours, register)
    ready, missing = await _received(watch, ours, people)
    await ask_for_addresses(watch, missing, people)
    lately = await watch.ledger.deliveries(since=now - A_WEEK)
    before = await _before(watch, ready)
    left, tried = _room(lately, now), set[Id]()
    for minute in folded(watch, in_pairs(ready, before), lately, now):
        ways = Counter(batch[0].to.way for batch in minute if batch[0].to.way != MAIL)
        if any(left[way] < number for way, number in ways.items()):
            continue
        left -= ways
        tried |= await _send_together(watch, minute, before, now)
    return tried


async def _send_together(
    watch: Watch, minute: Sequence[Sequence[Ready]], before: Mapping[str, Sequence[Delivery]], now: datetime
) -> set[Id]:
    """One message after the other. Where the first of two did not go, the other one's waits with it."""
    tried, waits = set[Id](), set[str]()
    for batch in minute:
        sent = await _send(watch, [one for one in batch if one.unit not in waits], before, now)
        tried |= sent.tried
        if sent.failed:
            waits |= {one.unit for one in batch}
    return tried


async def _send(
    watch: Watch, batch: Sequence[Ready], before: Mapping[str, Sequence[Delivery]], now: datetime
) -> _Sent:
    """One message: claim all of it, word it, send it once, settle each."""
    mine: list[Ready] = []
    for one in batch:
        if await claimed(watch, one.delivery, now):
            mine.append(one)
        elif not mine:
            return _Sent(failed=True)  # another worker has begun with this person
    failed, said = False, list[tuple[Ready, Worded]]()
    for one in mine:
        words = await worded(watch, one.delivery, one.to, now)
        if isinstance(words, Worded) and _heard_already(one, before, [each for each, _ in said]):
            words = NotNow("the same person has been told in another role")
        if isinstance(words, NotNow):
            await _not_sent(watch, one.delivery, words, now)
        else:
            said.append((one, words))
    if said:
        again = any(one.delivery.again for one, _ in said)
        to = said[0][0].to
        with watch.telemetry.measured("delivery") as seen:
            seen.update(of_delivery(said[0][0].delivery))
            became = await WAYS[to.way](watch, to, [words.said for _, words in said], again)
            for one, words in said:
                await _settled(watch, one, words, became, now)
        await note_refusal(watch, to, became)
        failed = became.became in DID_NOT_GO
    return _Sent(frozenset((one.delivery.group, one.delivery.key) for one in mine), failed)


async def _settled(watch: Watch, one: Ready, words: Worded, became: Mailed, now: datetime) -> None:
    delivery, to = one.delivery, one.to
    told = {"role": to.role, "way": to.way, "person": to.person, "budget": one.budget}
    value = {**words.paid, **told, "sent": [*delivery.value.get("sent", ()), now.isoformat()]}
    match became.became:
        case Became.SENT:
            await settle(watch, delivery, DeliveryState.PAID, now, value=value)
        case Became.UNSURE:
            await settle(watch, delivery, DeliveryState.UNSURE, now, value=value, note=became.why)
        case _:
            later = watch.hours.next_after(now + became.after, watch.book.working)
            await put_off(watch, delivery, later, became.why)


async def _before(watch: Watch, ready: Sequence[Ready]) -> Mapping[str, Sequence[Delivery]]:
    """All that was ever owed of the groups of which somebody is to be told by mail."""
    groups = dict.fromkeys(one.delivery.group for one in ready if one.to.way == MAIL)
    return {group: await watch.ledger.deliveries(group) for group in groups if group}


def _heard_already(one: Ready, before: Mapping[str, Sequence[Delivery]], now_said: Sequence[Ready]) -> bool:
    """Whether one person, in another of their roles, has been told just this."""
    if one.to.way != MAIL:
        return False
    same = what(one.delivery)
    told = [each.delivery for each in now_said]
    told += [
        each
        for each in before.get(one.delivery.group, ())
        if each.state in HEARD and each.value.get("person") == one.to.person
    ]
    return any(what(each) == same and each.key != one.delivery.key for each in told)


async def _people(watch: Watch, due: Sequence[Delivery], register: Register) -> PeopleRead | None:
    """The register's people, where somebody may be told by mail."""
    by_card = {Kind.THANKS} if watch.post_to_manager is None else APART - {Kind.CHECK}
    if watch.send_mail is None or all(one.value["kind"] in by_card for one in due):
        return None
    return await register()


async def _received(
    watch: Watch, due: Sequence[Delivery], people: PeopleRead | None
) -> tuple[list[Ready], frozenset[str]]:
    ready: list[Ready] = []
    missing: set[str] = set()
    alerts: dict[str, Mapping[str, AlertEntry]] = {}
    for one in due:
        if people is not None and one.group not in alerts:
            alerts[one.group] = await watch.ledger.alerts(one.group)
        to = receiver(watch, one, people, alerts.get(one.group, {}))
        if isinstance(to, Missing):
            missing.add(to.role)
        else:
            ready.append(ready_for(one, to))
    return ready, frozenset(missing) - {""}


def _room(before: Sequence[Delivery], now: datetime) -> Counter[str]:
    """How many messages each receiver still takes at this moment; Exchange says so itself."""
    settled = [one for one in before if one.settled_at is not None and now - one.settled_at < POSTS_WITHIN]
    posts = {(str(one.value.get("way") or one.channel), one.settled_at) for one in settled}
    lately = [way for way, _ in posts]
    room = {way: POSTS_AT_ONCE - lately.count(way) for way in (OFFICERS, MANAGER)}
    return Counter({**room, MAIL: 1_000_000})


async def claimed(watch: Watch, delivery: Delivery, now: datetime) -> bool:
    """Whether this worker may send it: of two who try, one wins."""
    until = now + CLAIM
    return await watch.ledger.claim(delivery.group, delivery.key, by=watch.by, now=now, until=until)


async def _not_sent(watch: Watch, delivery: Delivery, why: NotNow, now: datetime) -> None:
    if why.waits:
        later = watch.hours.next_after(now + LATER, watch.book.working)
        return await put_off(watch, delivery, later, why.why)
    return await settle(watch, delivery, DeliveryState.DROPPED, now, note=why.why)


async def put_off(watch: Watch, delivery: Delivery, later: datetime, note: str) -> None:
    """Owe it again, later, and say why."""
    await watch.ledger.put_off(delivery.group, delivery.key, by=watch.by, not_before=later, note=note)


async def settle(
    watch: Watch,
    delivery: Delivery,
    state: DeliveryState,
    now: datetime,
    *,
    value: Json | None = None,
    note: str = "",
) -> None:
    """Write down what became of a claimed delivery."""
    group, key = delivery.group, delivery.key
    await watch.ledger.settle(group, key, state, by=watch.by, at=now, value=value, note=note)
