"""One table of Azure Tables: read rows, and save some of one partition together or not at all.

Every save has a condition for each row (not there yet, or unchanged since it was read), so that a request
which arrives late or twice changes nothing. An answer may be lost after the work was done, and the same
request is then refused: each row says which save wrote it, by which we know our own work again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit
from uuid import uuid4

from ledger.azure_rows import WROTE, Row
from ledger.faults import LedgerFault

if TYPE_CHECKING:
    from azure.core.credentials import AccessToken, AzureNamedKeyCredential
    from azure.data.tables.aio import TableClient

Token = Callable[[], Awaitable[str]]
Sleep = Callable[[float], Awaitable[None]]
NAME = "ProtocolWatch"
WAITS = (0.2, 1.0, 3.0, 6.0)  # seconds before asking again
TURNS, A_MOMENT, LONGEST_MOMENT = 60, 0.02, 0.5  # how often others may be quicker, and how long we step aside
CONNECT, ANSWER = 10, 60  # seconds; Azure gives up on a request after 30
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
DEVELOPMENT = "devstoreaccount1"
# Azurite's account and key are the same for everybody and published by Microsoft: they open nothing real.
DEVELOPMENT_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


class NoTable(LedgerFault):
    """The account has no such table, or none any more."""


class _Refused(LedgerFault):
    """A condition was not met; `tries` is how often the same was asked."""

    def __init__(self, address: str, tries: int) -> None:
        super().__init__(f"The ledger at {address} is none: check the address in PROTOCOL_WATCH_LEDGER.")
        self.tries = tries


class Table:
    """The table of one ledger. Retries what may pass; LedgerFault, in one sentence, for what does not."""

    def __init__(self, client: "TableClient", address: str, sleep: Sleep) -> None:
        self._client, self._address, self._sleep = client, address, sleep

    async def row(self, partition: str, key: str, *, whole: bool = True) -> Row | None:
        """One row, or None; without its document where not `whole`, for who only wants to replace it."""
        select = None if whole else ["PartitionKey", "RowKey"]
        try:
            return _row(await self._asked(lambda: self._client.get_entity(partition, key, select=select)))
        except _Refused:
            return None

    async def rows(self, partition: str, prefix: str, where: str = "") -> list[Row]:
        """The rows of a partition whose keys begin with the prefix, by key; `where` says more in OData."""
        return [_row(each) for each in await self._query(_range(partition, prefix, where))]

    async def some_rows(self, partition: str, keys: Sequence[str], prefix: str) -> dict[str, Row]:
        """Those of these rows that are there, by key: a few are asked one by one, more with all their kind."""
        if len(keys) > 8:
            wanted = set(keys)
            return {each.key: each for each in await self.rows(partition, prefix) if each.key in wanted}
        found = await asyncio.gather(*(self.row(partition, key) for key in keys))
        return {each.key: each for each in found if each is not None}

    async def keys(self, partition: str, prefix: str) -> set[str]:
        """The keys of a partition that begin with the prefix."""
        found = await self._query(_range(partition, prefix), select=["PartitionKey", "RowKey"])
        return {str(each["RowKey"]) for each in found}

    async def marks(self, partition: str, prefix: str) -> list[Row]:
        """The rows of a partition, or those whose keys begin with the prefix, without what they hold."""
        wanted = _range(partition, prefix) if prefix else f"PartitionKey eq '{partition}'"
        return [_row(each) for each in await self._query(wanted, select=["PartitionKey", "RowKey"])]

    async def next_partition(self, after: str, before: str) -> str | None:
        """The first partition between two names; None where there is none."""
        wanted = f"PartitionKey gt '{after}' and PartitionKey lt '{before}'"
        found = await self._query(wanted, select=["PartitionKey"], at_most=1)
        return str(found[0]["PartitionKey"]) if found else None

    async def first_with(self, partition: str, mark: str) -> Row | None:
        """The first row of a partition that has a mark; None where none has it."""
        found = await self._query(f"PartitionKey eq '{partition}' and {mark} ge ''", at_most=1)
        return _row(found[0]) if found else None

    async def any_partition(self) -> str | None:
        """The partition of some row, or None where the table is empty."""
        found = await self._query("", select=["PartitionKey"], at_most=1)
        return str(found[0]["PartitionKey"]) if found else None

    async def save(self, rows: Sequence[Row]) -> bool:
        """Save rows of one partition, all or none: at most a transaction's worth.

        A row without `etag` must not be there yet, any other must be unchanged, also one that is to be taken
        away. False where one is not so.
        """
        save = uuid4().hex
        operations = [_operation(each, save) for each in rows]
        try:
            await self._asked(lambda: self._client.submit_transaction(operations))
        except _Refused as refused:
            return refused.tries > 1 and await self._is_ours(rows, save)
        return True

    async def until_done[T](self, attempt: Callable[[], Awaitable[T | None]]) -> T:
        """Try until nobody else was quicker: an attempt that gives None reads again, and tries again."""
        for turn in range(TURNS):
            if turn:
                await self._sleep(min(turn * A_MOMENT, LONGEST_MOMENT))
            done = await attempt()
            if done is not None:
                return done
        raise LedgerFault(f"The ledger at {self._address} is too busy: try again in a minute.")

    async def make(self) -> None:
        """Make the table; nothing where it is there."""
        from azure.core.exceptions import ResourceExistsError

        async def made() -> None:
            try:
                await self._client.create_table()
            except ResourceExistsError:
                return

        await self._asked(made)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _is_ours(self, rows: Sequence[Row], save: str) -> bool:
        """Whether an earlier try did the work. One row says it for all; others may have been changed since.

        Where all were to be taken away, there is none to say it: then they are gone, and nobody minds by whom.
        """
        if all(each.gone for each in rows):
            return not any([await self.row(each.partition, each.key, whole=False) for each in rows])
        for each in rows:
            there = await self.row(each.partition, each.key)
            if there is not None and there.properties.get(WROTE) == save:
                return True
        return False

    async def _query(
        self, wanted: str, select: list[str] | None = None, at_most: int | None = None
    ) -> list[Any]:
        """All pages; begun anew where one does not come."""

        async def read() -> list[Any]:
            found = []
            async for each in self._client.query_entities(wanted, select=select, results_per_page=at_most):
                found.append(each)
                if len(found) == at_most:
                    break
            return found

        try:
            return await self._asked(read)
        except _Refused:
            raise NoTable(_gone(self._address)) from None

    async def _asked[T](self, ask: Callable[[], Awaitable[T]]) -> T:
        from azure.core.exceptions import AzureError

        from ledger import azure_faults

        for tries, wait in enumerate((*WAITS, None), start=1):
            try:
                return await ask()
            except (AzureError, HTTPException) as error:
                if azure_faults.is_refused(error):
                    raise _Refused(self._address, tries) from None
                if azure_faults.code_of(error) == "TableNotFound":
                    raise NoTable(_gone(self._address)) from None
                if wait is None or not azure_faults.may_pass(error):
                    raise azure_faults.fault(self._address, error) from None
            await self._sleep(wait)
        raise AssertionError("the last try returns or raises")


def table_at(address: str, token: Token | None, sleep: Sleep, ca_file: str = "") -> Table:
    """The table at a table endpoint, not asked anything yet; LedgerFault where the address can't be one.

    `token` gives a token for https://storage.azure.com; Azurite over http needs none. `ca_file` is a PEM
    to trust in place of the machine's own list.
    """
    from azure.data.tables.aio import TableClient

    host = urlsplit(address).hostname or ""
    # what the library logs names groups and keys
    logging.getLogger("azure.core.pipeline.policies.http_logging_policy").setLevel(logging.WARNING)
    client = TableClient(
        address,
        NAME,
        credential=_credential(address, token),
        retry_total=0,  # a blind retry would take its own success for somebody else's
        connection_timeout=CONNECT,
        read_timeout=ANSWER,
        use_env_settings=host not in THIS_MACHINE,  # proxies, which this machine needs none of
        connection_verify=ca_file or True,
    )
    return Table(client, address, sleep)


def _credential(address: str, token: Token | None) -> "_AskedEachTime | AzureNamedKeyCredential":
    from azure.core.credentials import AzureNamedKeyCredential

    parts = urlsplit(address)
    if parts.scheme != "https":
        if parts.hostname in THIS_MACHINE and parts.path.strip("/") == DEVELOPMENT:
            return AzureNamedKeyCredential(DEVELOPMENT, DEVELOPMENT_KEY)
        raise LedgerFault(f"The ledger at {address} would be open to read on the way: write https://.")
    if token is None:
        raise LedgerFault(f"The ledger at {address} needs a way to sign in: set one, as for Microsoft 365.")
    return _AskedEachTime(token)


class _AskedEachTime:
    """A credential that keeps no token, because whoever gives us ours does."""

    def __init__(self, token: Token) -> None:
        self._token = token

    async def get_token(self, *_scopes: str, **_more: Any) -> "AccessToken":
        from azure.core.credentials import AccessToken

        return AccessToken(await self._token(), 0)  # "ran out long ago": it is asked for again each time

    async def close(self) -> None:
        return None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *why: object) -> None:
        return None


def _range(partition: str, prefix: str, where: str = "") -> str:
    after = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    wanted = f"PartitionKey eq '{partition}' and RowKey ge '{prefix}' and RowKey lt '{after}'"
    return f"{wanted} and {where}" if where else wanted


def _operation(row: Row, save: str) -> Any:
    from azure.core import MatchConditions
    from azure.data.tables import UpdateMode

    entity = {"PartitionKey": row.partition, "RowKey": row.key, **row.properties, WROTE: save}
    if not row.etag:
        return "create", entity
    condition = {"etag": row.etag, "match_condition": MatchConditions.IfNotModified}
    if row.gone:
        return "delete", entity, condition
    return "update", entity, {"mode": UpdateMode.REPLACE, **condition}


def _row(entity: Any) -> Row:
    more = {name: value for name, value in entity.items() if name not in ("PartitionKey", "RowKey")}
    return Row(str(entity["PartitionKey"]), str(entity["RowKey"]), more, str(entity.metadata["etag"]))


def _gone(address: str) -> str:
    return f"The ledger at {address} is not there any more: start the program again, and it makes a new one."
