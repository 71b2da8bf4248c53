"""Finds a SharePoint site, and asks whether the app was let into it, and how far."""

from urllib.parse import quote

from emulator.answers import Answer, Call, GraphError
from emulator.queries import names_in, query_of
from emulator.rights import ROLES
from emulator.sites import Site
from emulator.world import World

MADE_BY = {
    "user": {
        "displayName": "SEND Partnership Manager",
        "email": "partnership.manager@council.example",
        "id": "8606e4d5-d582-4f5f-aeba-7d7c18b20cfd",
    }
}


def site(world: World, call: Call, name: str) -> Answer:
    """GET /sites/{id} and /sites/{host}:/{path}"""
    query = query_of(call, ["$select"])
    body = _site_body(readable_site(world, call, name))
    body = {name: value for name, value in body.items() if name in _chosen(query.get("$select"), list(body))}
    return Answer(200, {"@odata.context": f"{call.base_url}/v1.0/$metadata#sites/$entity", **body})


def readable_site(world: World, call: Call, name: str) -> Site:
    """The site, if it exists and may be read."""
    return site_for(world, call, name, "read")


def site_for(world: World, call: Call, name: str, role: str) -> Site:
    """The site, if it exists and lets the app do what this role may do."""
    for found in world.sites:
        if name.lower() in (found.id.lower(), f"{found.hostname}:{found.path}".lower()):
            if call.app.site_role(found) < ROLES[role]:
                raise GraphError(403, "accessDenied", "Access denied")
            return found
    raise GraphError(404, "itemNotFound", "Requested site could not be found")


def site_context(call: Call, found: Site) -> str:
    """How the context of everything in a site begins."""
    return f"{call.base_url}/v1.0/$metadata#sites('{quote(found.id)}')"


def collection(
    context: str, rows: list[dict[str, object]], next_link: str | None, headers: dict[str, str] | None = None
) -> Answer:
    """A page of rows, with the link to the next one."""
    body: dict[str, object] = {"@odata.context": context, "value": rows}
    if next_link:
        body["@odata.nextLink"] = next_link
    return Answer(200, body, headers or {})


def chosen_of(body: dict[str, object], select: str | None, kind: str) -> dict[str, object]:
    """The part of a body that $select names; a name that it can't have is refused."""
    if select is None:
        return body
    names = _chosen(select, list(body), kind)
    return {name: value for name, value in body.items() if name in names or name.startswith("@")}


def _chosen(select: str | None, known: list[str], kind: str = "site") -> list[str]:
    if select is None:
        return known
    by_name = {name.lower(): name for name in known if not name.startswith("@")}
    for name in names_in(select):
        if name.lower() not in by_name:
            said = f"Could not find a property named '{name}' on type 'microsoft.graph.{kind}'."
            raise GraphError(400, "invalidRequest", said)
    return [by_name[name.lower()] for name in names_in(select)]


def _site_body(found: Site) -> dict[str, object]:
    return {
        "createdDateTime": "2024-01-12T10:00:00Z",
        "description": "",
        "id": found.id,
        "lastModifiedDateTime": "2026-08-03T09:00:00Z",
        "name": found.path.rsplit("/", 1)[-1],
        "webUrl": f"https://{found.hostname}{found.path}",
        "displayName": found.name,
        "root": {},
        "siteCollection": {"hostname": found.hostname},
    }
