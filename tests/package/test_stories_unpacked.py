"""Stories of the cloud, played by the unpacked zip: Microsoft's worker, real queues, no library of this machine."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cloud.county import MONDAY, County, county, hosted
from tests.cloud.storage import Storage, storage
from tests.cloud.test_from_change_to_card import EARLY, PUT_RIGHT, TIMERS, board, first_read
from tests.package.conftest import laid_out


@pytest.fixture(scope="module")
def account(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    """An account of Azure Storage."""
    with storage(house, tmp_path_factory.mktemp("storage")) as running:
        yield running


@pytest.fixture(scope="module")
def places(app: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Path, Path]]:
    """The unpacked app, and where it finds libraries: those in the zip, and the worker's own."""
    worker_library = tmp_path_factory.mktemp("worker")
    laid_out(["azure-functions-runtime", "azurefunctions-extensions-base"], worker_library)
    return app, (app / ".python_packages/lib/site-packages", worker_library)


@pytest.fixture
def one(tmp_path: Path, account: Storage) -> Iterator[County]:
    with county(tmp_path, account.ledger) as served:
        served.calendar(board(10, 30))
        yield served


def from_the_zip(
    one: County, places: tuple[Path, tuple[Path, Path]], account: Storage, *, hears: bool = True
) -> AbstractAsyncContextManager[County]:
    """The county with the unpacked app at work."""
    app, libraries = places
    return hosted(one, app, account.connection, hears=hears, libraries=libraries)


async def test_a_term_of_one_meeting_from_the_zip(
    one: County, places: tuple[Path, tuple[Path, Path]], account: Storage
) -> None:
    """Moved to 9:30 and told by Graph; put right and found by the timer; the worker ends, and it is moved again.

    The worker ends once when a change was heard and nothing was read, and once after the card: it comes once.
    """
    async with from_the_zip(one, places, account) as story:
        await first_read(story)
        story.calendar(board(9, 30))
        story.changed(board(9, 30))
        assert await story.graph_tells() == [202]
        await story.host.work()
        assert story.headlines() == [EARLY]
        await story.clock_stands_at(MONDAY + timedelta(days=1))
        story.calendar(board(10, 30))
        for timer in TIMERS:
            await story.host.tick(timer)
            await story.host.work()
        assert story.headlines() == [EARLY, PUT_RIGHT]
        assert story.host.failures == []
        story.calendar(board(9, 0))
        story.changed(board(9, 0))
        assert await story.graph_tells() == [202]
        story.worker.process.kill()
    async with from_the_zip(one, places, account, hears=False) as story:
        await story.clock_stands_at(MONDAY + timedelta(days=2))
        await story.host.tick("sweep")
        await story.host.work()
        assert story.headlines() == [EARLY, PUT_RIGHT, EARLY]
        story.worker.process.kill()
    async with from_the_zip(one, places, account, hears=False) as story:
        story.host.doubled = True
        await story.clock_stands_at(MONDAY + timedelta(days=3))
        for timer in TIMERS:
            await story.host.tick(timer)
            await story.host.work()
        assert story.headlines() == [EARLY, PUT_RIGHT, EARLY]
        assert "poison" not in " ".join(story.host.calls)  # of two messages at once, one may be put back
