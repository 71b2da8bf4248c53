"""How a read is asked for, where the generated builders of msgraph-sdk have no path or need 100 modules for it.

The request is still the SDK's own, sent by its client. Each part of a path is escaped on its own, because
ids hold slashes and equals signs (facts: graph §8).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from graph_client.reads import Build, Following

if TYPE_CHECKING:
    from kiota_abstractions.request_information import RequestInformation

    from graph_client.tenant import Tenant

NOTHING: Mapping[str, str] = MappingProxyType({})


def get(
    tenant: "Tenant",
    *path: str,
    prefer: tuple[str, ...] = (),
    plain: Mapping[str, str] = NOTHING,
    **query: str | int,
) -> Build:
    """A GET of a path, given by its parts; `select`, `top` and the like become $select, $top.

    `plain` are the few words of a query that Graph wants without the sign, such as startDateTime.
    """
    words = {**plain, **{f"${name}": value for name, value in query.items()}}
    asked = "&".join(f"{name}={quote(str(value), safe='(),$=:/')}" for name, value in words.items())
    address = "/".join([tenant.line.root.rstrip("/"), *(quote(part, safe="") for part in path)])
    return _request(f"{address}?{asked}" if asked else address, prefer)


def following(*prefer: str) -> Following:
    """How the pages after the first are asked for: their links are whole addresses."""
    return lambda link: _request(link, prefer)


def _request(url: str, prefer: tuple[str, ...]) -> Build:
    def build() -> "RequestInformation":
        from kiota_abstractions.method import Method
        from kiota_abstractions.request_information import RequestInformation

        request = RequestInformation(Method.GET)
        request.url = url
        request.headers.add("Accept", "application/json")
        if prefer:
            request.headers.add("Prefer", ", ".join(prefer))
        return request

    return build
