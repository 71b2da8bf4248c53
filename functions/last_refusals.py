"""The last calls that Microsoft 365 refused, by its own number of each: what its support asks for first.

Calendars are named by their keys, as in the log. Kept in the ledger, so that a bundle for support has them
without anybody's log; the newest last, and no more than twenty.
"""

from collections.abc import Iterable
from datetime import datetime

from functions.telemetry import Counts, of_refusal
from functions.telling.release import WHOLE
from functions.watch import Watch
from graph_client.errors import GraphError
from ledger.port import Ledger

REFUSED = "last refused calls"  # the name under which they are remembered of the whole partnership
AT_MOST = 20


async def refusals_kept(watch: Watch, refused: Iterable[tuple[str, GraphError]], now: datetime) -> None:
    """Remember calls that were refused just now, each with the calendar that it was about.

    Of two workers that do so at one moment, one may lose its own: it is a help, and no record.
    """
    new = [{"at": now.isoformat(), **of_refusal(calendar, error)} for calendar, error in refused]
    if new:
        calls = [*await last_refusals(watch.ledger), *new]
        await watch.ledger.remember(WHOLE, REFUSED, {"calls": [dict(one) for one in calls[-AT_MOST:]]})


async def last_refusals(ledger: Ledger) -> tuple[Counts, ...]:
    """What is remembered of them, the oldest first."""
    return tuple((await ledger.remembered(WHOLE)).get(REFUSED, {}).get("calls", ()))
