"""SharePoint sites, their lists and the rows in them, read through Graph."""

import re
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from emulator.answers import Answer, Call, GraphError
from emulator.queries import names_in, page, positive_number, preferences_of, query_of
from emulator.sites import Item, SharePointList, Site
from emulator.world import World

PAGE, MOST = 200, 5000
ITEM_PROPERTIES = [
    "id",
    "createdDateTime",
    "lastModifiedDateTime",
    "webUrl",
    "eTag",
    "createdBy",
    "lastModifiedBy",
]
ITEM_PROPERTIES += ["parentReference", "contentType", "fields"]
MADE_BY = {
    "user": {"displayName": "SEND Partnership Manager", "email": "partnership.manager@council.example"}
}


def site(world: World, call: Call, name: str) -> Answer:
    """GET /sites/{id} and /sites/{host}:/{path}"""
    query_of(call, [])
    found = readable_site(world, call, name)
    return Answer(
        200, {"@odata.context": f"{call.base_url}/v1.0/$metadata#sites/$entity", **_site_body(found)}
    )


def lists(world: World, call: Call, name: str) -> Answer:
    """GET /sites/{id}/lists"""
    query = query_of(call, ["$top"])
    found = readable_site(world, call, name)
    rows, next_link = page(call, query, found.lists, positive_number(query, "$top", MOST) or PAGE)
    context = f"{call.base_url}/v1.0/$metadata#sites('{quote(found.id)}')/lists"
    return _collection(context, [_list_body(found, each) for each in rows], next_link)


def items(world: World, call: Call, name: str, list_name: str) -> Answer:
    """GET /sites/{id}/lists/{id}/items"""
    query = query_of(call, ["$expand", "$select", "$top"])
    found = readable_site(world, call, name)
    wanted = _list(found, list_name)
    fields = _expanded_fields(wanted, query.get("$expand"))
    chosen = _chosen(query.get("$select"))
    preferences = preferences_of(call)
    size = min(size for size in (positive_number(query, "$top", MOST) or PAGE, preferences.page_size or MOST))
    rows, next_link = page(call, query, wanted.items, size)
    context = (
        f"{call.base_url}/v1.0/$metadata#sites('{quote(found.id)}')/lists('{list_id(found, wanted)}')/items"
    )
    bodies = [_item_body(found, wanted, item, fields, chosen, context) for item in rows]
    return _collection(context, bodies, next_link, preferences.headers)


def readable_site(world: World, call: Call, name: str) -> Site:
    """The site, if it exists and was granted to the app (Sites.Selected)."""
    for found in world.sites:
        if name.lower() in (found.id.lower(), f"{found.hostname}:{found.path}".lower()):
            if not call.app.may_read_site(found):
                raise GraphError(403, "accessDenied", "Access denied")
            return found
    raise GraphError(404, "itemNotFound", "Requested site could not be found")


def list_id(found: Site, wanted: SharePointList) -> str:
    """The list's guid, the same in every run."""
    return str(uuid5(NAMESPACE_URL, f"{found.id}/{wanted.name}"))


def _list(found: Site, name: str) -> SharePointList:
    for wanted in found.lists:
        if name.lower() in (wanted.name.lower(), list_id(found, wanted)):
            return wanted
    raise GraphError(404, "itemNotFound", "The specified list was not found")


def _expanded_fields(wanted: SharePointList, expand: str | None) -> list[str] | None:
    """The columns to give, or none when the rows' fields weren't asked for."""
    if expand is None:
        return None
    columns = [column.name for column in wanted.columns]
    match = re.fullmatch(r"fields(?:\(\$?select=([^()]*)\))?", expand.strip(), re.IGNORECASE)
    if match is None:
        raise GraphError(400, "invalidRequest", f"Expanding '{expand}' is not supported here.")
    asked = names_in(match[1]) if match[1] is not None else columns
    for name in asked:
        if name not in [*columns, "id"]:
            raise GraphError(400, "invalidRequest", f"Field '{name}' is not recognized")
    return asked


def _chosen(select: str | None) -> list[str]:
    names = {name.lower(): name for name in ITEM_PROPERTIES}
    asked = names_in(select) if select else ITEM_PROPERTIES
    for name in asked:
        if name.lower() not in names:
            raise GraphError(
                400, "invalidRequest", f"Could not find a property named '{name}' on type 'listItem'."
            )
    return [names[name.lower()] for name in asked]


def _item_body(
    found: Site, wanted: SharePointList, item: Item, fields: list[str] | None, chosen: list[str], context: str
) -> dict[str, object]:
    tag = f'"{uuid5(NAMESPACE_URL, f"{list_id(found, wanted)}/{item.id}")},{item.version}"'
    whole: dict[str, object] = {
        "createdDateTime": _zulu(item.created),
        "lastModifiedDateTime": _zulu(item.modified),
        "eTag": tag,
        "id": str(item.id),
        "webUrl": f"https://{found.hostname}{found.path}/Lists/{quote(wanted.name)}/{item.id}_.000",
        "createdBy": MADE_BY,
        "lastModifiedBy": MADE_BY,
        "parentReference": {"siteId": found.id},
        "contentType": {"id": "0x0100", "name": "Item"},
    }
    body = {"@odata.etag": tag, **{name: whole[name] for name in whole if name in chosen}}
    if fields is not None:
        body["fields@odata.context"] = f"{context}('{item.id}')/fields/$entity"
        body["fields"] = {"@odata.etag": tag, **_fields(item, fields)}
    return body


def _fields(item: Item, names: list[str]) -> dict[str, object]:
    # A column with nothing in it is not there at all
    values: dict[str, object] = {"id": str(item.id), **item.fields}
    return {name: values[name] for name in names if values.get(name, "") != ""}


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


def _list_body(found: Site, wanted: SharePointList) -> dict[str, object]:
    return {
        "@odata.etag": f'"{list_id(found, wanted)},1"',
        "createdDateTime": "2024-01-12T10:00:00Z",
        "description": "",
        "eTag": f'"{list_id(found, wanted)},1"',
        "id": list_id(found, wanted),
        "lastModifiedDateTime": "2026-08-03T09:00:00Z",
        "name": wanted.name,
        "webUrl": f"https://{found.hostname}{found.path}/Lists/{quote(wanted.name)}",
        "displayName": wanted.name,
        "createdBy": MADE_BY,
        "lastModifiedBy": MADE_BY,
        "parentReference": {"siteId": found.id},
        "list": {"contentTypesEnabled": False, "hidden": False, "template": "genericList"},
    }


def _collection(
    context: str, rows: list[dict[str, object]], next_link: str | None, headers: dict[str, str] | None = None
) -> Answer:
    body: dict[str, object] = {"@odata.context": context, "value": rows}
    if next_link:
        body["@odata.nextLink"] = next_link
    return Answer(200, body, headers or {})


def _zulu(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
