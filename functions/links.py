"""Links in mails and on cards: made at the moment of sending, signed, each for one person and one page."""

from datetime import datetime, timedelta

from functions.watch import Watch
from models.links import Pass, Purpose, signed

LIVES = {  # how long a link opens its page; a feed is fetched for years and ended by its turn
    Purpose.FEED: timedelta(days=800),
    Purpose.UNSUBSCRIBE: timedelta(days=365),
    Purpose.MY_MEETINGS: timedelta(days=60),
    Purpose.PREFERENCES: timedelta(days=60),
    Purpose.PAUSE: timedelta(days=60),
    Purpose.INTRODUCE: timedelta(days=60),
    Purpose.CALL: timedelta(days=30),
    Purpose.CANT_OPEN: timedelta(days=30),
    Purpose.ALERT: timedelta(days=60),
    Purpose.REASON: timedelta(days=60),
    Purpose.CHECK: timedelta(days=60),
}
PAGE, FEED = "p", "feed"


def link(
    watch: Watch,
    purpose: Purpose,
    person: str,
    now: datetime,
    *,
    group: str = "",
    about: str = "",
    turn: int = 0,
) -> str:
    """The address of one page for one person; "" where there is no PUBLIC_URL or SIGNING_KEY to make it from."""
    if not watch.public_url or not watch.signing_keys:
        return ""
    opens = Pass(
        purpose=purpose, person=person, expires=now + LIVES[purpose], group=group, about=about, turn=turn
    )
    token = signed(opens, watch.signing_keys[0])
    base = watch.public_url.rstrip("/")
    return f"{base}/{FEED}/{token}.ics" if purpose is Purpose.FEED else f"{base}/{PAGE}/{token}"
