"""The ways into a file, as Graph writes them: links, people by name, guests, and the groups of a site."""

from typing import Any
from urllib.parse import quote

from emulator.drive_bodies import hashed, item_id
from emulator.drives import Drive, Grant
from emulator.sites import Site

LINK_TYPES = {"read": "view", "write": "edit"}


def grant_body(found: Site, drive: Drive, grant: Grant, number: int) -> dict[str, object]:
    """One way in."""
    body: dict[str, object] = {
        "id": hashed(f"{found.id}{drive.name}{grant}"),
        "roles": list(grant.roles),
        **_who(found, drive, grant, number),
    }
    if grant.kind == "invitation":
        body["invitation"] = {"email": grant.address, "signInRequired": True}
    if grant.inherited:
        drive_id = drive.id(found.id)
        top = {"driveId": drive_id, "id": item_id(found, drive, 0), "path": f"/drives/{drive_id}/root:"}
        body["inheritedFrom"] = top
    return body


def _who(found: Site, drive: Drive, grant: Grant, number: int) -> dict[str, object]:
    if grant.kind == "group":
        group = {"displayName": grant.name, "id": str(number + 3), "loginName": grant.name}
        return {"grantedToV2": {"siteGroup": group}}
    person = _person(grant, number)
    if grant.kind == "link":
        known = [person] if grant.scope == "users" else []
        return {"link": _link(found, drive, grant), "hasPassword": False, "grantedToIdentitiesV2": known}
    return {"grantedTo": {"user": person["user"]}, "grantedToV2": person}


def _person(grant: Grant, number: int) -> dict[str, Any]:
    user = {"displayName": grant.name, "id": hashed(grant.address or grant.name)[:32].lower()}
    login = f"i:0#.f|membership|{grant.address}"
    return {
        "user": user | ({"email": grant.address} if grant.address else {}),
        "siteUser": {"displayName": grant.name, "id": str(number + 7), "loginName": login},
    }


def _link(found: Site, drive: Drive, grant: Grant) -> dict[str, object]:
    url = f"https://{found.hostname}/:b:/s/{quote(drive.name)}/{hashed(f'{drive.name}{grant}')[:24]}"
    kind = LINK_TYPES[grant.roles[0]]
    return {"scope": grant.scope, "type": kind, "webUrl": url, "preventsDownload": False}
