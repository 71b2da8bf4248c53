"""One row of a list as Graph writes it."""

import re
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from emulator.answers import Call, GraphError
from emulator.columns import DATES, SYSTEM
from emulator.item_values import shown
from emulator.lists import list_id
from emulator.queries import names_in
from emulator.site_access import MADE_BY, site_context
from emulator.sites import Item, SharePointList, Site

PROPERTIES = ["id", "createdDateTime", "lastModifiedDateTime", "webUrl", "eTag", "createdBy"]
PROPERTIES += ["lastModifiedBy", "parentReference", "contentType", "fields"]


def expanded_fields(wanted: SharePointList, expand: str | None) -> list[str] | None:
    """The columns to give, or none when the rows' fields weren't asked for."""
    if expand is None:
        return None
    columns = [column.name for column in wanted.columns]
    match = re.fullmatch(r"fields(?:\(\$?select=([^()]*)\))?", expand.strip(), re.IGNORECASE)
    if match is None:
        raise GraphError(400, "invalidRequest", f"Expanding '{expand}' is not supported here.")
    asked = names_in(match[1]) if match[1] is not None else ["id", *columns, "ContentType", *sorted(DATES)]
    for name in asked:
        if name not in [*columns, *SYSTEM, "id"]:
            raise GraphError(400, "invalidRequest", f"Field '{name}' is not recognized")
    return asked


def chosen_properties(select: str | None) -> list[str]:
    """The properties of a row to give."""
    names = {name.lower(): name for name in PROPERTIES}
    asked = names_in(select) if select else PROPERTIES
    for name in asked:
        if name.lower() not in names:
            said = f"Could not find a property named '{name}' on type 'listItem'."
            raise GraphError(400, "invalidRequest", said)
    return [names[name.lower()] for name in asked]


def etag(found: Site, wanted: SharePointList, item: Item) -> str:
    """The row's guid and version."""
    return f'"{uuid5(NAMESPACE_URL, f"{list_id(found, wanted)}/{item.id}")},{item.version}"'


def item_body(
    call: Call, found: Site, wanted: SharePointList, item: Item, fields: list[str] | None, chosen: list[str]
) -> dict[str, object]:
    """The row with what was asked for of it."""
    tag = etag(found, wanted, item)
    whole: dict[str, object] = {
        "createdDateTime": zulu(item.created),
        "lastModifiedDateTime": zulu(item.modified),
        "eTag": tag,
        "id": str(item.id),
        "webUrl": f"https://{found.hostname}{found.path}/Lists/{quote(wanted.name)}/{item.id}_.000",
        "createdBy": MADE_BY,
        "lastModifiedBy": _saved_by(item),
        "parentReference": {"siteId": found.id},
        "contentType": {"id": "0x0100", "name": "Item"},
    }
    body = {"@odata.etag": tag, **{name: whole[name] for name in whole if name in chosen}}
    if fields is not None:
        context = f"{site_context(call, found)}/lists('{list_id(found, wanted)}')/items"
        body["fields@odata.context"] = f"{context}('{item.id}')/fields/$entity"
        body["fields"] = {"@odata.etag": tag, **field_values(wanted, item, fields)}
    return body


def field_values(wanted: SharePointList, item: Item, names: list[str]) -> dict[str, object]:
    """The row's values. A column with nothing in it is not there at all."""
    values: dict[str, object] = {
        "id": str(item.id),
        "ContentType": "Item",
        "Modified": zulu(item.modified),
        "Created": zulu(item.created),
        **{column.name: shown(column, item.fields.get(column.name, "")) for column in wanted.columns},
    }
    return {name: values[name] for name in names if values.get(name, "") != ""}


def _saved_by(item: Item) -> dict[str, object]:
    """An app shows as an application and has no address."""
    if item.by is None:
        return dict(MADE_BY)
    if not item.by:
        return {
            "application": {"displayName": "Protocol Watch", "id": "8606e4d5-d582-4f5f-aeba-7d7c18b20cfe"}
        }
    return {"user": {"displayName": item.by.partition("@")[0], "email": item.by}}


def zulu(at: datetime) -> str:
    """A moment as SharePoint writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
