"""The views and looks of the manager's lists: a script that is PowerShell, and JSON that names our own columns."""

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from models.shown_lists import KEY, NEEDS_YOU, RESTRICTED, SHOWN_LISTS, our_columns, shown_list
from tests.infra.powershell import is_asked_first, read_script

SCHEMA = "https://developer.microsoft.com/json-schemas/sp/v2/column-formatting.schema.json"
ELEMENTS = {"div", "span", "a"}
KEYS = {"$schema", "elmType", "style", "children", "txtContent", "attributes"}
ATTRIBUTES = {"class", "href", "target", "title"}
CHANGES = ("Set-PnP", "Add-PnP", "New-PnP", "Remove-PnP", "Invoke-PnPQuery")


@pytest.fixture
def folder(house):
    return house / "infra" / "sharepoint"


@pytest.fixture
def views(folder) -> list[dict[str, Any]]:
    return json.loads((folder / "views.json").read_bytes())["lists"]


def test_the_script_is_powershell_and_changes_nothing_before_whatif(folder):
    script = read_script(folder / "Set-Views.ps1")
    assert script.faults == []
    changing = [(name, node) for name, node in script.commands if name.startswith(CHANGES)]
    assert len(changing) >= 8
    assert [name for name, node in changing if not is_asked_first(node)] == []


def test_the_script_says_who_runs_it_and_asks_for_no_right_of_the_app(folder):
    script = read_script(folder / "Set-Views.ps1")
    for line in ("Who runs it:", "What it grants", "How to undo it:", "Running it twice changes nothing"):
        assert line in script.header
    assert script.rights == set()
    explained = {line.split()[1] for line in script.header.splitlines() if line.startswith(".PARAMETER")}
    assert explained == script.parameters - {"Remove"}


def test_every_list_that_we_fill_has_its_views_and_one_that_opens_first(views):
    assert [one["name"] for one in views] == [one.name for one in SHOWN_LISTS]
    for one in views:
        assert [view["default"] for view in one["views"]].count(True) == 1
        assert one["manager_only"] == (one["name"] in RESTRICTED)


def test_views_name_only_columns_that_there_are_and_never_rank(views):
    for one in views:
        there = {column.name for column in shown_list(one["name"]).columns} | {"LinkTitle"}
        indexed = {column.name for column in shown_list(one["name"]).columns if column.indexed}
        for view in one["views"]:
            assert set(view["fields"]) <= there, view["title"]
            assert KEY not in view["fields"]
            query = ET.fromstring(f"<Query>{view['query']}</Query>")  # noqa: S314 (our own file)
            assert {ref.get("Name") for ref in query.iter("FieldRef")} <= there
            order = [ref.get("Name") for ref in query.findall("OrderBy/FieldRef")]
            assert order[0] in ("Title", "Group", "Quarter"), "A to Z"
            assert order[0] in indexed or one["name"] == NEEDS_YOU, "a long list is sorted by an index alone"
            where = query.find("Where")
            asked = {ref.get("Name") for ref in where.iter("FieldRef")} if where is not None else set()
            assert asked <= indexed, "a filter on a long list needs an index"


def test_only_our_own_columns_are_taken_out_of_the_form(views):
    for one in views:
        assert set(one["hidden_in_form"]) == set(our_columns(one["name"])) - {"Title"}


def formats(folder, views):
    return [
        (one["name"], column, json.loads((folder / "formats" / file).read_bytes()))
        for one in views
        for column, file in one["formats"].items()
    ]


def test_formats_have_the_published_shape_and_say_words(folder, views):
    found = formats(folder, views)
    assert {path.name for path in (folder / "formats").iterdir()} == {
        file for one in views for file in one["formats"].values()
    }
    for name, column, format in found:
        assert format["$schema"] == SCHEMA
        shown_list(name).column(column)
        parts = list(_parts(format))
        assert any("txtContent" in part for part in parts), "words first, colour second"
        for part in parts:
            assert set(part) <= KEYS
            assert part["elmType"] in ELEMENTS
            assert set(part.get("attributes", {})) <= ATTRIBUTES
            for said in (part.get("txtContent", ""), *part.get("attributes", {}).values()):
                assert said.count("(") == said.count(")")


def test_every_state_and_every_need_has_words_of_its_own(folder, views):
    for name, column, format in formats(folder, views):
        choices = shown_list(name).column(column).choices
        told = json.dumps(format)
        named = set(re.findall(r"@currentField == '([^']*)'", told)) - {""}
        assert named <= set(choices)


def _parts(format: dict[str, Any]):
    yield format
    for child in format.get("children", []):
        yield from _parts(child)
