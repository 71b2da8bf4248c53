"""Microsoft 365 does not tell us of changes as it should: a line to the manager with the cure, gone when cured.

Nothing is lost by it, because every calendar is read on time all the same. So what may pass by itself is said
only once it has lasted a day, and what a person must put right at once. The same fault is the same line.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from functions.telling.needs import A_DAY, SUBSCRIPTIONS
from functions.telling.release import WHOLE
from functions.watch import Watch
from graph_client.errors import GraphError, PersonMustAct
from models.days import LONDON
from models.spoken import day

SINCE = "since"  # in the memory: when the first fault came that nothing has ended since
LINE = (
    "Microsoft 365 does not tell us when a calendar changes. We look at every calendar four times an hour all "
    "the same, so that nothing is lost."
)
ASK = "Please show this line to whoever looks after the program."


async def faults_noted(watch: Watch, faults: Sequence[GraphError], now: datetime) -> None:
    """Remember what the subscriptions lack after they were looked at; with no `faults` the line goes."""
    before = (await watch.ledger.remembered(WHOLE)).get(SUBSCRIPTIONS, {})
    if not faults and not before.get(SINCE):
        return
    since = datetime.fromisoformat(before[SINCE]) if before.get(SINCE) else now
    lines = list(dict.fromkeys(_lines(faults, since, now)))
    after = {"questions": lines, "unplaced": [], SINCE: since.isoformat() if faults else ""}
    if after != dict(before):
        await watch.ledger.remember(WHOLE, SUBSCRIPTIONS, after)


def _lines(faults: Iterable[GraphError], since: datetime, now: datetime) -> Iterable[str]:
    passing = False
    for fault in faults:
        if isinstance(fault, PersonMustAct):
            yield f"{LINE} To put it right: {fault.cure}. {ASK}"
        else:
            passing = True
    if passing and now - since >= A_DAY:
        yield f"{LINE} It has been so since {day(since.astimezone(LONDON).date())}. {ASK}"
