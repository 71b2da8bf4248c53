"""Makes a SharePoint page, and refreshes the one section of it that is ours.

Only that section is written. A page can also be sent whole, but then every part of it must be one of the
fourteen that Graph takes (graph §4): a list that people put on the page would be lost or make it fail.
msgraph-sdk 1.65 writes `graph.sitePage` where the contract has `microsoft.graph.sitePage`, and has no
`publish`; both are put right here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from graph_client.asked import MAY_TAKE_TIME, Asked
from graph_client.bodies import Body, Text
from graph_client.page_parts import Part, Section, section
from graph_client.reads import Build, Read
from graph_client.sites import site_id_of
from graph_client.writes_refused import AlreadyThere, Writing
from graph_client.writing import call, graph_of, understood, write

if TYPE_CHECKING:
    from kiota_abstractions.base_request_builder import BaseRequestBuilder

    from graph_client.tenant import Tenant

A_PAGE = "/microsoft.graph.sitePage"
MAY_MAKE_PAGES = (
    "ask your Microsoft 365 administrator to grant Protocol Watch the role 'write' on this site "
    "(Sites.Selected); or make the page by hand and put the lists on it, which needs no right at all; "
    f"{MAY_TAKE_TIME}"
)


@dataclass(frozen=True, slots=True)
class EnsuredPage:
    """A page as it is now, published; `made` where it was not there before."""

    id: str
    made: bool


class _Page(Body):
    id: str = Field(min_length=1)
    name: Text = ""


class _Canvas(Body):
    horizontal_sections: list[Section] | None = None


class _Publishing(Body):
    level: Text = ""


class _WholePage(Body):
    canvas_layout: _Canvas | None = None
    publishing_state: _Publishing | None = None

    @property
    def is_published(self) -> bool:
        """Whether people see the page as it is; no where Graph doesn't say."""
        return self.publishing_state is not None and self.publishing_state.level == "published"


async def ensure_page(
    tenant: "Tenant", site: str, name: str, title: str, parts: Sequence[Part]
) -> EnsuredPage:
    """Make the page `name` (as "agreement.aspx"), or refresh our section of it; then publish it.

    To do it again, after any fault, leads to the same page; people's own sections stay as they are. A page
    that shows all this already is not written, so that nobody is told of a change that is none.
    """
    place = _Place(tenant, await site_id_of(tenant, site), name)
    id, made = await place.found(), False
    if not id:
        id, made = await place.make(title, parts)
    if made or await place.refresh(id, parts):
        await place.publish(id)
    return EnsuredPage(id, made)


class _Place:
    """Where one page is or will be."""

    def __init__(self, tenant: "Tenant", site_id: str, name: str) -> None:
        self._tenant, self._name = tenant, name
        self._pages = graph_of(tenant).sites.by_site_id(site_id).pages
        self._asked = Asked(f"the page '{name}'", MAY_MAKE_PAGES)

    async def found(self) -> str:
        """The page's id; empty where there is no such page."""
        from graph_client.transport import configuration

        def following(link: str) -> Build:
            return lambda: self._pages.with_url(link).to_get_request_information(configuration())

        pages = Read(self._tenant, self._asked).pages(
            lambda: self._pages.to_get_request_information(configuration()), following
        )
        async for page in pages:
            for entry in page:
                there = _page_in(entry)
                if there and there.name.casefold() == self._name.casefold():
                    return there.id
        return ""

    async def make(self, title: str, parts: Sequence[Part]) -> tuple[str, bool]:
        """Make the page with our section; False where somebody made it a moment ago."""
        body = {
            "@odata.type": "#microsoft.graph.sitePage",
            "name": self._name,
            "title": title,
            "pageLayout": "article",
            "canvasLayout": {"horizontalSections": [section("1", parts)]},
        }
        doing = self._doing("made", makes=True)
        try:
            made = await write(self._tenant, call("POST", self._pages, body), doing)
        except AlreadyThere:
            id = await self.found()
            if not id:
                raise
            return id, False
        return understood(made, _Page, doing).id, True

    async def refresh(self, id: str, parts: Sequence[Part]) -> bool:
        """Write our section where it changed, or add it where people took it off; no other is touched.

        False where there is nothing to publish either.
        """
        builder = self._pages.by_base_site_page_id(id).graph_site_page
        whole = call("GET", builder, template=_spelt(builder, "?%24expand=canvasLayout"))
        page = await Read(self._tenant, self._asked).one(whole, _WholePage)
        sections = (page.canvas_layout.horizontal_sections if page.canvas_layout else None) or []
        ours = next((each for each in sections if each.is_ours and each.id), None)
        body = section(ours.id if ours else _next_id(sections), parts)
        if ours and ours.shows(body):
            return not page.is_published
        place: BaseRequestBuilder = builder.canvas_layout.horizontal_sections
        if ours:
            place = builder.canvas_layout.horizontal_sections.by_horizontal_section_id(ours.id)
        build = call("PATCH" if ours else "POST", place, body, template=_spelt(place))
        await write(self._tenant, build, self._doing("refreshed"))
        return True

    async def publish(self, id: str) -> None:
        """Let people see it as it now is."""
        builder = self._pages.by_base_site_page_id(id)
        build = call("POST", builder, template=_spelt(builder, f"{A_PAGE}/publish"))
        await write(self._tenant, build, self._doing("published"))

    def _doing(self, verb: str, *, makes: bool = False) -> Writing:
        return Writing(self._asked.what, MAY_MAKE_PAGES, f"{verb} {self._asked}", makes)


def _spelt(builder: "BaseRequestBuilder", more: str = "") -> str:
    """The address as Microsoft publishes it."""
    template: Any = builder.url_template
    return str(template).partition("{?")[0].replace("/graph.sitePage", A_PAGE) + more


def _next_id(sections: Sequence[Section]) -> str:
    numbers = [int(each.id) for each in sections if each.id.isdecimal()]
    return str(max(numbers, default=0) + 1)


def _page_in(entry: Any) -> _Page | None:
    try:
        return _Page.model_validate(entry)
    except ValidationError:
        return None
