"""Who a delivery is for, looked up at the moment of sending: which role, which address, by which way.

Mail where we may send it and the role has an address; else the officers' own chat, and the manager's own workflow
for the manager. The manager's list and what is held go by that workflow, and by mail where there is none. The
forum's chair is told by mail alone. Addresses are read afresh and never kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from functions.people_read import PeopleRead
from functions.saved import findings_back
from functions.telling.owing import MAIL, MANAGER, OFFICERS, Kind
from functions.watch import Watch
from ledger.entries import AlertEntry, Delivery
from models.ladder import Holder, Who, holder
from models.people import People, person_key

NOBODY = People()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who hears: a role at an address, or a chat. `person` is a key that says nothing, or the name of the way."""

    person: str
    way: str
    role: str = ""
    address: str = field(default="", repr=False)
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A role that has no address, so that what is for it waits; "" where we could not look."""

    role: str


def receiver(
    watch: Watch, delivery: Delivery, people: PeopleRead | None, alerts: Mapping[str, AlertEntry]
) -> Receiver | Missing:
    """Who hears this delivery now. `people` is None where nothing is sent by mail."""
    kind = delivery.value.get("kind")
    if kind == Kind.THANKS:
        return Receiver(person=OFFICERS, way=OFFICERS)
    if kind in (Kind.LIST, Kind.HELD):
        if watch.post_to_manager is not None:
            return Receiver(person=MANAGER, way=MANAGER)
        return _reach(watch, Who.MANAGER, Holder(watch.book.agreement.telling.manager), people)
    if kind == Kind.ENDED:
        return _as_before(watch, delivery, people)
    who = Who(delivery.value.get("who", Who.HOLDER.value))
    told = _holder(watch, delivery, who, people, alerts)
    return _reach(watch, who, told, people)


def _as_before(watch: Watch, delivery: Delivery, people: PeopleRead | None) -> Receiver | Missing:
    """Who was told of an alert hears its end by the same way."""
    way, role = delivery.value.get("way", OFFICERS), str(delivery.value.get("role", ""))
    who = Who(delivery.value.get("told", Who.HOLDER.value))
    if way != MAIL:
        return Receiver(person=way, way=way, role=role)
    return _reach(watch, who, Holder(role), people, only_by_mail=True)


def _holder(
    watch: Watch, delivery: Delivery, who: Who, people: PeopleRead | None, alerts: Mapping[str, AlertEntry]
) -> Holder:
    rule, group = watch.book.agreement.telling, watch.book.agreement.group(delivery.group)
    if who is Who.CHAIR:
        return Holder(rule.forum_chair)
    if who is Who.MANAGER:
        return Holder(rule.manager)
    if who is Who.DEPUTY:
        return Holder(group.deputy if group and group.deputy else rule.manager)
    organiser = _organiser(alerts.get(delivery.about))
    return holder(organiser, group, people.people if people else NOBODY, rule)


def _reach(
    watch: Watch, who: Who, told: Holder, people: PeopleRead | None, *, only_by_mail: bool = False
) -> Receiver | Missing:
    """The address of a role; else the chat or workflow that stands for it, where there is one."""
    contact = people.people.contact(told.role) if people else None
    if watch.send_mail is not None and people is not None:
        if contact is not None:
            return Receiver(
                person=person_key(contact.address),
                way=MAIL,
                role=contact.role,
                address=contact.address,
                stands_in=told.stands_in,
            )
        if not people.whole:
            return Missing("")
    if who is Who.CHAIR or only_by_mail:
        return Missing(told.role)
    if who is Who.MANAGER:
        flow = Receiver(person=MANAGER, way=MANAGER, role=told.role)
        return flow if watch.post_to_manager is not None else Missing(told.role)
    return Receiver(person=OFFICERS, way=OFFICERS, role=told.role, stands_in=told.stands_in)


def _organiser(entry: AlertEntry | None) -> str:
    found = findings_back(entry.value) if entry else ()
    meeting = found[0].meeting if found else None
    return meeting.organiser if meeting is not None else ""
