"""What Microsoft 365 lets us have: a token, each calendar, the site with its list and libraries, the mail."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from functions.doctor.arrivals import arrived
from functions.doctor.mailboxes import calendars_examined, mailboxes_of, seen_in, windows_of
from functions.doctor.pages import pages_examined
from functions.doctor.people import people_examined
from functions.papers.in_library import USUAL_LIBRARY
from functions.register_rows import register_rows
from functions.settings import PREFIX, Settings
from functions.wiring import tokens_of
from graph_client.errors import GraphError
from graph_client.libraries import library_id_of
from graph_client.mail_in_copy import read_mail_in_copy
from graph_client.papers_list import read_papers
from graph_client.sites import site_id_of
from graph_client.tenant import Tenant, open_tenant
from models import spoken
from models.agreement import Agreement, Route
from models.days import LONDON
from models.register import PAPERS
from wording.examined import Examined, look, refused, well, wrong

SIGN_IN, SITE, REGISTER = "Sign-in", "SharePoint site", "Register"
A_DAY = timedelta(days=1)
SECONDS = 30.0  # that one read may take: somebody waits for the answer
MOST_MENDED = 10  # sentences about the register; nobody mends more in one sitting


async def tenant_examined(
    settings: Settings, agreement: Agreement | None, now: datetime, ca_file: str = ""
) -> tuple[Examined, ...]:
    """Everything in Microsoft 365 that the settings and the agreement name."""
    if not settings.can_sign_in:
        return (look(SIGN_IN, "not tried, and nothing was read", "Put the settings right first"),)
    try:
        return await _all_of_it(settings, agreement, now, ca_file)
    except OSError:  # raised by the connection itself, before anything is asked
        says = "no connection can be opened, because a file of trusted certificates can't be used"
        return (wrong(SIGN_IN, says, "Correct SSL_CERT_FILE and REQUESTS_CA_BUNDLE, or take them away"),)


async def _all_of_it(
    settings: Settings, agreement: Agreement | None, now: datetime, ca_file: str
) -> tuple[Examined, ...]:
    tokens = tokens_of(settings, ca_file)
    try:
        await tokens.token()
    except GraphError as fault:
        return (
            refused(SIGN_IN, str(fault)),
            look("Calendars and site", "not looked at, because nobody can sign in"),
        )
    line = open_tenant(settings.graph_url, tokens, lambda: now, ca_file=ca_file, budget=SECONDS)
    async with line as tenant:
        return (
            _signed_in(settings),
            *await _calendars(tenant, settings, agreement, now, ca_file),
            *[one async for one in _site(tenant, settings.site, agreement)],
            *[one async for one in _mail(tenant, agreement, now)],
            *await people_examined(tenant, settings, agreement),
        )


def _signed_in(settings: Settings) -> Examined:
    if settings.token is None:
        return well(SIGN_IN, "Microsoft 365 gave us a token")
    return look(
        SIGN_IN,
        "a ready-made token is used, which ends within about an hour",
        f"For more than a try, take {PREFIX}TOKEN away and set one of the ways to sign in",
    )


async def _calendars(
    tenant: Tenant, settings: Settings, agreement: Agreement | None, now: datetime, ca_file: str
) -> tuple[Examined, ...]:
    """Each mailbox, and whether partners' invitations come to any of them."""
    if agreement is None:
        says = "not looked at, because no agreement says which"
        return (look("Calendars", says, "Put the agreement right first"),)
    if not mailboxes_of(agreement):
        cure = "Add 'calendar:' to at least one group"
        return (wrong("Calendars", "no group of the agreement has one", cure),)
    today = now.astimezone(LONDON).date()
    windows = await windows_of(tenant, agreement, today)
    seen = await seen_in(tenant, settings, windows, ca_file)
    return (*calendars_examined(windows, today, seen), *arrived(windows))


async def _site(tenant: Tenant, site: str | None, agreement: Agreement | None) -> AsyncIterator[Examined]:
    if site is None:
        cure = f"Set {PREFIX}SITE to the site's address, where people tick when papers went out"
        yield look(SITE, "none is set, so the register is not read", cure)
        return
    try:
        await site_id_of(tenant, site)
    except GraphError as fault:
        yield refused(SITE, str(fault))
        return
    yield well(SITE, f"found at {site}")
    yield await _papers_list(tenant, site)
    yield await pages_examined(tenant, site)
    for library in sorted(_libraries(agreement)):
        yield await _library(tenant, site, library)
    if agreement is not None:
        found = await register_rows(tenant, site, agreement)
        for sentence in found.questions[:MOST_MENDED]:
            yield look(REGISTER, sentence, theirs=True)


async def _papers_list(tenant: Tenant, site: str) -> Examined:
    what = f"List '{PAPERS}'"
    try:
        read = await read_papers(tenant, site, PAPERS)
    except GraphError as fault:
        return refused(what, str(fault))
    if read.unreadable:
        rows = spoken.count(len(read.unreadable), "row")
        says = f"{rows} can't be understood; the first: {read.unreadable[0]}"
        return look(what, says, "Correct them in the list", theirs=True)
    return well(what, f"read, {spoken.count(len(read.rows), 'row')}")


def _libraries(agreement: Agreement | None) -> frozenset[str]:
    groups = agreement.groups if agreement else ()
    return frozenset(group.library or USUAL_LIBRARY for group in groups if group.papers is Route.LIBRARY)


async def _library(tenant: Tenant, site: str, library: str) -> Examined:
    what = f"Library '{library}'"
    try:
        await library_id_of(tenant, site, library)
    except GraphError as fault:
        return refused(what, str(fault))
    return well(what, "found")


async def _mail(tenant: Tenant, agreement: Agreement | None, now: datetime) -> AsyncIterator[Examined]:
    """Only where a group's papers are mailed with the mailbox in copy: no other mail is asked for."""
    groups = agreement.groups if agreement else ()
    for mailbox in sorted({one.calendar for one in groups if one.papers is Route.MAIL and one.calendar}):
        what = f"Mail of {mailbox}"
        try:
            read = await read_mail_in_copy(tenant, mailbox, now - A_DAY)
        except GraphError as fault:
            yield refused(what, str(fault))
        else:
            yield well(what, f"read, {spoken.count(len(read.mails), 'mail')} since yesterday")
