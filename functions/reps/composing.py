"""The words of one rep's mail, from what is true at the moment of sending; or why there is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from functions.links import link
from functions.reps.heard import (
    WEEKLY,
    Ahead,
    entries_sent,
    last_told,
    meetings_in,
    number_unsure,
    opened_in,
)
from functions.telling.mailing import Enclosed
from functions.watch import Watch
from ledger.entries import Delivery, Json
from models.days import LONDON
from models.due_days import EntrySent, entry_for
from models.links import Purpose
from models.people import Contact, People, Rep
from models.rep_days import may_hear, week_of
from models.rep_mail import RepMail, at_once, weekly
from models.reps import Preferences, partition_of
from wording.mails.due_day import due_day_part
from wording.mails.letter import Letter
from wording.mails.reps import Around, RepLinks, at_once_letter, weekly_letter


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter to one address, what goes with it, and what is to be remembered once it went."""

    letter: Letter
    to: str
    enclosed: Enclosed
    paid: Json


@dataclass(frozen=True, slots=True)
class Not:
    """Why there is no mail: for good, or `until` a better moment."""

    why: str
    until: datetime | None = None


async def rep_mail(
    watch: Watch, delivery: Delivery, people: People, ahead: Ahead, now: datetime
) -> Ready | Not:
    """The mail of the week, or the one that can't wait, as things stand now."""
    key = delivery.group.removeprefix(partition_of(""))
    rep = people.reps.get(key)
    if rep is None or not rep.groups:
        return Not("this rep has no seat that mail is for")
    chosen = Preferences.of(await watch.ledger.remembered(delivery.group))
    if why := _not_today(watch, delivery, chosen, now):
        return why
    groups = await ahead.of(rep.groups)
    before = await watch.ledger.deliveries(delivery.group)
    opened, told = opened_in(groups, key), last_told(before)
    known = meetings_in(groups)
    if delivery.value.get("kind") == WEEKLY:
        mail = weekly(known, told, now, groups=groups.keys(), opened=opened)
    else:
        mail = at_once(known, told, now, opened=opened)
    if mail is None:
        return Not("there is nothing to say")
    sent = entries_sent(before)
    entry = None
    if delivery.value.get("kind") == WEEKLY and watch.sender:
        today = now.astimezone(LONDON).date()
        entry = entry_for(known, sent, today, wanted=chosen.due_days, unsure=number_unsure(before))
    entries = {**sent, **({entry.key: entry.entry} if entry else {})}
    paid = {
        **delivery.value,
        "told": mail.told.plain(),
        "entries": {
            meeting: one.plain() for meeting, one in entries.items() if meeting in _kept(mail, entry)
        },
    }
    return _written(watch, rep, mail, entry, people, told is None, delivery, paid, now)


def _kept(mail: RepMail, entry: EntrySent | None) -> frozenset[str]:
    """The meetings whose entries are still worth remembering: those ahead, and the one of this mail."""
    return frozenset(mail.told.meetings) | ({entry.key} if entry else frozenset())


def _not_today(watch: Watch, delivery: Delivery, chosen: Preferences, now: datetime) -> Not | None:
    today = now.astimezone(LONDON).date()
    if chosen.resting(today):
        return Not("this rep asked for no mail now")
    if delivery.value.get("kind") == WEEKLY:
        if delivery.key != f"weekly/{week_of(today)}":
            return Not("its week is over")
    elif not chosen.at_once:
        return Not("this rep asked for the weekly mail alone")
    school = watch.book.terms.of(watch.book.agreement.terms.main)
    if not may_hear(today, chosen, watch.book.working, school):
        return Not("schools are shut", until=watch.hours.next_after(_tomorrow(now), watch.book.working))
    return None


def _tomorrow(now: datetime) -> datetime:
    local = now.astimezone(LONDON)
    return datetime.combine(local.date(), local.time().max, LONDON)


def _written(
    watch: Watch,
    rep: Rep,
    mail: RepMail,
    entry: EntrySent | None,
    people: People,
    first: bool,  # noqa: FBT001 (said by name where it is given)
    delivery: Delivery,
    paid: Json,
    now: datetime,
) -> Ready:
    officer, whose = _answers_to(watch, mail, people)
    links = _links(watch, rep, mail, now)
    is_weekly = delivery.value.get("kind") == WEEKLY
    around = Around(groups=rep.groups, links=links, answers_to=whose, first=first and is_weekly, entry=entry)
    letter = (
        weekly_letter(watch.texts, mail, around, now)
        if is_weekly
        else at_once_letter(watch.texts, mail, around)
    )
    reply_to = officer.address if officer else ""
    part = due_day_part(watch.texts, entry, organiser=watch.sender, rep=rep.address, now=now) if entry else ""
    by_mail = f"mailto:{reply_to}?subject=unsubscribe" if reply_to else ""
    enclosed = Enclosed(reply_to=reply_to, unsubscribe=links.stop or by_mail, calendar=part)
    return Ready(letter, rep.address, enclosed, paid)


def _answers_to(watch: Watch, mail: RepMail, people: People) -> tuple[Contact | None, str]:
    """Who gets the rep's answers: the officer of the group whose meeting comes first, else the manager."""
    groups = [one.group for one in mail.meetings] or [one.meeting.group for one in mail.changes]
    for name in groups[:1]:
        group = watch.book.agreement.group(name)
        officer = people.contact(group.officer) if group is not None else None
        if officer is not None:
            return officer, "officer"
    manager = people.contact(watch.book.agreement.telling.manager)
    return manager, "manager" if manager is not None else ""


def _links(watch: Watch, rep: Rep, mail: RepMail, now: datetime) -> RepLinks:
    def page(purpose: Purpose) -> str:
        return link(watch, purpose, rep.key, now)

    def pages(purpose: Purpose, about: Iterable[tuple[str, str]]) -> Mapping[str, str]:
        made = {key: link(watch, purpose, rep.key, now, group=group, about=key) for group, key in about}
        return {key: address for key, address in made.items() if address}

    ahead = [(one.group, one.key) for one in mail.meetings]
    changed = [(one.meeting.group, one.meeting.key) for one in mail.changes]
    return RepLinks(
        my_meetings=page(Purpose.MY_MEETINGS),
        choices=page(Purpose.PREFERENCES),
        pause=page(Purpose.PAUSE),
        stop=page(Purpose.UNSUBSCRIBE),
        cant_open=pages(Purpose.CANT_OPEN, [*ahead, *changed]),
        call=pages(Purpose.CALL, ahead),
    )
