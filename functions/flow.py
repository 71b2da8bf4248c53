"""The order of steps: sweep, review a group, the daily pass, deliver. The one place that knows what is saved
before what.

A review ends in the ledger and sends nothing: stamps, then alerts, then what is owed, then what is
remembered, then the snapshot. What is owed follows from the alerts, not from what changed, so a review that
died half-way is made good by the next. Deliveries are claimed, worded from what is true now, sent, and paid.
"""

from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from functions import gathering
from functions.drafts import drafts_sent
from functions.homes import each_at_home
from functions.last_refusals import refusals_kept
from functions.papers.sources import PapersSources
from functions.people_read import register_of
from functions.recorded import records_to_save, requests_to_save
from functions.register_rows import register_rows
from functions.reps.ahead import AHEAD, Seen, ahead_after
from functions.reps.asks import asks_owed
from functions.reps.known import REPS
from functions.reps.papers_ahead import sayable_of
from functions.reps.round import reps_told
from functions.saved import alert_back
from functions.showing.remembered import SHOWN, shown_after
from functions.swept import CalendarRead, Reviewed, Swept, swept
from functions.telemetry import noted, of_deliveries, of_refusal, of_review, of_sweep
from functions.telling.holding import not_held
from functions.telling.needs import SAID_AGAIN_AFTER, ids_of, list_owed, needs_of, questions_of
from functions.telling.owing import (
    MANAGER,
    Kind,
    TakenUp,
    Telling,
    entries_to_save,
    live_findings,
    owed,
)
from functions.telling.refused import refusals_noted
from functions.telling.release import WHOLE, released
from functions.telling.rungs import owed_by_rungs
from functions.telling.sending import send_due
from functions.telling.thanking import thanks_owed
from functions.telling.worded import PAPERS_DUE
from functions.watch import Watch
from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError
from graph_client.windows_of_many import each_window
from ledger.entries import AlertEntry, Delivery, Json
from ledger.faults import ChangedSince
from models.agreement import Group
from models.alerts import Alert, Round, reconcile
from models.days import LONDON
from models.facts import Coverage, Facts, RegisterRow
from models.findings import Finding
from models.groups import Placing
from models.keys import slug
from models.register import REGISTER
from models.review_days import review_passed
from models.rules import findings_of_meetings, wider_findings
from models.ticks import papers_ticked, reasons_of_ticks

LOOK_BACK = timedelta(days=35)
LOOK_AHEAD = timedelta(days=396)  # thirteen months
LEASE = timedelta(minutes=5)
PAPERS = "papers"  # the name under which its sources remember what they saw of a group's papers


@dataclass(frozen=True, slots=True)
class Sources:
    """What all reviews of one sweep share: where papers are looked for, and the rows of the register."""

    papers: PapersSources
    rows: tuple[RegisterRow, ...] = ()


@noted("sweep", of_sweep)
async def sweep(watch: Watch, now: datetime, mailboxes: Sequence[str] = ()) -> Swept:
    """Read every calendar once and review each of its groups; what can't be read is told, the rest goes on.

    With `mailboxes` only those are read: a notification came, or a sweep of many is shared out. One that is no
    calendar of the agreement is left out.
    """
    rows = await register_rows(watch.tenant, watch.site, watch.book.agreement)
    papers = PapersSources(
        watch.tenant, watch.book.agreement, site=watch.site, papers_list=watch.papers_list, now=now
    )
    sources = Sources(papers, rows.rows)
    chosen = [one for one in watch.book.agreement.calendars if not mailboxes or one in mailboxes]
    at_home = await each_at_home(watch, chosen, partial(_windows, watch, now))
    refused = [(mailbox, read) for mailbox, read in at_home.items() if isinstance(read, GraphError)]
    await refusals_kept(watch, refused, now)
    reviewed = {
        mailbox: await _reviewed(watch, mailbox, read, sources, now) for mailbox, read in at_home.items()
    }
    overdue = review_passed(watch.book.agreement, now.astimezone(LONDON).date())
    of_all = (*rows.questions, *papers.questions, *([overdue] if overdue else ()))
    remembered = await watch.ledger.remembered(WHOLE)
    for name, asked in (await questions_of(watch, reviewed, of_all, now)).items():
        if dict(remembered.get(name, {})) != dict(asked):
            await watch.ledger.remember(WHOLE, name, asked)
    await _owe_list(watch, now, mailboxes)
    return swept(watch.book.agreement, reviewed, of_all, rows.rows, rows.whole)


def window(now: datetime) -> tuple[date, date]:
    """The days a review reads: 35 days back, 13 months ahead."""
    today = now.astimezone(LONDON).date()
    return today - LOOK_BACK, today + LOOK_AHEAD


async def review(
    watch: Watch,
    group: Group,
    read: WindowRead,
    sources: Sources,
    now: datetime,
    *,
    elsewhere: frozenset[str] = frozenset(),
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Review one group and save what came of it; gives back its findings and what must be asked.

    `read` has the group's own meetings, placed and masked; `elsewhere` are the keys of the whole calendar.
    Where another worker reviews the group now, or has reviewed a later reading, nothing is saved and there
    are no findings.
    """
    ledger = watch.ledger
    if not await ledger.take_lease(group.name, by=watch.by, now=now, until=now + LEASE):
        return (), ()
    try:
        before = await ledger.snapshot(group.name)
        if gathering.is_stale(read, before):
            return (), ()
        remembered = await ledger.remembered(group.name)
        moved = gathering.moved_of(read, before, remembered)
        by_people = await gathering.statements_of(ledger, group.name)
        seen = await sources.papers.seen(
            group,
            read,
            remembered.get(PAPERS, {}),
            cant_open=gathering.cant_be_opened(by_people, moved),
        )
        statements = gathering.statements_followed((*by_people, *seen.statements), moved)
        papers = gathering.papers_followed(seen, read, moved, remembered)
        papers = papers_ticked(papers, statements, read.meetings, watch.book.agreement, now)
        gathered = gathering.Gathered(
            stamps=await gathering.stamps_of(ledger, group.name, read, before),
            statements=(*statements, *reasons_of_ticks(statements)),
            papers=papers,
            papers_route_works=seen.works,
            papers_since=seen.works_since,
            rows=sources.rows,
        )
        facts = gathering.facts_of(watch.book, group.name, read, gathered)
        judged = findings_of_meetings(facts, watch.book.agreement, now)
        await _take_up(watch, group.name, read, facts, judged, remembered, now)
        if asked := asks_owed(watch, group.name, statements, remembered, now):
            await ledger.owe(asked)
        ahead = Seen(
            read=read,
            before=before,
            facts=facts,
            judged=judged,
            moved=moved,
            elsewhere=elsewhere,
            sayable=await sayable_of(watch, group.name, judged, released(remembered, watch.book), now),
        )
        kept = {
            PAPERS: seen.remember,
            gathering.MOVED: moved,
            gathering.PAPERS_SENT: gathering.papers_to_remember(papers, moved, read),
            gathering.LATELY: gathering.lately_saved(gathering.lately_after(remembered, judged, now)),
            PAPERS_DUE: gathering.due_days(judged),
            AHEAD: ahead_after(remembered.get(AHEAD, {}), ahead, now),
            SHOWN: _to_show(watch, remembered, judged, facts, now),
        } | records_to_save(remembered, judged, facts, watch.book.agreement, now)
        for name, value in kept.items():
            if dict(remembered.get(name, {})) != dict(value):
                await ledger.remember(group.name, name, value)
        await ledger.save_snapshot(group.name, gathering.snapshot_of(read))
        return judged, seen.questions
    except ChangedSince:  # our lease ran out while Graph kept us waiting, and another worker was here
        return (), ()
    finally:
        await ledger.give_lease(group.name, by=watch.by)


@noted("daily", of_sweep)
async def daily(watch: Watch, swept: Swept, now: datetime) -> Swept:
    """Judge what is wider than one group, once a day: shares of months, rows of the register, school dates.

    `swept` is today's sweep. What is found is the manager's; thanks for the last month go to all.
    """
    first, last = window(now)
    complete = all(calendar.read_at is not None for calendar in swept.calendars)
    facts = Facts(
        meetings=tuple(meeting for meeting in swept.meetings if meeting.group and not meeting.cancelled),
        working_days=watch.book.working,
        terms=watch.book.terms,
        coverage=Coverage(first=first, last=last, complete=complete),
        rows=swept.rows,
        statements=await gathering.statements_of(watch.ledger, WHOLE),
    )
    wider = wider_findings(facts, watch.book.agreement, now)
    if await watch.ledger.take_lease(WHOLE, by=watch.by, now=now, until=now + LEASE):
        try:
            await _reconciled(watch, WHOLE, wider, facts, now, lists=swept.lists_read)
            await watch.ledger.owe(await thanks_owed(watch, swept.findings, now))
            remembered = await watch.ledger.remembered(WHOLE)
            shown = _to_show(watch, remembered, wider, facts, now, lists=swept.lists_read)
            record = requests_to_save(
                remembered, wider, facts, watch.book.agreement, now, lists=swept.lists_read
            )
            for name, value in {SHOWN: shown, **record}.items():
                if dict(remembered.get(name, {})) != dict(value):
                    await watch.ledger.remember(WHOLE, name, value)
        finally:
            await watch.ledger.give_lease(WHOLE, by=watch.by)
    await _owe_list(watch, now)
    return replace(swept, findings=(*swept.findings, *wider))


@noted("deliver", of_deliveries)
async def deliver(watch: Watch, now: datetime) -> tuple[Delivery, ...]:
    """Send what is owed and due, folded into one message a person; gives back what was tried.

    Nothing is sent outside the hours in which people may be told, and nobody hears more often than the agreement
    says: the rest waits. What may have arrived is sent again, and says so.
    """
    for unsure in await watch.ledger.find_unsure(now):
        if unsure.channel == REPS:  # a mail to a rep is not sent again by itself
            continue
        await watch.ledger.put_off(unsure.group, unsure.key, by=watch.by, not_before=now)
    if not watch.hours.open_at(now, watch.book.working):
        return ()
    register = register_of(watch.tenant, watch.site)
    tried = set(await reps_told(watch, now, register))
    waiting = [one for one in await watch.ledger.due(now) if one.channel != REPS and _may_go(watch, one)]
    tried |= await drafts_sent(watch, waiting, now)
    tried |= await send_due(watch, await not_held(watch, waiting, now), now, register)
    if not tried:
        return ()
    lately = await watch.ledger.deliveries(since=now)
    found = tuple(one for one in lately if (one.group, one.key) in tried)
    await refusals_noted(watch, found, now)
    return found


async def _windows(
    watch: Watch, now: datetime, mailboxes: Sequence[str]
) -> Mapping[str, WindowRead | GraphError]:
    """These calendars, each meeting with its group, in the order of their addresses."""
    read: dict[str, WindowRead | GraphError] = {}
    async with aclosing(each_window(watch.tenant, mailboxes, *window(now))) as windows:
        async for mailbox, one in windows:
            read[mailbox] = one if isinstance(one, GraphError) else _placed(watch, mailbox, one)
    return {mailbox: read[mailbox] for mailbox in mailboxes}


def _placed(watch: Watch, mailbox: str, read: WindowRead) -> WindowRead:
    placing = Placing(watch.book.agreement, mailbox)
    return replace(read, meetings=tuple(placing.placed(one) for one in read.meetings))


async def _reviewed(
    watch: Watch, mailbox: str, read: WindowRead | GraphError, sources: Sources, now: datetime
) -> Reviewed:
    if isinstance(read, GraphError):
        watch.telemetry.note("unread", **of_refusal(mailbox, read))
        return Reviewed(calendar=CalendarRead(mailbox, None, why_not=str(read)))
    found: list[Finding] = []
    questions: list[str] = [*read.unreadable]
    keys = frozenset(meeting.key for meeting in read.meetings)
    for group in watch.groups_of(mailbox):
        theirs = tuple(meeting for meeting in read.meetings if meeting.group == group.name)
        with watch.telemetry.measured("review") as seen:
            own = replace(read, meetings=theirs)
            judged, asked = await review(watch, group, own, sources, now, elsewhere=keys)
            seen.update(of_review(group, watch.book.agreement.groups, judged, asked))
        found += judged
        questions += asked
    return Reviewed(
        calendar=CalendarRead(mailbox, read.read_at, len(read.meetings)),
        meetings=[meeting for meeting in read.meetings if not meeting.cancelled],
        findings=found,
        questions=questions,
    )


async def _take_up(
    watch: Watch,
    group: str,
    read: WindowRead,
    facts: Facts,
    judged: Sequence[Finding],
    remembered: Mapping[str, Json],
    now: datetime,
) -> None:
    """Alerts are saved, then what they owe."""
    at = gathering.round_moment(read, now)
    taken = await _reconciled(watch, group, judged, facts, at)
    telling = Telling(
        book=watch.book,
        hours=watch.hours,
        settle_minutes=watch.settle_minutes,
        observing=watch.observing,
        release=released(remembered, watch.book),
        now=now,
        mail=watch.send_mail is not None,
        managers_flow=watch.post_to_manager is not None and not watch.one_by_one,
    )
    lately = gathering.lately_after(remembered, judged, now)
    before = await watch.ledger.deliveries(group)
    taken = replace(taken, papers_lately=lately)
    known = {one.key for one in before}  # an alert that stands owes the same in every review
    owes = [*owed(taken, before, telling), *owed_by_rungs(taken, before, telling)]
    if new := [one for one in owes if one.key not in known]:
        await watch.ledger.owe(new)


async def _reconciled(
    watch: Watch,
    group: str,
    judged: Sequence[Finding],
    facts: Facts,
    now: datetime,
    *,
    lists: frozenset[str] = frozenset(),
) -> TakenUp:
    """The group's alerts after this round, saved. Only promises that both chairs turned on are taken up."""
    on = watch.book.agreement.promises_on
    live = tuple(finding for finding in judged if finding.promise in on)
    entries = await watch.ledger.alerts(group)
    round = Round(
        findings=live,
        group=group,
        first=facts.coverage.first,
        last=facts.coverage.last,
        complete=facts.coverage.complete,
        promises=on,
        lists=frozenset(slug(name) for name in lists),
        agreement=watch.book.agreement.key,
        statements=facts.statements,
        unmoved_since={key: stamp.date_first_seen for key, stamp in facts.stamps.items()},
        working=watch.book.working,
    )
    reconciled = reconcile(_known(group, entries), round, now)
    by_alert = live_findings(live, reconciled.alerts)
    await watch.ledger.save_alerts(group, entries_to_save(reconciled, by_alert, entries))
    return TakenUp(alerts=reconciled.alerts, live=by_alert, stamps=facts.stamps, statements=facts.statements)


def _to_show(
    watch: Watch,
    remembered: Mapping[str, Json],
    judged: Sequence[Finding],
    facts: Facts,
    now: datetime,
    *,
    lists: frozenset[str] = frozenset(),
) -> dict[str, object]:
    """The rows of the manager's lists, as this round leaves them; functions/showing writes them to the site."""
    unread = [f"{slug(one.name)}-" for one in REGISTER if one.name not in lists]
    before, today = remembered.get(SHOWN, {}), now.astimezone(LONDON).date()
    return shown_after(before, judged, watch.book.agreement, facts.coverage, facts.statements, today, unread)


def _known(group: str, entries: Mapping[str, AlertEntry]) -> dict[str, Alert]:
    """A group's alerts as they were saved, under the name that it has now."""
    known = {key: alert_back(entry.value) for key, entry in entries.items()}
    return {key: replace(one, group=group) for key, one in known.items()} if group else known


async def _owe_list(watch: Watch, now: datetime, mailboxes: Sequence[str] = ()) -> None:
    """The manager's list, where something new stands on it and there is a way to send it.

    With `mailboxes` only what they wait for is looked at: what is new elsewhere, its own sweep finds. Else a
    sweep that is shared out would look at every group once for each of its parts.
    """
    if not watch.reaches_manager:
        return
    needs = await needs_of(watch.ledger, watch.book, observing=watch.observing, calendars=mailboxes)
    if ids_of(needs):
        before = await watch.ledger.deliveries(WHOLE, since=now - SAID_AGAIN_AFTER)
        leaves = watch.hours.next_after(now, watch.book.working)
        day = watch.book.agreement.telling.managers_day
        if day and any(one.value.get("kind") == Kind.LIST for one in before):  # the first one comes at once
            leaves = watch.hours.next_on(day, now, watch.book.working)
        await watch.ledger.owe(list_owed(needs, before, now, leaves))


def _may_go(watch: Watch, delivery: Delivery) -> bool:
    """Whether there is anybody to hear it: only the manager while observing, and only by a way there is."""
    if delivery.channel == MANAGER:
        return watch.reaches_manager
    return not watch.observing


__all__ = ["Watch", "daily", "deliver", "review", "sweep", "window"]
