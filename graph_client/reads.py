"""Reading with patience: try again where that helps, follow every page, and stop where it never ends."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import TypeAdapter, ValidationError

from graph_client.asked import Asked
from graph_client.bodies import Page
from graph_client.errors import AnswerUnusable, PersonMustAct, TryAgainLater
from graph_client.waiting import Patience

if TYPE_CHECKING:
    from kiota_abstractions.request_information import RequestInformation

    from graph_client.tenant import Tenant

PAGES_AT_MOST = 1_000
EMPTY_PAGES_AT_MOST = 25  # one is normal (graph §1); this many in a row lead nowhere

Build = Callable[[], "RequestInformation"]
Following = Callable[[str], Build]
Send = Callable[["RequestInformation", Asked, datetime], Awaitable[bytes]]
"""How a request is sent once, where it is not in the usual way."""


class Shape[Answer](Protocol):
    """How an answer is read: from its bytes, or from JSON that a batch has parsed already."""

    def validate_json(self, data: bytes, /) -> Answer:
        """What the bytes say; pydantic's ValidationError where they are something else."""
        ...

    def validate_python(self, object: Any, /) -> Answer:
        """The same, of parsed JSON."""
        ...


class AnyPage[Entry](Protocol):
    """One page of a collection, whatever it holds."""

    @property
    def value(self) -> Sequence[Entry]:
        """What stands on it."""
        ...

    @property
    def next_link(self) -> str | None:
        """Where the next one is."""
        ...


class Read:
    """One reading of one thing: what was asked, and the patience left for it."""

    def __init__(
        self,
        tenant: "Tenant",
        asked: Asked,
        *,
        outlook: bool = False,
        patience: Patience | None = None,
        send: Send | None = None,
    ) -> None:
        self._tenant = tenant
        self._asked = asked
        self._patience = patience or tenant.patience()
        self._outlook = outlook
        self._send = send or tenant.line.send

    async def one[Answer](self, build: Build, answer: type[Answer] | Shape[Answer]) -> Answer:
        """The answer to one request, asked again where that helps; each try is built afresh."""
        shape: Shape[Answer] = shape_of(answer) if isinstance(answer, type) else answer
        tried, renewed = 0, False
        while True:
            tried += 1
            try:
                return _understood(await self._once(build), shape, self._asked)
            except TryAgainLater as later:
                await self._patience.wait(later, tried)
            except PersonMustAct as refused:
                # A token may be called back before its time: one fresh one, then it is for a person.
                if refused.status != 401 or renewed or not await self._tenant.line.tokens.renew():
                    raise
                renewed = True

    async def pages(self, first: Build, following: Following) -> AsyncIterator[list[Any]]:
        """The contents of every page; an empty page that names a next one is not the end (graph §1)."""
        async for page in self.whole_pages(first, following, shape_of(Page)):
            yield page.value

    async def every(self, first: Build, following: Following) -> list[Any]:
        """Everything on all pages; what comes again (graph §1) is there once, as it came last."""
        found: dict[object, Any] = {}
        async for page in self.pages(first, following):
            found |= {_identity(entry): entry for entry in page}
        return list(found.values())

    async def whole_pages[P: AnyPage[Any]](
        self, first: Build, following: Following, shape: Shape[P]
    ) -> AsyncIterator[P]:
        """Every page itself, read as `shape` says."""
        page = await self.one(first, shape)
        yield page
        async for later in self.pages_after(page, following, shape):
            yield later

    async def pages_after[P: AnyPage[Any]](
        self, page: P, following: Following, shape: Shape[P]
    ) -> AsyncIterator[P]:
        """The pages that come after one that was had already."""
        links, empty = set[str](), 0
        while page.next_link:
            empty = 0 if page.value else empty + 1
            self._check(page.next_link, links, empty)
            links.add(page.next_link)
            page = await self.one(following(page.next_link), shape)
            yield page

    def _check(self, link: str, seen: set[str], empty: int) -> None:
        if not self._tenant.line.is_ours(link):
            raise AnswerUnusable(self._asked, "its next page is at another address")
        if link in seen or len(seen) >= PAGES_AT_MOST or empty > EMPTY_PAGES_AT_MOST:
            raise AnswerUnusable(self._asked, "its pages never end")

    async def _once(self, build: Build) -> bytes:
        """One try. Its time is counted from when it has a place among those under way."""
        try:
            async with self._place(), self._patience.under_way():
                return await self._send(build(), self._asked, self._tenant.clock())
        except TimeoutError:
            raise TryAgainLater(self._asked, "no answer in time") from None

    def _place(self) -> AbstractAsyncContextManager[None]:
        return self._tenant.line.outlook if self._outlook else nullcontext()


def _identity(entry: Any) -> object:
    """What makes an entry the same as another: its id; one without stands for itself."""
    id = entry.get("id") if isinstance(entry, dict) else None
    return id if isinstance(id, str) else object()


_SHAPES: dict[Any, TypeAdapter[Any]] = {}


def shape_of[Answer](model: type[Answer]) -> TypeAdapter[Answer]:
    """How a model of bodies.py is read; made once, because making it is slow."""
    if model not in _SHAPES:
        _SHAPES[model] = TypeAdapter(model)
    return _SHAPES[model]


def _understood[Answer](body: bytes, shape: Shape[Answer], asked: Asked) -> Answer:
    try:
        return shape.validate_json(body)
    except ValidationError as wrong:
        garbled = wrong.errors(include_input=False, include_url=False)[0]["type"] == "json_invalid"
    if garbled:  # cut short on the way, or the web page of something in between
        raise TryAgainLater(asked, "the answer was no JSON")
    raise not_published(asked)


def not_published(asked: Asked) -> AnswerUnusable:
    """The answer is JSON, but not of the published kind."""
    return AnswerUnusable(asked, "it is not what Microsoft publishes")
