"""The ledger: whether it opens, who is told already, and what waits in it."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from functions.reps.sending import TO_REPS
from functions.telling.release import held_keys, quiet_groups
from ledger import LedgerFault, open_ledger
from ledger.entries import Delivery, DeliveryState
from ledger.former_names import under_first_names
from models import spoken
from models.rulebook import Rulebook
from wording.examined import Examined, look, well, wrong

LEDGER, DELIVERIES, TOLD = "Ledger", "Deliveries", "Groups"
Token = Callable[[], Awaitable[str]]
A_FILE = "sqlite:///"
OVERDUE = timedelta(days=1)


async def ledger_examined(
    address: str, book: Rulebook | None, now: datetime, token: Token | None = None
) -> tuple[Examined, ...]:
    """The ledger at an address; Azure Tables need `token`. A file that is not there yet is not made."""
    path = Path(address.removeprefix(A_FILE))
    if address.startswith(A_FILE) and not path.exists() and path.absolute().parent.is_dir():
        return (look(LEDGER, "there is none yet", "Nothing to do: the first 'watch --once' makes it"),)
    try:
        async with open_ledger(address, token) as opened:
            ledger = under_first_names(opened, book.agreement.first_names if book else {})
            return (
                well(LEDGER, "it opens, and this program understands it"),
                *(quiet_examined(await quiet_groups(ledger, book), book) if book else ()),
                *deliveries_examined(await ledger.deliveries(), await held_keys(ledger), now),
            )
    except LedgerFault as fault:
        said, _, cure = str(fault).removesuffix(".").rpartition(": ")
        return (wrong(LEDGER, said or str(fault), cure),)


def quiet_examined(quiet: Sequence[str], book: Rulebook) -> Iterator[Examined]:
    """Of which groups only the manager hears as yet."""
    if quiet:
        yield look(
            TOLD,
            f"still quiet, so that only the partnership manager hears of them: {spoken.listed(list(quiet))}",
            "When you have looked at the manager's list: protocol-watch release, with the names of groups",
        )
    else:
        yield well(TOLD, f"{spoken.count(len(book.agreement.groups), 'group')} released")


def deliveries_examined(
    deliveries: Sequence[Delivery], held: frozenset[str], now: datetime
) -> Iterator[Examined]:
    """What waits, what waits too long, and what may have arrived."""
    owed = [one for one in deliveries if one.state is DeliveryState.OWED]
    unsure = [one for one in deliveries if one.state is DeliveryState.UNSURE]
    to_reps = sum(one.value.get("kind") in TO_REPS for one in unsure)
    waiting_held = sum(one.key in held for one in owed)
    overdue = sum(one.not_before < now - OVERDUE and one.key not in held for one in owed)
    if waiting_held:
        says = f"{_deliveries(waiting_held)} held, because too many came up at once"
        yield look(DELIVERIES, says, "Look at the manager's list, then: protocol-watch release --held")
    if overdue:
        says = f"{_deliveries(overdue)} should have left more than a day ago"
        yield look(
            DELIVERIES,
            says,
            "See whether 'watch' still runs, and whether the workflows and Exchange take what we send",
        )
    if len(unsure) > to_reps:
        says = f"{_deliveries(len(unsure) - to_reps)} may have arrived, or not"
        yield look(DELIVERIES, says, "Nothing to do: the next run sends it again, and says so")
    if to_reps:
        says = (
            f"{spoken.count(to_reps, 'mail')} to forum reps may have arrived, or not, and is not sent again"
        )
        yield look(DELIVERIES, says, "The partnership manager's list says for whom to ask")
    if not (waiting_held or overdue or unsure):
        yield well(DELIVERIES, f"{_deliveries(len(owed))} waiting for their time")


def _deliveries(number: int) -> str:
    return spoken.count(number, "delivery", "deliveries")
