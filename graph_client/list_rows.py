"""Reads any SharePoint list: its rows by column name, and what changed in it since last time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from graph_client.asked import list_called
from graph_client.asking import following, get
from graph_client.bodies import ListItem, Text
from graph_client.deltas import read_round
from graph_client.quirks.date_columns_in_site_time import moment_in
from graph_client.reads import Build, Read
from graph_client.sites import site_id_of

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

A_PAGE = 1000
SELECT = "id,lastModifiedDateTime"
WITH_WHO = f"{SELECT},lastModifiedBy"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: `tag` is to be shown when it is saved, so that nobody else's change is lost.

    `changed_by` is the address of who saved it last, where that was asked for and was a person. It is for
    finding the role, and is never kept.
    """

    id: str
    tag: str
    changed_at: datetime | None
    fields: Mapping[str, Any]
    changed_by: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsRead:
    """A list, read at a moment; `unreadable` has a sentence for each row that can't be understood.

    Where only changes were read (`whole` is False), `rows` are those that changed and `gone` the ids of those
    that were deleted. `link` leads to the next changes.
    """

    list_name: str
    read_at: datetime
    rows: tuple[ListRow, ...]
    unreadable: tuple[str, ...] = ()
    gone: frozenset[str] = frozenset()
    link: str = field(default="", repr=False)
    whole: bool = True


class _Row(ListItem):
    tag: Text = Field(default="", alias="@odata.etag")
    last_modified_date_time: Text = ""
    last_modified_by: Any = None

    @property
    def who(self) -> str:
        """The address of the person who saved it last; empty where it was a program, or nothing says."""
        user = self.last_modified_by.get("user") if isinstance(self.last_modified_by, dict) else None
        address = user.get("email") if isinstance(user, dict) else None
        return address if isinstance(address, str) else ""


async def read_rows(tenant: "Tenant", site: str, list_name: str, columns: Sequence[str]) -> RowsRead:
    """Every row of a list, with these columns; a GraphError where the site, the list or a page can't be had."""
    read_at = tenant.clock()
    first = await _first(tenant, site, list_name, columns)
    entries = await Read(tenant, list_called(list_name, site)).every(first, following())
    rows, unreadable = _understood(entries, list_name)
    return RowsRead(list_name=list_name, read_at=read_at, rows=rows, unreadable=unreadable)


async def changed_rows(
    tenant: "Tenant", site: str, list_name: str, columns: Sequence[str], link: str = "", *, who: bool = False
) -> RowsRead:
    """What changed since `link` was given; the whole list without one, or where Graph has forgotten it.

    With `who` also by whom; a link remembers whether that was asked for.
    """
    read_at = tenant.clock()
    select = WITH_WHO if who else SELECT
    first = await _first(tenant, site, list_name, columns, "delta", select=select)
    round = await read_round(tenant, list_called(list_name, site), first, link)
    rows, unreadable = _understood(round.here, list_name)
    return RowsRead(
        list_name=list_name,
        read_at=read_at,
        rows=rows,
        unreadable=unreadable,
        gone=round.gone,
        link=round.link,
        whole=round.whole,
    )


async def _first(
    tenant: "Tenant", site: str, list_name: str, columns: Sequence[str], *delta: str, select: str = SELECT
) -> Build:
    site_id = await site_id_of(tenant, site)
    fields = f"fields($select={','.join(columns)})"
    path = ("sites", site_id, "lists", list_name, "items", *delta)
    return get(tenant, *path, select=select, expand=fields, top=A_PAGE)


def _understood(entries: Sequence[Any], list_name: str) -> tuple[tuple[ListRow, ...], tuple[str, ...]]:
    rows: list[ListRow] = []
    unreadable: list[str] = []
    for entry in entries:
        try:
            row = _Row.model_validate(entry)
        except ValidationError:
            unreadable.append(
                f"A row of the list '{list_name}' could not be understood: it has no number or no columns."
            )
            continue
        fields = {name: value for name, value in row.fields.items() if not name.startswith("@")}
        changed = moment_in(row.last_modified_date_time)
        rows.append(ListRow(row.id, row.tag, changed, MappingProxyType(fields), row.who))
    return tuple(rows), tuple(unreadable)
