"""Everybody can use the page: built right, and checked by axe-core in a real browser where there is one."""

import json
import os
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from wording.check_page import page
from wording.results import Results

SCRIPT = Path(__file__).with_name("axe.mjs")


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


@pytest.mark.parametrize("kind", ["example", "nothing"])
def test_axe_finds_nothing(kind: str, request: pytest.FixtureRequest, tmp_path: Path, house: Path) -> None:
    """No fault at 320 and 1280 pixels, light and dark; no sideways scrolling; no request."""
    results: Results = request.getfixturevalue(kind)
    file = tmp_path / "check.html"
    file.write_text(page(results), encoding="utf-8")
    run = subprocess.run(
        ["node", SCRIPT, file, _node_modules(house), _chromium()],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    for look in json.loads(run.stdout):
        assert look["violations"] == []
        assert look["passes"] > 20
        assert look["wide"] <= look["width"]
        assert look["requests"] == []


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("needs chromium: apt-get install chromium")
    return found


def _node_modules(house: Path) -> Path:
    folder = Path(os.environ.get("NODE_MODULES_FROM") or house / "node_modules")
    folder = folder if folder.name == "node_modules" else folder / "node_modules"
    wanted = ("playwright-core", "axe-core")
    if shutil.which("node") is None or not all((folder / name).is_dir() for name in wanted):
        pytest.skip("needs node with playwright-core and axe-core: npm install, or set NODE_MODULES_FROM")
    return folder
