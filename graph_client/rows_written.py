"""Writes rows into a list of the register: added once, changed only where nobody changed them meanwhile.

A row that was added twice is two rows, so what may have been added is looked for by a column that tells
it from all others before it is added again; `ensure_row` does both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph_client.asked import MAY_TAKE_TIME, list_called
from graph_client.bodies import Body, ListItem, Text
from graph_client.errors import NotThere
from graph_client.reads import Read
from graph_client.sites import site_id_of
from graph_client.writes_refused import Writing
from graph_client.writing import call, graph_of, understood, write

if TYPE_CHECKING:
    from msgraph.generated.sites.item.lists.item.items.items_request_builder import ItemsRequestBuilder

    from graph_client.tenant import Tenant

Value = str | bool | int | float | None  # a link column takes no plain value and is for people to fill in
MAY_WRITE = (
    "ask your Microsoft 365 administrator to grant Protocol Watch the role 'write' on this site "
    f"(Sites.Selected); {MAY_TAKE_TIME}"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is there: its number, its version, and its columns where they were read."""

    id: str
    etag: str
    fields: Mapping[str, Any] = field(default_factory=dict, repr=False)


class _Item(ListItem):
    e_tag: Text = ""

    def row(self) -> Row:
        return Row(self.id, self.e_tag or str(self.fields.get("@odata.etag", "")), self.fields)


class _Fields(Body):
    etag: Text = Field(default="", alias="@odata.etag")


class _Page(Body):
    value: list[_Item]


async def add_row(tenant: "Tenant", site: str, list_name: str, fields: Mapping[str, Value]) -> Row:
    """Add one row, whether or not there is one like it."""
    items = await _items(tenant, site, list_name)
    added = f"added a row to the list '{list_name}'"
    doing = Writing(list_called(list_name, site).what, MAY_WRITE, added, makes=True)
    made = await write(tenant, call("POST", items, {"fields": dict(fields)}), doing)
    return understood(made, _Item, doing).row()


async def change_row(
    tenant: "Tenant", site: str, list_name: str, row: Row, fields: Mapping[str, Value]
) -> Row:
    """Change some columns of a row; ChangedMeanwhile where it is no longer at the version that was read."""
    items = await _items(tenant, site, list_name)
    doing = _doing_to(list_name, row, "changed")
    builder = items.by_list_item_id(row.id).fields
    changed = await write(tenant, call("PATCH", builder, dict(fields), if_match=_version(row)), doing)
    return Row(row.id, understood(changed, _Fields, doing).etag, {**row.fields, **fields})


async def delete_row(tenant: "Tenant", site: str, list_name: str, row: Row) -> bool:
    """Delete a row, unless somebody changed it meanwhile; False where it was gone already."""
    items = await _items(tenant, site, list_name)
    doing = _doing_to(list_name, row, "deleted")
    try:
        await write(tenant, call("DELETE", items.by_list_item_id(row.id), if_match=_version(row)), doing)
    except NotThere:
        return False
    return True


async def row_with(tenant: "Tenant", site: str, list_name: str, column: str, value: str) -> Row | None:
    """The first row with this value in an indexed column of text; None where there is none."""
    from graph_client.transport import configuration

    items = await _items(tenant, site, list_name)
    quoted = value.replace("'", "''")
    query = items.ItemsRequestBuilderGetQueryParameters(
        filter=f"fields/{column} eq '{quoted}'", expand=["fields"], top=2
    )
    page = await Read(tenant, list_called(list_name, site)).one(
        lambda: items.to_get_request_information(configuration(query)), _Page
    )
    return min((item.row() for item in page.value), key=_number, default=None)


async def ensure_row(
    tenant: "Tenant", site: str, list_name: str, key: str, fields: Mapping[str, Value]
) -> Row:
    """See that there is one row with these columns; `key` names the column that tells it from all others.

    Where it is there and already so, nothing is written.
    """
    there = await row_with(tenant, site, list_name, key, str(fields[key]))
    if there is None:
        return await add_row(tenant, site, list_name, fields)
    changed = {name: value for name, value in fields.items() if not _same(there.fields.get(name), value)}
    return await change_row(tenant, site, list_name, there, changed) if changed else there


def _same(have: object, want: Value) -> bool:
    """An empty column is left out of what Graph gives back (graph §4)."""
    return have == want or (have in (None, "") and want in (None, ""))


def _version(row: Row) -> str:
    if not row.etag:
        raise ValueError(f"Row {row.id} was read without its version, so it can't be changed safely.")
    return row.etag


def _number(row: Row) -> tuple[int, str]:
    return len(row.id), row.id


async def _items(tenant: "Tenant", site: str, list_name: str) -> "ItemsRequestBuilder":
    site_id = await site_id_of(tenant, site)
    return graph_of(tenant).sites.by_site_id(site_id).lists.by_list_id(list_name).items


def _doing_to(list_name: str, row: Row, verb: str) -> Writing:
    which = f"row {row.id} of the list '{list_name}'"
    return Writing(which, MAY_WRITE, f"{verb} {which}")
