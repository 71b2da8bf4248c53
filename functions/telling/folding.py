"""What goes out together: all that is due for one person in one message, and what two hear in the same minute.

The forum's chair and the partnership manager hear of an alert, of a reason and of an end together, or neither does
as yet: while one of the two can't be told, the other waits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from functions.telling.owing import HEARD, MAIL, MANAGER, Kind
from functions.telling.whom import Receiver
from functions.watch import Watch
from ledger.entries import Delivery, DeliveryState
from models.budget import A_WEEK, Due, has_room, messages
from models.ladder import Who

BOTH = "the forum's chair and the manager"  # who hear in the same minute, and so have one budget
PAIRED = frozenset({Kind.THIRD, Kind.REASON, Kind.ENDED})
MANAGERS_WEEK = 1  # round-ups a week of what others have not answered
FREE = frozenset({Kind.LIST, Kind.HELD, Kind.CHECK})  # the manager's own business: not counted
APART = FREE | {Kind.THANKS}
WAITS = frozenset({DeliveryState.OWED, DeliveryState.CLAIMED})


@dataclass(frozen=True, slots=True)
class Ready:
    """A delivery with its receiver, and the budget that it is counted in. What has one `unit` goes together."""

    delivery: Delivery
    to: Receiver
    budget: str
    unit: str


def ready_for(delivery: Delivery, to: Receiver) -> Ready:
    """One delivery whose receiver is known."""
    kind, who = delivery.value["kind"], told_to(delivery)
    if who not in (Who.CHAIR, Who.MANAGER):
        return Ready(delivery, to, to.person, name_of(delivery))
    if kind == Kind.SECOND:
        return Ready(delivery, to, f"{MANAGER} {to.person}", name_of(delivery))
    return Ready(delivery, to, BOTH, _pair(delivery) if kind in PAIRED else name_of(delivery))


def told_to(delivery: Delivery) -> str:
    """Who hears it, by their part in the ladder; of an end, the part in which they heard of the beginning."""
    ends = delivery.value.get("kind") == Kind.ENDED
    return str(delivery.value.get("told" if ends else "who", ""))


def name_of(delivery: Delivery) -> str:
    """A name for one delivery among all of a round."""
    return f"{delivery.group}\n{delivery.key}"


def what(delivery: Delivery) -> tuple[object, ...]:
    """What a delivery tells, whoever hears it."""
    value = delivery.value
    return (
        delivery.about,
        *(value.get(name) for name in ("kind", "state", "opened_at", "reason", "statement", "reminder")),
    )


def in_pairs(ready: Sequence[Ready], before: Mapping[str, Sequence[Delivery]]) -> list[Ready]:
    """Without those whose other half waits and can't go now.

    `before` has the deliveries of each group. The manager who has heard of an alert in another role as well
    hears its end with the chair, and not at a time of their own.
    """
    halves: dict[str, set[str]] = {}
    for one in ready:
        if _is_half(one):
            halves.setdefault(one.unit, set()).add(told_to(one.delivery))
    going = [one for one in ready if not _is_half(one) or not _other_waits(one, halves, before)]
    ends = {(what(one.delivery), one.to.person): one for one in going if _is_half(one)}
    found = []
    for one in going:
        pair = ends.get((what(one.delivery), one.to.person))
        found.append(one if pair is None else replace(one, unit=pair.unit, budget=pair.budget))
    return found


def folded(
    watch: Watch, ready: Sequence[Ready], lately: Sequence[Delivery], now: datetime
) -> list[list[list[Ready]]]:
    """What goes now: messages that go in one minute or not at all, each a list of what one receiver gets.

    At most one message a person, and one more for each that is not counted. Of a pair the chair comes first.
    """
    if watch.one_by_one:
        return [[[one]] for one in ready]
    a_week = watch.book.agreement.telling.messages_a_week
    sent = _sent_lately(ready, lately, now)
    thanks = [one for one in ready if one.delivery.value["kind"] == Kind.THANKS]
    managers = [one for one in ready if one.budget.startswith(f"{MANAGER} ")]
    others = [one for one in ready if one not in thanks and one not in managers]
    found = _messages(others, sent, now, a_week)
    if thanks and _all_have_room(ready, lately, sent, found, now, a_week):
        found = _messages([*others, *thanks], sent, now, a_week)
    return [*found, *_messages(managers, sent, now, MANAGERS_WEEK)]


def _all_have_room(
    ready: Sequence[Ready],
    lately: Sequence[Delivery],
    sent: Mapping[str, Sequence[datetime]],
    going: Sequence[Sequence[Sequence[Ready]]],
    now: datetime,
    a_week: int,
) -> bool:
    """Whether every officer who is told by mail has room for thanks beside what goes to them now."""
    hear_now = {one.budget for minute in going for batch in minute for one in batch}
    return all(
        has_room([*sent.get(each, ()), *([now] if each in hear_now else ())], now, a_week)
        for each in _officers(ready, lately)
    )


def _messages(
    ready: Sequence[Ready], sent: Mapping[str, Sequence[datetime]], now: datetime, a_week: int
) -> list[list[list[Ready]]]:
    units: dict[str, list[Ready]] = {}
    for one in ready:
        units.setdefault(one.unit, []).append(one)
    found = []
    for message in messages((_due(unit, units[unit]) for unit in units), sent, now, a_week):
        by_receiver: dict[tuple[str, str], list[Ready]] = {}
        for unit in message.keys:
            for one in units[unit]:
                by_receiver.setdefault((one.to.way, one.to.person), []).append(one)
        found.append(sorted(by_receiver.values(), key=_chair_first))
    return found


def _due(unit: str, ready: Sequence[Ready]) -> Due:
    kind = ready[0].delivery.value["kind"]
    return Due(
        key=unit,
        person=ready[0].budget,
        since=min(one.delivery.not_before for one in ready),
        apart=kind in APART,
        free=kind in FREE,
    )


def _sent_lately(
    ready: Sequence[Ready], lately: Iterable[Delivery], now: datetime
) -> dict[str, list[datetime]]:
    """When each budget was used in the last seven days. Thanks are for all officers, and so count for each.

    However often one message was tried because nobody knew whether it had come, it is one message: else an ill
    workflow would keep a person in the dark for a week.
    """
    sent: dict[str, set[tuple[datetime, bool]]] = {}
    for one in lately:
        if one.state in HEARD and one.settled_at is not None and one.value.get("kind") not in FREE:
            tries = one.value.get("sent", ())
            at = datetime.fromisoformat(tries[-1]) if tries else one.settled_at
            if now - at < A_WEEK:
                for budget in _counted_for(one, ready):
                    sent.setdefault(budget, set()).add((at, one.value.get("kind") == Kind.THANKS))
    return {budget: [at for at, _ in sorted(moments)] for budget, moments in sent.items()}


def _counted_for(one: Delivery, ready: Sequence[Ready]) -> set[str]:
    own = str(one.value.get("budget") or one.channel)
    if one.value.get("kind") != Kind.THANKS:
        return {own}
    return {own, *(each.budget for each in ready if each.to.way == MAIL and each.budget == each.to.person)}


def _officers(ready: Iterable[Ready], lately: Iterable[Delivery]) -> set[str]:
    """The budgets of those who are told of their own meetings by mail."""
    before = {
        str(one.value["person"])
        for one in lately
        if one.state in HEARD
        and one.value.get("way") == MAIL
        and one.value.get("budget", "") == one.value.get("person")
    }
    return before | {one.budget for one in ready if one.to.way == MAIL and one.budget == one.to.person}


def _is_half(one: Ready) -> bool:
    return one.unit != name_of(one.delivery)


def _other_waits(
    one: Ready, halves: Mapping[str, set[str]], before: Mapping[str, Sequence[Delivery]]
) -> bool:
    """Whether the other of the two should hear the same, has not as yet, and is not here."""
    other = Who.MANAGER if told_to(one.delivery) == Who.CHAIR else Who.CHAIR
    if other in halves[one.unit]:
        return False
    said = what(one.delivery)
    return any(
        each.state in WAITS and told_to(each) == other and what(each) == said
        for each in before.get(one.delivery.group, ())
    )


def _pair(delivery: Delivery) -> str:
    return "\n".join([delivery.group, *map(str, what(delivery))])


def _chair_first(batch: Sequence[Ready]) -> bool:
    return all(told_to(one.delivery) != Who.CHAIR for one in batch)
