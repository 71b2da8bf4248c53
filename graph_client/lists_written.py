"""Makes the lists of the register on the partnership's site, and adds what is missing from them.

Nothing that is there is ever changed or deleted: people may rename a column, add their own, or write into
the list meanwhile. To make the lists again changes nothing, so that it can be done after any fault.
Views and column formatting are not in Graph (graph §4); an admin's script makes those.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from graph_client.asked import MAY_TAKE_TIME, list_called
from graph_client.bodies import Body
from graph_client.column_definitions import ColumnThere, definition_of, differs
from graph_client.errors import NotThere
from graph_client.reads import Build, Read
from graph_client.sites import site_id_of
from graph_client.writes_refused import AlreadyThere, Writing
from graph_client.writing import call, graph_of, understood, write
from models.columns import Column, RegisterList

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

TITLE = "Title"  # every list has this column from birth; we only give it a name that people know it by
MAY_MANAGE = (
    "ask your Microsoft 365 administrator to grant Protocol Watch the role 'manage' on this site while its "
    f"lists are made (Sites.Selected; 'write' is enough afterwards); {MAY_TAKE_TIME}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnsuredList:
    """A list as it is now. `added` names the columns that were made, or given their name, this time.

    `differs` has a sentence for each column that a person should look at.
    """

    id: str
    name: str
    made: bool
    added: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


class _List(Body):
    id: str = Field(min_length=1)


async def ensure_list(
    tenant: "Tenant", site: str, wanted: RegisterList, *, only_look: bool = False
) -> EnsuredList:
    """Make the list where it is not there, and the columns that it lacks; leave all else as it is.

    `only_look` says what would be done, and does nothing.
    """
    site_id = await site_id_of(tenant, site)
    place = _Place(tenant, site, site_id, wanted)
    id, made = await place.found(), False
    if not id and only_look:
        return EnsuredList(id="", name=wanted.name, made=True)
    if not id:
        id, made = await place.make()
    there = {column.name.casefold(): column for column in await place.columns(id)}
    added, faults = [], []
    for column in wanted.columns:
        have = there.get(column.name.casefold())
        if have is None and (only_look or await place.add(id, column)):
            added.append(column.name)
        elif have is not None and column.name == TITLE and have.display_name == TITLE != column.title:
            if not only_look:
                await place.name(id, have, column)
            added.append(TITLE)
        elif have is not None and (fault := differs(column, have, wanted.name)):
            faults.append(fault)
    return EnsuredList(id=id, name=wanted.name, made=made, added=tuple(added), differs=tuple(faults))


class _Place:
    """Where one list of the register is or will be."""

    def __init__(self, tenant: "Tenant", site: str, site_id: str, wanted: RegisterList) -> None:
        self._tenant, self._wanted, self._asked = tenant, wanted, list_called(wanted.name, site)
        self._lists = graph_of(tenant).sites.by_site_id(site_id).lists

    async def found(self) -> str:
        """The list's id; empty where there is no such list."""
        from graph_client.transport import configuration

        builder = self._lists.by_list_id(self._wanted.name)
        query = builder.ListItemRequestBuilderGetQueryParameters(select=["id"])
        try:
            answer = await Read(self._tenant, self._asked).one(
                lambda: builder.to_get_request_information(configuration(query)), _List
            )
        except NotThere:
            return ""
        return answer.id

    async def make(self) -> tuple[str, bool]:
        """Make the list with its columns in one call; False where somebody made it a moment ago."""
        body = {
            "displayName": self._wanted.name,
            "description": self._wanted.purpose,
            "columns": [definition_of(each) for each in self._wanted.columns if each.name != TITLE],
            "list": {"template": "genericList"},
        }
        doing = self._doing(f"made the list '{self._wanted.name}'", makes=True)
        try:
            made = await write(self._tenant, call("POST", self._lists, body), doing)
        except AlreadyThere:
            id = await self.found()
            if not id:
                raise
            return id, False
        return understood(made, _List, doing).id, True

    async def columns(self, id: str) -> list[ColumnThere]:
        """Every column of the list, SharePoint's own among them."""
        from graph_client.transport import configuration

        builder = self._lists.by_list_id(id).columns

        def following(link: str) -> Build:
            return lambda: builder.with_url(link).to_get_request_information(configuration())

        pages = Read(self._tenant, self._asked).pages(
            lambda: builder.to_get_request_information(configuration()), following
        )
        return [column for page_ in [page async for page in pages] for column in _columns_in(page_)]

    async def add(self, id: str, column: Column) -> bool:
        """Make one column; False where somebody made it a moment ago."""
        doing = self._doing(f"added the column '{column.name}' to the list '{self._wanted.name}'", makes=True)
        try:
            await write(
                self._tenant,
                call("POST", self._lists.by_list_id(id).columns, definition_of(column)),
                doing,
            )
        except AlreadyThere:
            return False
        return True

    async def name(self, id: str, have: ColumnThere, column: Column) -> None:
        """Give SharePoint's own first column the name that people know it by."""
        builder = self._lists.by_list_id(id).columns.by_column_definition_id(have.id or TITLE)
        body = {"displayName": column.title, "description": column.description}
        doing = self._doing(f"named the first column of the list '{self._wanted.name}'")
        await write(self._tenant, call("PATCH", builder, body), doing)

    def _doing(self, done: str, *, makes: bool = False) -> Writing:
        return Writing(self._asked.what, MAY_MANAGE, done, makes)


def _columns_in(page: list[Any]) -> list[ColumnThere]:
    """The columns of one page; one of a kind that we don't know is none of ours."""
    found = []
    for entry in page:
        try:
            found.append(ColumnThere.model_validate(entry))
        except ValidationError:
            continue
    return found
