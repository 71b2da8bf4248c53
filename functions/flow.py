"""The order of steps: sweep, review a group, deliver. The one place that knows what is saved before what.

A review ends in the ledger and sends nothing: stamps, then alerts, then what is owed, then the snapshot.
What is owed follows from the alerts, not from what changed, so a review that died half-way is made good by
the next. Deliveries are claimed, worded from the current findings, sent, and paid.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from functions.gathering import facts_of, papers_rows, snapshot_of, stamps_of
from functions.owing import Card, entries_to_save, owed, worded
from functions.saved import alert_back
from functions.swept import CalendarRead, Reviewed, Swept, swept
from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError
from graph_client.tenant import Tenant
from graph_client.windows_of_many import each_window
from graph_client.workflows import CardNotTaken
from ledger.entries import Delivery, DeliveryState
from ledger.port import Ledger
from models.alerts import Round, reconcile
from models.days import LONDON
from models.findings import Finding
from models.groups import placed
from models.papers import PapersRow
from models.rulebook import Rulebook
from models.rules import findings

LOOK_BACK = timedelta(days=35)
LOOK_AHEAD = timedelta(days=396)  # thirteen months
LEASE = timedelta(minutes=5)
POSTS_AT_ONCE, POSTS_WITHIN = 25, timedelta(seconds=300)  # what a Workflows connection takes (graph §3)
LATER = timedelta(minutes=5)

Post = Callable[[Card], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Everything a review and a delivery need, chosen once at the door. `by` names this worker."""

    book: Rulebook
    tenant: Tenant
    ledger: Ledger
    site: str
    papers_list: str
    post: Post
    by: str


async def sweep(watch: Watch, now: datetime) -> Swept:
    """Read every calendar once and review each of its groups; what can't be read is told, the rest goes on."""
    rows, questions = await papers_rows(watch.tenant, watch.site, watch.papers_list)
    mailboxes = sorted({group.calendar for group in watch.book.agreement.groups if group.calendar})
    reviewed: dict[str, Reviewed] = {}
    async with aclosing(each_window(watch.tenant, mailboxes, *window(now))) as windows:
        async for mailbox, read in windows:  # each as soon as it is complete
            reviewed[mailbox] = await _reviewed(watch, mailbox, read, rows, now)
    return swept(watch.book.agreement, reviewed, questions)


def window(now: datetime) -> tuple[date, date]:
    """The days a review reads: 35 days back, 13 months ahead."""
    today = now.astimezone(LONDON).date()
    return today - LOOK_BACK, today + LOOK_AHEAD


async def review(
    watch: Watch, group: str, read: WindowRead, rows: Sequence[PapersRow] | None, now: datetime
) -> tuple[Finding, ...] | None:
    """Review one group and save what came of it; None where somebody else is reviewing it now.

    `read` has the group's own meetings, placed and masked. `rows` is None where the Papers list could not
    be read. Only promises that both chairs have turned on are taken up as alerts.
    """
    ledger = watch.ledger
    if not await ledger.take_lease(group, by=watch.by, now=now, until=now + LEASE):
        return None
    try:
        stamps = await stamps_of(ledger, group, read)
        facts = facts_of(watch.book, group, read, rows, stamps)
        judged = tuple(one for one in findings(facts, watch.book.agreement, now) if one.meeting is not None)
        await _take_up(watch, group, read, judged, now)
        await ledger.save_snapshot(group, snapshot_of(read))
        return judged
    finally:
        await ledger.give_lease(group, by=watch.by)


async def deliver(watch: Watch, now: datetime) -> tuple[Delivery, ...]:
    """Send what is owed and due, as much as the receiver takes at once; gives back what was tried."""
    for unsure in await watch.ledger.find_unsure(now):  # a card may be seen twice, and then says so
        await watch.ledger.put_off(unsure.group, unsure.key, by=watch.by, not_before=now)
    before = await watch.ledger.deliveries()
    lately = sum(one.settled_at is not None and now - one.settled_at < POSTS_WITHIN for one in before)
    tried = set()
    for delivery in (await watch.ledger.due(now))[: max(0, POSTS_AT_ONCE - lately)]:
        if await watch.ledger.claim(delivery.group, delivery.key, by=watch.by, now=now, until=now + LEASE):
            await _send(watch, delivery, now)
            tried.add(delivery.key)
    return tuple(one for one in await watch.ledger.deliveries() if one.key in tried)


async def _reviewed(
    watch: Watch,
    mailbox: str,
    read: WindowRead | GraphError,
    rows: Sequence[PapersRow] | None,
    now: datetime,
) -> Reviewed:
    if isinstance(read, GraphError):
        return Reviewed(calendar=CalendarRead(mailbox, None, why_not=str(read)))
    here = [placed(one, watch.book.agreement, calendar=mailbox) for one in read.meetings]
    found: list[Finding] = []
    for group in (one.name for one in watch.book.agreement.groups if one.calendar == mailbox):
        own = tuple(meeting for meeting in here if meeting.group == group)
        found += await review(watch, group, replace(read, meetings=own), rows, now) or ()
    return Reviewed(
        calendar=CalendarRead(mailbox, read.read_at, len(read.meetings)),
        meetings=[meeting for meeting in here if not meeting.cancelled],
        findings=found,
        questions=read.unreadable,
    )


async def _take_up(
    watch: Watch, group: str, read: WindowRead, judged: Sequence[Finding], now: datetime
) -> None:
    """Alerts are saved, then what they owe."""
    on = frozenset(promise.id for promise in watch.book.agreement.promises if promise.on)
    live = tuple(finding for finding in judged if finding.promise in on)
    entries = await watch.ledger.alerts(group)
    known = {key: alert_back(entry.value) for key, entry in entries.items()}
    round = Round(
        findings=live,
        group=group,
        first=read.first,
        last=read.last,
        complete=not read.unreadable,
        promises=on,
    )
    reconciled = reconcile(known, round, now)
    await watch.ledger.save_alerts(group, entries_to_save(reconciled, live, entries))
    before = await watch.ledger.deliveries(group)
    await watch.ledger.owe(owed(reconciled.alerts.values(), before, now))


async def _send(watch: Watch, delivery: Delivery, now: datetime) -> None:
    """Send one claimed delivery: paid, dropped, put off, or unsure where it may have arrived."""
    group, key, by = delivery.group, delivery.key, watch.by
    entry = (await watch.ledger.alerts(group)).get(delivery.about)
    card = worded(delivery, entry, watch.book.agreement)
    if card is None:
        note = "put right meanwhile"
        await watch.ledger.settle(group, key, DeliveryState.DROPPED, by=by, at=now, note=note)
        return
    try:
        await watch.post(card)
    except CardNotTaken as refused:
        if refused.may_have_arrived:
            await watch.ledger.settle(group, key, DeliveryState.UNSURE, by=by, at=now, note=str(refused))
        else:
            later = now + max(timedelta(seconds=refused.after or 0), LATER)
            await watch.ledger.put_off(group, key, by=by, not_before=later, note=str(refused))
        return
    await watch.ledger.settle(group, key, DeliveryState.PAID, by=by, at=now)
