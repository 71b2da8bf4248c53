"""Reads the few small files that a partnership keeps on its site: its agreement, school dates and wording.

Graph answers with an address on SharePoint's own host that is good for some minutes and wants no token. It is
followed only to the site's own host over https, or to Graph's, and our token never goes along.
"""

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from graph_client.asked import file_called
from graph_client.asking import get
from graph_client.errors import PersonMustAct
from graph_client.libraries import library_id_of
from graph_client.library_files import File
from graph_client.reads import Read

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

LARGEST = 1_000_000  # bytes; the agreement of a county with 46 promises has 30,000


class _AsItCame:
    """The bytes of an answer, whatever they say."""

    def validate_json(self, data: bytes, /) -> bytes:
        return data

    def validate_python(self, object: Any, /) -> bytes:
        return bytes(object)


async def read_content(tenant: "Tenant", site: str, library: str, file: File) -> bytes:
    """What is in a file of at most 1 MB; a GraphError where it can't be had, or is larger."""
    asked = file_called(file.name, library, site)
    if file.size > LARGEST:
        raise PersonMustAct(asked, "it is larger than 1 MB", cure="put a smaller file in its place")
    drive = await library_id_of(tenant, site, library)
    build = get(tenant, "drives", drive, "items", file.id, "content")
    send = partial(tenant.line.download, host=urlsplit(site).hostname or "", most=LARGEST)
    return await Read(tenant, asked, send=send).one(build, _AsItCame())
