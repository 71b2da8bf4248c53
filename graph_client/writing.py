"""How one write is sent: once, and with an honest word on whether it was done.

Nothing here tries again, since a POST that is sent twice may be done twice; kiota's own retries sent one
mail four times (facts: graph §8). The one exception is a 401: it was turned away at the door, so the same
write goes again with a fresh token. msgraph-sdk's builders say where it goes; the body is our own JSON,
because their typed models cost seconds to load.
"""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Literal, cast

from pydantic import BaseModel, ValidationError

from graph_client.errors import GraphError
from graph_client.quirks.empty_error_codes import code_in
from graph_client.refusals import Refusal
from graph_client.request_ids import request_in
from graph_client.tenant import Wrote
from graph_client.waiting import retry_after
from graph_client.writes_refused import WriteLater, WriteNeedsPerson, WriteUnsure, Writing, error_of_write

if TYPE_CHECKING:
    import httpx
    from kiota_abstractions.base_request_builder import BaseRequestBuilder
    from kiota_abstractions.request_information import RequestInformation

    from graph_client.sdk import GraphServiceClient
    from graph_client.tenant import Tenant

Method = Literal["GET", "POST", "PATCH", "DELETE"]
Build = Callable[[], "RequestInformation"]
_FILLED_IN = re.compile(r"\{[^}]*\}|'[^']*'")
UNTRUSTED = "this machine does not trust the certificate that was shown: check the network's own proxy"


def call(
    method: Method,
    builder: "BaseRequestBuilder",
    body: Mapping[str, Any] | bytes | None = None,
    *,
    template: str = "",
    if_match: str = "",
    prefer: str = "",
) -> Build:
    """One call at the place of a builder of msgraph-sdk; each try is built afresh.

    A body of bytes goes as text/plain, any other as JSON. `template` stands for an address that the SDK
    lacks or spells wrongly. `if_match` makes it conditional: it is done only to that very version.
    """
    headers = {"Accept": "application/json", "If-Match": if_match, "Prefer": prefer}

    def build() -> "RequestInformation":
        from kiota_abstractions import method as kiota
        from kiota_abstractions.request_information import RequestInformation

        request = RequestInformation(
            kiota.Method[method], template or builder.url_template, dict(builder.path_parameters)
        )
        for name, value in headers.items():
            if value:
                request.headers.try_add(name, value)
        if isinstance(body, bytes):
            request.set_stream_content(body, "text/plain")
        elif body is not None:
            request.set_stream_content(json.dumps(body, ensure_ascii=False).encode(), "application/json")
        return request

    return build


def graph_of(tenant: "Tenant") -> "GraphServiceClient":
    """The builders of msgraph-sdk for one tenant; the ones that writes need are loaded the first time."""
    from graph_client.sdk_of_writes import ready

    return ready(tenant.line.graph)


async def write(tenant: "Tenant", build: Build, writing: Writing, *, outlook: bool = False) -> bytes:
    """Send one write, and give back the body of the 2xx that it was answered with.

    WriteUnsure where it may have been done; every other GraphError means that it surely was not.
    `outlook` is for a call to a mailbox, of which only a few may be under way.
    """
    place = tenant.line.outlook.take() if outlook else nullcontext()
    async with place:
        answer = await _sent(tenant, build(), writing)
        if answer.status_code == 401 and await tenant.line.tokens.renew():
            answer = await _sent(tenant, build(), writing)
    if answer.is_success:
        return answer.content
    after = retry_after(answer.headers, tenant.clock())
    refused = Refusal(answer.status_code, code_in(answer.content), after, request_in(answer.headers))
    raise error_of_write(refused, writing)


def understood[Answer: BaseModel](body: bytes, answer: type[Answer], writing: Writing) -> Answer:
    """What came of a write; where that can't be read, it was done but we don't know how it turned out."""
    try:
        return answer.model_validate_json(body)
    except ValidationError:
        pass
    raise WriteUnsure(writing, "the answer can't be read")


async def _sent(tenant: "Tenant", request: "RequestInformation", writing: Writing) -> "httpx.Response":
    import asyncio

    import httpx
    from kiota_abstractions.native_response_handler import NativeResponseHandler
    from kiota_http.middleware.options import ResponseHandlerOption

    request.add_request_options([ResponseHandlerOption(NativeResponseHandler())])
    kind = _kind_of(request)
    try:
        async with asyncio.timeout(tenant.budget):
            answer = await tenant.line.graph.request_adapter.send_async(request, cast("Any", None), {})
    except httpx.RequestError as broken:
        tenant.wrote(Wrote(kind, 0, ""))
        raise _broken(broken, writing) from None
    except TimeoutError:
        tenant.wrote(Wrote(kind, 0, ""))
        raise WriteUnsure(writing, "no answer in time") from None
    answered = cast("httpx.Response", answer)
    tenant.wrote(Wrote(kind, answered.status_code, request_in(answered.headers)))
    return answered


def _kind_of(request: "RequestInformation") -> str:
    """What kind of call it is, from Microsoft's own pattern of its address, in which no name stands yet."""
    place = str(request.url_template).partition("{?")[0].partition("?")[0]
    method = request.http_method.value if request.http_method else ""
    return f"{method} {_FILLED_IN.sub('{}', place.removeprefix('{+baseurl}/'))}"


def _broken(broken: "httpx.RequestError", writing: Writing) -> GraphError:
    """Only where no connection came about is it sure that nothing was done."""
    import httpx

    if "CERTIFICATE_VERIFY_FAILED" in str(broken):
        return WriteNeedsPerson(writing, "not a safe connection", cure=UNTRUSTED)
    no_connection = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
    if isinstance(broken, (*no_connection, httpx.ProxyError)):
        return WriteLater(writing, "it can't be reached")
    slow = isinstance(broken, httpx.TimeoutException)
    return WriteUnsure(writing, "no answer in time" if slow else "the connection broke")
