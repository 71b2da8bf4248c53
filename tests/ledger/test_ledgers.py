"""Every ledger keeps the contract; each param is one way to keep it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ledger import Ledger, open_ledger
from tests.ledger.contract import LedgerContract


def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder}/ledger.sqlite3"


@pytest.fixture(params=[_sqlite], ids=["sqlite"])
def open_it(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Ledger]:
    return lambda: open_ledger(request.param(tmp_path))


class TestEveryLedger(LedgerContract):
    """The contract, on each of the params above."""
