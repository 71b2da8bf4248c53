"""What time it is at Microsoft's: every answer bears its moment, a refusal too, so no right is needed."""

from datetime import datetime
from email.utils import parsedate_to_datetime

SECONDS = 10.0


async def time_there(graph_url: str, *, ca_file: str = "") -> datetime | None:
    """The moment (aware) that Microsoft 365 says it is; None where it can't be had."""
    import httpx

    from graph_client.transport import open_http

    try:
        async with open_http(ca_file) as http:
            answer = await http.get(graph_url, timeout=SECONDS)
        there = parsedate_to_datetime(answer.headers["Date"])
    except (httpx.RequestError, KeyError, ValueError):
        return None
    return there if there.tzinfo else None
