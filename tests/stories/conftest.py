"""A fresh stage for every story; and no story may leave a word about anybody in any log."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.nothing_personal import every_line, told_in, words_of
from tests.stories.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    begins = words_of(stage.world)
    with every_line() as lines:
        yield stage
    assert told_in(lines, begins | words_of(stage.world)) == []
