"""The day's run: at six in London, summer and winter, however the timer ticks."""

from datetime import UTC, date, datetime, time

import pytest

from functions.waking.once_a_day import is_due

SIX = time(6, 0)


@pytest.mark.parametrize(
    ("tick", "done", "due"),
    [
        # in winter London is at UTC
        ("2026-01-14 05:10", "2026-01-13", False),  # Wednesday
        ("2026-01-14 06:10", "2026-01-13", True),
        ("2026-01-14 07:10", "2026-01-14", False),
        ("2026-01-14 07:10", "2026-01-13", True),  # the tick at six was skipped
        # in summer six in London is five in UTC
        ("2026-07-15 04:10", "2026-07-14", False),  # Wednesday
        ("2026-07-15 05:10", "2026-07-14", True),
        ("2026-07-15 06:10", "2026-07-15", False),
        # the clocks go forward on Sunday 29 March 2026, and back on Sunday 25 October 2026
        ("2026-03-28 05:10", "2026-03-27", False),
        ("2026-03-29 05:10", "2026-03-28", True),
        ("2026-10-24 05:10", "2026-10-23", True),
        ("2026-10-25 05:10", "2026-10-24", False),
        ("2026-10-25 06:10", "2026-10-24", True),
        # late in the evening it is tomorrow in London already, but not six yet
        ("2026-07-14 23:10", "2026-07-14", False),
        # never before
        ("2026-01-14 05:10", "", False),
        ("2026-01-14 13:10", "", True),
    ],
)
def test_due_from_six_in_london_until_it_was_done_today(tick: str, done: str, due: bool) -> None:
    now = datetime.fromisoformat(tick).replace(tzinfo=UTC)
    assert is_due(now, SIX, date.fromisoformat(done) if done else None) is due
