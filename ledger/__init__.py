"""What we remember: the only room for SQLite and Azure Tables. It knows keys, versions, leases, conditions.

It doesn't know what a channel is or what a clause says. `open_ledger` opens one by its address.
"""

from ledger.faults import LedgerFault
from ledger.port import Ledger
from ledger.sqlite import open_sqlite

__all__ = ["Ledger", "LedgerFault", "open_ledger"]


def open_ledger(address: str) -> Ledger:
    """The ledger at an address: sqlite:///folder/file (four slashes for a path from the root)."""
    if address.startswith("sqlite:///"):
        return open_sqlite(address.removeprefix("sqlite:///"))
    raise LedgerFault(
        f"There is no ledger at '{address}': write sqlite:///protocol-watch.sqlite3, "
        "or another path after the slashes."
    )
