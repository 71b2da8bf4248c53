"""Makes the report of a quarter: from what the ledger has on record, or from exported calendars ("how would we have
done?"). Reads only; functions/freezing.py stops the figures.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from functions import check
from functions.files.rulebooks import read_book
from functions.recorded import recorded_months
from functions.telling.release import terms_are_checked
from ledger.entries import DeliveryState
from ledger.port import Ledger
from models import spoken
from models.agreement import Agreement, NoticeTest, Promise
from models.days import LONDON, ONE_DAY
from models.facts import Coverage, Facts
from models.quarters import NotAQuarter, Quarter, quarter_named
from models.record import Held, Recorded, reading_of, unread
from models.rulebook import Rulebook
from models.rules.requests import about_rows
from models.tally import of_quarter, tallies
from wording.promise_words import how_checked, short_name
from wording.reported import GroupRead, Promised, Reported

NOT_IN_A_CALENDAR = "A saved calendar does not show when papers went out, or what people said."


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """Exported calendars, and the agreement and school dates to judge them by; what is left out is shipped."""

    files: Sequence[Path]
    quarter: str
    now: datetime
    agreement: Path | None = None
    terms: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A report, with the sentences about files that could not be used."""

    report: Reported
    faults: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 the report is made, 1 nothing is on record, 2 something could not be read."""
        return 2 if self.faults else int(not self.report.anything)


def begun_quarter(text: str, agreement: Agreement, now: datetime) -> Quarter:
    """The quarter that somebody asked for; NotAQuarter where it is none, or has not begun."""
    quarter = quarter_named(text, agreement.year_starts)
    if quarter.first > now.astimezone(LONDON).date():
        raise NotAQuarter(f"{quarter.name} has not begun. It starts on {spoken.day(quarter.first)}.")
    return quarter


async def from_record(ledger: Ledger, book: Rulebook, quarter: Quarter, now: datetime) -> Reported:
    """The quarter as it is on record now."""
    today = now.astimezone(LONDON).date()
    months = await recorded_months(ledger, book.agreement, quarter.months)
    entries = [one for records in months.values() for record in records for one in record.entries]
    held = [one for records in months.values() for record in records for one in record.held]
    read = []
    for group in book.agreement.groups:
        if group.calendar:
            snapshot = await ledger.snapshot(group.name)
            records = months[group.name]
            read.append(
                GroupRead(
                    group=group.name,
                    read_at=snapshot.read_at if snapshot else None,
                    unread=unread(records, min(quarter.last, today - ONE_DAY)),
                    gap=any(one.gap for one in records),
                )
            )
    notes = (*_notes(book, quarter), *await _waiting(ledger, now))
    made = _reported(book.agreement, quarter, entries, held, now)
    return replace(made, read=tuple(read), notes=notes)


def backtest(asked: Backtest) -> Made:
    """The quarter as exported calendars have it, by the rules of `check`. Every promise is judged, on or off."""
    book = read_book(asked.agreement, asked.terms).book
    quarter = begun_quarter(asked.quarter, book.agreement, asked.now)
    results = check.check(
        check.Asked(
            files=asked.files,
            now=asked.now,
            agreement=asked.agreement,
            terms=asked.terms,
            first=quarter.first,
            last=quarter.last,
        )
    ).results
    facts = Facts(
        meetings=results.meetings,
        working_days=book.working,
        terms=book.terms,
        coverage=Coverage(first=quarter.first, last=quarter.last),
    )
    every = [promise.id for promise in book.agreement.promises]
    reading = reading_of(results.findings, facts, book.agreement, asked.now, promises=every)
    made = _reported(book.agreement, quarter, reading.entries, reading.held, asked.now)
    unplaced = len(results.unplaced)
    notes = [NOT_IN_A_CALENDAR, *results.notes]
    if unplaced:
        notes.append(f"We can't tell which group {spoken.count(unplaced, 'meeting')} belonged to.")
    return Made(replace(made, notes=tuple(dict.fromkeys(notes)), backtest=True), results.faults)


def _reported(
    agreement: Agreement, quarter: Quarter, entries: Iterable[Recorded], held: Iterable[Held], now: datetime
) -> Reported:
    own = {promise.id for promise in agreement.promises if promise.forums_own}
    found = tuple(one for one in of_quarter(entries, quarter) if one.promise not in own)
    once = {one.meeting: one for one in held if one.day in quarter}
    counted = tallies(found, quarter, agreement)
    return Reported(
        agreement=agreement.name,
        quarter=quarter,
        made_at=now,
        promises=MappingProxyType({one.promise: promised(one.promise, agreement) for one in counted}),
        tallies=counted,
        entries=tuple(one for one in found if one.promise in {each.promise for each in counted}),
        held=tuple(sorted(once.values(), key=lambda one: (one.day, one.meeting))),
        so_far=now.astimezone(LONDON).date() <= quarter.last,
    )


def promised(id: str, agreement: Agreement) -> Promised:
    """A promise as the report says it."""
    promise = agreement.promise(id)
    return Promised(
        id=promise.id,
        name=short_name(promise),
        clause=promise.clause,
        says=promise.says,
        checked=how_checked(promise, agreement),
        strength=promise.strength,
        days=_papers_days(promise),
        of_requests=about_rows(promise),
    )


def _papers_days(promise: Promise) -> int | None:
    test = promise.test
    papers = isinstance(test, NoticeTest) and test.thing == "papers" and test.unit == "working days"
    return test.least if papers else None


def _notes(book: Rulebook, quarter: Quarter) -> tuple[str, ...]:
    """What the report can't rest on: school dates, groups without a calendar, promises that are off."""
    told = []
    calendar = book.terms.calendars.get(book.agreement.terms.main)
    until: date | None = calendar.covered_until if calendar else None
    if calendar is None or (until is not None and until < quarter.last):
        known = f"only until {spoken.day(until)}" if until else "not at all"
        told.append(f"We know the school dates of {book.agreement.terms.main} {known}.")
    elif not terms_are_checked(book):
        told.append(f"Nobody has checked the school dates of {book.agreement.terms.main} yet.")
    without = [group.name for group in book.agreement.groups if not group.calendar]
    told += [f"We know no calendar for {spoken.listed(without)}."] if without else []
    told += [] if book.agreement.promises_on else ["No promise is turned on yet."]
    return tuple(told)


async def _waiting(ledger: Ledger, now: datetime) -> tuple[str, ...]:
    """Messages that wait, or that may or may not have come."""
    deliveries = await ledger.deliveries()
    waiting = sum(one.state is DeliveryState.OWED and one.not_before <= now for one in deliveries)
    unsure = sum(one.state is DeliveryState.UNSURE for one in deliveries)
    told = []
    if waiting:
        told.append(f"{spoken.count(waiting, 'message')} still to be sent.")
    if unsure:
        told.append(f"We can't tell if {spoken.count(unsure, 'message')} came.")
    return tuple(told)
