"""A workflow that takes no card any more: its owner left, its chat or channel is gone, its address has changed.

Nothing is lost meanwhile, because what is owed waits. But nobody hears anything either, and that alone would
look like good news. So what was refused for longer than a working day is a question to the manager.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from functions.settings import PREFIX
from functions.telling.needs import WORKFLOWS
from functions.telling.owing import MANAGER, OFFICERS
from functions.telling.release import WHOLE
from functions.watch import Watch
from ledger.entries import Delivery, DeliveryState
from models.days import LONDON, ONE_DAY, WorkingDays

WHOSE = {OFFICERS: "officers'", MANAGER: "manager's"}
SETTING = {OFFICERS: f"{PREFIX}TEAMS_WORKFLOW_URL", MANAGER: f"{PREFIX}MANAGER_WORKFLOW_URL"}
NOT_TAKEN = frozenset({DeliveryState.OWED, DeliveryState.UNSURE})


async def refusals_noted(watch: Watch, tried: Sequence[Delivery], now: datetime) -> None:
    """Remember since when a channel has taken nothing, from what was tried now; one card taken ends it."""
    if not tried:
        return
    before = (await watch.ledger.remembered(WHOLE)).get(WORKFLOWS, {})
    since = dict(before.get("since", {}))
    for channel in (OFFICERS, *([MANAGER] if watch.post_to_manager is not None else ())):
        states = {one.state for one in tried if one.channel == channel and (one.note or one.settled_at)}
        if DeliveryState.PAID in states:
            since.pop(channel, None)
        elif states & NOT_TAKEN:
            since.setdefault(channel, now.isoformat())
    asked = [
        _question(channel, began)
        for channel, began in ((name, datetime.fromisoformat(at)) for name, at in since.items())
        if now >= _a_working_day_after(began, watch.book.working)
    ]
    after = {"since": since, "questions": asked, "unplaced": []}
    if since != dict(before.get("since", {})) or asked != list(before.get("questions", ())):
        await watch.ledger.remember(WHOLE, WORKFLOWS, after)


def _question(channel: str, since: datetime) -> str:
    local = since.astimezone(LONDON)
    return (
        f"The {WHOSE[channel]} Teams workflow has taken no card since {local:%A} {local.day} {local:%B %Y}, and "
        "what is owed waits. Is it still on, and does its chat or channel still exist? Ask its owner; if they "
        f"have left, make a new workflow and put its address into {SETTING[channel]}."
    )


def _a_working_day_after(moment: datetime, working: WorkingDays) -> datetime:
    """The same time on the next working day, in London."""
    day = moment.astimezone(LONDON) + timedelta(days=1)
    while working.why_not(day.date()) is not None:
        day += ONE_DAY
    return day
