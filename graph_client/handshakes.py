"""Asks our own webhook what Graph asks it before it subscribes: give this word back, decoded, as plain text.

Facts: graph §2. The word has signs in it that a webhook gets wrong: a space, a plus, and what a web page hides.
"""

from urllib.parse import quote

ASKED = "Protocol Watch asks: 1 + 1 <b>&amp;</b>"
SECONDS = 10.0  # Graph waits no longer


async def handshake(address: str, *, ca_file: str = "") -> str:
    """Shake hands with a webhook; empty where it answers as Graph wants, else what went wrong, as half a sentence."""
    import httpx

    from graph_client.transport import open_http

    url = f"{address}{'&' if '?' in address else '?'}validationToken={quote(ASKED, safe='')}"
    try:
        async with open_http(ca_file) as http:
            answer = await http.post(
                url, content=b"", headers={"Content-Type": "text/plain"}, timeout=SECONDS
            )
    except httpx.TimeoutException:
        return "it did not answer within 10 seconds"
    except httpx.RequestError:
        return "it can't be reached from here"
    if answer.status_code != 200:
        return f"it answered {answer.status_code}"
    if answer.text != ASKED:
        return "it did not give the word back that it was sent"
    if not answer.headers.get("Content-Type", "").startswith("text/plain"):
        return "it did not answer as plain text"
    return ""
