"""The sections of a SharePoint page, read and written one by one, so that the others stay as they are.

Microsoft's documentation has these paths, with an example that changes only a layout: that web parts are taken
here too has been seen by nobody yet (docs/decisions, 005).
"""

from collections.abc import Mapping
from typing import Any

from emulator.answers import Answer, Call, GraphError
from emulator.pages import page_in, save_draft, writable
from emulator.queries import query_of
from emulator.site_access import collection, readable_site, site_context
from emulator.sites import Page, Site
from emulator.web_parts import check_section
from emulator.world import World

KNOWN = {"@odata.type", "id", "layout", "emphasis", "columns"}
SECTION = "#microsoft.graph.horizontalSection"
COLUMNS = "columns"
WITH_PARTS = "columns($expand=webparts)"


def sections(world: World, call: Call, name: str, page_id: str) -> Answer:
    """GET /sites/{id}/pages/{id}/microsoft.graph.sitePage/canvasLayout/horizontalSections"""
    expand = _expand(call)
    found = readable_site(world, call, name)
    one = page_in(found, page_id)
    return collection(_context(call, found, one), [_body(each, expand) for each in _sections(one)], None)


def section(world: World, call: Call, name: str, page_id: str, section_id: str) -> Answer:
    """GET …/horizontalSections/{id}"""
    expand = _expand(call)
    found = readable_site(world, call, name)
    one = page_in(found, page_id)
    return _answer(call, found, one, _body(_section(one, section_id), expand), 200)


def make(world: World, call: Call, name: str, page_id: str) -> Answer:
    """POST …/horizontalSections: a new section, below all others."""
    query_of(call, [])
    found, asked = writable(world, call, name), _asked(call)
    one = page_in(found, page_id)
    there = _sections(one)
    taken = [str(each.get("id")) for each in there]
    made = {"layout": "oneColumn", "emphasis": "none", **asked}
    made["id"] = str(asked.get("id") or _free(taken))
    if made["id"] in taken:
        raise _refused(f"There is a section '{made['id']}' already.")
    _save(world, found, one, [*there, made])
    return _answer(call, found, one, _body(made, None), 201)


def change(world: World, call: Call, name: str, page_id: str, section_id: str) -> Answer:
    """PATCH …/horizontalSections/{id}: a draft of the page, until it is published."""
    query_of(call, [])
    found, asked = writable(world, call, name), _asked(call)
    one = page_in(found, page_id)
    old = _section(one, section_id)
    if asked.get("id", section_id) != section_id:
        raise _refused("The id of a section can't be changed.")
    new = {**old, **asked}
    _save(world, found, one, [new if each is old else each for each in _sections(one)])
    return _answer(call, found, one, _body(new, None), 200)


def _asked(call: Call) -> dict[str, Any]:
    asked = call.body
    if not isinstance(asked, dict):
        raise _refused("A section is an object.")
    for name in asked:
        if name not in KNOWN:
            raise _refused(
                f"The property '{name}' does not exist on type 'microsoft.graph.horizontalSection'."
            )
    if asked.get("@odata.type", SECTION) != SECTION:
        raise _refused(f"A section's '@odata.type' is '{SECTION}'.")
    check_section(asked)
    return {name: value for name, value in asked.items() if name != "@odata.type"}


def _expand(call: Call) -> str | None:
    expand = query_of(call, ["$expand"]).get("$expand")
    if expand not in (None, COLUMNS, WITH_PARTS):
        raise _refused(f"Expanding '{expand}' is not supported here.")
    return expand


def _sections(one: Page) -> list[dict[str, Any]]:
    return list((one.content.get("canvasLayout") or {}).get("horizontalSections") or [])


def _section(one: Page, section_id: str) -> dict[str, Any]:
    for each in _sections(one):
        if each.get("id") == section_id:
            return each
    raise GraphError(404, "itemNotFound", "The section could not be found.")


def _save(world: World, found: Site, one: Page, now: list[dict[str, Any]]) -> None:
    canvas = {**(one.content.get("canvasLayout") or {}), "horizontalSections": now}
    save_draft(world, found, one, {"canvasLayout": canvas})


def _free(taken: list[str]) -> int:
    return max((int(each) for each in taken if each.isdecimal()), default=0) + 1


def _body(each: Mapping[str, Any], expand: str | None) -> dict[str, object]:
    """A section, with as much of its columns as was asked for."""
    body: dict[str, object] = {name: value for name, value in each.items() if name != COLUMNS}
    if expand:
        columns = each.get(COLUMNS) or []
        kept = columns if expand == WITH_PARTS else [_without_parts(column) for column in columns]
        body[COLUMNS] = kept
    return body


def _without_parts(column: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in column.items() if name != "webparts"}


def _context(call: Call, found: Site, one: Page) -> str:
    page = f"{site_context(call, found)}/pages('{one.id}')/microsoft.graph.sitePage"
    return f"{page}/canvasLayout/horizontalSections"


def _answer(call: Call, found: Site, one: Page, body: dict[str, object], status: int) -> Answer:
    return Answer(status, {"@odata.context": f"{_context(call, found, one)}/$entity", **body})


def _refused(said: str) -> GraphError:
    return GraphError(400, "invalidRequest", said)
