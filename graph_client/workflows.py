"""Posts a card to the Teams Workflows webhook: once, and says honestly whether it may have arrived.

The flow answers 202 before the card is posted; a card that Teams can't draw fails silently in the
flow's own history (facts: graph §3). Whoever has the URL may post, so it is in no message and no log.
"""

import json
import ssl
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from graph_client.quiet_logs import keep_addresses_out_of_logs
from graph_client.waiting import retry_after

if TYPE_CHECKING:
    import httpx

LARGEST = 28_000  # bytes; Microsoft says "28 KB" of the whole message (facts: graph §3)
SECONDS = 60.0
POSTS, IN_TIME = 25, timedelta(seconds=300)  # what the Flow bot posts for one connection (graph §7)
CARD = "application/vnd.microsoft.card.adaptive"
A_WHILE_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class CardNotTaken(Exception):
    """The Teams workflow did not say that it took the card.

    `may_have_arrived` tells whether people may see it all the same; only where it is False may the card
    be sent again without the words "sent again". `after` is how many seconds to wait, where told.
    """

    def __init__(self, why: str, *, may_have_arrived: bool = False, after: float | None = None) -> None:
        arrived = "it may have arrived all the same" if may_have_arrived else "it has not arrived"
        super().__init__(f"The Teams workflow did not take the card: {why}; {arrived}.")
        self.may_have_arrived = may_have_arrived
        self.after = after


@dataclass(eq=False)
class Pace:
    """Keeps the posts to one workflow below what it takes: 25 in 300 seconds.

    Whoever posts holds one for each workflow, for as long as it runs. A post counts when it is tried,
    because a refused one counts there too.
    """

    clock: Callable[[], datetime]
    posts: int = POSTS
    in_time: timedelta = IN_TIME
    _tried: deque[datetime] = field(default_factory=deque, init=False, repr=False)

    def wait(self) -> float:
        """Seconds until the next post may be tried; 0 where it may be now."""
        now = self.clock()
        while self._tried and now - self._tried[0] >= self.in_time:
            self._tried.popleft()
        if len(self._tried) < self.posts:
            return 0.0
        return (self._tried[0] + self.in_time - now).total_seconds()

    def take(self) -> None:
        """Count one post; CardNotTaken, with how long to wait, where it is one too many."""
        wait = self.wait()
        if wait:
            raise CardNotTaken(f"it takes {self.posts} posts in {self.in_time.seconds} seconds", after=wait)
        self._tried.append(self.clock())


async def post_card(
    url: str,
    card: Mapping[str, Any],
    *,
    pace: Pace | None = None,
    ca_file: str = "",
    seconds: float = SECONDS,
    wire: "httpx.AsyncBaseTransport | None" = None,
) -> None:
    """Post one Adaptive Card, once; CardNotTaken where the workflow does not answer that it took it."""
    import httpx

    content = _message(card)
    if pace:
        pace.take()
    keep_addresses_out_of_logs()
    verify = ssl.create_default_context(cafile=ca_file) if ca_file else True
    try:
        async with httpx.AsyncClient(
            verify=verify, trust_env=not ca_file, timeout=seconds, transport=wire
        ) as http:
            headers = {"Content-Type": "application/json"}
            answer = await http.post(url, content=content, headers=headers)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol):
        raise CardNotTaken("it can't be reached, check the network and the address in the settings") from None
    except httpx.InvalidURL:
        raise CardNotTaken("PROTOCOL_WATCH_TEAMS_WORKFLOW_URL is not an address") from None
    except httpx.RequestError:
        raise CardNotTaken("the connection broke before it answered", may_have_arrived=True) from None
    _check(answer)


def _message(card: Mapping[str, Any]) -> bytes:
    attachment = {"contentType": CARD, "contentUrl": None, "content": card}
    message = {"type": "message", "attachments": [attachment]}
    content = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    if len(content) > LARGEST:
        raise CardNotTaken(f"it has {len(content)} bytes and Teams takes {LARGEST}, make it shorter")
    return content


def _check(answer: "httpx.Response") -> None:
    status = answer.status_code
    if answer.is_success:
        return
    if status == 429:
        after = retry_after(answer.headers, A_WHILE_AGO)
        raise CardNotTaken("it has had too many posts, try later", after=after)
    if status >= 500:  # the workflow may have started before something behind it failed
        raise CardNotTaken(f"it answered {status}", may_have_arrived=True)
    raise CardNotTaken(f"it answered {status}, {_cure(status)}")


def _cure(status: int) -> str:
    if status in (401, 403, 404, 410):
        return "ask its owner whether the workflow is still on, and put its new address in the settings"
    return "which it should not: please report this"
