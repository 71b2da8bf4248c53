"""Where the real things are chosen: from settings to a watch that can review and deliver."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr

from functions.files.on_the_site import AtHand, any_on_the_site, brought
from functions.settings import Settings
from functions.telemetry import Telemetry, of_write
from functions.watch import Card, Post, Watch
from graph_client import proofs
from graph_client.mail_sent import send_mail
from graph_client.managed_identity import ManagedIdentityToken
from graph_client.tenant import Tenant, Wrote, open_tenant
from graph_client.tokens import STORAGE, AppToken, FixedToken, TokenSource
from graph_client.workflows import CardNotTaken, post_card
from ledger import open_ledger
from ledger.former_names import under_first_names
from models.links import keys_in
from models.register import PAPERS
from models.rulebook import Rulebook
from models.texts import Texts
from reading.faults import Unreadable


@asynccontextmanager
async def open_watch(
    settings: Settings,
    book: Rulebook,
    texts: Texts,
    clock: Callable[[], datetime],
    *,
    by: str,
    ca_file: str = "",
    telemetry: Telemetry | None = None,
) -> AsyncIterator[Watch]:
    """Everything a review and a delivery need, open for as long as the block lasts.

    `clock` tells the time (aware), `by` names this worker in leases and claims. `ca_file` is a PEM to trust
    in place of the machine's own list.
    """
    tokens = tokens_of(settings, ca_file)
    log = telemetry or Telemetry()

    def wrote(one: Wrote) -> None:
        log.note("write", **of_write(one))

    async with open_tenant(settings.graph_url, tokens, clock, ca_file=ca_file, wrote=wrote) as tenant:
        token = storage_token(settings, ca_file)
        async with open_ledger(settings.ledger, token, ca_file=ca_file) as ledger:
            yield Watch(
                book=book,
                tenant=tenant,
                ledger=under_first_names(ledger, book.agreement.first_names),
                site=settings.site or "",
                papers_list=PAPERS,
                texts=texts,
                post=_post(settings.teams_workflow_url, ca_file) or _nowhere,
                post_to_manager=_post(settings.manager_workflow_url, ca_file),
                send_mail=partial(send_mail, tenant, settings.sender) if settings.sender else None,
                sender=settings.sender or "",
                public_url=settings.public_url or "",
                signing_keys=keys_in(settings.signing_key.get_secret_value()) if settings.signing_key else (),
                by=by,
                hours=settings.hours,
                settle_minutes=settings.settle_minutes,
                observing=settings.mode == "observe",
                telemetry=log,
            )


@asynccontextmanager
async def site_of_files(
    settings: Settings, clock: Callable[[], datetime], *, ca_file: str = ""
) -> AsyncIterator[Tenant | None]:
    """The tenant, where a setting names files on the site; None where there is no need to sign in for them."""
    if not any_on_the_site(settings) or not settings.can_sign_in:
        yield None
        return
    async with open_tenant(
        settings.graph_url, tokens_of(settings, ca_file), clock, ca_file=ca_file
    ) as tenant:
        yield tenant


@asynccontextmanager
async def files_at_hand(settings: Settings, now: datetime, *, ca_file: str = "") -> AsyncIterator[AtHand]:
    """The settings with every file that lies on the site brought here, for as long as the block lasts.

    What can't be had is among the faults. `now` is aware.
    """
    with TemporaryDirectory() as folder:
        async with site_of_files(settings, lambda: now, ca_file=ca_file) as tenant:
            at_hand = await brought(settings, tenant, Path(folder))
        yield at_hand


@asynccontextmanager
async def whole_files(settings: Settings, now: datetime, *, ca_file: str = "") -> AsyncIterator[Settings]:
    """The same for whoever can do nothing without them: Unreadable tells every fault by its place on the site."""
    async with files_at_hand(settings, now, ca_file=ca_file) as at_hand:
        if at_hand.faults:
            raise Unreadable(at_hand.faults)
        with at_hand.told():
            yield at_hand.settings


def tokens_of(settings: Settings, ca_file: str) -> TokenSource:
    """The one way in which we sign in."""
    if settings.token is not None:
        return FixedToken(settings.token.get_secret_value())
    if settings.managed_identity_client_id:
        return ManagedIdentityToken(settings.graph_url, settings.managed_identity_client_id)
    return AppToken(
        settings.authority_url,
        settings.tenant_id,
        settings.client_id,
        _proof(settings),
        settings.graph_url,
        ca_file,
    )


def storage_token(settings: Settings, ca_file: str = "") -> Callable[[], Awaitable[str]] | None:
    """How the same app signs in to Azure Storage; None where it can't: a fixed token is only for Graph."""
    for_storage = settings.model_copy(update={"graph_url": f"https://{STORAGE}", "token": None})
    return tokens_of(for_storage, ca_file).token if for_storage.can_sign_in else None


def _proof(settings: Settings) -> Callable[[], Mapping[str, Any]]:
    if settings.federated_token_file is not None:
        return partial(proofs.federated, settings.federated_token_file)
    assert settings.certificate_path is not None  # noqa: S101 (settings hold one or the other)
    return partial(proofs.certificate, settings.certificate_path)


def _post(url: SecretStr | None, ca_file: str) -> Post | None:
    return None if url is None else partial(post_card, url.get_secret_value(), ca_file=ca_file)


async def _nowhere(_card: Card) -> None:
    raise CardNotTaken("PROTOCOL_WATCH_TEAMS_WORKFLOW_URL is not set")
