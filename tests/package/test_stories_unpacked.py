"""Stories of the cloud, played by the unpacked zip: Microsoft's worker, real queues, no library of this machine."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from emulator.mailboxes import Attachment, Event
from tests.cloud.county import MONDAY, County, county, hosted
from tests.cloud.storage import Storage, storage
from tests.cloud.test_from_change_to_card import BOARD, EARLY, PUT_RIGHT, TIMERS, board, first_read
from tests.package.conftest import laid_out
from tests.proving import PROVING
from tests.stories.stage import at


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

    It is Tuesday of the week after by then, because nobody hears a third time within seven days. The worker ends
    once when a change was heard and nothing was read, and once after the card: it comes once.
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
        await story.clock_stands_at(MONDAY + timedelta(days=8))
        await story.host.tick("sweep")
        await story.host.work()
        assert story.headlines() == [EARLY, PUT_RIGHT, EARLY]
        story.worker.process.kill()
    async with from_the_zip(one, places, account, hears=False) as story:
        story.host.doubled = True
        await story.clock_stands_at(MONDAY + timedelta(days=9))
        for timer in TIMERS:
            await story.host.tick(timer)
            await story.host.work()
        assert story.headlines() == [EARLY, PUT_RIGHT, EARLY]
        assert "poison" not in " ".join(story.host.calls)  # of two messages at once, one may be put back


NUDGE, NOT_SEEN = f"Papers not seen yet: {BOARD}", f"Papers not seen by the agreed day: {BOARD}"


def held(day: str, sent: str = "") -> Event:
    """A date of the board; its papers were attached to the invitation at a moment, or not yet."""
    one = replace(board(10, 30, at(f"{day} 00:00")), uid=day)
    return replace(one, attachments=(Attachment("Agenda.pdf", 2048, modified=at(sent)),) if sent else ())


@pytest.mark.skipif(not PROVING, reason="a second story from the zip: only in make prove")
async def test_an_autumn_of_papers_from_the_zip(
    tmp_path: Path, places: tuple[Path, tuple[Path, Path]], account: Storage
) -> None:
    """Papers for October came with the invitation. Those for 27 November are asked for on Tuesday 17th, and come.

    Those for 11 December do not come, and the agreed day is Friday 4th at the latest.
    """
    october = held("Fri 09 Oct 2026", "Thu 24 Sep 2026 11:00")
    november, december = held("Fri 27 Nov 2026"), held("Fri 11 Dec 2026")
    sent = held("Fri 27 Nov 2026", "Wed 18 Nov 2026 16:00")
    days = [
        ("Mon 16 Nov 2026 09:15", november, []),
        ("Tue 17 Nov 2026 09:15", november, [NUDGE]),
        ("Wed 18 Nov 2026 09:15", november, [NUDGE]),
        ("Thu 19 Nov 2026 09:15", sent, [NUDGE, PUT_RIGHT]),
        ("Mon 23 Nov 2026 09:15", sent, [NUDGE, PUT_RIGHT]),
        ("Tue 01 Dec 2026 09:15", sent, [NUDGE, PUT_RIGHT, NUDGE]),
        ("Mon 07 Dec 2026 09:15", sent, [NUDGE, PUT_RIGHT, NUDGE, NOT_SEEN]),
    ]
    ledger = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"  # its own: the account remembers the other story
    with county(tmp_path, ledger, on=("P01",)) as served:
        served.calendar(october, november, december)
        async with from_the_zip(served, places, account, hears=False) as story:
            await first_read(story)
            for moment, now, told in days:
                await story.clock_stands_at(at(moment))
                story.calendar(october, now, december)
                for timer in TIMERS:
                    await story.host.tick(timer)
                    await story.host.work()
                assert story.headlines() == told, moment
            assert story.host.failures == []
