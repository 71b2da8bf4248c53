"""Makes what a partnership needs in Microsoft 365: the register's lists, and subscriptions. Twice changes nothing.

Nothing that people made is changed or deleted. A calendar that looks like a person's own diary stops it all,
until an administrator gives a reason, which is remembered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from functions.files.book_of_settings import book_from
from functions.setting_up.own_diaries import LOOKED_AT, OWN_DIARIES, is_there, reasons_in
from functions.setting_up.subscriptions_provided import provide_subscriptions
from functions.settings import Settings
from functions.telling.release import WHOLE
from functions.wiring import storage_token, tokens_of, whole_files
from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError, PersonMustAct
from graph_client.lists_written import ensure_list
from graph_client.sites import site_id_of
from graph_client.tenant import Tenant, open_tenant
from graph_client.token_claims import claims_in
from graph_client.windows_of_many import read_windows
from ledger import open_ledger
from models.agreement import Agreement
from models.columns import RegisterList
from models.days import LONDON
from models.diaries import Diary, Looks, diary
from models.register_wanted import lists_wanted
from models.shown_lists import SHOWN_LISTS
from wording.provisioned import ListDone, Provisioned, Subscribed

SECONDS = 60.0
APP_UNKNOWN = "<client id>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How to provide: only say what would be done; make each subscription anew; why a diary may be read."""

    dry: bool = False
    resubscribe: bool = False
    own_diary: str = ""


async def provide(
    settings: Settings, asked: Asked, now: datetime, *, by: str, ca_file: str = ""
) -> Provisioned:
    """Make what is missing. Unreadable where the agreement can't be used, GraphError where nobody can sign in.

    `now` is aware; `by` names this worker. What is refused is told, and the rest goes on.
    """
    async with whole_files(settings, now, ca_file=ca_file) as here:
        return await _provided(here, asked, now, by, ca_file)


async def _provided(settings: Settings, asked: Asked, now: datetime, by: str, ca_file: str) -> Provisioned:
    book = book_from(settings).book
    tokens = tokens_of(settings, ca_file)
    claims = claims_in(await tokens.token())
    app = settings.client_id or settings.managed_identity_client_id or (claims.app_id if claims else "")
    site = settings.site or ""
    line = open_tenant(settings.graph_url, tokens, lambda: now, ca_file=ca_file, budget=SECONDS)
    async with line as tenant:
        diaries = await _diaries(tenant, book.agreement, now)
        reasons = await _reasons(settings, asked, diaries, now, ca_file)
        told = tuple(one for one in diaries if one.looks is not Looks.SHARED)
        reason = next((reasons[one.mailbox] for one in told if one.mailbox in reasons), "")
        if any(one.looks is Looks.OWN and one.mailbox not in reasons for one in told):
            return Provisioned(dry=asked.dry, site=site, diaries=told, stopped=True)
        wanted = (*lists_wanted(book.agreement), *SHOWN_LISTS)
        lists = await _lists(tenant, site, wanted, dry=asked.dry) if site else ()
    subscribed = await _subscriptions(settings, asked, now, by, ca_file)
    return Provisioned(
        dry=asked.dry,
        site=site,
        app=app or APP_UNKNOWN,
        lists=lists,
        subscribed=subscribed,
        diaries=tuple(one for one in told if one.looks is Looks.OWN or one.mailbox not in reasons),
        reason=reason,
    )


def exit_code(done: Provisioned) -> int:
    """0 where all is in order; 1 where a dry run found something to do; 2 where a person must act first."""
    if not done.in_order:
        return 2
    waits = any(one.changed for one in done.lists) or done.subscribed.made or done.subscribed.removed
    return int(done.dry and bool(waits))


async def _lists(
    tenant: Tenant, site: str, wanted: Sequence[RegisterList], *, dry: bool
) -> tuple[ListDone, ...]:
    """Each list by itself; a site that we may not have at all is told once."""
    try:
        await site_id_of(tenant, site)
    except GraphError as refused:
        return (ListDone(refused=str(refused), forbidden=isinstance(refused, PersonMustAct)),)
    done = []
    for one in wanted:
        try:
            now = await ensure_list(tenant, site, one, only_look=dry)
        except PersonMustAct as refused:
            done.append(ListDone(name=one.name, refused=str(refused), forbidden=True))
            break  # the other lists would be refused for the same reason
        except GraphError as fault:
            done.append(ListDone(name=one.name, refused=str(fault)))
        else:
            done.append(ListDone(name=one.name, made=now.made, added=now.added, looks=now.differs))
    return tuple(done)


async def _diaries(tenant: Tenant, agreement: Agreement, now: datetime) -> tuple[Diary, ...]:
    """How each calendar looks; one that can't be read is the doctor's to tell."""
    mailboxes = sorted({group.calendar for group in agreement.groups if group.calendar})
    today = now.astimezone(LONDON).date()
    windows = await read_windows(tenant, mailboxes, today - LOOKED_AT, today + LOOKED_AT)
    return tuple(
        diary(mailbox, read.meetings) for mailbox, read in windows.items() if isinstance(read, WindowRead)
    )


async def _reasons(
    settings: Settings, asked: Asked, diaries: Sequence[Diary], now: datetime, ca_file: str
) -> Mapping[str, str]:
    """Why each diary may be read: what is remembered, and what was said just now, which is remembered too."""
    doubtful = [one.mailbox for one in diaries if one.looks is not Looks.SHARED]
    said = dict.fromkeys(doubtful, asked.own_diary) if asked.own_diary.strip() else {}
    if asked.dry and (said or not is_there(settings)):
        return said
    if not doubtful:
        return {}
    async with open_ledger(settings.ledger, storage_token(settings, ca_file), ca_file=ca_file) as ledger:
        known = await reasons_in(ledger)
        if said:
            known |= {mailbox: {"reason": why, "at": now.isoformat()} for mailbox, why in said.items()}
            await ledger.remember(WHOLE, OWN_DIARIES, known)
    return {mailbox: str(known[mailbox]["reason"]) for mailbox in doubtful if mailbox in known}


async def _subscriptions(
    settings: Settings, asked: Asked, now: datetime, by: str, ca_file: str
) -> Subscribed:
    if not settings.public_url or settings.client_state is None:
        why = (
            "No subscriptions: PROTOCOL_WATCH_PUBLIC_URL and PROTOCOL_WATCH_CLIENT_STATE are not both set. "
            "The timer reads every calendar without them."
        )
        return Subscribed(why_not=why)
    try:
        return await provide_subscriptions(
            settings, now, by=by, dry=asked.dry, anew=asked.resubscribe, ca_file=ca_file
        )
    except GraphError as refused:
        return Subscribed(failed=1, why_not=str(refused))
