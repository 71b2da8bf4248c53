"""Whether Microsoft 365 and we reach each other: our webhook answers as Graph wants, and the clocks agree."""

from datetime import datetime, timedelta

from functions.settings import PREFIX, Settings
from graph_client.clocks import time_there
from graph_client.handshakes import handshake
from models.spoken import count
from wording.examined import Examined, look, well, wrong

CLOCK, WEBHOOK = "Clock", "Webhook"
NOTICED, TOO_MUCH = timedelta(minutes=1), timedelta(minutes=5)  # tokens are refused from five minutes on


async def reach_examined(settings: Settings, now: datetime | None, ca_file: str = "") -> tuple[Examined, ...]:
    """The webhook at PUBLIC_URL, and the clock of this computer where `now` is what it says."""
    found = [*await webhook_examined(settings.public_url, ca_file)]
    if now is not None and settings.can_sign_in:
        try:
            there = await time_there(settings.graph_url, ca_file=ca_file)
        except OSError:  # a file of trusted certificates is gone, which is told already
            there = None
        found += [clock_examined(now, there)] if there else []
    return tuple(found)


async def webhook_examined(public_url: str | None, ca_file: str = "") -> tuple[Examined, ...]:
    """Both addresses that Graph calls, asked as Graph asks them."""
    if public_url is None:
        says = "none is set, so nobody tells us of changes; the timer finds them"
        return (
            look(WEBHOOK, says, f"If you want it sooner, set {PREFIX}PUBLIC_URL and {PREFIX}CLIENT_STATE"),
        )
    found = []
    for name in ("notifications", "lifecycle"):
        address = f"{public_url.rstrip('/')}/api/{name}"
        try:
            fault = await handshake(address, ca_file=ca_file)
        except OSError:
            fault = "no connection can be opened"
        if fault:
            cure = f"See whether the app runs, and whether {PREFIX}PUBLIC_URL is its address as seen from outside"
            found.append(wrong(WEBHOOK, f"{address}: {fault}", cure))
    return tuple(found) or (well(WEBHOOK, "both its addresses answer as Microsoft 365 wants"),)


def clock_examined(here: datetime, there: datetime) -> Examined:
    """How far this computer's clock is from Microsoft's."""
    apart = abs(here - there)
    if apart <= NOTICED:
        return well(CLOCK, "it agrees with Microsoft 365")
    minutes = round(apart.total_seconds() / 60)
    says = f"it is {count(minutes, 'minute')} {'ahead of' if here > there else 'behind'} Microsoft 365"
    cure = "Let this computer set its clock from the network"
    if apart < TOO_MUCH:
        return look(CLOCK, says, cure)
    return wrong(CLOCK, f"{says}, which refuses a sign-in from five minutes on", cure)
