"""What else we may read: a mailbox outside our scope must be refused, and Entra must have given no right to mail.

Rights of Exchange and of Entra add up (facts: graph §5). Where Entra lets the app read calendars, it reads all
of them, whatever scope Exchange has. Rights that Exchange gave never stand in a token.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from functions.doctor.mailboxes import mailboxes_of
from functions.doctor.tenant import SECONDS
from functions.settings import Settings
from functions.wiring import tokens_of
from graph_client.calendar_windows import read_window
from graph_client.errors import GraphError, NotThere, PersonMustAct
from graph_client.tenant import Tenant, open_tenant
from graph_client.token_claims import Claims, claims_in
from models.agreement import Agreement
from models.days import LONDON
from models.spoken import listed
from wording.examined import Examined, look, well, wrong

WHAT_ELSE, RIGHTS = "What else we may read", "Rights in Entra"
ASKED_FOR = frozenset({"Sites.Selected", "Place.Read.All"})
OF_EXCHANGE = ("Calendars.", "Mail.", "MailboxSettings.", "Contacts.")
CALENDARS = ("Calendars.Read", "Calendars.ReadBasic.All", "Calendars.ReadWrite")
GRAPH_APP = "00000003-0000-0000-c000-000000000000"
CLIENT_ID = "<client id>"
TAKE_BACK = (
    "Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $app.Id -All | "
    "Where-Object AppRoleId -in $wide | ForEach-Object { Remove-MgServicePrincipalAppRoleAssignment "
    "-ServicePrincipalId $app.Id -AppRoleAssignmentId $_.Id }"
)
CACHE = "Exchange remembers rights for up to two hours: after a change, look again then"
NOT_PROVED = look(
    WHAT_ELSE,
    "that Protocol Watch is refused every other mailbox is not proved here",
    "Name one that it must not read: protocol-watch doctor --outside your.own@council.example",
)


async def scope_examined(
    settings: Settings, agreement: Agreement | None, outside: str, now: datetime, ca_file: str = ""
) -> tuple[Examined, ...]:
    """The rights that the token shows, and whether the mailbox `outside` is refused."""
    if not settings.can_sign_in:
        return (NOT_PROVED,)
    tokens = tokens_of(settings, ca_file)
    try:
        claims = claims_in(await tokens.token())
        app = _app(settings, claims)
        line = open_tenant(settings.graph_url, tokens, lambda: now, ca_file=ca_file, budget=SECONDS)
        async with line as tenant:
            tried = await _tried(tenant, outside, mailboxes_of(agreement), app, now)
    except (GraphError, OSError):  # nobody can sign in, which is told already
        return (NOT_PROVED,)
    return (*rights_examined(claims, app), tried)


def rights_examined(claims: Claims | None, app: str = CLIENT_ID) -> Iterator[Examined]:
    """Which rights Entra gave in the whole tenant. `app` is the client id, for the command that takes them back."""
    if claims is None:
        says = "this token does not show them, so what Entra gave is known only by trying"
        yield look(RIGHTS, says, "Look at the app's API permissions in the Entra admin centre")
        return
    wide = sorted(role for role in claims.roles if role.startswith(OF_EXCHANGE))
    if wide:
        says = f"it gave {listed(wide)} in the whole tenant: every mailbox is open, whatever Exchange says"
        yield wrong(
            RIGHTS, says, "An administrator takes it back with the lines at the end", taken_back(app, wide)
        )
    other = sorted(claims.roles - ASKED_FOR - set(wide))
    if other:
        cure = "An administrator takes back what nothing needs, with the lines at the end"
        yield wrong(RIGHTS, f"it gave {listed(other)}, which is not asked for", cure, taken_back(app, other))
    if not (wide or other):
        gave = listed(sorted(claims.roles)) or "nothing"
        yield well(
            RIGHTS, f"it gave {gave}; what Exchange gave does not show there, and is proved by reading"
        )


def taken_back(app: str, rights: Iterable[str]) -> tuple[str, ...]:
    """The lines (PowerShell) with which an administrator takes rights of the whole tenant back."""
    named = ", ".join(f"'{right}'" for right in rights)
    return (
        "Connect-MgGraph -Scopes 'AppRoleAssignment.ReadWrite.All', 'Application.Read.All'",
        f"$app = Get-MgServicePrincipal -Filter \"appId eq '{app}'\"",
        f"$graph = Get-MgServicePrincipal -Filter \"appId eq '{GRAPH_APP}'\"",
        f"$wide = ($graph.AppRoles | Where-Object Value -in {named}).Id",
        TAKE_BACK,
    )


async def _tried(tenant: Tenant, outside: str, ours: Iterable[str], app: str, now: datetime) -> Examined:
    if not outside:
        return NOT_PROVED
    if outside.casefold() in {mailbox.casefold() for mailbox in ours}:
        cure = "Name a mailbox that Protocol Watch must not read, such as your own"
        return look(WHAT_ELSE, f"the mailbox {outside} belongs to the agreement, so it proves nothing", cure)
    day = now.astimezone(LONDON).date()
    try:
        await read_window(tenant, outside, day, day + timedelta(days=1))
    except PersonMustAct as refused:
        if refused.status == 403:
            return well(WHAT_ELSE, f"the mailbox {outside} is refused, as it should be. {CACHE}")
        return _proves_nothing(outside, refused)
    except NotThere as unknown:
        return _proves_nothing(outside, unknown)
    except GraphError as fault:
        return look(
            WHAT_ELSE,
            f"the mailbox {outside} could not be tried ({fault.said})",
            "Try again in a few minutes",
        )
    says = f"the mailbox {outside} can be read, though it is no calendar of the agreement: every mailbox may be open"
    cure = (
        "An administrator takes Entra's rights to calendars back with the lines at the end. If Entra gave none, "
        "Exchange's own role has no scope or too wide a one: run infra/scripts/Grant-Mailboxes.ps1 with -Remove, "
        "then again. "
        f"{CACHE}"
    )
    return wrong(WHAT_ELSE, says, cure, taken_back(app, CALENDARS))


def _proves_nothing(outside: str, why: GraphError) -> Examined:
    cure = "Name a mailbox that is there, in the cloud, and that Protocol Watch must not read"
    return look(WHAT_ELSE, f"the mailbox {outside} proves nothing ({why.said})", cure)


def _app(settings: Settings, claims: Claims | None) -> str:
    known = settings.client_id or settings.managed_identity_client_id
    return known or (claims.app_id if claims else "") or CLIENT_ID
