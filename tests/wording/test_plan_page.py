"""The printable year: one file, for everybody's eyes and hands, and for A4 in black and white."""

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from models.year_plan import YearPlan
from tests.proving import some_of
from tests.wording.in_a_browser import assert_everybody_can_use
from tests.wording.invented_plan import made
from wording.plan_page import plan_page


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> YearPlan:
    return made(tmp_path_factory.mktemp("year"))


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> YearPlan:
    return made(tmp_path_factory.mktemp("year"), "date,start_time,title\n")


def test_the_page_stands_alone(year: YearPlan) -> None:
    """One file for a locked laptop: no script, nothing fetched from anywhere."""
    written = plan_page(year)
    assert not re.findall("<(?:script|link|img|iframe|object|form)", written)
    assert not re.findall(r"""(?:src|href)=["'](?!#)""", written)
    assert not re.findall(r"@import|url\(", written)
    assert "default-src 'none'" in written


def test_the_page_is_built_for_reading_aloud(year: YearPlan) -> None:
    written = plan_page(year)
    levels = [int(level) for level in re.findall(r"<h([1-6])", written)]
    assert '<html lang="en-GB">' in written
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert written.count("<table") == written.count("<caption>") == written.count("<thead>")
    assert not re.findall(r"<th(?! scope=|ead)", written)
    assert '<span class="aloud">meeting, Half term</span>' in written


@pytest.mark.parametrize("kind", some_of(["year", "nothing"], 0, of=2))
def test_axe_finds_nothing(kind: str, request: pytest.FixtureRequest, tmp_path: Path, house: Path) -> None:
    """No fault at 320 and 1280 pixels, light and dark; no sideways scrolling; no request."""
    assert_everybody_can_use(plan_page(request.getfixturevalue(kind)), tmp_path, house)


def test_the_year_at_a_glance_prints_on_one_sheet_of_a4(year: YearPlan, tmp_path: Path) -> None:
    """Printed by Chromium: all months stand on the same page, with every mark in letters."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None or shutil.which("pdftotext") is None:
        pytest.skip("needs chromium and pdftotext: apt-get install chromium poppler-utils")
    page, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(plan_page(year), encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    subprocess.run(
        [
            chromium,
            "--headless",
            "--no-sandbox",
            profile,
            "--no-pdf-header-footer",
            f"--print-to-pdf={printed}",
            page,
        ],
        capture_output=True,
        timeout=120,
        check=True,
    )
    told = subprocess.run(
        ["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, timeout=60, check=True
    )
    pages = told.stdout.split("\f")
    (glance,) = [one for one in pages if "The year at a glance" in one]
    assert all(f"{month} 2027" in glance for month in ("January", "May", "September"))
    assert "All dates" not in glance
    assert re.search(r"M\s?H", glance)
