"""What many calendars cost, in a process of its own: memory for each one more, and requests for a thousand.

Prints one line of JSON: `bytes_per_calendar`, or `per_1000_mailboxes`.
"""

import asyncio
import gc
import json
import resource
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
from contenders import FIRST, LAST, NOW
from served import calendar

from graph_client.calendar_windows import read_window
from graph_client.tenant import Tenant, open_tenant
from graph_client.tokens import FixedToken

FEW = 50
STATM = Path("/proc/self/statm")


def resident() -> int:
    """The bytes of memory that this process holds now; where the system does not say, the most it ever held."""
    if STATM.exists():
        return int(STATM.read_text().split()[1]) * resource.getpagesize()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


async def memory(tenant: Tenant, url: str, number: int) -> dict[str, Any]:
    """Read calendar after calendar and keep none; how much more the process has held after all than after few."""
    held: list[int] = []
    for n in range(number):
        read = await read_window(tenant, calendar(n), FIRST, LAST)
        if not read.meetings:
            raise ValueError(f"{url} has no meetings in {calendar(n)}")
        del read
        gc.collect()  # so that only what is kept counts, and not when Python happens to tidy up
        held.append(resident())
    return {"bytes_per_calendar": round((max(held) - max(held[:FEW])) / (number - FEW))}


async def requests(tenant: Tenant, url: str, number: int) -> dict[str, Any]:
    """Read so many calendars together, and let the server count the requests."""
    try:
        from graph_client.windows_of_many import read_windows
    except ImportError:
        return {}
    before = await spent(url)
    read = await read_windows(tenant, [calendar(n) for n in range(number)], FIRST, LAST)
    if any(isinstance(each, Exception) or not each.meetings for each in read.values()):
        raise ValueError("not every calendar was read")
    asked = (await spent(url))["requests"] - before["requests"]
    return {f"per_{number}_mailboxes": asked}


async def spent(url: str) -> dict[str, Any]:
    """What the server has spent so far."""
    async with httpx.AsyncClient() as http:
        figures: dict[str, Any] = (await http.get(f"{url}/spent")).json()
        return figures


KINDS: dict[str, Callable[[Tenant, str, int], Awaitable[dict[str, Any]]]] = {
    "memory": memory,
    "requests": requests,
}


async def main(kind: str, url: str, bearer: str, number: str) -> None:
    """Measure one kind and print it."""
    async with open_tenant(f"{url}/v1.0", FixedToken(bearer), lambda: NOW) as tenant:
        print(json.dumps(await KINDS[kind](tenant, url, int(number))), flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
