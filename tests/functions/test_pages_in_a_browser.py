"""The pages as people with any eyes, hands and screens meet them: served by our own triggers, in a real browser."""

import asyncio
import json
import os
from asyncio.subprocess import PIPE
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from functions.cloud import Cloud
from ledger import open_ledger
from models.links import Purpose
from tests.functions.pages_pressed import PRESSES
from tests.functions.pages_served import served
from tests.functions.pages_stage import EVERY_PAGE, OFFICER, at_a_desk, token
from tests.proving import PROVING
from tests.wording.in_a_browser import _chromium, _node_modules

# Width, colours, and of how many pages one is looked at: each page on a phone, a part of them on a desk and dark
SIZES: list[tuple[int, str, int]] = [(320, "light", 1), (1280, "dark", 3)]
if PROVING or "PICTURES" in os.environ:
    SIZES = [(width, colours, 1) for width in (320, 1280) for colours in ("light", "dark")]
SCRIPT = Path(__file__).with_name("pages.mjs")


AT_ONCE = {"hand", "undo"}  # the answers to an alert that need no page of their own
AGAIN = {
    "not this time",
    "we asked for this",
    "our mistake",
}  # the same form as the one before, pressed already
WALKED = {name: told for name, told in PRESSES.items() if name not in AGAIN}


def _part(page: str, form: Mapping[str, str]) -> str:
    """Where on the page of an alert the form of an answer is."""
    return f"?do={form['do']}" if page.startswith("alert") and form["do"] not in AT_ONCE else ""


async def test_everybody_can_use_every_page(tmp_path: Path, house: Path) -> None:
    """No fault of access, no sideways scrolling at 320 pixels (400% of 1280), no button under 44; keyboard alone."""
    modules, chromium = _node_modules(house), _chromium()
    async with open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}") as ledger:
        desk = at_a_desk(ledger, tmp_path)
        await desk.begin()
        await desk.press(EVERY_PAGE["alert"], do="wrong", text="They went by post", turn="0")
        await desk.press(EVERY_PAGE["alert"], do="reason", text="New figures come on Tuesday", turn="1")
        found, touched = await _looked_at(desk.here, tmp_path, modules, chromium)
        typed = [one.text for one in await desk.said()]
        asked = [form["text"] for _, form in WALKED.values() if "text" in form]
        assert [one for one in asked if one not in typed] == []
    for look in found["looks"]:
        assert look["violations"] == [], look
        assert look["wide"] <= look["width"], look
        assert look["small"] == [], look
    assert [one["name"] for one in found["walked"]] == list(WALKED)
    for walk in found["walked"]:
        assert walk["pressed"], walk
        assert walk["noted"], walk
        assert walk["reached"] == walk["stops"], walk
        assert walk["unseen"] == 0, walk
    assert not [line for line in found["said"] if "Content Security Policy" in line]
    assert found["cookies"] == []
    pressed = {one.partition("?")[0] for one in found["asked"] if "/p/" in one}
    assert len(pressed) == len({page for page, _ in WALKED.values()})
    assert touched


async def _looked_at(
    here: Cloud, tmp_path: Path, modules: Path, chromium: str
) -> tuple[dict[str, Any], list[str]]:
    """Serve the pages, and let the browser loose on them."""
    async with served(here) as (address, touched):
        pages = {name.replace(" ", "-"): {"url": f"{address}/p/{link}"} for name, link in EVERY_PAGE.items()}
        alert = f"{address}/p/{EVERY_PAGE['alert']}"
        series = f"{address}/p/{EVERY_PAGE['alert of a series']}"
        old = token(Purpose.ALERT, OFFICER, "another/P99/unknown")
        pages |= {f"answer-{do}": {"url": f"{alert}?do={do}"} for do in ("sent", "none", "coming", "wrong")}
        pages |= {
            "answer-reason": {"url": f"{series}?do=reason"},
            "faults": {"url": f"{series}?do=reason", "press": "button"},
            "fault-coming": {"url": f"{alert}?do=coming", "press": "button"},
            "bad": {"url": f"{address}/p/made-up"},
            "over": {"url": f"{address}/p/{old}"},
            "asked": {"url": f"{address}/p/{EVERY_PAGE['open']}", "press": "form button"},
        }
        walks = {
            name: {"url": f"{address}/p/{EVERY_PAGE[page]}{_part(page, form)}", "fields": form}
            for name, (page, form) in WALKED.items()
        }
        file = tmp_path / "pages.json"
        file.write_text(json.dumps({"pages": pages, "walks": walks, "sizes": SIZES}), "utf-8")
        pictures = [os.environ["PICTURES"]] if "PICTURES" in os.environ else []
        run = await asyncio.create_subprocess_exec(
            "node", SCRIPT, file, modules, chromium, *pictures, stdout=PIPE, stderr=PIPE
        )
        out, wrong = await run.communicate()
    assert run.returncode == 0, wrong
    return json.loads(out), touched
