"""The page's words as people meet them, in a browser: Microsoft's own frame around them is not ours to draw."""

import os
import shutil
import subprocess
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pytest

from functions.showing.page import NAME, show_page
from functions.showing.showing import show
from models.showing import Counts, quarter_rows
from models.shown_lists import SHOWN_LISTS
from tests.stories.stage import Stage, made_list, meeting
from tests.stories.test_the_managers_lists import CHAIR, MANAGER, put, run
from tests.wording.in_a_browser import assert_everybody_can_use

# As SharePoint shows a text part: its own letters and lines, a table that scrolls inside its part where it is wide
FRAME = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title><style>
body{{font:16px/1.5 "Segoe UI",sans-serif;margin:0 auto;max-width:1180px;padding:16px;color:#323130;background:#fff}}
section{{margin:16px 0}} .part{{overflow-x:auto}} table{{border-collapse:collapse;width:100%}}
td,th{{border:1px solid #8a8886;padding:6px 10px;text-align:left;overflow-wrap:break-word;min-width:4em}}
h1{{font-size:28px;line-height:1.2}} h2{{font-size:20px}} a{{color:#03787c}}
</style></head><body><main><h1>{title}</h1>{parts}</main></body></html>"""


async def page_of(stage: Stage) -> dict[str, Any]:
    """The page of an invented county, as the site holds it."""
    stage.people([MANAGER, CHAIR])
    for one in SHOWN_LISTS:
        put(stage, made_list(one))
    stage.calendar(
        meeting("SEND Partnership Board", "Fri 11 Dec 2026 09:30"),
        meeting("SEND Partnership Board", "Tue 20 Oct 2026 09:00"),
        meeting("Inclusion Priority Group", "Wed 18 Nov 2026 13:30"),
        meeting("A meeting of some kind", "Thu 19 Nov 2026 10:30"),
    )
    counted = [
        ("P04", "2026/27-Q3", Counts(kept=9, agreed_change=1, missed_with_reason=1)),
        ("P05", "2026/27-Q3", Counts(kept=11)),
        ("P01", "2026/27-Q3", Counts(kept=1, cannot_tell=2)),
    ]
    quarters = quarter_rows(counted, stage.book.agreement)
    await run(stage, quarters=quarters)
    async with stage.watching() as watch:
        await show(watch, stage.clock(), quarters=quarters)
        await show_page(watch, stage.clock(), quarters)
    [page] = [one for one in stage.world.sites[0].pages if one.content["name"] == NAME]
    return dict(page.content)


def as_shown(page: dict[str, Any]) -> str:
    """The parts of the page, one below another; SharePoint makes headings of ours one step smaller than its title."""
    parts = []
    for section in page["canvasLayout"]["horizontalSections"]:
        for part in section["columns"][0]["webparts"]:
            if "innerHtml" in part:
                html = part["innerHtml"].replace("<h3>", "<h2>").replace("</h3>", "</h2>")
                reach = (
                    'class="part" tabindex="0" role="group" aria-label="Table"' if "<table" in html else ""
                )
                parts.append(f"<div {reach}>{html}</div>")
                continue
            shown = part["data"]["serverProcessedContent"]
            links = zip(shown["searchablePlainTexts"], shown["links"], strict=True)
            lines = "".join(
                f'<li><a href="{escape(to["value"])}">{escape(said["value"])}</a></li>' for said, to in links
            )
            parts.append(f"<ul>{lines}</ul>")
    return FRAME.format(title=escape(page["title"]), parts="".join(parts))


async def test_everybody_can_use_the_page_and_its_markup_is_sound(
    stage: Stage, tmp_path: Path, house: Path
) -> None:
    html = as_shown(await page_of(stage))
    assert html.count("<table>") == html.count("<thead>") >= 4
    assert html.count('<th scope="col">') >= 2 * 4
    for link in ("Needs%20you", "Promises", "Quarter"):
        assert f"/Lists/{link}/AllItems.aspx" in html
    jar = house / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    (tmp_path / "checked.html").write_text(html, "utf-8")
    if kept := os.environ.get("KEEP_PAGE"):
        Path(kept).write_text(html, "utf-8")
    if shutil.which("java") is not None and jar.exists():
        done = subprocess.run(
            ["java", "-jar", jar, tmp_path / "checked.html"],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert_everybody_can_use(html, tmp_path, house)


async def test_the_page_names_no_group_and_no_person(stage: Stage) -> None:
    html = as_shown(await page_of(stage))
    for secret in (
        "SEND Partnership Board",
        "Inclusion",
        "A meeting of some kind",
        "Jo Marsh",
        MANAGER.address,
    ):
        assert secret not in html


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "a & b < c", '"><img src=x onerror=y>'])
async def test_words_of_an_agreement_are_never_markup(stage: Stage, words: str) -> None:
    promises = tuple(
        one.model_copy(update={"says": words}) if one.id == "P04" else one
        for one in stage.book.agreement.promises
    )
    agreement = stage.book.agreement.model_copy(update={"promises": promises})
    stage.book = replace(stage.book, agreement=agreement)
    html = as_shown(await page_of(stage))
    assert "<script" not in html
    assert "<img" not in html
