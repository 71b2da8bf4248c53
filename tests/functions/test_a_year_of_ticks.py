"""A whole year of ticks in UTC, as Azure gives them: each day's work at its hour of London's clock, once a day."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from functions.files.rulebooks import read_book
from functions.triggers.timers import DAILY_AT, RETENTION_AT
from functions.waking.once_a_day import is_due
from models.days import LONDON
from models.telling import Hours

FIRST, LAST = date(2026, 3, 1), date(2027, 3, 31)  # both changes of the clock, one of them twice
HOUR, FIVE_MINUTES = timedelta(hours=1), timedelta(minutes=5)


def ticks(minute: int, second: int, every: timedelta) -> Iterator[datetime]:
    """Every tick of a timer, by UTC, from the first day to the end of the last one."""
    at = datetime(FIRST.year, FIRST.month, FIRST.day, 0, minute, second, tzinfo=UTC)
    while at.date() <= LAST:
        yield at
        at += every


def done_at(at: time, minute: int, heard: Iterator[datetime]) -> list[datetime]:
    """The moments, by London's clock, at which the day's work was done."""
    done: list[datetime] = []
    for tick in heard:
        last = done[-1].date() if done else None
        if is_due(tick, at, last):
            done.append(tick.astimezone(LONDON))
    assert all(one.minute == minute for one in done)
    return done


@pytest.mark.parametrize(("at", "minute"), [(DAILY_AT, 10), (RETENTION_AT, 25)], ids=["daily", "retention"])
def test_each_day_has_its_run_in_the_same_hour_summer_and_winter(at: time, minute: int) -> None:
    done = done_at(at, minute, ticks(minute, 0, HOUR))
    assert {one.hour for one in done} == {at.hour}
    assert [one.date() for one in done] == [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


@pytest.mark.parametrize(("at", "minute"), [(DAILY_AT, 10), (RETENTION_AT, 25)], ids=["daily", "retention"])
def test_half_of_the_ticks_are_skipped_and_others_come_twice(at: time, minute: int) -> None:
    """No day has two runs, none before its hour, and a day in which any later tick came has its run."""
    chance = Random(7)  # noqa: S311 (an order, not a secret)
    heard = [tick for tick in ticks(minute, 0, HOUR) for _ in range(chance.choice([0, 0, 1, 2]))]
    done = done_at(at, minute, iter(heard))
    assert max(Counter(one.date() for one in done).values()) == 1
    assert all(one.time() >= at for one in done)
    could = {tick.astimezone(LONDON).date() for tick in heard if tick.astimezone(LONDON).time() >= at}
    assert {one.date() for one in done} == could


def test_cards_leave_at_a_quarter_past_nine_by_londons_clock_all_year() -> None:
    """The timer ticks every five minutes by UTC; a card that waits since midnight leaves at the first tick it may."""
    working, hours = read_book().book.working, Hours()
    left: dict[date, datetime] = {}
    for tick in ticks(0, 30, FIVE_MINUTES):
        here = tick.astimezone(LONDON)
        midnight = datetime.combine(here.date(), time(), LONDON)
        due = hours.next_after(midnight, working) <= here
        if here.date() not in left and hours.open_at(tick, working) and due:
            left[here.date()] = here
    assert {(one.hour, one.minute) for one in left.values()} == {(9, 15)}
    in_utc = {one.astimezone(UTC).hour for one in left.values()}
    assert in_utc == {8, 9}  # summer and winter
    weekdays = {one.weekday() for one in left}
    assert weekdays == {0, 1, 2, 3, 4}
    assert date(2026, 12, 25) not in left
    assert {date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26)} <= set(left)
