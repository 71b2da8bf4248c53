"""How our app registration proves itself: a certificate, or a token that somebody it trusts gave to us.

There is no secret among the ways: one that is typed in is one that is mailed about (DESIGN.md, decision 4).
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from graph_client import asked
from graph_client.errors import PersonMustAct


def certificate(path: Path) -> Mapping[str, str]:
    """A PEM file with a private key and its certificate, whose public half the app registration has."""
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


def federated(given: Path | Callable[[], str]) -> Mapping[str, Callable[[], str]]:
    """A token of another issuer that the app registration trusts: a file that is kept fresh, or a function.

    It is asked for anew each time it is shown, because such tokens live for minutes.
    """
    return {"client_assertion": (lambda: _token_in(given)) if isinstance(given, Path) else given}


def _token_in(path: Path) -> str:
    try:
        token = path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        token = ""
    if token.count(".") == 2 and not any(letter.isspace() for letter in token):
        return token
    cure = "set PROTOCOL_WATCH_FEDERATED_TOKEN_FILE to the file where the platform puts its token"
    raise PersonMustAct(asked.sign_in(), f"'{path}' does not hold a token", cure=cure)


def _bad_certificate(said: str) -> PersonMustAct:
    cure = "set PROTOCOL_WATCH_CERTIFICATE_PATH to a PEM file with the private key and the certificate"
    return PersonMustAct(asked.sign_in(), said, cure=cure)
