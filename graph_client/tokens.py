"""Who we are to Microsoft: a certificate that msal turns into tokens, or a fixed bearer for a local run.

msal keeps a token until shortly before it runs out and then fetches the next. It blocks while it does,
so it is called beside the event loop. No token and no key is ever put into a message.
"""

import asyncio
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from graph_client import asked
from graph_client.errors import GraphError, PersonMustAct, TryAgainLater

if TYPE_CHECKING:
    import msal  # type: ignore[import-untyped]
    import requests

GRAPH = "graph.microsoft.com"
NATIONAL_CLOUDS = frozenset(
    {GRAPH, "graph.microsoft.us", "dod-graph.microsoft.us", "microsoftgraph.chinacloudapi.cn"}
)
MICROSOFTS_OWN = frozenset({"login.microsoftonline.com"})
SECONDS = 30
CURES = {
    "90002": "no tenant has that id: check PROTOCOL_WATCH_TENANT_ID and PROTOCOL_WATCH_AUTHORITY_URL",
    "700016": "the tenant has no app with that id: check PROTOCOL_WATCH_CLIENT_ID",
    "700027": "the certificate is not the one of the app registration: upload its public half there",
    "700024": "the clock of this machine is wrong: set it",
}


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
class CertificateToken:
    """Tokens for an app registration that proves itself with a certificate (PEM: key and certificate)."""

    authority_url: str
    tenant_id: str
    client_id: str
    certificate_path: Path
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
        import requests

        try:
            answer = self._app.acquire_token_for_client([self._scope])
        except requests.exceptions.SSLError:
            raise _untrusted() from None
        except requests.exceptions.RequestException:
            raise TryAgainLater(asked.sign_in(), "the sign-in service can't be reached") from None
        except ValueError:  # msal's words for a tenant it can't find name our whole set-up
            raise PersonMustAct(asked.sign_in(), "no such tenant", cure=CURES["90002"]) from None
        return str(answer["access_token"]) if "access_token" in answer else _refused(answer)

    @cached_property
    def _app(self) -> "msal.ConfidentialClientApplication":
        import msal

        own = urlsplit(self.authority_url).hostname in MICROSOFTS_OWN
        return msal.ConfidentialClientApplication(
            self.client_id,
            authority=f"{self.authority_url.rstrip('/')}/{self.tenant_id}",
            client_credential=_credential(self.certificate_path),
            instance_discovery=None if own else False,
            http_client=_session(self.ca_file),
        )

    @property
    def _scope(self) -> str:
        host = urlsplit(self.graph_url).hostname or GRAPH
        return f"https://{host if host in NATIONAL_CLOUDS else GRAPH}/.default"


def _session(ca_file: str) -> "requests.Session":
    """The connection for msal; a CA file that was given beats the one that the environment names."""
    import requests

    session = requests.Session()
    if ca_file:
        session.trust_env = False
        session.verify = ca_file
    session.request = _patient(session.request)  # type: ignore[method-assign]
    return session


def _patient(request: Any) -> Any:
    def bounded(*args: Any, **more: Any) -> Any:
        return request(*args, **({"timeout": SECONDS} | more))

    return bounded


def _credential(path: Path) -> dict[str, str]:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509 import load_pem_x509_certificate

    try:
        pem = path.read_text()
    except (OSError, UnicodeDecodeError):
        raise _bad_certificate(f"'{path}' can't be read") from None
    try:  # msal would find it out only when it signs, in words that help nobody
        load_pem_private_key(pem.encode(), None)
        load_pem_x509_certificate(pem.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _bad_certificate(
            f"'{path}' does not hold a private key without password, and a certificate"
        ) from None
    return {"private_key": pem, "public_certificate": pem}


def _bad_certificate(said: str) -> PersonMustAct:
    cure = "set PROTOCOL_WATCH_CERTIFICATE_PATH to a PEM file with the private key and the certificate"
    return PersonMustAct(asked.sign_in(), said, cure=cure)


def _untrusted() -> GraphError:
    cure = "the sign-in service shows a certificate that this machine does not trust: check the network"
    return PersonMustAct(asked.sign_in(), "not trusted", cure=cure)


def _refused(answer: dict[str, Any]) -> str:
    """Raise what Entra's refusal means; its own words hold ids that people don't need."""
    number = re.search(r"AADSTS(\d+)", str(answer.get("error_description", "")))
    code = number[1] if number else ""
    said = f"it answered AADSTS{code}" if code else "it refused"
    if answer.get("error") in {"temporarily_unavailable", "server_error"}:
        raise TryAgainLater(asked.sign_in(), said)
    raise PersonMustAct(asked.sign_in(), said, cure=CURES.get(code, ""))
