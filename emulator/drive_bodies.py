"""A library, its folders and its files, as Graph writes them."""

import base64
import hashlib
import re
from urllib.parse import quote

from emulator.answers import GraphError
from emulator.drives import Drive, DriveItem
from emulator.item_bodies import zulu
from emulator.site_access import MADE_BY
from emulator.sites import Site

EXPANDED = re.compile(r"listItem(?:\(\$?expand=fields(?:\(\$?select=([\w,]+)\))?\))?", re.IGNORECASE)


def drive_body(found: Site, drive: Drive) -> dict[str, object]:
    """The library."""
    return {
        "createdDateTime": "2024-01-12T10:00:00Z",
        "description": "",
        "id": drive.id(found.id),
        "lastModifiedDateTime": "2026-08-03T09:00:00Z",
        "name": drive.name,
        "webUrl": _web_url(found, drive),
        "driveType": "documentLibrary",
        "createdBy": MADE_BY,
        "owner": {"group": {"displayName": found.name, "id": drive.guid(found.id)}},
        "quota": {
            "deleted": 0,
            "remaining": 27487790694400,
            "state": "normal",
            "total": 27487790694400,
            "used": 0,
        },
    }


def root_body(found: Site, drive: Drive) -> dict[str, object]:
    """The folder that everything in the library is in."""
    top = DriveItem(0, "root", folder=True)
    parent = {"driveId": drive.id(found.id), "driveType": "documentLibrary"}
    body = {**item_body(found, drive, top, None), "parentReference": parent, "root": {}}
    return {name: value for name, value in body.items() if name != "shared"}


def item_body(
    found: Site, drive: Drive, item: DriveItem, expanded: list[str] | None, *, delta: bool = False
) -> dict[str, object]:
    """A folder or a file. A delta leaves the cTag out, as SharePoint does."""
    guid = _guid(found, drive, item)
    body: dict[str, object] = {
        "@odata.etag": f'"{{{guid}}},{item.version}"',
        "createdDateTime": zulu(item.created),
        "cTag": f'"c:{{{guid}}},{item.content_version}"',
        "eTag": f'"{{{guid}}},{item.version}"',
        "id": item_id(found, drive, item.id),
        "lastModifiedDateTime": zulu(item.modified),
        "name": item.name,
        "webUrl": f"{_web_url(found, drive)}{quote(_path(drive, item))}",
        "size": item.size,
        "createdBy": MADE_BY,
        "lastModifiedBy": MADE_BY,
        "parentReference": _parent(found, drive, item),
        "fileSystemInfo": {
            "createdDateTime": zulu(item.created),
            "lastModifiedDateTime": zulu(item.modified),
        },
        **_facet(drive, item),
    }
    if delta:
        del body["cTag"]
    if item.grants:
        body["shared"] = {"scope": "users"}
    if expanded is not None:
        body["listItem"] = _list_item(found, drive, item, expanded)
    return body


def gone_body(found: Site, drive: Drive, item: DriveItem) -> dict[str, object]:
    """What a delta says of something deleted. In SharePoint its name is no longer said."""
    kind = "folder" if item.folder else "file"
    parent = {"driveId": drive.id(found.id), "driveType": "documentLibrary"}
    return {
        "id": item_id(found, drive, item.id),
        kind: {},
        "deleted": {"state": "deleted"},
        "parentReference": parent,
    }


def expanded_of(drive: Drive, expand: str | None) -> list[str] | None:
    """The columns to give beside a file, or none."""
    if expand is None:
        return None
    match = EXPANDED.fullmatch(expand.strip())
    if match is None:
        raise GraphError(400, "invalidRequest", f"Expanding '{expand}' is not supported here.")
    names = match[1].split(",") if match[1] else [*drive.columns]
    for name in names:
        if name not in drive.columns:
            raise GraphError(400, "invalidRequest", f"Field '{name}' is not recognized")
    return names


def item_id(found: Site, drive: Drive, number: int) -> str:
    """The item's id, as SharePoint's begin."""
    return "01" + hashed(f"{drive.guid(found.id)}/{number}")[:32]


def _facet(drive: Drive, item: DriveItem) -> dict[str, object]:
    if item.folder:
        return {"folder": {"childCount": len(drive.children(item.id or None))}}
    hashes = {"quickXorHash": hashed(f"{item.id}{item.content_version}")[:28]}
    return {"file": {"mimeType": item.mime_type, "hashes": hashes}}


def _list_item(found: Site, drive: Drive, item: DriveItem, names: list[str]) -> dict[str, object]:
    tag = f'"{_guid(found, drive, item).lower()},{item.version}"'
    fields = {name: item.fields[name] for name in names if item.fields.get(name, "") != ""}
    kind = {"id": "0x0120", "name": "Folder"} if item.folder else {"id": "0x0101", "name": "Document"}
    return {
        "@odata.etag": tag,
        "id": str(item.id),
        "contentType": kind,
        "fields": {"@odata.etag": tag, **fields},
    }


def _parent(found: Site, drive: Drive, item: DriveItem) -> dict[str, object]:
    parent = drive.item(item.parent) if item.parent else None
    path = f"/drives/{drive.id(found.id)}/root:{quote(_path(drive, parent)) if parent else ''}"
    return {
        "driveId": drive.id(found.id),
        "driveType": "documentLibrary",
        "id": item_id(found, drive, item.parent or 0),
        "name": parent.name if parent else drive.path,
        "path": path,
        "siteId": found.id.split(",")[1],
    }


def _path(drive: Drive, item: DriveItem) -> str:
    if item.id == 0:
        return ""
    above = drive.item(item.parent) if item.parent else None
    return f"{_path(drive, above) if above else ''}/{item.name}"


def _web_url(found: Site, drive: Drive) -> str:
    return f"https://{found.hostname}{found.path}/{quote(drive.path)}"


def _guid(found: Site, drive: Drive, item: DriveItem) -> str:
    digest = hashlib.sha256(f"{drive.guid(found.id)}#{item.id}".encode()).hexdigest().upper()
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"


def hashed(text: str) -> str:
    """A long id made from a text, the same in every run."""
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
