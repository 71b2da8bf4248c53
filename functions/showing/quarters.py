"""The rows of the list *Quarter*: the figures of this quarter and of the four before it, from what is on record."""

from datetime import datetime

from functions.recorded import recorded_months
from functions.watch import Watch
from models.days import LONDON, months_after
from models.quarters import MONTHS, quarter_of
from models.showing import Counts, ShownRow, quarter_rows
from models.tally import Result, Tally, tallies

SHOWN = 5  # quarters: a year ago stands beside today


async def quarters_shown(watch: Watch, now: datetime) -> tuple[ShownRow, ...]:
    """Each promise in each quarter in which it applied to a meeting that was held. No group, no person."""
    agreement = watch.book.agreement
    present = quarter_of(now.astimezone(LONDON).date(), agreement.year_starts)
    quarters = [
        quarter_of(months_after(present.first, -MONTHS * back), agreement.year_starts)
        for back in range(SHOWN)
    ]
    months = [month for quarter in quarters for month in quarter.months]
    recorded = await recorded_months(watch.ledger, agreement, months)
    entries = [one for records in recorded.values() for record in records for one in record.entries]
    counted = [
        (one.promise, quarter.name, _counts(one))
        for quarter in quarters
        for one in tallies(entries, quarter, agreement)
    ]
    return quarter_rows(counted, agreement)


def _counts(one: Tally) -> Counts:
    return Counts(
        kept=one[Result.KEPT],
        explained=one[Result.EXPLAINED],
        agreed_change=one[Result.AGREED_CHANGE],
        missed=one[Result.MISSED],
        missed_with_reason=one[Result.MISSED_WITH_REASON],
        cannot_tell=one[Result.CANNOT_TELL],
    )
