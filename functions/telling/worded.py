"""The words of a delivery: chosen at the last moment, from what is true now.

A delivery that is no longer needed has no words. One whose alert is being seen to or checked waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from functions.links import link
from functions.saved import alert_back, findings_back, statement_back
from functions.telling.needs import ids_of, needs_of, standing
from functions.telling.owing import MAIL, Kind
from functions.telling.release import HELD, WHOLE
from functions.telling.rungs import CHECK_WITHIN, STILL_WORTH
from functions.telling.thanking import is_fresh, thanks_back
from functions.telling.whom import Receiver
from functions.watch import Card, Watch
from ledger.entries import Delivery, Json
from models import spoken
from models.agreement import Promise
from models.alerts import Alert, AlertState
from models.days import LONDON
from models.findings import Finding, State
from models.ladder import Who
from models.links import Purpose
from models.statements import standing as still_said
from wording.alert_words import known_promise
from wording.cards import held_card, held_said, managers_card, managers_said, thanks_card
from wording.mails.letter import Letter
from wording.mails.manager import managers_letter
from wording.pieces import (
    Piece,
    alert_piece,
    check_piece,
    ended_piece,
    not_agreed_piece,
    reason_piece,
    why_now,
)
from wording.plain import title

PAPERS_DUE = "papers due"  # the name under which the due days of papers still ahead are remembered of a group
PAUSED = frozenset({AlertState.IN_HAND, AlertState.BEING_CHECKED})


@dataclass(frozen=True, slots=True)
class Worded:
    """A piece of news or a whole card, and what is to be remembered with its delivery once it is paid."""

    said: Piece | Card | Letter
    paid: Json


@dataclass(frozen=True, slots=True)
class NotNow:
    """Why there are no words: for good, or only as long as the alert is in somebody's hands."""

    why: str
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What a delivery is about, as it is now."""

    alert: Alert
    found: tuple[Finding, ...]
    promise: Promise | None


async def worded(watch: Watch, delivery: Delivery, to: Receiver, now: datetime) -> Worded | NotNow:
    """The words of a delivery as things stand now, or why there are none."""
    match delivery.value.get("kind"):
        case Kind.LIST:
            return await _list(watch, delivery, to)
        case Kind.HELD:
            return await _held(watch, delivery, to)
        case Kind.THANKS:
            thanks = thanks_back(delivery.value)
            if not is_fresh(thanks, now.astimezone(LONDON).date()):
                return NotNow("its month is over")
            card = thanks_card(watch.texts, thanks, watch.book.agreement, again=delivery.again)
            return Worded(card, delivery.value)
    about = await _about(watch, delivery)
    if about is None:
        return NotNow("put right meanwhile")
    match delivery.value.get("kind"):
        case Kind.REASON | Kind.NOT_AGREED:
            return await _answer(watch, delivery, about, to, now)
        case Kind.CHECK:
            return await _check(watch, delivery, about, to, now)
    return await _alert(watch, delivery, about, to, now)


def changed_since(delivery: Delivery, alert: Alert | None) -> bool:
    """Whether what was owed about an alert is no longer what it says."""
    if alert is None or alert.opened_at.isoformat() != delivery.value["opened_at"]:
        return True
    return alert.state not in PAUSED and alert.state != delivery.value["state"]


async def _about(watch: Watch, delivery: Delivery) -> _About | None:
    entry = (await watch.ledger.alerts(delivery.group)).get(delivery.about)
    if entry is None or not (found := findings_back(entry.value)):
        return None
    alert = alert_back(entry.value)
    return _About(alert=alert, found=found, promise=known_promise(watch.book.agreement, alert))


async def _alert(
    watch: Watch, delivery: Delivery, about: _About, to: Receiver, now: datetime
) -> Worded | NotNow:
    alert, found = about.alert, about.found
    if changed_since(delivery, alert):
        return NotNow("put right meanwhile")
    if alert.state in PAUSED:
        return NotNow(f"{alert.state}", waits=True)
    if not alert.stands or about.promise is None:
        meeting = found[0].meeting
        name = title(meeting) if meeting is not None else alert.group
        return Worded(ended_piece(watch.texts, alert, name), delivery.value)
    due = await _papers_due(watch, delivery.group, found)
    forum = delivery.value.get("who") == Who.CHAIR
    answer = "" if forum else _page(watch, Purpose.ALERT, to, alert, now)
    piece = alert_piece(watch.texts, alert, found, about.promise, papers_due=due, answer=answer)
    before = await _before_it(watch, delivery, to)
    return Worded(piece.after(*before), {**delivery.value, "said": _said(found)})


async def _before_it(watch: Watch, delivery: Delivery, to: Receiver) -> list[str]:
    """Why it comes now, and to this role."""
    kind = delivery.value["kind"]
    if kind != Kind.SECOND:
        return why_now(watch.texts, third=kind == Kind.THIRD, away=to.stands_in)
    told = [
        one.settled_at
        for one in await watch.ledger.deliveries(delivery.group)
        if one.about == delivery.about
        and one.value.get("kind") == Kind.OPENED
        and one.value["opened_at"] == delivery.value["opened_at"]
        and one.settled_at is not None
    ]
    day = spoken.day(max(told).astimezone(LONDON).date()) if told else ""
    others = delivery.value["who"] != Who.HOLDER
    return why_now(watch.texts, told_on=day, others=others, away=to.stands_in)


async def _answer(
    watch: Watch, delivery: Delivery, about: _About, to: Receiver, now: datetime
) -> Worded | NotNow:
    """A reason, or the forum's answer to one, as long as nobody took it back and it still matters."""
    alert = about.alert
    if about.promise is None or alert.state not in STILL_WORTH or await _taken_back(watch, delivery):
        return NotNow("taken back, or no longer asked")
    if delivery.value["kind"] == Kind.NOT_AGREED:
        return Worded(not_agreed_piece(watch.texts, alert, about.found), delivery.value)
    chair = delivery.value["who"] == Who.CHAIR
    answer = _page(watch, Purpose.REASON, to, alert, now) if chair else ""
    reason = str(delivery.value.get("reason", ""))
    piece = reason_piece(watch.texts, alert, about.found, about.promise, reason, answer)
    return Worded(piece, delivery.value)


async def _check(
    watch: Watch, delivery: Delivery, about: _About, to: Receiver, now: datetime
) -> Worded | NotNow:
    alert = about.alert
    checked = alert.state is not AlertState.BEING_CHECKED or about.promise is None
    if checked or about.promise is None or await _taken_back(watch, delivery):
        return NotNow("answered meanwhile")
    piece = check_piece(
        watch.texts,
        alert,
        about.found,
        about.promise,
        str(delivery.value.get("words", "")),
        days=CHECK_WITHIN,
        reminder=bool(delivery.value.get("reminder")),
        answer=_page(watch, Purpose.CHECK, to, alert, now),
    )
    return Worded(piece, delivery.value)


async def _taken_back(watch: Watch, delivery: Delivery) -> bool:
    """Whether the statement that a delivery tells of has been taken back."""
    id = delivery.value.get("statement")
    if not id:
        return False
    said = still_said(statement_back(one.value) for one in await watch.ledger.statements(delivery.group))
    return all(one.id != id for one in said)


def _page(watch: Watch, purpose: Purpose, to: Receiver, alert: Alert, now: datetime) -> str:
    """The page with the answers, for one role; a group is known there by the name that it had first."""
    group = watch.book.agreement.first_names.get(alert.group, alert.group)
    return link(watch, purpose, to.role, now, group=group, about=alert.key)


async def _papers_due(watch: Watch, group: str, found: Sequence[Finding]) -> date | None:
    """The line at booking: by when the papers of the one meeting of a card are to go out."""
    days = (await watch.ledger.remembered(group)).get(PAPERS_DUE, {})
    known = [days[finding.subject] for finding in found if finding.subject in days]
    return date.fromisoformat(known[0]) if len(found) == len(known) == 1 else None


def _said(found: Sequence[Finding]) -> str:
    """Whether there was still something to put right when people were told."""
    ahead = any(finding.state is State.AT_RISK for finding in found)
    return (State.AT_RISK if ahead else State.MISSED).value


async def _list(watch: Watch, delivery: Delivery, to: Receiver) -> Worded | NotNow:
    needs = await needs_of(watch.ledger, watch.book, observing=watch.observing)
    ids = ids_of(needs)
    if not ids:
        return NotNow("nothing is left on the list")
    paid = {**delivery.value, "listed": sorted(ids)}
    if to.way == MAIL:
        said = managers_said(watch.texts, needs, watch.book.agreement)
        return Worded(managers_letter(watch.texts, said, again=delivery.again), paid)
    return Worded(managers_card(watch.texts, needs, watch.book.agreement, again=delivery.again), paid)


async def _held(watch: Watch, delivery: Delivery, to: Receiver) -> Worded | NotNow:
    held = set((await watch.ledger.remembered(WHOLE)).get(HELD, {}).get("about", ()))
    alerts = []
    for group in watch.book.agreement.groups:
        alerts += standing((await watch.ledger.alerts(group.name)).values(), watch.book)
    waiting = [(alert, found) for alert, found in alerts if alert.key in held]
    if not waiting:
        return NotNow("put right meanwhile")
    if to.way == MAIL:
        said = held_said(watch.texts, waiting, watch.book.agreement)
        return Worded(managers_letter(watch.texts, said, again=delivery.again), delivery.value)
    return Worded(held_card(watch.texts, waiting, watch.book.agreement, again=delivery.again), delivery.value)
