"""What one rep has heard so far, from the mails that went; and what there is to say to that rep now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from functions.gathering import statements_of
from functions.reps.ahead import AHEAD, meetings_of, opens_since
from functions.telling.release import released
from functions.watch import Watch
from ledger.entries import Delivery, DeliveryState, Json
from models.ahead import MeetingAhead
from models.asks import opened_for
from models.budget import has_room
from models.due_days import Entry
from models.facts import Said, Statement
from models.rep_mail import Told

WEEKLY, AT_ONCE = "weekly", "at once"
TAKEN = (DeliveryState.PAID, DeliveryState.UNSURE)
WAITS = (DeliveryState.OWED, DeliveryState.CLAIMED)


@dataclass(frozen=True, slots=True)
class GroupAhead:
    """One released group: its meetings ahead as they are remembered, and what people said of them."""

    saved: Json
    meetings: tuple[MeetingAhead, ...]
    statements: tuple[Statement, ...]


async def group_ahead(watch: Watch, group: str) -> GroupAhead | None:
    """None for a group that is quiet or not known: of it reps hear nothing."""
    if watch.book.agreement.group(group) is None:
        return None
    remembered = await watch.ledger.remembered(group)
    if released(remembered, watch.book) is None:
        return None
    saved = remembered.get(AHEAD, {})
    return GroupAhead(saved, meetings_of(saved), await statements_of(watch.ledger, group))


class Ahead:
    """What lies ahead in each group, each looked up once."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._groups: dict[str, GroupAhead | None] = {}

    async def of(self, groups: Iterable[str]) -> Mapping[str, GroupAhead]:
        """The released ones of these groups, by name."""
        found = {}
        for name in groups:
            if name not in self._groups:
                self._groups[name] = await group_ahead(self._watch, name)
            if (one := self._groups[name]) is not None:
                found[name] = one
        return found


def meetings_in(groups: Mapping[str, GroupAhead]) -> list[MeetingAhead]:
    """All meetings of these groups."""
    return [meeting for one in groups.values() for meeting in one.meetings]


def opened_in(groups: Mapping[str, GroupAhead], rep: str) -> frozenset[str]:
    """The meetings whose papers this rep could not open, and now should."""
    found = set()
    for one in groups.values():
        if not any(said.said is Said.CANT_OPEN for said in one.statements):
            continue
        for meeting in one.meetings:
            series = one.saved.get("series", {}).get(meeting.key, "")
            since = opens_since(one.saved, meeting.key)
            if opened_for(rep, one.statements, meeting.key, series=series, opens_since=since):
                found.add(meeting.key)
    return frozenset(found)


def last_told(deliveries: Iterable[Delivery]) -> Told | None:
    """What the rep has heard, with the last mail that surely went; None before the first."""
    last = _last(deliveries)
    return Told.of(last.value["told"]) if last is not None else None


def entries_sent(deliveries: Iterable[Delivery]) -> dict[str, Entry]:
    """The due days that were put into this rep's calendar, by meeting."""
    last = _last(deliveries)
    return {key: Entry.of(one) for key, one in last.value["entries"].items()} if last is not None else {}


def number_unsure(deliveries: Iterable[Delivery]) -> int:
    """How many mails to this rep may or may not have arrived."""
    return sum(one.state is DeliveryState.UNSURE for one in deliveries)


def may_be_urgent(deliveries: Iterable[Delivery], now: datetime, a_week: int) -> bool:
    """Whether the rep may get a mail that can't wait: none waits, and fewer than `a_week` went within seven days."""
    urgent = [one for one in deliveries if one.value.get("kind") == AT_ONCE]
    if any(one.state in WAITS for one in urgent):
        return False
    went = [one.settled_at or one.not_before for one in urgent if one.state in TAKEN]
    return has_room(went, now, a_week)


def _last(deliveries: Iterable[Delivery]) -> Delivery | None:
    heard = [one for one in deliveries if one.state is DeliveryState.PAID and "told" in one.value]
    return max(heard, key=lambda one: one.settled_at or one.not_before, default=None)
