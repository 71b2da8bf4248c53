"""Carries what reps ask for to the officer of the group, and to the partnership manager if nothing came of it.

The officer hears at the next moment of the working day. The manager's mail is owed at the same time, for noon of
the working day after, and is dropped if we can see by then that the ask was seen to.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from functions.gathering import statements_of
from functions.reps.ahead import AHEAD, meetings_of, opens_since
from functions.reps.composing import Not, Ready
from functions.reps.known import REPS
from functions.telling.mailing import Enclosed
from functions.telling.release import released
from functions.watch import Watch
from ledger.entries import Delivery, DeliveryState, Json
from models.asks import Ask, asks_in, seen_to
from models.facts import Said, Statement
from models.people import Contact, People
from models.rep_days import noon_after, open_moment
from wording.mails.asks import ask_letter, ask_passed_on

ASK, PASSED_ON = "ask", "ask passed on"
TO_MANAGER = "/manager"
NO_LONGER = timedelta(days=10)  # an ask that could not leave for so long is past helping


def asks_owed(
    watch: Watch, group: str, statements: Iterable[Statement], remembered: Mapping[str, Json], now: datetime
) -> list[Delivery]:
    """The mails that the asks of one group owe; none while the group is quiet, as then no rep has a link."""
    if watch.observing or watch.send_mail is None or released(remembered, watch.book) is None:
        return []
    owed = []
    for ask in asks_in(statements, now):
        told = open_moment(ask.at, watch.hours, watch.book.working)
        value = {"said": ask.said.value, "meeting": ask.meeting, "at": ask.at.isoformat()}
        for kind, key, at in (
            (ASK, ask.key, told),
            (PASSED_ON, ask.key + TO_MANAGER, noon_after(told, watch.book.working)),
        ):
            owed.append(
                Delivery(
                    key=key,
                    group=group,
                    channel=REPS,
                    about=ask.meeting,
                    not_before=at,
                    value={"kind": kind, **value},
                )
            )
    return owed


async def ask_mail(watch: Watch, delivery: Delivery, people: People, now: datetime) -> Ready | Not:
    """The mail about one ask, as things stand now."""
    remembered = await watch.ledger.remembered(delivery.group)
    saved = remembered.get(AHEAD, {})
    statements = await statements_of(watch.ledger, delivery.group)
    asked_at = datetime.fromisoformat(delivery.value["at"])
    ask = next(
        (one for one in asks_in(statements, asked_at) if one.key == delivery.key.removesuffix(TO_MANAGER)),
        None,
    ) or Ask(Said(delivery.value["said"]), delivery.value["meeting"], asked_at, 1)
    since = opens_since(saved, ask.meeting)
    series = saved.get("series", {}).get(ask.meeting, "")
    meeting = next((one for one in meetings_of(saved) if one.key == ask.meeting), None)
    over = meeting is not None and (meeting.cancelled or meeting.ends <= now)
    if over or now - ask.at > NO_LONGER or seen_to(ask, statements, series=series, opens_since=since):
        return Not("it was seen to, taken back, or the meeting is over")
    title, starts = (meeting.title, meeting.starts) if meeting else (delivery.group, None)
    officer = _officer(watch, delivery.group, people)
    manager = people.contact(watch.book.agreement.telling.manager)
    if delivery.value["kind"] == ASK:
        if officer is None:
            return Not("no officer of the group has an address in the register")
        letter = ask_letter(watch.texts, ask.said, title, starts, ask.number, again=delivery.again)
        return Ready(letter, officer.address, Enclosed(), delivery.value)
    if manager is None:
        return Not("the partnership manager has no address in the register")
    told = await _told(watch, delivery)
    letter = ask_passed_on(watch.texts, ask.said, title, starts, ask.number, told=told, again=delivery.again)
    return Ready(letter, manager.address, Enclosed(), delivery.value)


def _officer(watch: Watch, group: str, people: People) -> Contact | None:
    """The group's officer, else its deputy."""
    named = watch.book.agreement.group(group)
    if named is None:
        return None
    return people.contact(named.officer) or people.contact(named.deputy)


async def _told(watch: Watch, delivery: Delivery) -> datetime | None:
    """When the officer was told; None where nobody was."""
    asked = delivery.key.removesuffix(TO_MANAGER)
    sent = (DeliveryState.PAID, DeliveryState.UNSURE)
    for one in await watch.ledger.deliveries(delivery.group):
        if one.key == asked and one.state in sent:
            return one.settled_at or one.not_before
    return None
