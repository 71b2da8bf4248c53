"""A column of the register as Graph wants it declared, and how one that is there differs from it.

Shapes: graph_samples/list_create_request.json and Microsoft's published columnDefinition.
"""

from collections.abc import Mapping
from typing import Any

from graph_client.bodies import Body, Text
from models.columns import Column, Kind

FACET: Mapping[Kind, str] = {
    Kind.TEXT: "text",
    Kind.DATE: "dateTime",
    Kind.CHOICE: "choice",
    Kind.YES_NO: "boolean",
    Kind.NUMBER: "number",
    Kind.LINK: "hyperlinkOrPicture",
    Kind.PERSON_ROLE: "text",
}


class ColumnThere(Body):
    """A column that a list has already."""

    id: Text = ""
    name: Text = ""
    display_name: Text = ""
    indexed: bool | None = None
    text: dict[str, Any] | None = None
    date_time: dict[str, Any] | None = None
    choice: dict[str, Any] | None = None
    boolean: dict[str, Any] | None = None
    number: dict[str, Any] | None = None
    hyperlink_or_picture: dict[str, Any] | None = None

    def is_a(self, facet: str) -> bool:
        """Whether it is of this kind."""
        return self.model_dump(by_alias=True).get(facet) is not None


def definition_of(column: Column) -> dict[str, Any]:
    """What to send to make the column. Its internal name is set here, once and for all (graph §4)."""
    declared: dict[str, Any] = {
        "name": column.name,
        "displayName": column.title,
        "description": column.description,
        "required": column.required,
        "indexed": column.indexed,
        FACET[column.kind]: _facet(column),
    }
    if column.kind is Kind.YES_NO:
        declared["defaultValue"] = {"value": "0"}  # starts as No
    if column.unique:
        declared["enforceUniqueValues"] = True  # which needs the index that such a column has
    return declared


def differs(column: Column, there: ColumnThere, list_name: str) -> str:
    """A sentence where the column that is there won't do; empty where it will. People decide, not we."""
    which = f"The column '{column.name}' of the list '{list_name}'"
    if not there.is_a(FACET[column.kind]):
        return f"{which} is of another kind than {_said(column.kind)}: rename it, then make the lists again."
    missing = [choice for choice in column.choices if choice not in _choices(there)]
    if missing:
        told = ", ".join(f"'{choice}'" for choice in missing)
        return f"{which} does not offer {told}: add it to its choices in the list settings."
    if column.indexed and there.indexed is False:
        return f"{which} is not indexed: index it in the list settings before the list has 5,000 rows."
    return ""


def _facet(column: Column) -> dict[str, Any]:
    match column.kind:
        case Kind.DATE:
            return {"format": "dateOnly", "displayAs": "standard"}
        case Kind.CHOICE:
            choices = list(column.choices)
            return {"allowTextEntry": False, "choices": choices, "displayAs": "dropDownMenu"}
        case Kind.LINK:
            return {"isPicture": False}
    return {}


def _choices(there: ColumnThere) -> list[Any]:
    choices = (there.choice or {}).get("choices")
    return choices if isinstance(choices, list) else []


def _said(kind: Kind) -> str:
    words = {Kind.PERSON_ROLE: "text", Kind.DATE: "a date", Kind.YES_NO: "yes or no", Kind.LINK: "a link"}
    return words.get(kind, f"a {kind}" if kind in (Kind.CHOICE, Kind.NUMBER) else str(kind))
