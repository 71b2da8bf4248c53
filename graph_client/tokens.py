"""Who we are to Microsoft: an app that proves itself and is given tokens, or a fixed bearer for a local run.

msal keeps a token until shortly before it runs out and then fetches the next. It blocks while it does,
so it is called beside the event loop. No token and no key is ever put into a message or a log.
Ways to prove who we are: proofs. Where Azure itself vouches for us: managed_identity.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from graph_client.sign_in import no_such_tenant, raise_refusal, session, sign_in_errors

if TYPE_CHECKING:
    import msal  # type: ignore[import-untyped]

GRAPH = "graph.microsoft.com"
NATIONAL_CLOUDS = frozenset(
    {GRAPH, "graph.microsoft.us", "dod-graph.microsoft.us", "microsoftgraph.chinacloudapi.cn"}
)
STORAGE = "storage.azure.com"
MICROSOFTS_OWN = frozenset({"login.microsoftonline.com"})


class TokenSource(Protocol):
    """Gives the token for the next call."""

    async def token(self) -> str:
        """A token that is good now."""
        ...

    async def renew(self) -> bool:
        """Forget the present token, because it was refused; say whether another can be had."""
        ...


@dataclass(frozen=True, slots=True)
class FixedToken:
    """A bearer given by hand, for a run on one's own machine."""

    bearer: str = field(repr=False)

    async def token(self) -> str:
        """The bearer itself."""
        return self.bearer

    async def renew(self) -> bool:
        """There is no other."""
        return False


@dataclass(eq=False)
class AppToken:
    """Tokens for an app registration; `proof` gives what msal shows for it (see proofs)."""

    authority_url: str
    tenant_id: str
    client_id: str
    proof: Callable[[], Mapping[str, Any]] = field(repr=False)
    graph_url: str
    ca_file: str = ""
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock, init=False, repr=False)

    async def token(self) -> str:
        """A token from msal's own store, or a new one shortly before that runs out."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._acquire)

    async def renew(self) -> bool:
        """Forget the token, so that the next call fetches a new one."""
        async with self._one_at_a_time:
            await asyncio.to_thread(self._app.remove_tokens_for_client)
        return True

    def _acquire(self) -> str:
        with sign_in_errors():
            try:
                answer = self._app.acquire_token_for_client([f"{resource_of(self.graph_url)}/.default"])
            except ValueError:  # msal's words for a tenant it can't find name our whole set-up
                raise no_such_tenant() from None
        return str(answer["access_token"]) if "access_token" in answer else raise_refusal(answer)

    @cached_property
    def _app(self) -> "msal.ConfidentialClientApplication":
        import msal

        own = urlsplit(self.authority_url).hostname in MICROSOFTS_OWN
        return msal.ConfidentialClientApplication(
            self.client_id,
            authority=f"{self.authority_url.rstrip('/')}/{self.tenant_id}",
            client_credential=dict(self.proof()),
            instance_discovery=None if own else False,
            http_client=session(self.ca_file),
        )


def resource_of(graph_url: str) -> str:
    """Which of Microsoft's clouds a token is for, or storage; an emulator is asked for the ordinary cloud."""
    host = urlsplit(graph_url).hostname or GRAPH
    return f"https://{host if host in NATIONAL_CLOUDS | {STORAGE} else GRAPH}"
