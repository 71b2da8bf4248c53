"""The demo's steps: look at an emulated tenant, let the telling start, deliver until nothing is owed.

The door starts the emulator and hands over its address as settings, so that the same client that would
speak to Microsoft 365 does all the work.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from functions.flow import deliver, sweep, window
from functions.swept import Swept
from functions.telling.owing import OFFICERS
from functions.telling.release import release
from functions.watch import Watch
from ledger.entries import Delivery, DeliveryState
from models.agreement import Agreement, Group
from models.rulebook import Rulebook
from models.spoken import count
from wording.results import Results

OFFERED_FIRST = frozenset({"P01", "P04", "P05"})  # DESIGN.md, How people are told, 6
PASSES_AT_MOST = 500
A_BATCH_LATER = timedelta(minutes=5)  # by then Teams takes the next cards
_WAITING = frozenset({DeliveryState.OWED, DeliveryState.CLAIMED, DeliveryState.UNSURE})


class DemoClock:
    """A clock that the demo moves by hand, so that a five-minute limit costs no five minutes."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The demo's present moment."""
        return self.now

    def pass_by(self, time: timedelta) -> None:
        """Let some time pass."""
        self.now += time


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demo saw and sent."""

    swept: Swept
    sent: tuple[Delivery, ...]
    results: Results


def demo_book(book: Rulebook, calendar: Group | None) -> Rulebook:
    """The rulebook with the first three promises turned on, and with one's own calendar as its only group."""
    promises = tuple(
        promise.model_copy(update={"on": promise.id in OFFERED_FIRST}) for promise in book.agreement.promises
    )
    groups = (calendar,) if calendar is not None else book.agreement.groups
    return replace(book, agreement=_with(book.agreement, promises=promises, groups=groups))


async def show(watch: Watch, clock: DemoClock, notes: Sequence[str] = ()) -> Shown:
    """One sweep of groups that are released at once, then deliveries as fast as Teams takes them.

    Where the present is outside the hours in which people are told, the clock goes on to the next ones. Each thing
    has a card of its own, so that every card can be looked at.
    """
    watch = replace(watch, one_by_one=True)
    now = clock()
    await release(watch.ledger, watch.book, [group.name for group in watch.book.agreement.groups], now)
    swept = await sweep(watch, now)
    sent: dict[str, Delivery] = {}
    for _ in range(PASSES_AT_MOST):
        clock.now = watch.hours.next_after(clock(), watch.book.working)
        sent |= {delivery.key: delivery for delivery in await deliver(watch, clock())}
        if not any(_waits(one) for one in await watch.ledger.deliveries()):
            break
        clock.pass_by(A_BATCH_LATER)
    return Shown(swept, tuple(sent.values()), results_of(watch.book.agreement, swept, now, notes))


def summary(shown: Shown, output: str) -> str:
    """What came of one's own calendar, in a few lines."""
    swept = shown.swept
    read = [calendar for calendar in swept.calendars if calendar.read_at is not None]
    looked = sum(finding.found for finding in swept.findings)
    paid = sum(delivery.state is DeliveryState.PAID for delivery in shown.sent)
    meetings = count(sum(calendar.meetings for calendar in read), "meeting")
    calendars = count(len(read), "calendar")
    lines = [
        f"Read {meetings} in {calendars} through Microsoft Graph (emulated on this computer).",
        *(calendar.why_not for calendar in swept.calendars if calendar.why_not),
        f"{count(looked, 'finding')} to look at; {count(len(swept.unplaced), 'meeting')} of no known group.",
        f"{count(paid, 'card')} posted to Teams." if paid else "Nothing new: no card was posted.",
        *swept.questions,
        *shown.results.notes,
        f"Look in {output}: index.html, cards/, report.html, graph-exchanges.jsonl.",
    ]
    return "\n".join(lines)


def results_of(agreement: Agreement, swept: Swept, now: datetime, notes: Sequence[str] = ()) -> Results:
    """What a sweep found, as the report tells it."""
    first, last = window(now)
    return Results(
        agreement=agreement,
        first=first,
        last=last,
        now=now,
        meetings=tuple(meeting for meeting in swept.meetings if meeting.group),
        findings=swept.findings,
        unplaced=swept.unplaced,
        faults=(*(one.why_not for one in swept.calendars if one.why_not), *swept.questions),
        notes=tuple(notes),
    )


def _waits(delivery: Delivery) -> bool:
    return delivery.state in _WAITING and delivery.channel == OFFICERS


def _with(agreement: Agreement, **changed: object) -> Agreement:
    return agreement.model_copy(update=changed)
