"""The facts of a data protection impact assessment, as one value: what this set-up reads, keeps, and tells whom."""

from dataclasses import dataclass
from datetime import date

from models.agreement import Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What the settings and the agreement say on a day.

    `ledger` is where it remembers: a file's path, or the address of Azure Tables. `officers` and `manager` are
    whether there is a chat for them, `sender` the mailbox that mails go from. `hears` is whether Microsoft 365 tells
    us of changes, `links` whether people answer on pages, both at `address`. `sign_in` says by what.
    """

    on: date
    version: str
    agreement: Agreement
    site: str = ""
    ledger: str = ""
    sign_in: str = ""
    telling: bool = False
    officers: bool = False
    manager: bool = False
    sender: str = ""
    hears: bool = False
    links: bool = False
    address: str = ""
    heartbeat: bool = False
