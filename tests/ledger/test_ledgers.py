"""Every ledger keeps the contract; each param is one way to keep it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger import Ledger, open_ledger
from tests.ledger.azurite import table_address
from tests.ledger.contract import LedgerContract


def _sqlite(request: pytest.FixtureRequest) -> str:
    folder: Path = request.getfixturevalue("tmp_path")
    return f"sqlite:///{folder}/ledger.sqlite3"


def _azure(request: pytest.FixtureRequest) -> str:
    return table_address(request.getfixturevalue("tables"))


@pytest.fixture(params=[_sqlite, _azure], ids=["sqlite", "azure"])
def open_it(request: pytest.FixtureRequest) -> Callable[[], Ledger]:
    address = request.param(request)
    return lambda: open_ledger(address)


class TestEveryLedger(LedgerContract):
    """The contract, on each of the params above."""
