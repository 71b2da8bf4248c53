"""Reads the windows of many calendars, twenty in one call; what befalls one harms no other.

Memory does not grow with their number: a calendar is handed over as soon as it is complete, and forgotten.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import aclosing
from datetime import date
from itertools import batched
from typing import TYPE_CHECKING

from pydantic import ValidationError

from graph_client.asked import Asked
from graph_client.batch_reads import BatchReads, Outcome
from graph_client.calendar_windows import PAGES, Window, WindowRead
from graph_client.errors import GraphError
from graph_client.event_bodies import EventsPage
from graph_client.places import AT_ONCE
from graph_client.reads import Read, not_published

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

TOGETHER = Asked(
    "the calendars that it was asked for together",
    "ask your Microsoft 365 administrator to check the rights of Protocol Watch",
)


async def read_windows(
    tenant: "Tenant", mailboxes: Iterable[str], first: date, last: date
) -> Mapping[str, WindowRead | GraphError]:
    """Each mailbox's window, or the error that says why it could not be read, in the order asked."""
    names = list(dict.fromkeys(mailboxes))
    async with aclosing(each_window(tenant, names, first, last)) as windows:
        found = {mailbox: window async for mailbox, window in windows}
    return {name: found[name] for name in names}


async def each_window(
    tenant: "Tenant", mailboxes: Iterable[str], first: date, last: date
) -> AsyncGenerator[tuple[str, WindowRead | GraphError]]:
    """Each mailbox with its window or its error, as soon as it is complete; each once, in any order."""
    windows = (Window(tenant, mailbox, first, last) for mailbox in dict.fromkeys(mailboxes))
    asks = ((window, window.asked, window.build) for window in windows)
    reads = BatchReads(tenant, asks, TOGETHER, outlook=True)
    async with aclosing(reads.rounds()) as rounds:
        async for settled in rounds:
            for few in batched(
                settled, AT_ONCE, strict=False
            ):  # no more long calendars in hand than go at once
                for window, read in await asyncio.gather(*(_whole(tenant, *each) for each in few)):
                    yield window.mailbox, read
            settled.clear()


async def _whole(
    tenant: "Tenant", window: Window, outcome: Outcome
) -> tuple[Window, WindowRead | GraphError]:
    """The window, with the pages after its first, which go on by themselves."""
    if isinstance(outcome, GraphError):
        return window, outcome
    try:
        page: EventsPage = PAGES.validate_python(outcome.body)
    except ValidationError:
        return window, not_published(window.asked)
    window.take(page)
    read = Read(tenant, window.asked, outlook=True)
    try:
        async for later in read.pages_after(page, window.following, PAGES):
            window.take(later)
    except GraphError as error:
        return window, error
    return window, window.read()
