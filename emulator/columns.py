"""The columns of a list as Graph writes them, and a column that somebody asks for."""

from typing import Any, get_args
from uuid import NAMESPACE_URL, uuid5

from emulator.answers import GraphError
from emulator.sites import Column, ColumnKind

SYSTEM = {"ContentType": "Content Type", "Modified": "Modified", "Created": "Created"}
SYSTEM |= {"Attachments": "Attachments"}
"""Columns that every list has and nobody may fill. Author is not among them: Microsoft's sample makes one."""
DATES = {"Modified", "Created"}
COMMON = {"name", "displayName", "description", "indexed", "enforceUniqueValues", "required", "hidden"}
COMMON |= {
    "columnGroup",
    "defaultValue",
    "readOnly",
    "validation",
    "isDeletable",
    "isReorderable",
    "isSealed",
}
FACETS = {"text", "boolean", "choice", "number", "dateTime", "hyperlinkOrPicture"}
NOT_HERE = {"lookup", "personOrGroup", "calculated", "currency", "geolocation", "term", "thumbnail"}


def column_body(column: Column, list_guid: str) -> dict[str, object]:
    """One column that people made."""
    facet, content = _facet(column)
    return {
        "columnGroup": "Custom Columns",
        "description": column.description,
        "displayName": column.title or column.name,
        "enforceUniqueValues": column.unique,
        "hidden": False,
        "id": column_id(column.name, list_guid),
        "indexed": column.indexed,
        "name": column.name,
        "readOnly": False,
        "required": column.required,
        facet: content,
    }


def system_column_body(name: str, list_guid: str) -> dict[str, object]:
    """One column that SharePoint made."""
    facet: dict[str, object] = (
        {"dateTime": {"displayAs": "default", "format": "dateTime"}} if name in DATES else {"text": {}}
    )
    common = {"columnGroup": "_Hidden", "description": "", "displayName": SYSTEM[name], "hidden": False}
    flags = {"enforceUniqueValues": False, "indexed": False, "readOnly": True, "required": False}
    return {**common, **flags, "id": column_id(name, list_guid), "name": name, **facet}


def column_id(name: str, list_guid: str) -> str:
    """The column's guid, the same in every run."""
    return str(uuid5(NAMESPACE_URL, f"column:{list_guid}/{name}"))


def column_from(definition: object) -> Column:
    """The column that a definition describes; refused where Graph would refuse it."""
    if (
        not isinstance(definition, dict)
        or not isinstance(definition.get("name"), str)
        or not definition["name"]
    ):
        raise _refused("A column needs a name.")
    facets = [name for name in definition if name in FACETS | NOT_HERE]
    unknown = [name for name in definition if "@" not in name and name not in COMMON | FACETS | NOT_HERE]
    if unknown:
        raise _refused(
            f"The property '{unknown[0]}' does not exist on type 'microsoft.graph.columnDefinition'."
        )
    if len(facets) != 1 or facets[0] in NOT_HERE:
        raise _refused("A column needs exactly one type, of those this emulator has.")
    if definition.get("enforceUniqueValues") and not definition.get("indexed"):
        raise _refused("A column whose values must be unique has to be indexed.")
    facet = definition[facets[0]]
    if not isinstance(facet, dict):
        raise _refused(f"The type of a column is an object: {facets[0]}.")
    return Column(
        # Whether Graph does this is not confirmed (graph.md §4); whoever names columns plainly never meets it
        name=definition["name"].replace(" ", "_x0020_"),
        kind=_kind(facets[0], facet),
        title=str(definition.get("displayName") or definition["name"]),
        description=str(definition.get("description") or ""),
        choices=tuple(str(each) for each in facet.get("choices", [])),
        required=bool(definition.get("required")),
        indexed=bool(definition.get("indexed")),
        unique=bool(definition.get("enforceUniqueValues")),
    )


def _kind(facet: str, content: dict[str, Any]) -> ColumnKind:
    if facet == "text" and content.get("allowMultipleLines"):
        return "note"
    if facet == "dateTime" and content.get("format") == "dateOnly":
        return "dateOnly"
    return next(kind for kind in get_args(ColumnKind.__value__) if kind == facet)


def _facet(column: Column) -> tuple[str, dict[str, object]]:
    match column.kind:
        case "note":
            return "text", {
                "allowMultipleLines": True,
                "appendChangesToExistingText": False,
                "textType": "plain",
            }
        case "text":
            return "text", {"allowMultipleLines": False, "maxLength": 255}
        case "choice":
            return "choice", {
                "allowTextEntry": False,
                "choices": list(column.choices),
                "displayAs": "dropDownMenu",
            }
        case "number":
            return "number", {"decimalPlaces": "automatic", "displayAs": "number"}
        case "dateOnly" | "dateTime":
            return "dateTime", {"displayAs": "standard", "format": column.kind}
        case "hyperlinkOrPicture":
            return "hyperlinkOrPicture", {"isPicture": False}
        case "boolean":
            return "boolean", {}


def _refused(said: str) -> GraphError:
    return GraphError(400, "invalidRequest", said)
