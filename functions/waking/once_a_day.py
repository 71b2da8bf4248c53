"""What is done once a day, at an hour of London's clock, however often and whenever a timer ticks.

Azure's timers know only UTC on this plan, may skip a tick, and may tick twice.
"""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time

from functions.telling.release import WHOLE
from functions.watch import Watch
from models.days import LONDON

DONE = "done on"  # what is remembered: the day, London, of the last run that ended well


def is_due(now: datetime, at: time, done: date | None) -> bool:
    """Whether the day's run should begin: it is that hour or later in London, and it was not done today."""
    here = now.astimezone(LONDON)
    return here.time() >= at and (done is None or done < here.date())


async def once_a_day(
    watch: Watch, name: str, at: time, now: datetime, work: Callable[[], Awaitable[object]]
) -> bool:
    """Do the work where it is due; whether it was. What fails is done at the next tick."""
    said = (await watch.ledger.remembered(WHOLE)).get(name, {}).get(DONE)
    if not is_due(now, at, date.fromisoformat(said) if said else None):
        return False
    await work()
    await watch.ledger.remember(WHOLE, name, {DONE: now.astimezone(LONDON).date().isoformat()})
    return True
