"""A fresh stage for every story. None may leave a word about anybody in any log, or remember what no table has.

No story here is told of changes: each reads everything, as the timers do. And a timer may tick twice: some stories
are played again with every sweep, daily pass and delivery doubled, and all of them in the long proof.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from models.retention import kept_as, place_of
from tests.stories.nothing_personal import every_line, told_in, words_of
from tests.stories.stage import Stage

PLAYED_TWICE = ("test_cards_come_and_go", "test_we_got_it_wrong", "test_quiet_first_day")
ALL_TWICE = os.environ.get("HYPOTHESIS_PROFILE") == "prove"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Stories that are played again with every tick doubled."""
    doubled = ALL_TWICE or metafunc.module.__name__.endswith(PLAYED_TWICE)
    if doubled and "ticks" in metafunc.fixturenames:
        metafunc.parametrize("ticks", [1, 2], indirect=True, ids=["", "every tick twice"])


@pytest.fixture
def ticks(request: pytest.FixtureRequest) -> int:
    """How often each timer of a story ticks."""
    return int(getattr(request, "param", 1))


@pytest.fixture
def stage(tmp_path: Path, ticks: int) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    stage.ticks = ticks
    begins = words_of(stage.world)
    with every_line() as lines:
        yield stage
    assert told_in(lines, begins | words_of(stage.world)) == []
    assert remembered_outside_the_table(stage.ledger_address) == [], (
        "say in models/retention.py how long it stays"
    )


def remembered_outside_the_table(address: str) -> list[tuple[str, str]]:
    """The names in a ledger of which nobody has said how long what is under them may stay."""
    path = Path(address.removeprefix("sqlite:///"))
    if not address.startswith("sqlite:///") or not path.exists():
        return []
    with closing(sqlite3.connect(path)) as ledger:
        rows = ledger.execute("SELECT grp, name FROM memory").fetchall()
    return [(group, name) for group, name in rows if kept_as(place_of(group), name) is None]
