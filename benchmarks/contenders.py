"""One way of reading a calendar, in a process of its own: reads it once for each line it is told, and says
how long that took.

Each is used as its own documentation says, with all that it does by itself; what would only slow it down
(python-o365's pause of 200 ms between two calls) is switched off.
"""

import asyncio
import gc
import json
import sys
import warnings
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from time import perf_counter, process_time
from typing import Any

from served import MAILBOX, WARM_UP

FIRST, LAST = date(2026, 10, 17), date(2027, 12, 21)
STARTS, ENDS = f"{FIRST}T00:00:00Z", f"{LAST}T00:00:00Z"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

Reader = Callable[[str], Awaitable[int]]
"""Reads the calendar of a mailbox and says how many meetings it held."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the calendar is, the token that opens it, and what is to be closed in the end."""

    url: str
    bearer: str
    open: AsyncExitStack


async def floor(server: Server) -> Reader:
    """Download and json.loads, with the HTTP library that our client and msgraph-sdk use."""
    import httpx

    http = await server.open.enter_async_context(
        httpx.AsyncClient(headers={"Authorization": f"Bearer {server.bearer}"})
    )

    async def read(mailbox: str) -> int:
        link: str | None = (
            f"{server.url}/v1.0/users/{mailbox}/calendarView?startDateTime={STARTS}&endDateTime={ENDS}"
        )
        events: list[Any] = []
        while link:
            page = json.loads((await http.get(link)).content)
            events += page["value"]
            link = page.get("@odata.nextLink")
        return len(events)

    return read


async def ours(server: Server) -> Reader:
    """Our window read."""
    from graph_client.calendar_windows import read_window

    tenant = await _tenant(server)

    async def read(mailbox: str) -> int:
        window = await read_window(tenant, mailbox, FIRST, LAST)
        if window.unreadable:
            raise ValueError(window.unreadable[0])
        return len(window.meetings)

    return read


async def review(server: Server) -> Reader:
    """Our window read, each meeting put with its group, and the rules on all of them, group by group."""
    from functions.files.rulebooks import read_book
    from graph_client.calendar_windows import read_window
    from models.facts import Coverage, Facts, Meeting, Papers, Stamp
    from models.groups import placed
    from models.rules import findings

    tenant, book = await _tenant(server), read_book().book
    names = tuple(group.name for group in book.agreement.groups)

    def found(meetings: tuple[Meeting, ...]) -> int:
        first_seen = Stamp(NOW - timedelta(days=30), NOW - timedelta(days=30), on_or_before=True)
        facts = Facts(
            meetings=meetings,
            working_days=book.working,
            terms=book.terms,
            coverage=Coverage(first=FIRST, last=LAST, routes=frozenset(names)),
            stamps={one.key: first_seen for one in meetings},
            papers={one.key: Papers(sent=one.starts - timedelta(days=9)) for one in meetings[::2]},
        )
        return len(findings(facts, book.agreement, NOW))

    async def read(mailbox: str) -> int:
        window = await read_window(tenant, mailbox, FIRST, LAST)
        here = [placed(one, book.agreement, calendar=MAILBOX) for one in window.meetings]
        groups = [tuple(one for one in here if one.group == name) for name in names]
        if sum(map(found, groups)) < len(here):
            raise ValueError("the rules found too little for this to be a review")
        return sum(map(len, groups))

    return read


async def typed(server: Server) -> Reader:
    """Msgraph-sdk as its readme shows it: typed models, all pages, its own HTTP client and middleware."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from kiota_abstractions.base_request_configuration import RequestConfiguration
        from msgraph.generated.users.item.calendar_view.calendar_view_request_builder import (
            CalendarViewRequestBuilder,
        )
        from msgraph.graph_request_adapter import GraphRequestAdapter
        from msgraph.graph_service_client import GraphServiceClient

    adapter = GraphRequestAdapter(_bearer(server))
    adapter.base_url = f"{server.url}/v1.0"
    client = GraphServiceClient(request_adapter=adapter)
    query = CalendarViewRequestBuilder.CalendarViewRequestBuilderGetQueryParameters(
        start_date_time=STARTS, end_date_time=ENDS, top=500
    )

    async def read(mailbox: str) -> int:
        view = client.users.by_user_id(mailbox).calendar_view
        page = await view.get(RequestConfiguration(query_parameters=query))
        events: list[Any] = []
        while page is not None:
            events += page.value or []
            link = page.odata_next_link
            page = await view.with_url(link).get() if link else None
        return len(events)

    return read


async def o365(server: Server) -> Reader:
    """Python-o365 as its readme shows it, told that Microsoft is here and that it has a token."""
    from O365 import Account, MSGraphProtocol  # type: ignore[import-not-found,unused-ignore]
    from O365.utils.token import MemoryTokenBackend  # type: ignore[import-not-found,unused-ignore]

    class Here(MSGraphProtocol):  # type: ignore[misc,unused-ignore]
        """Microsoft Graph, but on this machine."""

        _protocol_url = f"{server.url}/"

    account = Account(
        ("an-app", "a-secret"),
        protocol=Here(timezone="UTC"),
        auth_flow_type="credentials",
        tenant_id="a-tenant",
        token_backend=MemoryTokenBackend(),
        requests_delay=0,
    )
    account.con.session = account.con.get_session()
    account.con.session.headers["Authorization"] = f"Bearer {server.bearer}"

    async def read(mailbox: str) -> int:
        schedule = account.schedule(resource=mailbox)
        return len(list(schedule.get_events(limit=None, start_recurring=STARTS, end_recurring=ENDS)))

    return read


WAYS: dict[str, Callable[[Server], Awaitable[Reader]]] = {
    "ours": ours,
    "review": review,
    "msgraph_sdk_typed": typed,
    "o365": o365,
    "floor": floor,
}


async def _tenant(server: Server) -> Any:
    from graph_client.tenant import open_tenant
    from graph_client.tokens import FixedToken

    return await server.open.enter_async_context(
        open_tenant(f"{server.url}/v1.0", FixedToken(server.bearer), lambda: NOW)
    )


def _bearer(server: Server) -> Any:
    from kiota_abstractions.authentication import ApiKeyAuthenticationProvider, KeyLocation

    return ApiKeyAuthenticationProvider(KeyLocation.Header, f"Bearer {server.bearer}", "Authorization")


async def main(way: str, url: str, bearer: str) -> None:
    """Get ready, then read once for each line that comes."""
    async with AsyncExitStack() as stack:
        read = await WAYS[way](Server(url, bearer, stack))
        await read(WARM_UP)
        print("ready", flush=True)
        for _line in sys.stdin:
            gc.collect()
            before, spent = perf_counter(), process_time()
            held = await read(MAILBOX)
            took = {"seconds": perf_counter() - before, "processor": process_time() - spent}
            print(json.dumps(took | {"meetings": held}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
