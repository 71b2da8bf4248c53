"""Whether we may have the site's pages; without them the partners put the lists on a page by hand."""

from graph_client.asked import Asked
from graph_client.asking import get
from graph_client.bodies import Page
from graph_client.errors import GraphError, PersonMustAct
from graph_client.reads import Read
from graph_client.sites import site_id_of
from graph_client.tenant import Tenant
from wording.examined import Examined, look, well

WHAT = "Pages"
BY_HAND = "Nothing to do: make the page by hand and put the lists on it, which needs no right at all"
ASKED = Asked("the pages of the site", BY_HAND)


async def pages_examined(tenant: Tenant, site: str) -> Examined:
    """One look at the list of pages; nothing is made, so that writing one stays unproved."""
    try:
        site_id = await site_id_of(tenant, site)
        await Read(tenant, ASKED).one(get(tenant, "sites", site_id, "pages", top=1), Page)
    except PersonMustAct:
        return look(WHAT, "the role on this site does not let us have its pages", BY_HAND)
    except GraphError as fault:
        return look(WHAT, f"they could not be looked at ({fault.said})", "Try again in a few minutes")
    return well(WHAT, "they can be read; whether we may write one shows when the first is made")
