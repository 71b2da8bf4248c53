"""By which ways papers were seen to go out for groups that are only proposed as yet.

A way that we may not look at, or that is not there, shows nothing: the route is then for a person to say.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from functions.papers.in_library import USUAL_LIBRARY
from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError
from graph_client.library_files import read_folder
from graph_client.mail_in_copy import read_mail_in_copy
from graph_client.papers_list import read_papers
from graph_client.tenant import Tenant
from models.agreement import Group, Route
from models.groups import fits
from models.proposals import Proposed
from models.register import PAPERS

BACK = timedelta(days=31)


async def routes_seen(
    tenant: Tenant, site: str, proposed: Proposed, windows: Iterable[WindowRead], now: datetime
) -> Mapping[str, frozenset[Route]]:
    """The ways papers went, by the name of each proposed group. `now` is aware; mails are looked at a month back."""
    groups = tuple(one.group for one in proposed.proposals)
    found: dict[str, set[Route]] = {group.name: set() for group in groups}
    attached = {key for window in windows for key in window.attached}
    for one in proposed.proposals:
        if one.keys & attached:
            found[one.group.name].add(Route.INVITE)
    for mailbox in sorted({group.calendar for group in groups}):
        here = tuple(group for group in groups if group.calendar == mailbox)
        _note(found, Route.MAIL, await _mails(tenant, mailbox, now), here)
    if site and groups:
        _note(found, Route.TICKED, await _rows(tenant, site), groups)
        _note(found, Route.LIBRARY, await _files(tenant, site), groups)
    return {name: frozenset(routes) for name, routes in found.items()}


def _note(
    found: dict[str, set[Route]], route: Route, texts: Iterable[str], groups: tuple[Group, ...]
) -> None:
    named = {group.name.casefold(): group for group in groups}
    for text in texts:
        own = named.get(text.strip().casefold())
        fitting = (own,) if own else fits(text, groups)
        if len(fitting) == 1:
            found[fitting[0].name].add(route)


async def _mails(tenant: Tenant, mailbox: str, now: datetime) -> list[str]:
    """Only where somebody let us into the mail of this mailbox on purpose; else nothing is seen."""
    try:
        read = await read_mail_in_copy(tenant, mailbox, now - BACK)
    except GraphError:
        return []
    return [mail.subject for mail in read.mails if mail.has_attachments]


async def _rows(tenant: Tenant, site: str) -> list[str]:
    """The groups of rows in which somebody filled in that papers went out."""
    try:
        read = await read_papers(tenant, site, PAPERS)
    except GraphError:
        return []
    return [row.group or row.title for row in read.rows if row.sent_on or row.no_papers]


async def _files(tenant: Tenant, site: str) -> list[str]:
    try:
        read = await read_folder(tenant, site, USUAL_LIBRARY)
    except GraphError:
        return []
    return [str(file.fields.get("Group") or file.name) for file in read.files]
