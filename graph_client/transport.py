"""One call to Graph: msgraph-sdk builds it, we send it once and get its bytes, or an error with a name.

Kiota's middleware (retries above all) is left out. Its typed models are never used: with the native
response handler the answer stays as it came, and a 4xx does not raise (facts: graph §8).
"""

import re
import ssl
from datetime import datetime
from typing import Any, cast

import httpx
from kiota_abstractions.authentication import (
    AccessTokenProvider,
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.headers_collection import HeadersCollection
from kiota_abstractions.native_response_handler import NativeResponseHandler
from kiota_abstractions.request_information import RequestInformation
from kiota_http.middleware.options import ResponseHandlerOption
from kiota_http.observability_options import ObservabilityOptions

from graph_client.asked import Asked
from graph_client.errors import AnswerUnusable, PersonMustAct, TryAgainLater
from graph_client.places import outlook_places
from graph_client.quirks.empty_error_codes import code_in
from graph_client.refusals import Refusal, error_for
from graph_client.request_ids import request_in
from graph_client.sdk import GraphRequestAdapter, GraphServiceClient
from graph_client.tokens import TokenSource
from graph_client.waiting import retry_after

USER_AGENT = "NONISV|ProtocolWatch|ProtocolWatch/0.1"  # SharePoint serves such callers first (graph §7)
TIMEOUT = httpx.Timeout(60, connect=15)
REDIRECTS = 5  # one after another; more lead nowhere
_ENCODED_NAME = re.compile(rb"(^|&)%24")


class _Bearer(AccessTokenProvider):
    """Puts our token on calls to Graph's own host, and on no others."""

    def __init__(self, tokens: TokenSource, host: str) -> None:
        self._tokens = tokens
        self._hosts = AllowedHostsValidator([host])

    async def get_authorization_token(
        self,
        uri: str,
        additional_authentication_context: dict[str, Any] | None = None,  # noqa: ARG002 (kiota's own port)
    ) -> str:
        return await self._tokens.token() if self._hosts.is_url_host_valid(uri) else ""

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        return self._hosts


class GraphLine:
    """The open line to one tenant's Graph."""

    def __init__(self, graph_url: str, tokens: TokenSource, http: httpx.AsyncClient) -> None:
        self.tokens = tokens
        self.root = graph_url
        self.base = httpx.URL(graph_url)
        bearer = BaseBearerTokenAuthenticationProvider(_Bearer(tokens, self.base.host))
        self._adapter = GraphRequestAdapter(bearer, http)
        self._adapter.base_url = graph_url
        # Else each trace of a call would name the mailbox in it.
        self._adapter.observability_options = ObservabilityOptions(include_euii_attributes=False)
        self._http = http
        self.graph = GraphServiceClient(request_adapter=self._adapter)
        self.outlook = outlook_places()  # to be held while a call to a mailbox is under way

    async def send(self, request: RequestInformation, asked: Asked, now: datetime) -> bytes:
        """Send one request once, and give back the body of a 2xx."""
        request.add_request_options([ResponseHandlerOption(NativeResponseHandler())])
        try:
            answer = await self._adapter.send_async(request, cast("Any", None), {})
            answer = await self._where_it_leads(cast("httpx.Response", answer))
        except httpx.RequestError as broken:
            raise _broken(broken, asked) from None
        return _body(answer, asked, now)

    async def download(
        self, request: RequestInformation, asked: Asked, now: datetime, *, host: str, most: int
    ) -> bytes:
        """What a small file holds: Graph says where it lies, and there it is fetched without our token.

        It may lie at `host` (over https) or at Graph's own address, and hold `most` bytes.
        """
        request.add_request_options([ResponseHandlerOption(NativeResponseHandler())])
        try:
            answer = await self._adapter.send_async(request, cast("Any", None), {})
            answer = await self._where_it_leads(cast("httpx.Response", answer), within=self.base.path)
            if not answer.has_redirect_location:
                return _at_most(_body(answer, asked, now), most, asked)
            place = answer.request.url.join(answer.headers["Location"])
            if not (self.is_ours(str(place)) or (place.scheme, place.host) == ("https", host.casefold())):
                raise AnswerUnusable(asked, "the file is at another address")
            async with self._http.stream("GET", place, headers={"Accept": "*/*"}) as found:
                if not found.is_success:
                    await found.aread()
                    return _body(found, asked, now)
                content = b""
                async for part in found.aiter_bytes():
                    content = _at_most(content + part, most, asked)
                return content
        except httpx.RequestError as broken:
            raise _broken(broken, asked) from None

    async def _where_it_leads(self, answer: httpx.Response, within: str = "") -> httpx.Response:
        """A read that is sent elsewhere goes there, within Graph's own address: our token goes nowhere else."""
        for _ in range(REDIRECTS):
            if not answer.has_redirect_location or answer.request.method != "GET":
                break
            place = answer.request.url.join(answer.headers["Location"])
            if not self.is_ours(str(place)) or not place.path.startswith(within):
                break
            answer = await self._http.get(place, headers=answer.request.headers)
        return answer

    def address_of(self, request: RequestInformation) -> str:
        """Where a request goes, after Graph's own address: a batch names its parts so."""
        request.path_parameters.setdefault("baseurl", self.root)  # else the adapter does it when it sends
        path, _, query = request.url.removeprefix(self.root).partition("?")
        return f"{path}?{_plain(query.encode()).decode()}" if query else path

    def is_ours(self, link: str) -> bool:
        """Whether a link goes to the Graph we speak to; our token goes nowhere else."""
        try:
            url = httpx.URL(link)
        except httpx.InvalidURL:
            return False
        return (url.scheme, url.host, url.port) == (self.base.scheme, self.base.host, self.base.port)


def open_http(ca_file: str = "", wire: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """The connection below; a CA file that was given beats what the environment says of the network."""
    return httpx.AsyncClient(
        transport=wire,
        verify=ssl.create_default_context(cafile=ca_file) if ca_file else True,
        trust_env=not ca_file,
        timeout=TIMEOUT,
        headers={"User-Agent": USER_AGENT},
        event_hooks={"request": [_plain_parameter_names]},
    )


def _at_most(content: bytes, most: int, asked: Asked) -> bytes:
    if len(content) > most:
        raise PersonMustAct(asked, "it is larger than 1 MB", cure="put a smaller file in its place")
    return content


def configuration(query: Any = None, *prefer: str) -> RequestConfiguration[Any]:
    """How a request is asked: its query, and what we prefer of the answer."""
    headers = HeadersCollection()
    if prefer:
        headers.add("Prefer", ", ".join(prefer))
    return RequestConfiguration(query_parameters=query, headers=headers)


async def _plain_parameter_names(request: httpx.Request) -> None:
    """Write $select, not %24select: kiota's templates hold the second, and its middleware turns it back."""
    if b"%24" in request.url.query:
        request.url = request.url.copy_with(query=_plain(request.url.query))


def _plain(query: bytes) -> bytes:
    return _ENCODED_NAME.sub(rb"\1$", query)


def _body(answer: httpx.Response, asked: Asked, now: datetime) -> bytes:
    if answer.is_success:
        return answer.content
    after = retry_after(answer.headers, now)
    refused = Refusal(answer.status_code, code_in(answer.content), after, request_in(answer.headers))
    raise error_for(refused, asked)


def _broken(broken: httpx.RequestError, asked: Asked) -> TryAgainLater | PersonMustAct:
    if "CERTIFICATE_VERIFY_FAILED" in str(broken):
        cure = "this machine does not trust the certificate that was shown: check the network's own proxy"
        return PersonMustAct(asked, "not a safe connection", cure=cure)
    slow = isinstance(broken, httpx.TimeoutException)
    return TryAgainLater(asked, "no answer in time" if slow else "the connection broke")
