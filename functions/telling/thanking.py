"""Thanks: owed in the first days of a month, for what went well in the last one."""

from collections.abc import Sequence
from datetime import date, datetime

from functions.telling.owing import OFFICERS, Kind
from functions.telling.release import WHOLE, released
from functions.watch import Watch
from ledger.entries import Delivery, Json
from models.days import LONDON
from models.findings import Finding
from models.thanks import Thanks, month_to_thank, thanks_for


async def thanks_owed(watch: Watch, findings: Sequence[Finding], now: datetime) -> list[Delivery]:
    """One card for last month, of the groups that are told anything; nothing where there is nothing to say."""
    month = month_to_thank(now.astimezone(LONDON).date(), watch.book.working)
    if month is None or watch.observing:
        return []
    told = {
        group.name
        for group in watch.book.agreement.groups
        if released(await watch.ledger.remembered(group.name), watch.book) is not None
    }
    thanks = thanks_for(
        [one for one in findings if one.group in told], watch.book.agreement.promises_on, month
    )
    if thanks is None:
        return []
    key = f"thanks/{month:%Y-%m}"
    leaves = watch.hours.next_after(now, watch.book.working)
    value = {"kind": Kind.THANKS.value, "thanks": _saved(thanks)}
    return [Delivery(key=key, group=WHOLE, channel=OFFICERS, about=key, not_before=leaves, value=value)]


def thanks_back(value: Json) -> Thanks:
    """The thanks that a delivery holds."""
    saved = value["thanks"]
    kept = {promise: (kept, of) for promise, (kept, of) in saved["kept"].items()}
    return Thanks(date.fromisoformat(saved["month"]), saved["meetings"], kept)


def is_fresh(thanks: Thanks, today: date) -> bool:
    """Whether thanks for that month can still be given: until the month after it is over."""
    return (today.year - thanks.month.year) * 12 + today.month - thanks.month.month <= 1


def _saved(thanks: Thanks) -> Json:
    kept = {promise: list(counts) for promise, counts in thanks.kept.items()}
    return {"month": thanks.month.isoformat(), "meetings": thanks.meetings, "kept": kept}
