"""The page of stories names tests that there are."""

import re
from pathlib import Path


def test_every_story_names_a_test_that_there_is(house: Path) -> None:
    named = re.findall(
        r"`(tests/[\w/]+\.py)::(test_\w+)`", (house / "docs" / "stories.md").read_text("utf-8")
    )
    assert len(named) > 12
    for file, name in named:
        assert f"def {name}(" in (house / file).read_text("utf-8"), f"{file}::{name}"
