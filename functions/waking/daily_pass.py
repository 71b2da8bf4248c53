"""The pass of the day: every calendar read in one process, then the promises that are wider than one group."""

from datetime import datetime

from functions.flow import daily, sweep
from functions.showing.page import show_page
from functions.showing.quarters import quarters_shown
from functions.showing.showing import has_lists, show
from functions.waking.put_aside import forget_old
from functions.watch import Watch

NAME = "daily pass"


async def daily_pass(watch: Watch, now: datetime) -> None:
    """Sweep, judge what crosses groups, take old lines off the manager's list, and refresh the page."""
    await daily(watch, await sweep(watch, now), now)
    await forget_old(watch, now)
    if await has_lists(watch):
        quarters = await quarters_shown(watch, now)
        await show(watch, now, quarters=quarters)
        await show_page(watch, now, quarters)
