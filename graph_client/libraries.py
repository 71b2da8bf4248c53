"""Which library is meant: people say its name, or the name in its address; Graph wants its id."""

from typing import TYPE_CHECKING
from urllib.parse import unquote

from pydantic import ValidationError

from graph_client.asked import library_called
from graph_client.asking import following, get
from graph_client.bodies import Body, Text
from graph_client.errors import NotThere
from graph_client.reads import Read
from graph_client.sites import site_id_of

if TYPE_CHECKING:
    from graph_client.tenant import Tenant


class _Library(Body):
    id: str
    name: Text = ""
    web_url: Text = ""


async def library_id_of(tenant: "Tenant", site: str, library: str) -> str:
    """The id of a library on a site; NotThere where the site has none of that name."""
    known = tenant.library_ids
    if (site, library) not in known:
        known[site, library] = await _found(tenant, site, library)
    return known[site, library]


async def _found(tenant: "Tenant", site: str, library: str) -> str:
    asked = library_called(library, site)
    site_id = await site_id_of(tenant, site)
    first = get(tenant, "sites", site_id, "drives", select="id,name,webUrl")
    async for page in Read(tenant, asked).pages(first, following()):
        for entry in page:
            try:
                drive = _Library.model_validate(entry)
            except ValidationError:
                continue
            if library.casefold() in (drive.name.casefold(), _last_part(drive.web_url)):
                return drive.id
    raise NotThere(asked, "no library on the site has that name", status=404)


def _last_part(address: str) -> str:
    return unquote(address.rstrip("/").rpartition("/")[2]).casefold()
