"""Reading with patience: try again where that helps, follow every page, and stop where it never ends."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

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


class Read:
    """One reading of one thing: what was asked, and the patience left for it."""

    def __init__(self, tenant: "Tenant", asked: Asked, *, outlook: bool = False) -> None:
        self._tenant = tenant
        self._asked = asked
        self._patience: Patience = tenant.patience()
        self._place: AbstractAsyncContextManager[Any] = tenant.line.outlook if outlook else nullcontext()

    async def one[Answer: BaseModel](self, build: Build, answer: type[Answer]) -> Answer:
        """The answer to one request, asked again where that helps; each try is built afresh."""
        tried, renewed = 0, False
        while True:
            tried += 1
            try:
                return _understood(await self._once(build), answer, self._asked)
            except TryAgainLater as later:
                await self._patience.wait(later, tried)
            except PersonMustAct as refused:
                # A token may be called back before its time: one fresh one, then it is for a person.
                if refused.status != 401 or renewed or not await self._tenant.line.tokens.renew():
                    raise
                renewed = True

    async def pages(self, first: Build, following: Callable[[str], Build]) -> AsyncIterator[list[Any]]:
        """The contents of every page; an empty page that names a next one is not the end (graph §1)."""
        build, links, empty = first, set[str](), 0
        while True:
            page = await self.one(build, Page)
            yield page.value
            empty = 0 if page.value else empty + 1
            link = page.next_link
            if not link:
                return
            self._check(link, links, empty)
            links.add(link)
            build = following(link)

    def _check(self, link: str, seen: set[str], empty: int) -> None:
        if not self._tenant.line.is_ours(link):
            raise AnswerUnusable(self._asked, "its next page is at another address")
        if link in seen or len(seen) >= PAGES_AT_MOST or empty > EMPTY_PAGES_AT_MOST:
            raise AnswerUnusable(self._asked, "its pages never end")

    async def _once(self, build: Build) -> bytes:
        """One try. Its time is counted from when it has a place among those under way."""
        try:
            async with self._place, self._patience.under_way():
                return await self._tenant.line.send(build(), self._asked, self._tenant.clock())
        except TimeoutError:
            raise TryAgainLater(self._asked, "no answer in time") from None


def _understood[Answer: BaseModel](body: bytes, answer: type[Answer], asked: Asked) -> Answer:
    try:
        return answer.model_validate_json(body)
    except ValidationError as wrong:
        garbled = wrong.errors(include_input=False, include_url=False)[0]["type"] == "json_invalid"
    if garbled:  # cut short on the way, or the web page of something in between
        raise TryAgainLater(asked, "the answer was no JSON")
    raise AnswerUnusable(asked, "it is not what Microsoft publishes")
