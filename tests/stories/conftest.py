"""A fresh stage for every story."""

from pathlib import Path

import pytest

from tests.stories.stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)
