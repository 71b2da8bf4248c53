"""Figures that stop: once, whole, the same for both chairs, and whatever happens in the middle."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from functions.files.rulebooks import read_book
from functions.freezing import CHAIRS, freeze, frozen, report_back, report_saved
from functions.quarter_report import begun_quarter, from_record
from functions.recorded import name_of, record_back, record_saved
from ledger import open_ledger
from ledger.entries import Delivery, DeliveryState
from ledger.port import Ledger
from models.agreement import Agreement
from models.days import LONDON
from models.findings import State
from models.quarters import NotAQuarter, quarter_named
from models.rulebook import Rulebook
from models.tally import Result
from tests.models.invented_record import BOARD, entry, month
from tests.wording import invented_report

QUARTER = quarter_named("2026/27-Q3")
NOW = datetime(2027, 1, 11, 9, 15, tzinfo=LONDON)  # a Monday
OCTOBER, NOVEMBER, DECEMBER = QUARTER.months
BY = "test"


def _book() -> Rulebook:
    book = read_book().book
    promises = tuple(
        one.model_copy(update={"on": one.id in ("P01", "P04", "P05")}) for one in book.agreement.promises
    )
    agreement: Agreement = book.agreement.model_copy(update={"promises": promises})
    return replace(book, agreement=agreement)


BOOK = _book()


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    async with open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}") as opened:
        yield opened


async def _on_record(ledger: Ledger, first: date, state: State = State.KEPT) -> None:
    """The Board's month in which one meeting was held on the 10th."""
    record = month(first, [entry("P04", first.replace(day=10), state), entry("P05", first.replace(day=10))])
    await ledger.remember(BOARD, name_of(first), record_saved(record))


async def test_the_report_is_made_from_what_is_on_record(ledger: Ledger) -> None:
    await _on_record(ledger, OCTOBER)
    await _on_record(ledger, NOVEMBER, State.MISSED)
    report = await from_record(ledger, BOOK, QUARTER, NOW)
    hours, term = report.tallies
    assert (hours[Result.KEPT], hours[Result.MISSED], hours.of, term[Result.KEPT]) == (1, 1, 2, 2)
    board = next(one for one in report.read if one.group == BOARD)
    assert board.unread == ((DECEMBER, QUARTER.last),)
    assert not report.so_far


async def test_both_chairs_are_owed_the_same_draft_in_the_same_minute(ledger: Ledger) -> None:
    await _on_record(ledger, OCTOBER)
    done = await freeze(ledger, BOOK, QUARTER, NOW, by=BY)
    owed = await ledger.deliveries()
    assert done.new
    assert {(one.channel, one.not_before, one.about, one.state) for one in owed} == {
        ("mail", NOW, "report 2026/27-Q3", DeliveryState.OWED)
    }
    assert [one.value["role"] for one in owed] == list(CHAIRS)
    assert {one.value["kind"] for one in owed} == {"report draft"}


async def test_freezing_twice_changes_nothing_even_where_the_record_did(ledger: Ledger) -> None:
    await _on_record(ledger, OCTOBER)
    first = await freeze(ledger, BOOK, QUARTER, NOW, by=BY)
    owed = await ledger.deliveries()
    await _on_record(ledger, OCTOBER, State.MISSED)
    again = await freeze(ledger, BOOK, QUARTER, NOW + timedelta(days=3), by=BY)
    assert (again.new, again.report) == (False, first.report)
    assert await ledger.deliveries() == owed
    assert await frozen(ledger, QUARTER) == first.report


async def test_killed_before_anybody_was_owed_anything_the_next_freeze_makes_it_good(ledger: Ledger) -> None:
    await _on_record(ledger, OCTOBER)

    class Dies:
        def __getattr__(self, name: str) -> object:
            return getattr(ledger, name)

        async def owe(self, deliveries: Iterable[Delivery]) -> tuple[str, ...]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await freeze(Dies(), BOOK, QUARTER, NOW, by=BY)  # type: ignore[arg-type]
    assert await ledger.deliveries() == ()
    done = await freeze(ledger, BOOK, QUARTER, NOW + timedelta(hours=1), by=BY)
    assert {one.not_before for one in await ledger.deliveries()} == {NOW}
    assert done.report.frozen_at == NOW


async def test_while_another_is_at_work_it_is_refused_with_the_cure(ledger: Ledger) -> None:
    assert await ledger.take_lease("", by="another", now=NOW, until=NOW + timedelta(minutes=5))
    with pytest.raises(NotAQuarter, match="try again in five minutes"):
        await freeze(ledger, BOOK, QUARTER, NOW, by=BY)


async def test_a_quarter_that_is_not_over_keeps_its_figures(ledger: Ledger) -> None:
    with pytest.raises(NotAQuarter, match="is not over"):
        await freeze(ledger, BOOK, QUARTER, datetime(2026, 12, 31, 23, tzinfo=LONDON), by=BY)


def test_a_quarter_that_has_not_begun_is_refused() -> None:
    with pytest.raises(NotAQuarter, match=r"has not begun\. It starts on Thursday 1 April 2027"):
        begun_quarter("2027/28-Q1", BOOK.agreement, NOW)


def test_what_was_saved_comes_back_as_it_was() -> None:
    report = replace(invented_report.everything(), frozen_at=NOW)
    assert report_back(report_saved(report), QUARTER) == report
    record = month(OCTOBER, report.entries[:3], gap=True, held=report.held[:2])
    assert record_back(OCTOBER, record_saved(record)) == record


async def test_the_forums_own_promises_are_in_no_report_even_if_somebody_wrote_them_down(
    ledger: Ledger,
) -> None:
    record = month(OCTOBER, [entry("P35", date(2026, 10, 10), State.MISSED)])
    await ledger.remember(BOARD, name_of(OCTOBER), record_saved(record))
    report = await from_record(ledger, BOOK, QUARTER, NOW)
    assert (report.entries, report.tallies) == ((), ())
    assert "P35" not in str(report_saved(report))
