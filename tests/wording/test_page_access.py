"""Everybody can use the page: built right, and checked by axe-core in a real browser where there is one."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.proving import some_of
from tests.wording.in_a_browser import assert_everybody_can_use
from wording.check_page import page
from wording.results import Results


def test_the_page_stands_alone(example: Results) -> None:
    """One file: no script, nothing fetched from anywhere."""
    written = page(example)
    assert not re.findall("<(?:script|link|img|iframe|object|form)", written)
    assert not re.findall(r"""(?:src|href)=["'](?!#)""", written)
    assert not re.findall(r"@import|url\(", written)
    assert "default-src 'none'" in written


def test_the_page_is_built_for_reading_aloud(example: Results) -> None:
    """Language, skip link, one first heading, headings that never skip a level, tables with headers."""
    written = page(example)
    levels = [int(level) for level in re.findall(r"<h([1-6])", written)]
    assert '<html lang="en-GB">' in written
    assert '<a class="skip" href="#main">' in written
    assert '<main id="main"' in written
    assert levels.index(1) == 0
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert written.count("<table>") == written.count("<caption>") == written.count("<thead>")
    assert not re.findall(r"<th(?! scope=|ead)", written)
    anchors = re.findall(r'href="#(\w+)"', written)
    assert anchors
    assert all(written.count(f'id="{anchor}"') == 1 for anchor in anchors)


def test_every_title_keeps_its_own_direction(example: Results) -> None:
    """A title from right to left can't turn the words beside it."""
    assert "<bdi>اجتماع مجلس الشراكة</bdi>" in page(example)


@pytest.mark.parametrize("kind", some_of(["example", "nothing"], 0, of=2))
def test_axe_finds_nothing(kind: str, request: pytest.FixtureRequest, tmp_path: Path, house: Path) -> None:
    """No fault at 320 and 1280 pixels, light and dark; no sideways scrolling; no request."""
    assert_everybody_can_use(page(request.getfixturevalue(kind)), tmp_path, house)
