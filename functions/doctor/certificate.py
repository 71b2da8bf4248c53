"""The certificate that the app proves itself with: whether it can be used, and for how long still."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from graph_client.errors import GraphError
from graph_client.proofs import certificate
from models import spoken
from models.days import LONDON
from wording.examined import Examined, look, well, wrong

CERTIFICATE = "Certificate"
SOON = timedelta(days=30)
RENEW = "Make a new one, and add its public half to the app registration before you change the file"


def certificate_examined(path: Path | None, now: datetime) -> Iterator[Examined]:
    """The certificate in a PEM file; nothing where no certificate is used, or its file is told missing already."""
    if path is None or not path.is_file():
        return
    try:
        pem = certificate(path)["public_certificate"]
    except GraphError as refused:
        yield wrong(CERTIFICATE, refused.said, str(getattr(refused, "cure", RENEW)))
        return
    yield validity_examined(*_validity(pem), now)


def validity_examined(begins: datetime, ends: datetime, now: datetime) -> Examined:
    """How a certificate stands that is valid from one moment to another."""
    last = spoken.day(ends.astimezone(LONDON).date())
    if ends <= now:
        return wrong(CERTIFICATE, f"it ran out on {last}", RENEW)
    if begins > now:
        first = spoken.day(begins.astimezone(LONDON).date())
        return wrong(CERTIFICATE, f"it is valid only from {first}", "Look at the clock of this computer")
    if ends - now <= SOON:
        return look(CERTIFICATE, f"it runs out on {last}", RENEW)
    return well(CERTIFICATE, f"it is valid until {last}")


def ends_of(path: Path) -> datetime | None:
    """Until when the certificate in a file can be used; None where it can't be read."""
    try:
        return _validity(certificate(path)["public_certificate"])[1]
    except (GraphError, OSError):
        return None


def _validity(pem: str) -> tuple[datetime, datetime]:
    from cryptography.x509 import load_pem_x509_certificate

    found = load_pem_x509_certificate(pem.encode())
    return found.not_valid_before_utc, found.not_valid_after_utc
