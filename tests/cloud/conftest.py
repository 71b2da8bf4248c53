"""A storage account that is started once for the tests of the cloud."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cloud.storage import Storage, storage


@pytest.fixture(scope="module")
def account(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    """An account of Azure Storage; its tables are new for each module of tests."""
    with storage(house, tmp_path_factory.mktemp("storage")) as running:
        yield running
