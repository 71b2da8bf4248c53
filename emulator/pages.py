"""SharePoint pages: made, changed, published and read. What people see changes only when one is published."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import uuid4

from emulator.answers import Answer, Call, GraphError
from emulator.item_bodies import zulu
from emulator.queries import page as page_of
from emulator.queries import positive_number, query_of
from emulator.site_access import MADE_BY, collection, readable_site, site_context, site_for
from emulator.sites import Page, Site
from emulator.web_parts import check_canvas
from emulator.world import World

KNOWN = {
    "@odata.type",
    "name",
    "title",
    "pageLayout",
    "promotionKind",
    "showComments",
    "showRecommendedPages",
}
KNOWN |= {"titleArea", "canvasLayout", "description", "thumbnailWebUrl"}
SITE_PAGE = "#microsoft.graph.sitePage"


def pages(world: World, call: Call, name: str) -> Answer:
    """GET /sites/{id}/pages"""
    query = query_of(call, ["$top"])
    found = readable_site(world, call, name)
    rows, next_link = page_of(call, found.pages, positive_number(query, "$top", 200) or 200)
    return collection(f"{site_context(call, found)}/pages", [_body(found, each) for each in rows], next_link)


def make(world: World, call: Call, name: str) -> Answer:
    """POST /sites/{id}/pages"""
    query_of(call, [])
    found, content = writable(world, call, name), _asked(call)
    if content.get("@odata.type") != SITE_PAGE:
        raise GraphError(400, "invalidRequest", f"A page needs '@odata.type': '{SITE_PAGE}'.")
    if not content.get("title") or not str(content.get("name", "x.aspx")).endswith(".aspx"):
        raise GraphError(400, "invalidRequest", "A page needs a title, and a name that ends in .aspx.")
    now = datetime.fromtimestamp(world.clock(), UTC)
    made = Page(str(uuid4()), {"name": f"{content['title']}.aspx", **content}, created=now, modified=now)
    if made.content["name"] in [each.content["name"] for each in found.pages]:
        raise GraphError(409, "nameAlreadyExists", "A page with this name exists already.")
    world.put_site(found.with_page(made))
    return _answer(call, found, made, 201)


def page(world: World, call: Call, name: str, page_id: str) -> Answer:
    """GET /sites/{id}/pages/{id}/microsoft.graph.sitePage?$expand=canvasLayout"""
    query = query_of(call, ["$expand"])
    found = readable_site(world, call, name)
    if query.get("$expand") not in (None, "canvasLayout"):
        raise GraphError(400, "invalidRequest", f"Expanding '{query['$expand']}' is not supported here.")
    one = page_in(found, page_id)
    answer = _answer(call, found, one, 200)
    if "$expand" in query and isinstance(answer.body, dict):
        answer.body["canvasLayout"] = one.content.get("canvasLayout")
    return answer


def change(world: World, call: Call, name: str, page_id: str) -> Answer:
    """PATCH /sites/{id}/pages/{id}/microsoft.graph.sitePage: a draft, until it is published."""
    query_of(call, [])
    found, asked = writable(world, call, name), _asked(call)
    new = save_draft(world, found, page_in(found, page_id), asked)
    return _answer(call, found, new, 200)


def publish(world: World, call: Call, name: str, page_id: str) -> Answer:
    """POST /sites/{id}/pages/{id}/microsoft.graph.sitePage/publish"""
    query_of(call, [])
    found = writable(world, call, name)
    world.put_site(found.with_page(replace(page_in(found, page_id), published=True)))
    return Answer(204)


def writable(world: World, call: Call, name: str) -> Site:
    """The site, if the app may make and change pages there."""
    found = site_for(world, call, name, "write")
    if not call.app.may_make_pages:
        # Whether Sites.Selected is enough for pages is not confirmed (graph.md §4)
        raise GraphError(403, "accessDenied", "Access denied")
    return found


def _asked(call: Call) -> dict[str, object]:
    asked = call.body
    if not isinstance(asked, dict):
        raise GraphError(400, "invalidRequest", "A page is an object.")
    for name in asked:
        if name not in KNOWN:
            said = f"The property '{name}' does not exist on type 'microsoft.graph.sitePage'."
            raise GraphError(400, "invalidRequest", said)
    check_canvas(asked.get("canvasLayout"))
    return asked


def save_draft(world: World, found: Site, old: Page, changed: Mapping[str, object]) -> Page:
    """Keep what was changed of a page; people go on seeing what was published before."""
    now, content = datetime.fromtimestamp(world.clock(), UTC), {**old.content, **changed}
    new = replace(old, content=content, published=False, version=old.version + 1, modified=now)
    world.put_site(found.with_page(new))
    return new


def page_in(found: Site, page_id: str) -> Page:
    """The site's page with this id."""
    for each in found.pages:
        if each.id == page_id.lower():
            return each
    raise GraphError(404, "itemNotFound", "The page could not be found.")


def _answer(call: Call, found: Site, one: Page, status: int) -> Answer:
    context = f"{site_context(call, found)}/pages/$entity"
    return Answer(status, {"@odata.context": context, **_body(found, one)})


def _body(found: Site, one: Page) -> dict[str, object]:
    name = str(one.content["name"])
    tag = f'"{{{one.id.upper()}}},{one.version}"'
    return {
        "@odata.type": SITE_PAGE,
        "@odata.etag": tag,
        "id": one.id,
        "eTag": tag,
        "name": name,
        "title": one.content.get("title"),
        "webUrl": f"https://{found.hostname}{found.path}/SitePages/{quote(name)}",
        "pageLayout": one.content.get("pageLayout", "article"),
        "promotionKind": one.content.get("promotionKind", "page"),
        "description": one.content.get("description", ""),
        "showComments": one.content.get("showComments", True),
        "showRecommendedPages": one.content.get("showRecommendedPages", False),
        "titleArea": one.content.get("titleArea"),
        "createdDateTime": zulu(one.created),
        "lastModifiedDateTime": zulu(one.modified),
        "createdBy": MADE_BY,
        "lastModifiedBy": MADE_BY,
        "parentReference": {"siteId": found.id},
        "publishingState": {
            "level": "published" if one.published else "checkout",
            "versionId": f"{one.version if one.published else 0}.{0 if one.published else one.version}",
        },
    }
