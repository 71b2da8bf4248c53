"""Rows of a list made, changed and deleted. Each change is a new version, and a stale one is refused."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from emulator.answers import Answer, Call, GraphError
from emulator.item_bodies import PROPERTIES, etag, expanded_fields, field_values, item_body
from emulator.item_values import values_from
from emulator.list_items import item_called
from emulator.lists import list_called, list_id
from emulator.queries import query_of
from emulator.site_access import site_context, site_for
from emulator.sites import Item, SharePointList, Site
from emulator.world import World


def make_item(world: World, call: Call, name: str, list_name: str) -> Answer:
    """POST /sites/{id}/lists/{id}/items"""
    query_of(call, [])
    found = site_for(world, call, name, "write")
    wanted = list_called(found, list_name)
    given = call.body.get("fields") if isinstance(call.body, dict) else None
    values, now = values_from(wanted, given), datetime.fromtimestamp(world.clock(), UTC)
    made = Item(wanted.next_id(), values, created=now, modified=now, by="")
    _check_unique(wanted, made)
    world.put_site(found.with_list(wanted.with_item(made)))
    body = item_body(call, found, wanted, made, expanded_fields(wanted, "fields"), PROPERTIES)
    context = f"{site_context(call, found)}/lists('{list_id(found, wanted)}')/items/$entity"
    return Answer(201, {"@odata.context": context, **body})


def change_fields(world: World, call: Call, name: str, list_name: str, item_name: str) -> Answer:
    """PATCH /sites/{id}/lists/{id}/items/{id}/fields: only the columns named, and only if If-Match still fits."""
    query_of(call, [])
    found = site_for(world, call, name, "write")
    wanted = list_called(found, list_name)
    old = item_called(wanted, item_name)
    _check_match(call, found, wanted, old)
    fields = {**old.fields, **values_from(wanted, call.body)}
    now = datetime.fromtimestamp(world.clock(), UTC)
    new = replace(old, fields=fields, version=old.version + 1, modified=now, by="")
    _check_unique(wanted, new)
    world.put_site(found.with_list(wanted.with_item(new)))
    tag = etag(found, wanted, new)
    context = (
        f"{site_context(call, found)}/lists('{list_id(found, wanted)}')/items('{new.id}')/fields/$entity"
    )
    values = field_values(wanted, new, expanded_fields(wanted, "fields") or [])
    return Answer(200, {"@odata.context": context, "@odata.etag": tag, **values}, {"ETag": tag})


def delete_item(world: World, call: Call, name: str, list_name: str, item_name: str) -> Answer:
    """DELETE /sites/{id}/lists/{id}/items/{id}"""
    query_of(call, [])
    found = site_for(world, call, name, "write")
    wanted = list_called(found, list_name)
    old = item_called(wanted, item_name)
    _check_match(call, found, wanted, old)
    world.put_site(found.with_list(wanted.without_item(old.id)))
    return Answer(204)


def _check_match(call: Call, found: Site, wanted: SharePointList, item: Item) -> None:
    asked = call.headers.get("if-match", "*").strip()
    tags = [each.strip().removeprefix("W/") for each in asked.split('", ')] if asked != "*" else []
    ours = etag(found, wanted, item)
    if tags and ours not in tags:
        # The status is documented (graph.md §4), this code is not
        raise GraphError(
            412, "resourceModified", "The eTag does not match the item's: it was changed meanwhile."
        )


def _check_unique(wanted: SharePointList, item: Item) -> None:
    for column in wanted.columns:
        value: Any = item.fields.get(column.name, "")
        if not column.unique or value == "":
            continue
        if any(other.id != item.id and other.fields.get(column.name) == value for other in wanted.items):
            said = f"The value of field '{column.name}' must be unique, and another row has it."
            raise GraphError(409, "nameAlreadyExists", said)
