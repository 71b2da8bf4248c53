"""A ledger of renamed groups is a ledger like any other: the same contract, whatever a group was called first."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import Ledger, open_ledger
from ledger.entries import Delivery
from ledger.former_names import under_first_names
from tests.ledger.contract import BOARD, OTHER, LedgerContract

NOW = datetime(2026, 11, 2, 9, 15, tzinfo=UTC)  # Monday


@pytest.fixture
def open_it(tmp_path: Path) -> Callable[[], Ledger]:
    address = f"sqlite:///{tmp_path}/ledger.sqlite3"
    return lambda: under_first_names(
        open_ledger(address), {BOARD: "The first name", OTHER: "Another first name"}
    )


class TestOfRenamedGroups(LedgerContract):
    """The whole contract, by names that are not the first ones."""


async def test_what_was_put_under_the_first_name_is_found_by_the_present_one(tmp_path: Path) -> None:
    async with open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite3") as ledger:
        await ledger.remember("Old", "released", {"at": "1"})
        card = Delivery(key="k", group="Old", channel="teams", about="a", not_before=NOW)
        await ledger.owe([card])
        renamed = under_first_names(ledger, {"New": "Old"})
        assert await renamed.remembered("New") == {"released": {"at": "1"}}
        [due] = await renamed.due(NOW)
        assert due.group == "New"
        assert await renamed.claim(due.group, due.key, by="me", now=NOW, until=NOW)
        assert await renamed.owe([due]) == (), "it is owed already"


async def test_where_no_group_was_renamed_there_is_nothing_between(tmp_path: Path) -> None:
    async with open_ledger(f"sqlite:///{tmp_path}/ledger.sqlite3") as ledger:
        assert under_first_names(ledger, {}) is ledger
