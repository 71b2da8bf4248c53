"""Reads which columns a SharePoint list has: the name it uses itself, and the one that people see."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graph_client.asked import list_called
from graph_client.asking import following, get
from graph_client.bodies import Body, Text
from graph_client.reads import Read
from graph_client.sites import site_id_of

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

KINDS = ("boolean", "calculated", "choice", "currency", "dateTime", "hyperlinkOrPicture")
OTHER_KINDS = ("lookup", "number", "personOrGroup", "text")


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """One column. `kind` is Graph's own word for it, empty where it is none that we know."""

    name: str
    title: str
    kind: str
    indexed: bool
    read_only: bool


@dataclass(frozen=True, slots=True)
class ColumnsRead:
    """The columns of a list; `unreadable` has a sentence for each that can't be understood."""

    list_name: str
    columns: tuple[ColumnSeen, ...]
    unreadable: tuple[str, ...] = ()


class _Column(Body):
    name: str
    display_name: Text = ""
    indexed: bool | None = None
    read_only: bool | None = None


async def read_columns(tenant: "Tenant", site: str, list_name: str) -> ColumnsRead:
    """Every column of a list; a GraphError where the site, the list or a page can't be had."""
    site_id = await site_id_of(tenant, site)
    first = get(tenant, "sites", site_id, "lists", list_name, "columns")
    columns: list[ColumnSeen] = []
    unreadable: list[str] = []
    for entry in await Read(tenant, list_called(list_name, site)).every(first, following()):
        column = _column(entry)
        if column:
            columns.append(column)
        else:
            unreadable.append(f"A column of the list '{list_name}' could not be understood: it has no name.")
    return ColumnsRead(list_name, tuple(columns), tuple(unreadable))


def _column(entry: Any) -> ColumnSeen | None:
    try:
        column = _Column.model_validate(entry)
    except ValidationError:
        return None
    kind = next((kind for kind in (*KINDS, *OTHER_KINDS) if entry.get(kind) is not None), "")
    return ColumnSeen(
        column.name, column.display_name or column.name, kind, bool(column.indexed), bool(column.read_only)
    )
