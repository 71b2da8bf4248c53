"""Which subscriptions should exist, against those that do: makes, renews and removes until they agree.

They only wake us early, so a fault here is counted and never stops the rest. What Graph granted is believed,
not what we asked for. A subscription is known by the address that it calls, which names its calendar.
"""

import logging
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.last_refusals import refusals_kept
from functions.settings import Settings
from functions.telling.release import WHOLE
from functions.waking.not_told import faults_noted
from functions.waking.touched import calendar_key
from functions.watch import Watch
from graph_client import subscriptions as graph
from graph_client.errors import GraphError
from graph_client.subscriptions import Listener, Subscription

log = logging.getLogger("protocol_watch")

LEASE = "subscriptions"  # two who reconcile at once would subscribe twice
LEASED_FOR = timedelta(minutes=5)
RENEWED_UNDER = timedelta(hours=48)  # of three days asked for: two days of failure lose nothing
NOT_AGAIN_WITHIN = timedelta(minutes=10)  # Graph wants no second renewal so soon (graph §2)
MEMORY = "subscriptions"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: mailboxes to subscribe to, and subscriptions to renew and to remove."""

    make: tuple[str, ...] = ()
    renew: tuple[Subscription, ...] = ()
    remove: tuple[Subscription, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many subscriptions there should be, how many there are, and how often Graph did not do as asked."""

    wanted: int = 0
    there: int = 0
    faults: int = 0


def listener_for(address: str, mailbox: str, client_state: str) -> Listener:
    """Where Graph is to tell us of one calendar. The address names it by key, not by its own address."""
    of_it = f"?calendar={calendar_key(mailbox)}"
    return Listener(
        f"{address}/api/notifications{of_it}", f"{address}/api/lifecycle{of_it}", client_state=client_state
    )


def plan(
    wanted: Mapping[str, Listener],
    there: Iterable[Subscription],
    address: str,
    now: datetime,
    asked_for: Sequence[str] = (),
) -> Plan:
    """What to do so that each of `wanted` (mailbox, listener) has one subscription, and no other is ours.

    Those of `asked_for` (mailboxes) are renewed however long they still live: Graph asked for it. What calls
    another address than ours belongs to somebody else, and is left alone.
    """
    ours = [one for one in there if one.url.startswith(f"{address}/api/")]
    living = sorted((one for one in ours if one.expires > now), key=lambda one: (one.expires, one.id))
    by_url = {one.url: one for one in living}  # of several, the one that lives longest
    mailboxes = {listener.url: mailbox for mailbox, listener in wanted.items()}
    kept = {
        url: one
        for url, one in by_url.items()
        if url in mailboxes and one.lifecycle_url == wanted[mailboxes[url]].lifecycle_url
    }
    return Plan(
        make=tuple(mailbox for mailbox, listener in wanted.items() if listener.url not in kept),
        renew=tuple(
            one
            for url, one in kept.items()
            if one.expires - now < RENEWED_UNDER or mailboxes[url] in asked_for
        ),
        remove=tuple(one for one in living if kept.get(one.url) is not one),
    )


async def reconcile(
    watch: Watch, settings: Settings, now: datetime, asked_for: Sequence[str] = ()
) -> Reconciled | None:
    """Make subscriptions be as they should; None where somebody else is at it, or nobody wants any.

    Without PUBLIC_URL or CLIENT_STATE there should be none, and none is looked for. What is not as it should be
    is the manager's to know, with its cure, until it is put right.
    """
    if not settings.public_url or settings.client_state is None:
        await faults_noted(watch, (), now)
        return None
    if not await watch.ledger.take_lease(LEASE, by=watch.by, now=now, until=now + LEASED_FOR):
        return None
    try:
        word = settings.client_state.get_secret_value()
        wanted = {one: listener_for(settings.public_url, one, word) for one in watch.book.agreement.calendars}
        return await _reconciled(watch, wanted, settings.public_url, now, asked_for)
    except GraphError as fault:
        log.warning("Subscriptions could not be looked at (%s)", type(fault).__name__)
        await _told_of(watch, [("", fault)], now)
        return None
    finally:
        await watch.ledger.give_lease(LEASE, by=watch.by)


async def reconcile_asked_for(
    watch: Watch, settings: Settings, now: datetime, calendars: Sequence[str]
) -> Reconciled | None:
    """The same at Graph's own request, which names these calendars (keys)."""
    asked_for = [mailbox for mailbox in watch.book.agreement.calendars if calendar_key(mailbox) in calendars]
    return await reconcile(watch, settings, now, asked_for)


async def _reconciled(
    watch: Watch, wanted: Mapping[str, Listener], address: str, now: datetime, asked_for: Sequence[str]
) -> Reconciled:
    lately = await _renewed_lately(watch, now)
    planned = plan(
        wanted,
        await graph.subscriptions(watch.tenant),
        address,
        now,
        [one for one in asked_for if one not in lately],
    )
    urls = {listener.url: mailbox for mailbox, listener in wanted.items()}
    strays = [("", await _fault_of(graph.delete(watch.tenant, stray.id))) for stray in planned.remove]
    made = [
        (
            mailbox,
            await _fault_of(graph.create(watch.tenant, graph.calendar_events(mailbox), wanted[mailbox])),
        )
        for mailbox in planned.make
    ]
    renewals = [(urls[one.url], await _fault_of(graph.renew(watch.tenant, one))) for one in planned.renew]
    faults = [(mailbox, fault) for mailbox, fault in (*strays, *made, *renewals) if fault is not None]
    lacking = sum(fault is not None for _, fault in made)
    done = Reconciled(len(wanted), len(wanted) - lacking, faults=len(faults))
    renewed = {urls[one.url]: now.isoformat() for one in planned.renew}
    await _remember(watch, done, {**lately, **renewed}, now)
    await _told_of(watch, faults, now)
    return done


async def _fault_of(work: Awaitable[object]) -> GraphError | None:
    try:
        await work
    except GraphError as fault:
        log.warning("A subscription is not as it should be (%s)", type(fault).__name__)
        return fault
    return None


async def _told_of(watch: Watch, faults: Sequence[tuple[str, GraphError]], now: datetime) -> None:
    """The manager's line, and Microsoft's numbers of the calls for whoever looks after the program."""
    await refusals_kept(watch, faults, now)
    await faults_noted(watch, [fault for _, fault in faults], now)


async def _renewed_lately(watch: Watch, now: datetime) -> dict[str, str]:
    known = (await watch.ledger.remembered(WHOLE)).get(MEMORY, {}).get("renewed", {})
    return {
        mailbox: at for mailbox, at in known.items() if now - datetime.fromisoformat(at) < NOT_AGAIN_WITHIN
    }


async def _remember(watch: Watch, done: Reconciled, renewed: Mapping[str, str], now: datetime) -> None:
    counts = {"wanted": done.wanted, "there": done.there, "faults": done.faults, "at": now.isoformat()}
    await watch.ledger.remember(WHOLE, MEMORY, {**counts, "renewed": dict(renewed)})
