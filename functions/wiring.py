"""Where the real things are chosen: from settings to a watch that can review and deliver."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Any

from functions.flow import Post, Watch
from functions.owing import Card
from functions.settings import Settings
from graph_client import proofs
from graph_client.managed_identity import ManagedIdentityToken
from graph_client.tenant import open_tenant
from graph_client.tokens import AppToken, FixedToken, TokenSource
from graph_client.workflows import CardNotTaken, post_card
from ledger import open_ledger
from models.register import PAPERS
from models.rulebook import Rulebook


@asynccontextmanager
async def open_watch(
    settings: Settings, book: Rulebook, clock: Callable[[], datetime], *, by: str, ca_file: str = ""
) -> AsyncIterator[Watch]:
    """Everything a review and a delivery need, open for as long as the block lasts.

    `clock` tells the time (aware), `by` names this worker in leases and claims. `ca_file` is a PEM to trust
    in place of the machine's own list.
    """
    tokens = _tokens(settings, ca_file)
    async with open_tenant(settings.graph_url, tokens, clock, ca_file=ca_file) as tenant:
        with open_ledger(settings.ledger) as ledger:
            yield Watch(
                book=book,
                tenant=tenant,
                ledger=ledger,
                site=settings.site or "",
                papers_list=PAPERS,
                post=_post(settings, ca_file),
                by=by,
            )


def _tokens(settings: Settings, ca_file: str) -> TokenSource:
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


def _proof(settings: Settings) -> Callable[[], Mapping[str, Any]]:
    if settings.federated_token_file is not None:
        return partial(proofs.federated, settings.federated_token_file)
    assert settings.certificate_path is not None  # noqa: S101 (settings hold one or the other)
    return partial(proofs.certificate, settings.certificate_path)


def _post(settings: Settings, ca_file: str) -> Post:
    if settings.teams_workflow_url is None:
        return _nowhere
    return partial(post_card, settings.teams_workflow_url.get_secret_value(), ca_file=ca_file)


async def _nowhere(_card: Card) -> None:
    raise CardNotTaken("PROTOCOL_WATCH_TEAMS_WORKFLOW_URL is not set")
