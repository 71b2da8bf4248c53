"""Sending what is due: folded into one message a person, claimed, worded, sent, and written down.

The order is the whole point: all of one person's deliveries are claimed, then worded from what is true now, then
sent in one message, then each is settled. What is claimed and never settled is unsure, and is sent again saying so.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.people_read import PeopleRead, read_people
from functions.telemetry import of_delivery
from functions.telling.mailing import Became, Mailed
from functions.telling.owing import HEARD, MAIL, MANAGER, OFFICERS, Kind
from functions.telling.unreached import ask_for_addresses, note_refusal
from functions.telling.ways import WAYS
from functions.telling.whom import Missing, Receiver, receiver
from functions.telling.worded import NotNow, Worded, worded
from functions.watch import Watch
from ledger.entries import AlertEntry, Delivery, DeliveryState, Json
from models.budget import A_WEEK, Due, messages
from models.ladder import Who

CLAIM = timedelta(minutes=5)  # how long one worker may take to send one message
POSTS_AT_ONCE, POSTS_WITHIN = 25, timedelta(seconds=300)  # what a Workflows connection takes (graph §3)
LATER = timedelta(minutes=5)
TOGETHER = "the forum's chair and the manager"  # who hear in the same minute, and so have one budget
MANAGERS_WEEK = 1  # round-ups a week of what others have not answered
FREE = frozenset({Kind.LIST, Kind.HELD, Kind.CHECK})  # the manager's own business: not counted
APART = FREE | {Kind.THANKS}

Id = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A delivery with its receiver, and the name of the budget that it is counted in."""

    delivery: Delivery
    to: Receiver
    budget: str


async def send_due(watch: Watch, due: Sequence[Delivery], now: datetime) -> set[Id]:
    """Send what there is room for; gives back what was tried. Who is to be told is read once, if at all."""
    ours = [one for one in due if one.value.get("kind") in set(Kind)]
    if not ours:
        return set()
    people = await _people(watch, ours)
    ready, missing = await _received(watch, ours, people)
    await ask_for_addresses(watch, missing, people)
    lately = await watch.ledger.deliveries(since=now - A_WEEK)
    heard = await _heard(watch, ready)
    left, tried = _room(lately, now), set[Id]()
    for batch in _batches(watch, ready, lately, now):
        way = batch[0].to.way
        if left[way] <= 0:
            continue
        left[way] -= way != MAIL
        tried |= await _send(watch, batch, heard, now)
    return tried


def _batches(
    watch: Watch, ready: Sequence[_Ready], before: Sequence[Delivery], now: datetime
) -> list[list[_Ready]]:
    """What goes now, a list for each message: at most one a person, and one more for each that is not counted."""
    if watch.one_by_one:
        return [[one] for one in ready]
    by_id = {_name(one.delivery): one for one in ready}
    sent = _sent_lately(before, now)
    managers = [one for one in ready if one.budget.startswith(MANAGER)]
    others = [one for one in ready if not one.budget.startswith(MANAGER)]
    found: list[list[_Ready]] = []
    for chosen, a_week in (
        (others, watch.book.agreement.telling.messages_a_week),
        (managers, MANAGERS_WEEK),
    ):
        for message in messages(map(_due, chosen), sent, now, a_week):
            by_receiver: dict[tuple[str, str], list[_Ready]] = {}
            for key in message.keys:
                one = by_id[key]
                by_receiver.setdefault((one.to.way, one.to.person), []).append(one)
            found += by_receiver.values()
    return found


def _due(one: _Ready) -> Due:
    kind = one.delivery.value["kind"]
    return Due(
        key=_name(one.delivery),
        person=one.budget,
        since=one.delivery.not_before,
        apart=kind in APART,
        free=kind in FREE,
    )


def _sent_lately(before: Sequence[Delivery], now: datetime) -> Mapping[str, Sequence[datetime]]:
    """When each budget was used in the last seven days.

    However often one message was tried because nobody knew whether it had come, it is one message: else an ill
    workflow would keep a person in the dark for a week.
    """
    sent: dict[str, set[datetime]] = {}
    for one in before:
        if one.state in HEARD and one.settled_at is not None and one.value.get("kind") not in FREE:
            tries = one.value.get("sent", ())
            at = datetime.fromisoformat(tries[-1]) if tries else one.settled_at
            if now - at < A_WEEK:
                sent.setdefault(str(one.value.get("budget") or one.channel), set()).add(at)
    return {budget: sorted(moments) for budget, moments in sent.items()}


async def _send(watch: Watch, batch: Sequence[_Ready], heard: Sequence[Delivery], now: datetime) -> set[Id]:
    """One message: claim all of it, word it, send it once, settle each."""
    mine: list[_Ready] = []
    for one in batch:
        if await claimed(watch, one.delivery, now):
            mine.append(one)
        elif not mine:
            return set()  # another worker has begun with this person
    said: list[tuple[_Ready, Worded]] = []
    for one in mine:
        words = await worded(watch, one.delivery, one.to, now)
        if isinstance(words, Worded) and _heard_already(one, heard, [each for each, _ in said]):
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
    return {(one.delivery.group, one.delivery.key) for one in mine}


async def _settled(watch: Watch, one: _Ready, words: Worded, became: Mailed, now: datetime) -> None:
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


async def _heard(watch: Watch, ready: Sequence[_Ready]) -> list[Delivery]:
    """All that was ever told of the groups of which somebody is to be told by mail: the same once is enough."""
    groups = dict.fromkeys(one.delivery.group for one in ready if one.to.way == MAIL)
    return [each for group in groups for each in await watch.ledger.deliveries(group) if each.state in HEARD]


def _heard_already(one: _Ready, heard: Sequence[Delivery], now_said: Sequence[_Ready]) -> bool:
    """Whether one person, in another of their roles, has been told just this."""
    if one.to.way != MAIL:
        return False
    same = _what(one.delivery)
    told = [each.delivery for each in now_said]
    told += [each for each in heard if each.value.get("person") == one.to.person]
    return any(_what(each) == same and each.key != one.delivery.key for each in told)


def _what(delivery: Delivery) -> tuple[object, ...]:
    """What a delivery tells, whoever hears it."""
    value = delivery.value
    return (
        delivery.about,
        *(value.get(name) for name in ("kind", "state", "opened_at", "reason", "statement", "reminder")),
    )


async def _people(watch: Watch, due: Sequence[Delivery]) -> PeopleRead | None:
    """The register's people, where somebody may be told by mail."""
    if watch.send_mail is None or all(one.value["kind"] in APART - {Kind.CHECK} for one in due):
        return None
    return await read_people(watch.tenant, watch.site)


async def _received(
    watch: Watch, due: Sequence[Delivery], people: PeopleRead | None
) -> tuple[list[_Ready], frozenset[str]]:
    ready: list[_Ready] = []
    missing: set[str] = set()
    alerts: dict[str, Mapping[str, AlertEntry]] = {}
    for one in due:
        if people is not None and one.group not in alerts:
            alerts[one.group] = await watch.ledger.alerts(one.group)
        to = receiver(watch, one, people, alerts.get(one.group, {}))
        if isinstance(to, Missing):
            missing.add(to.role)
        else:
            ready.append(_Ready(one, to, _budget(one, to)))
    return ready, frozenset(missing) - {""}


def _budget(delivery: Delivery, to: Receiver) -> str:
    kind = delivery.value["kind"]
    who = delivery.value.get("told" if kind == Kind.ENDED else "who")
    if who not in (Who.CHAIR, Who.MANAGER):
        return to.person
    return f"{MANAGER} {to.person}" if kind == Kind.SECOND else TOGETHER


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


def _name(delivery: Delivery) -> str:
    return f"{delivery.group}\n{delivery.key}"
