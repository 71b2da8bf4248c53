"""Opens one of our own pages as a browser would: whether it answers at all, and whether it is we who answer."""

from dataclasses import dataclass

SECONDS = 30.0  # an app that has rested takes its time to wake
OURS = "X-Robots-Tag"  # each of our pages has it: no search engine may keep a page of ours


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What came back: the status, and whether it is a page of ours. `fault` is half a sentence where nothing came."""

    status: int = 0
    ours: bool = False
    fault: str = ""


async def page_seen(address: str, *, ca_file: str = "") -> PageSeen:
    """One look, which changes nothing."""
    import httpx

    from graph_client.transport import open_http

    try:
        async with open_http(ca_file) as http:
            answer = await http.get(address, timeout=SECONDS)
    except httpx.TimeoutException:
        return PageSeen(fault=f"it did not answer within {SECONDS:.0f} seconds")
    except httpx.RequestError:
        return PageSeen(fault="it can't be reached from here")
    return PageSeen(answer.status_code, "noindex" in answer.headers.get(OURS, ""))
