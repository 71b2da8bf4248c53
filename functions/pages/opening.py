"""Opens a signed link. The signature is checked first, and before it holds nothing at all is looked up.

Whatever is wrong with a link, the answer is one and the same. Looking changes nothing; a press acts once.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from functions.cloud import Cloud, NotReady
from functions.pages import answers
from functions.pages.answers import Answer, drawn
from functions.pages.asked import LOOKS, PRESSES, Asked
from functions.pages.chairs import chair, manager
from functions.pages.choices import choose, pause, unsubscribe
from functions.pages.desk import Desk, Nobodys, Shown
from functions.pages.feed import feed
from functions.pages.introduce import introduce
from functions.pages.officers import officers
from functions.pages.reps import ask, my_meetings
from functions.waking.touched import Touched, Why, calendar_key
from functions.watch import Watch
from ledger import LedgerFault
from models.links import Pass, Purpose, keys_in, opened

log = logging.getLogger("protocol_watch")

PAGES: Mapping[Purpose, Callable[[Desk], Awaitable[Shown]]] = {
    Purpose.MY_MEETINGS: my_meetings,
    Purpose.CANT_OPEN: ask,
    Purpose.CALL: ask,
    Purpose.PAUSE: pause,
    Purpose.PREFERENCES: choose,
    Purpose.UNSUBSCRIBE: unsubscribe,
    Purpose.ALERT: officers,
    Purpose.REASON: chair,
    Purpose.CHECK: manager,
    Purpose.INTRODUCE: introduce,
}
OF_PAGES, OF_FEED = frozenset(PAGES), frozenset({Purpose.FEED})
ENDING = ".ics"


async def page(here: Cloud, token: str, asked: Asked) -> Answer:
    """The answer to a request for /p/{token}."""
    return await _answer(here, token, asked, OF_PAGES)


async def calendar(here: Cloud, name: str, asked: Asked) -> Answer:
    """The answer to a request for /feed/{token}.ics."""
    token = name.removesuffix(ENDING) if name.endswith(ENDING) else ""
    return await _answer(here, token, asked, OF_FEED)


async def _answer(here: Cloud, token: str, asked: Asked, purposes: frozenset[Purpose]) -> Answer:
    if asked.method not in LOOKS and (asked.method != PRESSES or purposes is OF_FEED):
        return answers.no_such_method()
    answer = await _opened(here, token, asked, purposes)
    return answers.without_body(answer) if asked.method == "HEAD" else answer


async def _opened(here: Cloud, token: str, asked: Asked, purposes: frozenset[Purpose]) -> Answer:
    now = here.clock()
    try:
        secret = here.settings.signing_key
        keys = keys_in(secret.get_secret_value()) if secret else ()
        link = opened(token, keys, purposes, now)
        if link is None:
            return answers.nobodys()
        watch = await here.watch()
        return await _looked_up(watch, link, asked, now)
    except Nobodys:
        return answers.nobodys()
    except NotReady:
        return answers.not_now()
    except LedgerFault as fault:
        log.warning("A page could not be shown (%s)", type(fault).__name__)
        return answers.not_saved(asked.form.get("text", "")) if asked.pressed else answers.not_now()


async def _looked_up(watch: Watch, link: Pass, asked: Asked, now: datetime) -> Answer:
    desk = Desk(watch, link, asked, now)
    if link.purpose is Purpose.FEED:
        return await feed(desk)
    shown = await PAGES[link.purpose](desk)
    touched = _touched(desk) if shown.spoke else ""
    return drawn(shown.page, desk.texts, shown.status, touched=touched)


def _touched(desk: Desk) -> str:
    """The message that has the group of the link reviewed again soon."""
    groups = desk.watch.book.agreement.groups
    calendars = tuple(
        calendar_key(one.calendar) for one in groups if one.name == desk.link.group and one.calendar
    )
    return Touched(calendars=calendars, at=desk.now, why=Why.SAID).text if calendars else ""
