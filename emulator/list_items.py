"""The rows of a list: read in pages, found by a filter, and told again when they changed."""

from emulator.answers import Answer, Call, GraphError
from emulator.item_bodies import chosen_properties, expanded_fields, item_body
from emulator.item_filters import filtered
from emulator.lists import MOST, PAGE, list_called, list_id
from emulator.queries import page, positive_number, preferences_of, query_of
from emulator.site_access import collection, readable_site, site_context
from emulator.sites import Item, SharePointList
from emulator.world import World


def items(world: World, call: Call, name: str, list_name: str) -> Answer:
    """GET /sites/{id}/lists/{id}/items"""
    query = query_of(call, ["$expand", "$select", "$top", "$filter"])
    found = readable_site(world, call, name)
    wanted = list_called(found, list_name)
    fields = expanded_fields(wanted, query.get("$expand"))
    chosen = chosen_properties(query.get("$select"))
    preferences = preferences_of(call)
    rows, next_link = page(call, filtered(call, wanted, query.get("$filter")), _size(call, query))
    context = f"{site_context(call, found)}/lists('{list_id(found, wanted)}')/items"
    bodies = [item_body(call, found, wanted, item, fields, chosen) for item in rows]
    return collection(context, bodies, next_link, preferences.headers)


def item(world: World, call: Call, name: str, list_name: str, item_name: str) -> Answer:
    """GET /sites/{id}/lists/{id}/items/{id}. Its fields come unless $select leaves them out."""
    query = query_of(call, ["$expand", "$select"])
    found = readable_site(world, call, name)
    wanted = list_called(found, list_name)
    one = item_called(wanted, item_name)
    fields = expanded_fields(wanted, query.get("$expand", "fields"))
    body = item_body(call, found, wanted, one, fields, chosen_properties(query.get("$select")))
    context = f"{site_context(call, found)}/lists('{list_id(found, wanted)}')/items/$entity"
    return Answer(200, {"@odata.context": context, **body}, {"ETag": str(body["@odata.etag"])})


def item_delta(world: World, call: Call, name: str, list_name: str) -> Answer:
    """GET /sites/{id}/lists/{id}/items/delta: all rows at first, later what changed and what was deleted."""
    query = query_of(call, ["$expand", "$select", "$top", "token"])
    found = readable_site(world, call, name)
    wanted = list_called(found, list_name)
    fields = expanded_fields(wanted, query.get("$expand"))
    chosen = chosen_properties(query.get("$select"))
    resource = f"list {list_id(found, wanted)}"
    changes, link = world.deltas.page(call, resource, wanted.items, _size(call, query), world.clock)
    bodies = [
        _tombstone(change.row, found.id)
        if change.deleted
        else item_body(call, found, wanted, change.row, fields, chosen)
        for change in changes
    ]
    context = f"{site_context(call, found)}/lists('{list_id(found, wanted)}')/items"
    return Answer(200, {"@odata.context": context, **link, "value": bodies})


def item_called(wanted: SharePointList, name: str) -> Item:
    """The row with this id."""
    found = wanted.item(int(name)) if name.isdecimal() else None
    if found is None:
        raise GraphError(404, "itemNotFound", "The specified item was not found")
    return found


def _tombstone(gone: Item, site_id: str) -> dict[str, object]:
    return {"id": str(gone.id), "deleted": {"state": "deleted"}, "parentReference": {"siteId": site_id}}


def _size(call: Call, query: dict[str, str]) -> int:
    asked = positive_number(query, "$top", MOST) or PAGE
    return min(asked, preferences_of(call).page_size or MOST)
