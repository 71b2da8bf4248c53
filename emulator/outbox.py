"""A mail that Exchange took for sending."""

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage


@dataclass(frozen=True, slots=True)
class Sent:
    """One mail: who sent it, who gets it, when it was taken, and the whole of it where it came as MIME."""

    sender: str
    to: tuple[str, ...]
    at: float
    subject: str
    mime: bytes = b""
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    text: str = ""
    saved: bool = True
    """Whether a copy went to Sent Items."""

    @property
    def message(self) -> EmailMessage:
        """The MIME read by Python's own library."""
        return email.message_from_bytes(self.mime, policy=email.policy.default)
