"""A table service for the tests of the ledger: started once, emptied before each test."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.azurite import azurite, empty


@pytest.fixture(scope="session")
def running_azurite(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a table service that goes on as long as the tests do."""
    with azurite(house, tmp_path_factory.mktemp("azurite")) as port:
        yield port


@pytest.fixture
def tables(running_azurite: int) -> int:
    """The port of a table service with no ledger in it."""
    asyncio.run(empty(running_azurite))
    return running_azurite
