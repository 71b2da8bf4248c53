"""The calendar that a rep subscribes to: meetings and papers' due days, never lateness.

A new address ends those before it. One address is fetched at most thirty times an hour: calendar programs ask a
few times, and whoever asks more often has no use for it. The count is kept in the ledger, because the app may run
on several computers; two fetches at the same moment may count as one, which does no harm.
"""

from hashlib import sha256

from functions.pages.answers import Answer, guarding
from functions.pages.desk import Desk, Nobodys
from functions.pages.reps import groups_of
from functions.reps.feed import feed_of
from models.days import LONDON
from models.reps import Preferences, partition_of
from wording.pages.faults import of_fetching

MOST_IN_AN_HOUR = 30
KEPT_FOR = 3600  # seconds: a calendar program need not ask again sooner
FETCHED = "feed fetched"
CALENDAR, PLAIN = "text/calendar; charset=utf-8", "text/plain; charset=utf-8"


async def feed(desk: Desk) -> Answer:
    """The calendar; 304 where the program has it already."""
    await groups_of(desk)
    place = partition_of(desk.link.person)
    remembered = await desk.watch.ledger.remembered(place)
    if desk.link.turn != Preferences.of(remembered).turn:
        raise Nobodys
    hour = desk.now.astimezone(LONDON).strftime("%Y-%m-%dT%H%z")
    last = remembered.get(FETCHED, {})
    fetched = last.get("times", 0) if last.get("hour") == hour else 0
    if fetched >= MOST_IN_AN_HOUR:
        headers = {**guarding(), "Content-Type": PLAIN, "Retry-After": str(KEPT_FOR)}
        return Answer(429, headers, of_fetching(desk.texts).encode())
    await desk.watch.ledger.remember(place, FETCHED, {"hour": hour, "times": fetched + 1})
    content = await feed_of(desk.watch.ledger, desk.watch.book, desk.texts, desk.link.person)
    if content is None:
        raise Nobodys
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {**guarding(), "Cache-Control": f"private, max-age={KEPT_FOR}", "ETag": tag}
    if _has_it(desk.asked.known_as, tag):
        return Answer(304, headers)
    headers |= {"Content-Type": CALENDAR, "Content-Disposition": 'inline; filename="meetings.ics"'}
    return Answer(200, headers, content)


def _has_it(known_as: str, tag: str) -> bool:
    """Whether If-None-Match names this version; a weak mark is as good (RFC 9110, 13.1.2)."""
    return known_as.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in known_as.split(",")}
