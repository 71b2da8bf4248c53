"""Whether links in mails open: one that was made up must be refused, and one that is signed here must open.

The good one shows that nothing is known of it, lives five minutes, and nothing can be done with it. It is only
looked at, so nothing is said or changed by it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from functions.links import PAGE
from functions.setting_kinds import THIS_MACHINE
from functions.settings import PREFIX, Settings
from graph_client.own_pages import PageSeen, page_seen
from models.links import Pass, Purpose, keys_in, signed
from wording.examined import Examined, look, well, wrong

LINKS = "Links in mails"
MADE_UP = "doctor-made-this-up"
LIVES = timedelta(minutes=5)
STEP = "docs/deploy.md, step 4, says how"
SEE = (
    f"See whether the app runs, and whether {PREFIX}PUBLIC_URL is its address as seen from outside. In Azure, see "
    "whether PAGES_OPEN is true"
)


async def links_examined(settings: Settings, now: datetime | None, ca_file: str = "") -> tuple[Examined, ...]:
    """What can be known of links from here. Without `now`, the clock's own time, no good link can be made."""
    found = list(can_be_made(settings))
    if settings.public_url is None or (settings.signing_key is None and settings.sender is None):
        return tuple(found)
    address = f"{settings.public_url}/{PAGE}"
    good = None
    try:
        made_up = await page_seen(f"{address}/{MADE_UP}", ca_file=ca_file)
        if settings.signing_key is not None and now is not None:
            key = keys_in(settings.signing_key.get_secret_value())[0]
            good = await page_seen(f"{address}/{_opens_nothing(key, now)}", ca_file=ca_file)
    except OSError:  # a file of trusted certificates is gone, which is told already
        made_up = PageSeen(fault="no connection can be opened")
    return (*found, judged(address, made_up, good))


def can_be_made(settings: Settings) -> Iterator[Examined]:
    """Whether links are made at all: it takes an address and a key."""
    public, key = settings.public_url, settings.signing_key
    if public is None and key is not None:
        says = "there is a key to sign them, and no address for them to lead to, so none is made"
        yield wrong(LINKS, says, f"Set {PREFIX}PUBLIC_URL to the app's address; {STEP}")
    elif public is None and settings.sender is not None:
        says = "none can be made, so nobody can answer with a press, and no mail to forum reps begins"
        yield look(LINKS, says, f"If you want them, set {PREFIX}PUBLIC_URL and {PREFIX}SIGNING_KEY; {STEP}")
    elif public is not None and key is None and settings.sender is not None:
        says = f"no {PREFIX}SIGNING_KEY is set here, so mails that are sent from here have none"
        yield look(LINKS, says, f"Where mails are sent from, set it to the key in the vault; {STEP}")
    if public is not None and key is not None and urlsplit(public).hostname in THIS_MACHINE:
        says = f"they lead to {public}, which is this computer, so they open for nobody else"
        yield look(LINKS, says, f"Set {PREFIX}PUBLIC_URL to an address that people can reach, with https")


def judged(address: str, made_up: PageSeen, good: PageSeen | None) -> Examined:
    """What the two looks say."""
    if made_up.fault:
        return wrong(LINKS, f"pages at {address} don't open: {made_up.fault}", SEE)
    if not made_up.ours:
        return wrong(
            LINKS, f"what is at {address} answered {made_up.status}, and not with a page of ours", SEE
        )
    if made_up.status != 404:  # one of our own that can't work, or a lock that does not hold
        says = f"a link that was made up should be refused at {address}, and it answered {made_up.status}"
        return wrong(LINKS, says, "Look at the app's own settings and its log: its set-up can't be used")
    if good is None:
        return well(LINKS, "a link that was made up is refused; no good one was tried")
    if good.status != 200:
        says = f"a link that is signed with the key from here does not open there (it answered {good.status})"
        cure = f"Give the app the same {PREFIX}SIGNING_KEY as here, then restart it; and compare the clocks"
        return wrong(LINKS, says, cure)
    return well(LINKS, "a link that was made up is refused, and one that is signed here opens")


def _opens_nothing(key: bytes, now: datetime) -> str:
    """A good link to an alert that nobody has: the page says that we hold nothing about it."""
    return signed(Pass(purpose=Purpose.ALERT, person="doctor", expires=now + LIVES), key)
