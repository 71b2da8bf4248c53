"""Subscriptions at a person's request: what would be done, or done at once by the same hand as the timer's."""

from datetime import datetime

from functions.files.book_of_settings import book_from, texts_from
from functions.once import clock_from
from functions.settings import Settings
from functions.waking.subscribing import Plan, listener_for, plan, reconcile
from functions.watch import Watch
from functions.wiring import open_watch, tokens_of
from graph_client import subscriptions as graph
from graph_client.tenant import Tenant, open_tenant
from wording.provisioned import Subscribed

BUSY = "Subscriptions: somebody else is at them this minute. Try again in five minutes."


async def provide_subscriptions(
    settings: Settings, now: datetime, *, by: str, dry: bool, anew: bool, ca_file: str = ""
) -> Subscribed:
    """One subscription for each calendar. With `anew` those that are there are ended and made again.

    That is for a new CLIENT_STATE, which Graph can't put into a subscription that is there. GraphError
    where they can't be looked at. PUBLIC_URL and CLIENT_STATE must be set.
    """
    clock = clock_from(now)
    mailboxes = {one.calendar for one in book_from(settings).book.agreement.groups if one.calendar}
    async with open_tenant(
        settings.graph_url, tokens_of(settings, ca_file), clock, ca_file=ca_file
    ) as tenant:
        planned = await _planned(tenant, settings, sorted(mailboxes), now, anew=anew)
        if anew and not dry:
            for one in planned.remove:
                await graph.delete(tenant, one.id)
    told = Subscribed(
        wanted=len(mailboxes),
        made=len(planned.make),
        renewed=len(planned.renew),
        removed=len(planned.remove),
    )
    if dry:
        return told
    read, texts = book_from(settings), texts_from(settings)
    async with open_watch(settings, read.book, texts.texts, clock, by=by, ca_file=ca_file) as watch:
        return await _done(watch, settings, now, told)


async def _planned(
    tenant: Tenant, settings: Settings, mailboxes: list[str], now: datetime, *, anew: bool
) -> Plan:
    assert settings.public_url is not None and settings.client_state is not None  # noqa: S101, PT018 (see above)
    word, address = settings.client_state.get_secret_value(), settings.public_url
    wanted = {one: listener_for(address, one, word) for one in mailboxes}
    there = await graph.subscriptions(tenant)
    if anew:
        return Plan(make=tuple(wanted), remove=plan({}, there, address, now).remove)
    return plan(wanted, there, address, now)


async def _done(watch: Watch, settings: Settings, now: datetime, told: Subscribed) -> Subscribed:
    done = await reconcile(watch, settings, now)
    if done is None:
        return Subscribed(why_not=BUSY, failed=1)
    lacking = done.wanted - done.there
    return Subscribed(
        wanted=done.wanted,
        made=told.made - lacking,
        renewed=told.renewed,
        removed=told.removed,
        failed=done.faults,
    )
