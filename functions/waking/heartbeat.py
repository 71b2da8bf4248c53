"""Tells an outside watcher, if the council has one, that every calendar was read lately. Silence is its alarm."""

import logging
from datetime import datetime, timedelta

from functions.waking.read_again import last_read
from functions.watch import Watch

log = logging.getLogger("protocol_watch")

LATELY = timedelta(minutes=40)  # two sweeps and the time that they take
PATIENCE = 10  # seconds


async def beat(watch: Watch, address: str, now: datetime) -> bool:
    """Call the address where every calendar was read lately; whether it was called and answered well.

    The address is secret, so a fault names no more than its kind.
    """
    read = [await last_read(watch, mailbox) for mailbox in watch.book.agreement.calendars]
    if not read or any(at is None or now - at > LATELY for at in read):
        return False
    import httpx

    try:
        async with httpx.AsyncClient(timeout=PATIENCE) as web:
            return (await web.get(address)).is_success
    except httpx.HTTPError as fault:
        log.warning("The heartbeat was not heard (%s)", type(fault).__name__)
        return False
