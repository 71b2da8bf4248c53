"""What we remember: the only room for SQLite and Azure Tables. It knows keys, versions, leases, conditions.

It doesn't know what a channel is or what a clause says. `open_ledger` opens one by its address.
"""

from collections.abc import Awaitable, Callable

from ledger.faults import LedgerFault
from ledger.port import Ledger
from ledger.sqlite import open_sqlite

__all__ = ["Ledger", "LedgerFault", "open_ledger"]


def open_ledger(
    address: str, token: Callable[[], Awaitable[str]] | None = None, *, ca_file: str = ""
) -> Ledger:
    """The ledger at an address, to be used in `async with`; LedgerFault where it can't be opened.

    sqlite:///folder/file (four slashes for a path from the root), or the address of Azure Tables; that needs
    `token`, which gives a token for https://storage.azure.com. `ca_file` is a PEM to trust in place of the
    machine's own list.
    """
    if address.startswith("sqlite:///"):
        return open_sqlite(address.removeprefix("sqlite:///"))
    if address.startswith(("https://", "http://")):
        from ledger.azure_ledger import AzureLedger

        return AzureLedger(address, token, ca_file=ca_file)
    raise LedgerFault(
        f"There is no ledger at '{address}': write sqlite:///protocol-watch.sqlite3, "
        "or another path after the slashes, or the https:// address of Azure Tables."
    )
