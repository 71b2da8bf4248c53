"""Draws the manager's lists as SharePoint would show them, from the rows of a story: for the pictures in docs/.

Run it with a folder: python -m tests.stories.drawn_lists FOLDER. What it draws is no screenshot of SharePoint.
"""

import asyncio
import json
import sys
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.showing import Counts, quarter_rows
from models.shown_lists import NEEDS_YOU, PROMISES, QUARTER, SHOWN_LISTS, shown_list
from tests.stories.stage import Stage, made_list, meeting
from tests.stories.test_the_managers_lists import CHAIR, MANAGER, put, rows, run, type_in

HOUSE = Path(__file__).parents[2]
WORDS = {
    "at risk": ("Can still be put right", "#fff4ce"),
    "missed": ("Missed, as far as we can see", "#edebe9"),
    "cannot tell": ("We can't tell", "#deecf9"),
    "agreed change": ("Agreed change", "#dff6dd"),
    "explained": ("Explained", "#dff6dd"),
    "due": ("Still ahead", "#deecf9"),
}
STYLE = """body{font:15px 'Segoe UI',sans-serif;margin:24px;color:#201f1e} h1{font-size:20px} p{color:#605e5c}
table{border-collapse:collapse;width:100%} th{text-align:left;color:#605e5c;font-weight:600}
td,th{padding:8px 10px;min-width:76px;border-bottom:1px solid #edebe9;vertical-align:top}
td span{padding:2px 8px;
border-radius:4px;white-space:nowrap}"""


async def staged(folder: Path) -> Stage:
    """An invented county with three groups, a reason, a yes, and something that somebody calls wrong."""
    stage = Stage(folder)
    stage.people([MANAGER, CHAIR])
    for one in SHOWN_LISTS:
        put(stage, made_list(one))
    stage.calendar(
        meeting("SEND Partnership Board", "Fri 11 Dec 2026 09:30"),
        meeting("SEND Partnership Board", "Fri 15 Jan 2027 09:00"),
        meeting("SEND Partnership Board", "Tue 20 Oct 2026 09:00"),
        meeting("Inclusion Priority Group", "Wed 18 Nov 2026 13:30"),
        meeting("A meeting of some kind", "Thu 19 Nov 2026 10:30"),
    )
    stage.quiet = True
    counted = [
        ("P04", "2026-Q4", Counts(kept=9, agreed_change=1, missed_with_reason=1)),
        ("P05", "2026-Q4", Counts(kept=11)),
        ("P01", "2026-Q4", Counts(kept=1, cannot_tell=2)),
    ]
    await run(stage, quarters=quarter_rows(counted, stage.book.agreement))
    ordered = sorted(_items(stage), key=lambda one: str(one.fields.get("MeetingDate", "")))
    past, first, *others = [one for one in ordered if one.fields["Promise"] == "P04"]
    type_in(stage, past, Reason="The chair had to be in court.")
    type_in(stage, first, Reason="The hall is only free early.", Agree="Yes")
    for one in others[:1]:
        type_in(stage, one, Wrong="This one is online, and starts at 10.")
    await run(stage)
    await run(stage)
    return stage


def _items(stage: Stage) -> tuple[Any, ...]:
    return next(one for one in stage.world.sites[0].lists if one.name == PROMISES).items


def drawn(name: str, view: dict[str, Any], shown: list[dict[str, Any]]) -> str:
    """One view as a page."""
    columns = ["Title" if one == "LinkTitle" else one for one in view["fields"]]
    titles = "".join(f"<th>{escape(shown_list(name).column(one).title)}</th>" for one in columns)
    lines = "".join(
        "<tr>" + "".join(f"<td>{_cell(one, row)}</td>" for one in columns) + "</tr>" for row in shown
    )
    heading = f"{name}: {view['title']}" if view["title"] != name else name
    purpose = escape(shown_list(name).purpose)
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><style>{STYLE}</style><h1>{escape(heading)}</h1>"
        f"<p>{purpose}</p><table><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _cell(column: str, row: dict[str, Any]) -> str:
    value = str(row.get(column, "") or "")
    if column == "State":
        words, colour = WORDS.get(value, (value, "#fff"))
        return f'<span style="background:{colour}">{escape(words)}</span>'
    if column == "Sort":
        words = "Which group is it?" if value == "which group?" else f"Needs {value}"
        return f'<span style="background:#deecf9">{escape(words)}</span>'
    if column == "Link":
        return f"<a href='#'>Open {escape(str(row.get('Title', '')))}</a>" if value else ""
    return escape(value)


def _matching(name: str, view: dict[str, Any], shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that a view keeps, in the order of the list."""
    wanted = [value for value in (*WORDS, "an answer") if f">{value}<" in view["query"]]
    kept = [row for row in shown if not wanted or row.get("State", row.get("Sort")) in wanted]
    if "IsNotNull" in view["query"]:
        kept = [row for row in kept if row.get("Wrong")]
    first = "Quarter" if name == QUARTER else "Group" if name == PROMISES else "Title"
    return sorted(kept, key=lambda row: (str(row.get(first, "")), str(row.get("MeetingDate", ""))))


async def draw(folder: Path) -> None:
    """A page for each view."""
    with TemporaryDirectory() as ledger:
        stage = await staged(Path(ledger))
    views = json.loads((HOUSE / "infra/sharepoint/views.json").read_text("utf-8"))["lists"]
    for one in views:
        for view in one["views"]:
            shown = _matching(one["name"], view, rows(stage, one["name"]))
            name = (
                f"{one['name']}-{view['title']}".lower().replace(" ", "-").replace("'", "").replace(",", "")
            )
            (folder / f"list-{name}.html").write_text(drawn(one["name"], view, shown), "utf-8")
            print(name, len(shown))  # noqa: T201 (run by hand)


if __name__ == "__main__":
    assert NEEDS_YOU
    asyncio.run(draw(Path(sys.argv[1])))
