"""The paths of Microsoft Graph v1.0 that are used here, and who answers each."""

from collections.abc import Callable

from emulator import (
    calendars,
    event_reads,
    item_writes,
    libraries,
    list_items,
    lists,
    mail,
    messages,
    named_calendars,
    page_sections,
    pages,
    rooms,
    site_access,
    subscriptions,
)
from emulator.answers import Answer

type Handler = Callable[..., Answer]

_LISTS = "sites/{}/lists"
_ITEMS = "sites/{}/lists/{}/items"

_PAGE = "sites/{}/pages/{}/microsoft.graph.sitepage"
_SECTIONS = f"{_PAGE}/canvaslayout/horizontalsections"

_TABLE: list[tuple[str, str, Handler]] = [
    ("GET", "users/{}/calendarview", calendars.calendar_view),
    ("GET", "users/{}/calendars", named_calendars.calendars),
    ("GET", "users/{}/calendars/{}/calendarview", named_calendars.calendar_view_of_one),
    ("GET", "users/{}/events/{}", event_reads.event),
    ("GET", "users/{}/events/{}/attachments", event_reads.attachments),
    ("POST", "users/{}/sendmail", mail.send),
    ("GET", "users/{}/messages", messages.messages),
    ("GET", "places/microsoft.graph.room", rooms.rooms),
    ("GET", "subscriptions", subscriptions.subscriptions),
    ("POST", "subscriptions", subscriptions.make),
    ("GET", "subscriptions/{}", subscriptions.subscription),
    ("PATCH", "subscriptions/{}", subscriptions.renew),
    ("DELETE", "subscriptions/{}", subscriptions.end),
    ("POST", "subscriptions/{}/reauthorize", subscriptions.reauthorize),
    ("GET", "sites/{}", site_access.site),
    ("GET", _LISTS, lists.lists),
    ("POST", _LISTS, lists.make_list),
    ("GET", f"{_LISTS}/{{}}", lists.one_list),
    ("GET", f"{_LISTS}/{{}}/columns", lists.columns),
    ("POST", f"{_LISTS}/{{}}/columns", lists.make_column),
    ("PATCH", f"{_LISTS}/{{}}/columns/{{}}", lists.change_column),
    ("GET", _ITEMS, list_items.items),
    ("POST", _ITEMS, item_writes.make_item),
    ("GET", f"{_ITEMS}/delta", list_items.item_delta),
    ("GET", f"{_ITEMS}/{{}}", list_items.item),
    ("DELETE", f"{_ITEMS}/{{}}", item_writes.delete_item),
    ("PATCH", f"{_ITEMS}/{{}}/fields", item_writes.change_fields),
    ("GET", "sites/{}/pages", pages.pages),
    ("POST", "sites/{}/pages", pages.make),
    ("GET", "sites/{}/pages/{}", pages.page),
    ("GET", _PAGE, pages.page),
    ("PATCH", _PAGE, pages.change),
    ("PATCH", "sites/{}/pages/{}", pages.change),
    ("POST", f"{_PAGE}/publish", pages.publish),
    ("GET", _SECTIONS, page_sections.sections),
    ("POST", _SECTIONS, page_sections.make),
    ("GET", f"{_SECTIONS}/{{}}", page_sections.section),
    ("PATCH", f"{_SECTIONS}/{{}}", page_sections.change),
    ("GET", "sites/{}/drives", libraries.drives),
    ("GET", "drives/{}", libraries.one_drive),
    ("GET", "drives/{}/root", libraries.root),
    ("GET", "drives/{}/root/children", libraries.root_children),
    ("GET", "drives/{}/root/delta", libraries.drive_delta),
    ("GET", "drives/{}/items/{}", libraries.drive_item),
    ("GET", "drives/{}/items/{}/children", libraries.children),
    ("GET", "drives/{}/items/{}/content", libraries.content),
    ("GET", "drives/{}/items/{}/permissions", libraries.permissions),
]

ROUTES: list[tuple[str, tuple[str, ...], Handler]] = [
    (method, tuple(path.split("/")), handler) for method, path, handler in _TABLE
]
"""Method, path in lower case with {} for each id, and handler. Of two that fit, the first one answers."""
