"""One whole run at the keyboard: review every group, judge what crosses groups, deliver what is due."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from functions.files.last_good import set_up
from functions.files.rulebooks import BookRead
from functions.flow import daily, deliver, sweep, window
from functions.settings import Settings
from functions.showing.page import show_page
from functions.showing.quarters import quarters_shown
from functions.showing.showing import has_lists, show
from functions.swept import Swept
from functions.telling.release import quiet_groups
from functions.watch import Watch
from functions.wiring import open_watch, site_of_files, storage_token
from ledger import open_ledger
from ledger.entries import Delivery, DeliveryState
from reading.faults import Fault
from wording.results import Results
from wording.watched import Calendar, Told, Watched

STILL_TO_SEND = frozenset({DeliveryState.OWED, DeliveryState.CLAIMED, DeliveryState.UNSURE})
NO_CALENDAR = (
    "No group of the agreement has a calendar: add 'calendar:' with a mailbox to at least one group."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """What one run saw, what it sent or still owes, and whether a file of the set-up could not be used."""

    swept: Swept
    deliveries: tuple[Delivery, ...]
    watched: Watched
    bad_set_up: bool = False

    @property
    def results(self) -> Results:
        """What was found, as `check` has it."""
        return self.watched.results

    @property
    def exit_code(self) -> int:
        """0 all well; 1 something found or something unread; 2 where nothing could be read, or the set-up is bad."""
        if self.bad_set_up or not self.watched.anything_read:
            return 2
        return int(bool(self.results.faults) or any(finding.found for finding in self.results.findings))


async def once(settings: Settings, now: datetime, *, by: str, ca_file: str = "") -> Once:
    """Run once as if it were `now` (aware). Unreadable, LedgerFault: the set-up can't be used, nothing was done."""
    async with (
        open_ledger(settings.ledger, storage_token(settings, ca_file), ca_file=ca_file) as ledger,
        site_of_files(settings, clock_from(now), ca_file=ca_file) as site,
    ):
        found = await set_up(settings, ledger, now, site)
    read, texts = found.read, found.texts
    faults = found.faults
    clock = clock_from(now)
    async with open_watch(settings, read.book, texts.texts, clock, by=by, ca_file=ca_file) as watch:
        swept = await daily(watch, await sweep(watch, now), now)
        tried = await deliver(watch, now)
        quarters = await quarters_shown(watch, now)
        await show(watch, now, quarters=quarters)
        if await has_lists(watch):
            await show_page(watch, now, quarters)
        deliveries = await _to_tell(watch, tried)
        quiet = await quiet_groups(watch.ledger, read.book)
    watched = Watched(
        results=_results(read, faults, swept, now),
        calendars=tuple(
            Calendar(one.name, one.read_at, one.meetings, one.why_not) for one in swept.calendars
        ),
        deliveries=tuple(_told(delivery) for delivery in deliveries),
        questions=_questions(swept),
        quiet=quiet,
        observing=settings.mode == "observe",
    )
    return Once(swept=swept, deliveries=deliveries, watched=watched, bad_set_up=bool(faults))


def clock_from(now: datetime) -> Callable[[], datetime]:
    """A clock that shows `now` and goes on from there: what a person pretends is not mixed with what is."""
    began = monotonic()
    return lambda: now + timedelta(seconds=monotonic() - began)


async def _to_tell(watch: Watch, tried: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """What was tried in this run, and what waits."""
    keys = {(one.group, one.key) for one in tried}
    every = await watch.ledger.deliveries()
    return tuple(one for one in every if one.state in STILL_TO_SEND or (one.group, one.key) in keys)


def _results(read: BookRead, faults: Iterable[Fault], swept: Swept, now: datetime) -> Results:
    first, last = window(now)
    unread = [one.why_not for one in swept.calendars if one.why_not]
    asked = _questions(swept)
    return Results(
        agreement=read.book.agreement,
        first=first,
        last=last,
        now=now,
        meetings=tuple(meeting for meeting in swept.meetings if meeting.group),
        findings=swept.findings,
        unplaced=swept.unplaced,
        faults=(
            *(str(fault) for fault in faults),
            *unread,
            *(() if swept.calendars else (NO_CALENDAR,)),
            *(each for each in swept.questions if each not in asked),
        ),
        notes=(*asked, *read.doubts),
    )


def _questions(swept: Swept) -> tuple[str, ...]:
    """What a person must say; the sweep's other sentences tell of rows and entries that could not be read."""
    return tuple(dict.fromkeys(each for each in swept.questions if each.endswith("?")))


def _told(delivery: Delivery) -> Told:
    return Told(
        key=delivery.key,
        channel=delivery.channel,
        state=delivery.state.value,
        about=delivery.about,
        not_before=delivery.not_before,
        note=delivery.note,
    )
