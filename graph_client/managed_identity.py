"""Where Azure itself vouches for us: the identity of the function app, or one that was made for it.

Its tokens live for up to a day, and a right that was granted shows only in the next one (facts: graph §9).
"""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph_client import asked
from graph_client.errors import PersonMustAct, TryAgainLater
from graph_client.sign_in import session, sign_in_errors
from graph_client.tokens import resource_of

if TYPE_CHECKING:
    import msal  # type: ignore[import-untyped]
    import requests

SYSTEM = "system"
AWAY = "this machine's managed identity can't be reached, which exists only inside Azure"
CURE = (
    "switch on the managed identity of the function app; or set PROTOCOL_WATCH_MANAGED_IDENTITY_CLIENT_ID "
    "to the client id of the one that it has, or to 'system'"
)


@dataclass(eq=False)
class ManagedIdentityToken:
    """Tokens for a managed identity: the one with this client id, or with "system" the app's own."""

    graph_url: str
    client_id: str = SYSTEM
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock, init=False, repr=False)
    _client: "msal.ManagedIdentityClient | None" = field(default=None, init=False, repr=False)

    async def token(self) -> str:
        """A token from msal's own store, or a new one shortly before that runs out."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._acquire)

    async def renew(self) -> bool:
        """Forget the token; msal has no other way than to begin afresh."""
        async with self._one_at_a_time:
            self._client = None
        return True

    def _acquire(self) -> str:
        if self._client is None:
            self._client = _client(self.client_id)
        with sign_in_errors(AWAY):
            try:
                answer = self._client.acquire_token_for_client(resource=resource_of(self.graph_url))
            except ValueError:  # no JSON
                raise TryAgainLater(asked.sign_in(), AWAY) from None
        if "access_token" in answer:
            return str(answer["access_token"])
        raise PersonMustAct(asked.sign_in(), "Azure gave no token for the managed identity", cure=CURE)


def _client(client_id: str) -> "msal.ManagedIdentityClient":
    import msal

    own = client_id.casefold() == SYSTEM
    identity = (
        msal.SystemAssignedManagedIdentity() if own else msal.UserAssignedManagedIdentity(client_id=client_id)
    )
    return msal.ManagedIdentityClient(identity, http_client=_direct())


def _direct() -> "requests.Session":
    """Never through a proxy; and what is busy says so, which msal would take for a refusal."""
    connection = session()
    connection.trust_env = False
    connection.hooks["response"].append(_busy)
    return connection


def _busy(answer: "requests.Response", *_: Any, **__: Any) -> None:
    if answer.status_code in (410, 429) or answer.status_code >= 500:  # 410: it is being updated
        raise TryAgainLater(asked.sign_in(), f"it answered {answer.status_code}", status=answer.status_code)
