"""The manager's lists in the county's SharePoint: made as `provision` does, and shown as they end."""

from demonstration.county import County
from demonstration.folder import Folder
from functions.watch import Watch
from graph_client.lists_written import ensure_list
from models.keys import slug
from models.register import CONTACTS, FORUM_REPS, register_list
from models.shown_lists import KEY, SHOWN_LISTS
from wording.list_page import ListSeen, list_page

MAY_MAKE, MAY_WRITE = "manage", "write"


async def lists_made(watch: Watch, county: County) -> None:
    """Make the manager's lists, and what those of people lack, with the right that is lent for it and given back."""
    county.may_do_on_the_site(MAY_MAKE)
    for wanted in (register_list(CONTACTS), register_list(FORUM_REPS), *SHOWN_LISTS):
        await ensure_list(watch.tenant, watch.site, wanted)
    county.may_do_on_the_site(MAY_WRITE)


def lists_kept(county: County, folder: Folder) -> list[tuple[str, str]]:
    """Write down each list as a page; gives back its file and what it is."""
    kept = []
    for number, declared in enumerate(SHOWN_LISTS, start=1):
        shown = [one for one in declared.columns if one.name != KEY]
        rows = county.rows_of(declared.name)
        if not rows:
            continue
        seen = ListSeen(
            title=declared.name,
            about=declared.purpose,
            columns=tuple(one.title for one in shown),
            rows=tuple(tuple(_cell(row.get(one.name)) for one in shown) for row in rows),
        )
        file = f"sharepoint/{number}-{slug(declared.name)}.html"
        folder.write(file, list_page(seen))
        kept.append((file, f"the manager's list {declared.name}, as it stands in SharePoint."))
    return kept


def _cell(value: object) -> str:
    return str(value.get("Url", "")) if isinstance(value, dict) else "" if value is None else str(value)
