"""Which SharePoint site is meant: people paste its address, Graph wants its id."""

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from graph_client.asked import site_at
from graph_client.bodies import Site
from graph_client.reads import Build, Read

if TYPE_CHECKING:
    from graph_client.tenant import Tenant


async def site_id_of(tenant: "Tenant", site: str) -> str:
    """The id of a site given as https://host/sites/name, as host:/sites/name, or as the id itself."""
    if site.count(",") == 2:  # host,guid,guid: Graph's own id
        return site
    if site not in tenant.site_ids:
        found = await Read(tenant, site_at(site)).one(_request(tenant, site), Site)
        tenant.site_ids[site] = found.id
    return tenant.site_ids[site]


def address_of(site: str) -> tuple[str, str]:
    """The host and the path in what people paste."""
    plain = site.strip().removeprefix("https://").removeprefix("http://")
    host, _, path = plain.partition("/")
    return host.rstrip(":"), unquote(path.strip("/").rstrip(":"))


def _request(tenant: "Tenant", site: str) -> Build:
    from graph_client.transport import configuration

    host, path = address_of(site)
    name = f"{quote(host)}:/{quote(path)}" if path else quote(host)
    # The template would escape the colon and the slashes, and Graph addresses a site by them.
    builder = tenant.line.graph.sites.by_site_id("any").with_url(f"{tenant.line.root}/sites/{name}")
    return lambda: builder.to_get_request_information(configuration())
