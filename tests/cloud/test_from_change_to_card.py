"""A meeting is moved to 9:30, and the officers get a card: through Graph, webhook, queues, ledger and workflow.

Everything but Azure itself is real or Microsoft's own: their worker library, Azurite's queues and tables, and
between them the tenant that we serve.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from emulator.mailboxes import Event, Person
from models.days import LONDON
from tests.cloud.county import MONDAY, County, county, hosted
from tests.cloud.storage import Storage, storage

BOARD = "SEND Partnership Board"
EARLY = f"Starts before 10am: {BOARD}"
FRIDAY = datetime(2026, 12, 11, tzinfo=LONDON)
PUT_RIGHT = f"Put right: {BOARD}"
TIMERS = ("sweep", "daily", "delivery_times", "subscriptions", "retention")


def board(hour: int, minute: int = 0, day: datetime = FRIDAY) -> Event:
    """One date of the board; 11 December 2026 is a Friday."""
    starts = day.replace(hour=hour, minute=minute)
    return Event(
        uid="board",
        subject=BOARD,
        starts=starts,
        ends=starts + timedelta(hours=2),
        organizer=Person("jo.marsh@council.example", "Jo Marsh"),
    )


@pytest.fixture
def one(tmp_path: Path, account: Storage) -> Iterator[County]:
    with county(tmp_path, f"sqlite:///{tmp_path / 'ledger.sqlite3'}") as served:
        served.calendar(board(10, 30))
        yield served


@pytest.fixture
def on_tables(tmp_path: Path, account: Storage) -> Iterator[County]:
    with county(tmp_path, account.ledger) as served:
        served.calendar(board(10, 30))
        yield served


async def first_read(story: County) -> None:
    """The manager has released every group; subscriptions are made, and the calendar is read once."""
    await story.release_all()
    await story.host.tick("subscriptions")
    await story.host.tick("sweep")
    await story.host.work()
    assert story.headlines() == []


async def test_a_change_is_a_card_within_five_seconds(
    on_tables: County, house: Path, account: Storage
) -> None:
    async with hosted(on_tables, house, account.connection) as story:
        await first_read(story)
        async with story.host.working():
            began = time.monotonic()
            story.calendar(board(9, 30))
            story.changed(board(9, 30))
            assert await story.graph_tells() == [202]
            while not story.headlines() and time.monotonic() - began < 20:
                await asyncio.sleep(0.02)
            took = time.monotonic() - began
        assert story.headlines() == [EARLY]
        assert took < 5, f"it took {took:.1f} seconds"
        assert story.host.failures == []


@pytest.mark.parametrize("doubled", [False, True], ids=["once", "doubled and shuffled"])
@pytest.mark.parametrize("hears", [True, False], ids=["notified", "by timers alone"])
async def test_the_same_cards_whoever_wakes_us_and_however_often(
    one: County, house: Path, account: Storage, hears: bool, doubled: bool
) -> None:
    """Monday: moved to 9:30. Tuesday: put right. Tuesday after: moved to 9:00. Each day has its ticks.

    Nobody hears a third time within seven days, so that the third card would wait on the Wednesday.
    """
    async with hosted(one, house, account.connection, hears=hears) as story:
        story.host.doubled = doubled
        await first_read(story)
        for day, hour, minute in ((0, 9, 30), (1, 10, 30), (8, 9, 0)):
            await story.clock_stands_at(MONDAY + timedelta(days=day, hours=1))
            await story.host.tick("subscriptions")  # as in each of the days between
            meeting = board(hour, minute)
            story.calendar(meeting)
            if hears:
                story.changed(meeting)
                if doubled:
                    story.world.notifications.double()
                    story.world.notifications.shuffle(day)
                assert set(await story.graph_tells()) == {202}
                await story.host.work()
            for timer in TIMERS:
                await story.host.tick(timer)
                await story.host.work()
        assert story.headlines() == [EARLY, PUT_RIGHT, EARLY]
        assert story.host.failures == []
        assert bool(story.host.calls["notifications"]) is hears


async def test_a_tick_that_is_skipped_is_made_good_by_the_next(
    one: County, house: Path, account: Storage
) -> None:
    async with hosted(one, house, account.connection, hears=False) as story:
        await first_read(story)
        story.calendar(board(9, 30))
        await story.clock_stands_at(MONDAY + timedelta(days=1))
        await story.host.tick("delivery_times")
        assert story.headlines() == []
        await story.clock_stands_at(MONDAY + timedelta(days=2))
        await story.host.tick("sweep")
        await story.host.work()
        assert story.headlines() == [EARLY]


async def test_read_once_within_a_minute_however_often_graph_calls(
    one: County, house: Path, account: Storage
) -> None:
    """A burst is one read; what changed after that read is found when the minute is over."""
    async with hosted(one, house, account.connection, window=60) as story:
        await first_read(story)
        await story.clock_stands_at(MONDAY + timedelta(minutes=5))
        before = story.reads()
        story.calendar(board(9, 30))
        for _ in range(20):
            story.changed(board(9, 30))
            await story.graph_tells()
        await story.host.work(rounds=3)
        assert story.reads() - before == 1
        assert story.headlines() == [EARLY]
        story.changed(board(10, 30))
        story.calendar(board(10, 30))
        await story.graph_tells()
        await story.host.work(rounds=2)
        assert story.reads() - before == 1
        await story.clock_stands_at(MONDAY + timedelta(minutes=7))
        await story.host.work()
        assert story.reads() - before == 2
        assert story.headlines() == [EARLY, PUT_RIGHT]
        assert "poison" not in " ".join(story.host.calls)


async def test_a_subscription_is_cared_for_when_graph_asks(
    one: County, house: Path, account: Storage
) -> None:
    async with hosted(one, house, account.connection) as story:
        await first_read(story)
        [first] = story.world.subscriptions.values()
        story.world.notifications.lifecycle("reauthorizationRequired", pause=True)
        assert await story.graph_tells() == [202]
        await story.host.work()
        assert [each.paused for each in story.world.subscriptions.values()] == [False]
        story.world.notifications.lifecycle("subscriptionRemoved")
        story.calendar(board(9, 30))
        assert await story.graph_tells() == [202]
        await story.host.work()
        [again] = story.world.subscriptions.values()
        assert again.id != first.id
        assert again.notification_url == first.notification_url
        assert story.headlines() == [EARLY]


async def test_what_graph_missed_is_read(one: County, house: Path, account: Storage) -> None:
    async with hosted(one, house, account.connection) as story:
        await first_read(story)
        story.calendar(board(9, 30))
        story.world.notifications.lifecycle("missed")
        assert await story.graph_tells() == [202]
        await story.host.work()
        assert story.headlines() == [EARLY]


async def test_somebody_elses_notification_wakes_nobody(one: County, house: Path, account: Storage) -> None:
    async with hosted(one, house, account.connection) as story:
        await first_read(story)
        before = story.reads()
        [ours] = story.world.subscriptions.values()
        story.world.subscriptions[ours.id] = replace(ours, client_state="a guess")
        story.calendar(board(9, 30))
        story.changed(board(9, 30))
        assert await story.graph_tells() == [202]
        await story.host.work()
        assert story.reads() == before
        assert story.host.calls["touched_groups"] == 1  # of the sweep before


async def test_storage_is_down_and_graph_tells_again_later(one: County, house: Path, tmp_path: Path) -> None:
    (tmp_path / "storage").mkdir()
    with storage(house, tmp_path / "storage") as account:
        async with hosted(one, house, account.connection) as story:
            await first_read(story)
            story.calendar(board(9, 30))
            story.changed(board(9, 30))
            account.process.kill()
            account.process.wait()
            assert await story.graph_tells() == [500]
            assert len(story.world.notifications.waiting) == 1


async def test_work_that_fails_five_times_is_a_line_to_the_manager(
    one: County, house: Path, account: Storage
) -> None:
    async with hosted(one, house, account.connection) as story:
        await first_read(story)
        await story.host.put("touched-groups", "this is no message of ours")
        await story.host.work()
        assert story.host.calls["touched_groups"] == 1 + 5
        assert story.host.calls["touched_groups_poison"] == 1
        await story.host.tick("daily")
        await story.host.tick("delivery_times")
        said = str([each.cards for each in story.world.posts if each.flow == "partnership-manager"])
        assert "a calendar could not be looked at" in said
