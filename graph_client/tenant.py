"""The open connection to one tenant, which every read and write of this room is given."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from graph_client.quiet_logs import keep_addresses_out_of_logs
from graph_client.tokens import TokenSource
from graph_client.waiting import Jitter, Patience, Sleep

if TYPE_CHECKING:
    import httpx

    from graph_client.transport import GraphLine


@dataclass(frozen=True, slots=True)
class Wrote:
    """One call that may have changed something, as it was answered: for a log, so it names nobody.

    `call` is its kind with every name left out, "POST users/{}/sendMail". `status` is 0 where no answer came,
    and `request` Microsoft's own number of the call, "" where it told none.
    """

    call: str
    status: int
    request: str


def _unheard(_wrote: Wrote) -> None:
    return None


BUDGET = 90.0  # seconds that one read may take; longer waits go back to the queue


@dataclass(frozen=True)
class Tenant:
    """A council's Microsoft 365, opened: how to speak to it, and how patiently."""

    line: "GraphLine"
    clock: Callable[[], datetime]
    budget: float = BUDGET
    sleep: Sleep = asyncio.sleep
    jitter: Jitter = random.random
    site_ids: dict[str, str] = field(default_factory=dict)
    library_ids: dict[tuple[str, str], str] = field(default_factory=dict)
    wrote: Callable[[Wrote], None] = _unheard

    def patience(self) -> Patience:
        """What one read may spend on waiting."""
        return Patience(self.budget, self.sleep, self.jitter)


@asynccontextmanager
async def open_tenant(
    graph_url: str,
    tokens: TokenSource,
    clock: Callable[[], datetime],
    *,
    ca_file: str = "",
    budget: float = BUDGET,
    sleep: Sleep = asyncio.sleep,
    jitter: Jitter = random.random,
    wire: "httpx.AsyncBaseTransport | None" = None,
    wrote: Callable[[Wrote], None] = _unheard,
) -> AsyncIterator[Tenant]:
    """Open the line to Graph for as long as the block lasts.

    `clock` tells the time (aware). `ca_file` is a PEM file to trust instead of the machine's own list.
    `budget` is how many seconds one read may take, waiting and under way, over all its pages. `wire` replaces the
    network below everything of ours and Microsoft's. `wrote` is told of each write, as it was answered.
    """
    from graph_client.transport import GraphLine, open_http  # the SDK: 0.3 s, only where it is needed

    keep_addresses_out_of_logs()
    async with open_http(ca_file, wire) as http:
        yield Tenant(GraphLine(graph_url, tokens, http), clock, budget, sleep, jitter, wrote=wrote)
