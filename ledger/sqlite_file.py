"""Opens the SQLite file of a ledger, brings it to the present version, and refuses what it can't serve."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from ledger.faults import LedgerFault
from ledger.tables import VERSION, VERSIONS

PATIENCE = 30.0  # seconds that one writer waits for another; a review writes for far less
TURNS, A_MOMENT = 100, 0.05  # seconds between two tries to prepare a file that others prepare too
OURS = 0x50575431  # "PWT1", so that we never touch another program's file


def opened(path: str) -> sqlite3.Connection:
    """The connection, ready to use; LedgerFault in one sentence where there is none."""
    try:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as wrong:
        raise _cannot_open(path, wrong) from None
    try:
        _prepared_in_turn(connection, path)
    except sqlite3.Error as wrong:
        connection.close()
        raise _cannot_open(path, wrong) from None
    except LedgerFault:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All of the block, or none of it; other writers wait."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _prepared_in_turn(connection: sqlite3.Connection, path: str) -> None:
    """Prepare it, again where others are doing so at this moment.

    SQLite waits for a lock by itself, except where two wait for each other: changing a new file to WAL needs
    it alone, and then it says "locked" at once.
    """
    for _ in range(TURNS):
        try:
            return _prepare(connection, path)
        except sqlite3.OperationalError as busy:
            if busy.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            sleep(A_MOMENT)
    return _prepare(connection, path)


def _prepare(connection: sqlite3.Connection, path: str) -> None:
    _check_owner(connection, path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # "paid" must survive a power cut
    with transaction(connection):
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise LedgerFault(
                f"The ledger '{path}' was written by a newer Protocol Watch (its version {version}, "
                f"ours {VERSION}): update the program, or name another file in PROTOCOL_WATCH_LEDGER."
            )
        for statements in VERSIONS[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {OURS}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _check_owner(connection: sqlite3.Connection, path: str) -> None:
    """Both are read at one moment: another program may be making the ledger right now."""
    connection.execute("BEGIN")
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    owner: int = connection.execute("PRAGMA application_id").fetchone()[0]
    connection.execute("COMMIT")
    if tables and owner != OURS:
        raise LedgerFault(
            f"'{path}' is the database of another program: name another file in PROTOCOL_WATCH_LEDGER."
        )


def _cannot_open(path: str, wrong: sqlite3.Error) -> LedgerFault:
    if path != ":memory:" and not Path(path).absolute().parent.is_dir():
        return LedgerFault(f"The ledger '{path}' can't be opened: its folder does not exist, make it first.")
    return LedgerFault(
        f"The ledger '{path}' can't be opened ({wrong}): name a file that may be written "
        "in PROTOCOL_WATCH_LEDGER."
    )
