"""Speaking to Microsoft's sign-in service: the connection, and what its refusals mean for people."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

from graph_client import asked
from graph_client.errors import PersonMustAct, TryAgainLater

if TYPE_CHECKING:
    import requests

SECONDS = 30
CURES = {
    "90002": "no tenant has that id: check PROTOCOL_WATCH_TENANT_ID and PROTOCOL_WATCH_AUTHORITY_URL",
    "700016": "the tenant has no app with that id: check PROTOCOL_WATCH_CLIENT_ID",
    "700027": "the certificate is not the one of the app registration: upload its public half there",
    "700024": "the clock of this machine is wrong, or the federated token has run out: look at both",
    "70021": "no federated credential of the app registration fits this token: compare issuer, subject and "
    "audience there",
    "700213": "no federated credential of the app registration has this token's subject: correct it there",
    "700212": "no federated credential of the app registration has this token's audience: correct it there",
    "700211": "no federated credential of the app registration has this token's issuer: correct it there",
}
BUSY = frozenset({"temporarily_unavailable", "server_error"})


def session(ca_file: str = "") -> "requests.Session":
    """The connection for msal; a CA file that was given beats the one that the environment names."""
    import requests

    connection = requests.Session()
    if ca_file:
        connection.trust_env = False
        connection.verify = ca_file
    connection.request = _patient(connection.request)  # type: ignore[method-assign]
    return connection


def _patient(request: Any) -> Any:
    def bounded(*args: Any, **more: Any) -> Any:
        return request(*args, **({"timeout": SECONDS} | more))

    return bounded


@contextmanager
def sign_in_errors(away: str = "the sign-in service can't be reached") -> Iterator[None]:
    """Name what goes wrong on the way to the sign-in service for what must be done about it."""
    import requests

    try:
        yield
    except requests.exceptions.SSLError:
        cure = "the sign-in service shows a certificate that this machine does not trust: check the network"
        raise PersonMustAct(asked.sign_in(), "not trusted", cure=cure) from None
    except requests.exceptions.RequestException:
        raise TryAgainLater(asked.sign_in(), away) from None


def no_such_tenant() -> PersonMustAct:
    """The tenant can't be found."""
    return PersonMustAct(asked.sign_in(), "no such tenant", cure=CURES["90002"])


def raise_refusal(answer: Mapping[str, Any]) -> NoReturn:
    """Raise what Entra's refusal means; its own words hold ids that people don't need."""
    number = re.search(r"AADSTS(\d+)", str(answer.get("error_description", "")))
    code = number[1] if number else ""
    said = f"it answered AADSTS{code}" if code else "it refused"
    if answer.get("error") in BUSY:
        raise TryAgainLater(asked.sign_in(), said)
    raise PersonMustAct(asked.sign_in(), said, cure=CURES.get(code, ""))
