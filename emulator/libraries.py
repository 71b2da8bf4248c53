"""Document libraries, their folders and files: listed, and told again when they changed."""

from urllib.parse import quote

from emulator.answers import Answer, Call, GraphError
from emulator.drive_bodies import (
    drive_body,
    expanded_of,
    gone_body,
    item_body,
    item_id,
    root_body,
)
from emulator.drives import Drive, DriveItem
from emulator.grant_bodies import grant_body
from emulator.queries import page, positive_number, query_of
from emulator.rights import ROLES
from emulator.site_access import chosen_of, collection, readable_site, site_context
from emulator.sites import Site
from emulator.world import World

PAGE, MOST = 200, 5000


def drives(world: World, call: Call, name: str) -> Answer:
    """GET /sites/{id}/drives"""
    query = query_of(call, ["$top", "$select"])
    found = readable_site(world, call, name)
    rows, next_link = page(call, found.drives, positive_number(query, "$top", MOST) or PAGE)
    bodies = [chosen_of(drive_body(found, drive), query.get("$select"), "drive") for drive in rows]
    return collection(f"{site_context(call, found)}/drives", bodies, next_link)


def one_drive(world: World, call: Call, drive_name: str) -> Answer:
    """GET /drives/{id}"""
    query = query_of(call, ["$select"])
    body = chosen_of(drive_body(*drive_called(world, call, drive_name)), query.get("$select"), "drive")
    return Answer(200, {"@odata.context": f"{call.base_url}/v1.0/$metadata#drives/$entity", **body})


def root(world: World, call: Call, drive_name: str) -> Answer:
    """GET /drives/{id}/root"""
    query = query_of(call, ["$select"])
    found, drive = drive_called(world, call, drive_name)
    body = chosen_of(root_body(found, drive), query.get("$select"), "driveItem")
    return Answer(200, {"@odata.context": f"{_context(call, found, drive)}/root/$entity", **body})


def root_children(world: World, call: Call, drive_name: str) -> Answer:
    """GET /drives/{id}/root/children"""
    found, drive = drive_called(world, call, drive_name)
    return _children(call, found, drive, None)


def children(world: World, call: Call, drive_name: str, item_name: str) -> Answer:
    """GET /drives/{id}/items/{id}/children"""
    found, drive = drive_called(world, call, drive_name)
    return _children(call, found, drive, _item(found, drive, item_name).id or None)


def drive_item(world: World, call: Call, drive_name: str, item_name: str) -> Answer:
    """GET /drives/{id}/items/{id}"""
    query = query_of(call, ["$select", "$expand"])
    found, drive = drive_called(world, call, drive_name)
    item = _item(found, drive, item_name)
    body = item_body(found, drive, item, expanded_of(drive, query.get("$expand")))
    body = chosen_of(body, query.get("$select"), "driveItem")
    return Answer(200, {"@odata.context": f"{_context(call, found, drive)}/items/$entity", **body})


def drive_delta(world: World, call: Call, drive_name: str) -> Answer:
    """GET /drives/{id}/root/delta: everything at first, later what changed; what is gone has a `deleted` facet."""
    query = query_of(call, ["$select", "$expand", "$top", "token"])
    found, drive = drive_called(world, call, drive_name)
    expanded, size = expanded_of(drive, query.get("$expand")), positive_number(query, "$top", MOST) or PAGE
    changes, link = world.deltas.page(call, f"drive {drive.id(found.id)}", drive.items, size, world.clock)
    bodies = [] if "token" in query else [root_body(found, drive)]
    for change in changes:
        if change.deleted:
            bodies.append(gone_body(found, drive, change.row))
        else:
            body = item_body(found, drive, change.row, expanded, delta=True)
            bodies.append(chosen_of(body, query.get("$select"), "driveItem"))
    context = f"{call.base_url}/v1.0/$metadata#Collection(driveItem)"
    return Answer(200, {"@odata.context": context, **link, "value": bodies})


def content(world: World, call: Call, drive_name: str, item_name: str) -> Answer:
    """GET /drives/{id}/items/{id}/content: where the file may be fetched for some minutes, without a token."""
    query_of(call, [])
    found, drive = drive_called(world, call, drive_name)
    if _item(found, drive, item_name).folder:
        raise GraphError(400, "invalidRequest", "You cannot get content for a folder")
    place = f"/downloads/{quote(drive_name, safe='')}/{quote(item_name, safe='')}?tempauth=emulated"
    return Answer(302, None, {"Location": f"{call.base_url}{place}"})


def downloaded(world: World, drive_name: str, item_name: str) -> bytes | None:
    """What is in a file, fetched at the address that `content` gave; None where it is gone."""
    for found in world.sites:
        for drive in found.drives:
            if drive.id(found.id) == drive_name:
                return next(
                    (one.content for one in drive.items if item_id(found, drive, one.id) == item_name), None
                )
    return None


def permissions(world: World, call: Call, drive_name: str, item_name: str) -> Answer:
    """GET /drives/{id}/items/{id}/permissions: its own ways in, and those of the whole library."""
    query_of(call, [])
    found, drive = drive_called(world, call, drive_name)
    item = _item(found, drive, item_name)
    grants = [*item.grants, *drive.grants]
    bodies = [grant_body(found, drive, grant, number) for number, grant in enumerate(grants)]
    context = f"{_context(call, found, drive)}/items('{quote(item_name)}')/permissions"
    return collection(context, bodies, None)


def _children(call: Call, found: Site, drive: Drive, parent: int | None) -> Answer:
    query = query_of(call, ["$select", "$expand", "$top"])
    expanded = expanded_of(drive, query.get("$expand"))
    size = positive_number(query, "$top", MOST) or PAGE
    rows, next_link = page(call, drive.children(parent), size)
    bodies = [
        chosen_of(item_body(found, drive, item, expanded), query.get("$select"), "driveItem") for item in rows
    ]
    place = f"items('{item_id(found, drive, parent)}')" if parent else "root"
    return collection(f"{_context(call, found, drive)}/{place}/children", bodies, next_link)


def drive_called(world: World, call: Call, name: str) -> tuple[Site, Drive]:
    """The library with this id, and its site, if it may be read."""
    for found in world.sites:
        for drive in found.drives:
            if drive.id(found.id) == name:
                if call.app.site_role(found) < ROLES["read"]:
                    raise GraphError(403, "accessDenied", "Access denied")
                return found, drive
    raise GraphError(404, "itemNotFound", "The resource could not be found.")


def _item(found: Site, drive: Drive, name: str) -> DriveItem:
    for item in (DriveItem(0, "root", folder=True), *drive.items):
        if item_id(found, drive, item.id) == name:
            return item
    raise GraphError(404, "itemNotFound", "The resource could not be found.")


def _context(call: Call, found: Site, drive: Drive) -> str:
    return f"{call.base_url}/v1.0/$metadata#drives('{quote(drive.id(found.id))}')"
