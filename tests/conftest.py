"""What all tests share: how hard properties are tried, and where the shared material lies."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# `make test` tries the same examples every time, so that it fails for a change and not by chance;
# `make prove` tries fifty times as many, by a seed that it prints.
settings.register_profile(
    "quick",
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize=True,
)
settings.register_profile(
    "prove", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

HOUSE = Path(__file__).parents[1]


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: some tests wait, for a storage that is down or for a browser."""
    return (os.cpu_count() or 1) + 1


SLOWEST_FIRST = ("package", "cloud", "door", "stories", "ledger", "functions", "faults", "wording")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it at the end."""
    rank = {name: number for number, name in enumerate(SLOWEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.parent.name, len(rank)))


@pytest.fixture(scope="session")
def house() -> Path:
    """The folder of the project."""
    return HOUSE


@pytest.fixture(scope="session")
def shared() -> Path:
    """Facts and data that lie beside the project where it is developed; the test skips elsewhere."""
    folder = HOUSE.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the shared material beside the project")
    return folder
