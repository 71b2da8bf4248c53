"""What to answer when somebody calls our webhook, and what is to be read again because of it.

Anybody on the internet may call it. What is posted is believed only by its client state, item by item, and
even then it is no data: it wakes us for one calendar, which the address that we gave to Graph names by key.
Facts: graph §2. Light to import.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from functions.waking.touched import Touched, Why, is_key
from graph_client.notices import Care, notices_in

LARGEST = 1_000_000  # bytes; Graph posts a few kilobytes
CARED_FOR = {
    Care.NONE: Why.NOTIFICATION,
    Care.READ_ALL: Why.MISSED,
    Care.REAUTHORIZE: Why.SUBSCRIPTION,
    Care.MAKE_ANEW: Why.SUBSCRIPTION,
}
MOST_CARE = (Why.SUBSCRIPTION, Why.MISSED, Why.NOTIFICATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One call of the webhook: what its address carries, and what was posted."""

    token: str = ""
    calendar: str = ""
    media: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Heard:
    """The answer, what is to be read again, and how many notices there were: in all, and not from Graph."""

    status: int
    text: str = ""
    touched: Touched | None = None
    notices: int = 0
    foreign: int = 0


def heard(post: Post, client_state: str, now: datetime) -> Heard:
    """Answer one call. `client_state` is the word that only Graph was given; "" believes nobody.

    The handshake is answered with its own token. What is not Graph's, or names nothing, is answered like
    the rest, so that nobody learns from the answer.
    """
    if post.token:
        return Heard(200, post.token)
    if len(post.body) > LARGEST:
        return Heard(413, "That is more than a notification.")
    if post.media.partition(";")[0].strip().casefold() != "application/json":
        return Heard(415, "A notification is application/json.")
    notices = notices_in(post.body)
    told = [CARED_FOR[each.care] for each in notices if each.is_graphs(client_state)]
    counted = Heard(202, notices=len(notices), foreign=len(notices) - len(told))
    why = next((each for each in MOST_CARE if each in told), None)
    if why is None or not is_key(post.calendar):
        return counted
    return replace(counted, touched=Touched(calendars=(post.calendar,), at=now, why=why))
