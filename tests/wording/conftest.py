"""The results that the tests of this room write out: see invented_results.py for what is in them."""

from collections.abc import Callable

import pytest

from tests.wording import invented_results
from wording.results import Results


@pytest.fixture(scope="session")
def example() -> Results:
    """The invented partnership's results, with every state."""
    return invented_results.everything()


@pytest.fixture(scope="session")
def nothing() -> Results:
    """An empty calendar."""
    return invented_results.results()


@pytest.fixture(scope="session")
def titled() -> Callable[[str], Results]:
    """Results in which one text that somebody typed stands everywhere that text can stand."""
    return invented_results.titled


@pytest.fixture(scope="session")
def crowded() -> Results:
    """Twenty thousand findings."""
    return invented_results.crowded()
