"""The record: what is written down of meetings that were held, what corrects it, and what never enters it."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days import LONDON
from models.facts import Coverage
from models.findings import State
from models.record import (
    Held,
    MonthRecord,
    Reading,
    Recorded,
    after_reading,
    months_of,
    reading_of,
    without_old_titles,
)
from tests.models.invented_record import entry

NOVEMBER = date(2026, 11, 1)
TODAY = date(2026, 11, 27)
HELD_ON = date(2026, 11, 12)  # a Thursday


def reading(*entries: Recorded, today: date = TODAY, **more: Any) -> Reading:
    """A complete reading of the usual window."""
    fields: dict[str, Any] = {
        "entries": entries,
        "held": tuple({one.meeting: Held(one.meeting, one.day, 120) for one in entries}.values()),
        "first": today - timedelta(days=35),
        "last": today + timedelta(days=396),
        "complete": True,
        "today": today,
        "judged": frozenset({"P01", "P04", "P05"}),
        "agreement": "lancashire-2024",
    }
    return Reading(**fields | more)


def november(*readings: Reading) -> MonthRecord:
    """November after these readings."""
    record = MonthRecord(month=NOVEMBER)
    for one in readings:
        record = after_reading(record, one)
    return record


def test_a_statement_that_comes_later_corrects_what_was_written_down() -> None:
    missed = entry("P04", HELD_ON, State.MISSED)
    agreed = replace(missed, state=State.AGREED_CHANGE, agreed_by=("council", "forum"))
    later = reading(agreed, today=date(2026, 12, 1))
    assert november(reading(missed), later).entries == (agreed,)


def test_what_has_left_the_window_stays_as_it_was() -> None:
    missed = entry("P04", HELD_ON, State.MISSED)
    assert november(reading(missed), reading(today=date(2027, 1, 4))).entries == (missed,)


def test_a_meeting_that_was_called_off_after_all_goes() -> None:
    kept = entry("P04", HELD_ON)
    after = november(reading(kept), reading())
    assert (after.entries, after.held) == ((), ())


def test_a_meeting_moved_to_another_month_is_there_and_not_here() -> None:
    kept = entry("P04", HELD_ON, meeting="board")
    moved = entry("P04", date(2026, 12, 3), meeting="board")
    later = reading(moved, today=date(2027, 1, 3))  # November is out of the window
    assert november(reading(kept), later).entries == ()
    assert after_reading(MonthRecord(month=date(2026, 12, 1)), later).entries == (moved,)


def test_a_reading_with_a_hole_adds_and_takes_nothing_away() -> None:
    kept, other = entry("P04", HELD_ON), entry("P05", HELD_ON, State.CANNOT_TELL)
    unclear = replace(kept, state=State.CANNOT_TELL)
    assert november(reading(kept), reading(unclear, other, complete=False)).entries == (kept, other)


@pytest.mark.parametrize("change", [{"judged": frozenset({"P05"})}, {"agreement": "lancashire-2027"}])
def test_a_promise_switched_off_or_a_new_agreement_says_nothing_of_what_was(change: dict[str, Any]) -> None:
    kept = entry("P04", HELD_ON)
    assert november(reading(kept), reading(**change)).entries == (kept,)


def test_titles_go_thirty_days_after_the_meeting() -> None:
    titled = november(reading(entry("P04", HELD_ON, title="Board")))
    assert without_old_titles(titled, HELD_ON + timedelta(days=30)).entries[0].title == "Board"
    assert without_old_titles(titled, HELD_ON + timedelta(days=31)).entries[0].title == ""


@pytest.mark.parametrize(
    ("days", "since", "through", "gap", "whole"),
    [
        (["2026-11-01"], None, None, False, False),  # no day of November is over yet
        (["2026-11-27"], "2026-11-01", "2026-11-26", False, False),
        (["2026-12-01"], "2026-11-01", "2026-11-30", False, True),
        (["2026-12-31"], "2026-11-26", "2026-11-30", False, False),  # begun too late for the first weeks
        (["2026-11-10", "2026-12-20"], "2026-11-01", "2026-11-30", True, False),  # five days that nobody read
        (["2026-11-10", "2026-12-14"], "2026-11-01", "2026-11-30", False, True),
    ],
)
def test_it_says_which_days_were_read(
    days: list[str], since: str | None, through: str | None, gap: bool, whole: bool
) -> None:
    record = november(*(reading(today=date.fromisoformat(day)) for day in days))
    known = (record.since, record.through)
    assert tuple(one and one.isoformat() for one in known) == (since, through)
    assert (record.gap, record.whole) == (gap, whole)


def test_a_reading_speaks_of_the_months_that_it_read() -> None:
    assert months_of(reading()) == (date(2026, 10, 1), NOVEMBER)


def test_only_meetings_that_ended_and_promises_that_were_asked_for_are_written_down(build: Any) -> None:
    meetings = [
        build.meeting("Thu 12 Nov 2026 09:30", key="held"),
        build.meeting("Fri 27 Nov 2026 09:30", "11:30", key="on its way"),
        build.meeting("Thu 03 Dec 2026 09:30", key="ahead"),
    ]
    book = build.agreement(build.promise("hours"), build.promise("term"))
    now = datetime(2026, 11, 27, 11, tzinfo=LONDON)
    facts = build.facts(*meetings)
    found = reading_of(_judged(facts, book, now), facts, book, now, promises=["P04"])
    assert [(one.promise, one.meeting, one.state) for one in found.entries] == [("P04", "held", State.MISSED)]
    assert [one.meeting for one in found.held] == ["held"]


def test_the_forums_own_promises_never_enter_it(build: Any) -> None:
    book = build.agreement(build.promise("hours"))
    own = book.promises[0].model_copy(update={"audience": ("forum",)})
    book = book.model_copy(update={"promises": (own,)})
    facts = build.facts(build.meeting("Thu 12 Nov 2026 09:30"))
    now = datetime(2026, 11, 27, tzinfo=LONDON)
    found = reading_of(_judged(facts, book, now), facts, book, now, promises=["P04"])
    assert (found.entries, found.judged) == ((), frozenset())


def test_of_a_private_meeting_only_date_type_and_state_are_kept(build: Any) -> None:
    private = build.meeting("Thu 12 Nov 2026 09:30", private=True, title="Secret", organiser="Jo")
    facts = build.facts(private, statements=(build.reason("P04", "meeting-1", "about Sam"),))
    book, now = build.agreement(build.promise("hours")), datetime(2026, 11, 27, tzinfo=LONDON)
    (one,) = reading_of(_judged(facts, book, now), facts, book, now, promises=["P04"]).entries
    assert (one.title, one.reason, one.reason_given, one.state) == ("", "", True, State.MISSED)


def test_an_entry_has_no_place_for_a_person() -> None:
    assert not {one.name for one in fields(Recorded)} & {"organiser", "name", "address", "place", "uid"}


STATES = st.sampled_from([State.KEPT, State.MISSED, State.EXPLAINED, State.AGREED_CHANGE, State.CANNOT_TELL])
ENTRIES = st.lists(
    st.builds(
        entry, st.sampled_from(["P01", "P04"]), st.dates(date(2026, 10, 20), date(2026, 12, 10)), STATES
    ),
    max_size=8,
)
READINGS = st.builds(
    lambda entries, today, complete: reading(
        *{one.key: one for one in entries if one.day < today}.values(), today=today, complete=complete
    ),
    ENTRIES,
    st.dates(date(2026, 11, 1), date(2027, 1, 20)),
    st.booleans(),
)


@given(st.lists(READINGS, max_size=5), READINGS)
def test_the_same_reading_twice_changes_nothing_the_second_time(before: list[Reading], last: Reading) -> None:
    once = november(*before, last)
    assert after_reading(once, last) == once


@given(st.lists(READINGS, max_size=5))
def test_a_month_holds_its_own_days_in_order_and_each_entry_once(readings: list[Reading]) -> None:
    record = november(*readings)
    assert [one.key for one in record.entries] == list(dict.fromkeys(one.key for one in record.entries))
    assert [one.day for one in record.entries] == sorted(one.day for one in record.entries)
    assert all(record.month <= one.day <= record.last for one in (*record.entries, *record.held))


def _judged(facts: Any, agreement: Any, now: datetime) -> Any:
    from models.rules import findings_of_meetings

    whole = replace(facts, coverage=Coverage(first=date(2026, 10, 23), last=date(2027, 12, 28)))
    return findings_of_meetings(whole, agreement, now)
