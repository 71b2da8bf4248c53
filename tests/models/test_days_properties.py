"""What must hold of every sum of days, whatever the calendar: tried on made-up calendars and real ones."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.agreement import CountingRule
from models.days import (
    LONDON,
    Count,
    DaySum,
    WorkingDays,
    after,
    before,
    hours_before,
    months_after,
    readings_before,
    working_days_between,
)
from reading.bank_holidays import working_days

ONE_DAY = timedelta(days=1)
REAL = [
    working_days(CountingRule(bank_holidays=nation, saturdays=saturdays))
    for nation in ("england-and-wales", "scotland", "northern-ireland")
    for saturdays in (False, True)
]
IN_WORKING_DAYS = [Count.COUNTED, Count.CLEAR, Count.INCLUSIVE]

days = st.dates(date(2012, 3, 1), date(2028, 10, 1))
near_a_holiday = st.builds(
    lambda holiday, gap: min(max(holiday + gap * ONE_DAY, date(2012, 3, 1)), date(2028, 10, 1)),
    st.sampled_from(sorted(REAL[0].bank_holidays)),
    st.integers(-12, 12),
)
any_day = days | near_a_holiday
numbers = st.integers(0, 30)
readings = st.sampled_from(IN_WORKING_DAYS)
made_up = st.builds(
    WorkingDays,
    bank_holidays=st.dictionaries(days, st.just("a holiday"), max_size=40),
    known_from=st.just(date(2012, 1, 1)),
    known_until=st.just(date(2028, 12, 31)),
    closed=st.dictionaries(days, st.just("shut"), max_size=40),
    saturdays=st.booleans(),
)
calendars = st.sampled_from(REAL) | made_up


def span(first: date, last: date) -> list[date]:
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


def touched(found: DaySum) -> list[date]:
    return sorted([*found.counted, *(skip.day for skip in found.skipped)])


@given(any_day, numbers, calendars)
def test_before_counts_or_skips_each_day_of_its_span_once(
    day: date, number: int, working: WorkingDays
) -> None:
    counted = before(day, number, working, Count.COUNTED)
    clear = before(day, number, working, Count.CLEAR)
    inclusive = before(day, number, working, Count.INCLUSIVE)
    assert touched(counted) == span(counted.due, day - ONE_DAY)
    assert touched(clear) == span(clear.due + ONE_DAY, day - ONE_DAY)
    assert touched(inclusive) == (span(inclusive.due, day) if number else [])


@given(any_day, numbers, calendars)
def test_after_counts_or_skips_each_day_of_its_span_once(
    day: date, number: int, working: WorkingDays
) -> None:
    counted = after(day, number, working, Count.COUNTED)
    clear = after(day, number, working, Count.CLEAR)
    inclusive = after(day, number, working, Count.INCLUSIVE)
    assert touched(counted) == span(day + ONE_DAY, counted.due)
    assert touched(clear) == span(day + ONE_DAY, clear.due - ONE_DAY)
    assert touched(inclusive) == (span(day, inclusive.due) if number else [])


@given(any_day, numbers, calendars, readings)
def test_what_is_counted_works_and_what_is_skipped_does_not(
    day: date, number: int, working: WorkingDays, reading: Count
) -> None:
    for found in (before(day, number, working, reading), after(day, number, working, reading)):
        assert len(found.counted) == number
        assert all(working.why_not(each) is None for each in found.counted)
        assert all(working.why_not(skip.day) == skip.why for skip in found.skipped)
        assert list(found.counted) == sorted(found.counted)
        assert [skip.day for skip in found.skipped] == sorted(skip.day for skip in found.skipped)
        assert working.why_not(found.due) is None or found.due == day


@given(any_day, st.integers(1, 30), calendars, readings)
def test_before_and_after_are_inverse_on_working_days(
    day: date, number: int, working: WorkingDays, reading: Count
) -> None:
    if working.why_not(day) is None:
        assert after(before(day, number, working, reading).due, number, working, reading).due == day
        assert before(after(day, number, working, reading).due, number, working, reading).due == day


@given(any_day, st.integers(0, 400))
def test_calendar_days_are_inverse_and_count_every_day(day: date, number: int) -> None:
    earlier = before(day, number, REAL[0], Count.CALENDAR)
    assert (day - earlier.due).days == number == len(earlier.counted)
    assert after(earlier.due, number, REAL[0], Count.CALENDAR).due == day


@given(any_day, numbers, calendars, readings, any_day, st.booleans())
def test_a_new_holiday_never_gives_more_time(
    day: date, number: int, working: WorkingDays, reading: Count, holiday: date, closed: bool
) -> None:
    field = "closed" if closed else "bank_holidays"
    fewer = replace(working, **{field: {**getattr(working, field), holiday: "new"}})
    was, now = before(day, number, working, reading), before(day, number, fewer, reading)
    assert now.due <= was.due
    assert now.last_day <= was.last_day
    assert after(day, number, fewer, reading).due >= after(day, number, working, reading).due


@given(any_day, numbers, calendars, st.sampled_from([*IN_WORKING_DAYS, Count.CALENDAR]))
def test_more_days_never_make_it_later(day: date, number: int, working: WorkingDays, reading: Count) -> None:
    fewer, more = before(day, number, working, reading), before(day, number + 1, working, reading)
    assert more.due <= fewer.due
    assert more.last_day <= fewer.last_day
    assert after(day, number + 1, working, reading).due >= after(day, number, working, reading).due


@given(any_day, any_day, numbers, calendars, readings)
def test_a_later_meeting_is_never_due_earlier(
    day: date, other: date, number: int, working: WorkingDays, reading: Count
) -> None:
    first, second = sorted((day, other))
    assert before(first, number, working, reading).due <= before(second, number, working, reading).due


@given(any_day, st.integers(1, 30), calendars)
def test_clear_is_never_later_than_counted_nor_counted_than_inclusive(
    day: date, number: int, working: WorkingDays
) -> None:
    clear, counted = readings_before(day, number, working, Count.UNSETTLED)
    assert clear.due <= clear.last_day < counted.due <= before(day, number, working, Count.INCLUSIVE).due
    assert clear.counted == counted.counted


@given(any_day, numbers, calendars)
def test_nothing_works_between_the_day_to_act_and_the_last_day(
    day: date, number: int, working: WorkingDays
) -> None:
    clear = before(day, number, working, Count.CLEAR)
    assert all(working.why_not(each) for each in span(clear.due + ONE_DAY, clear.last_day))


@given(any_day, numbers, calendars)
def test_between_agrees_with_counting(day: date, number: int, working: WorkingDays) -> None:
    assert working_days_between(before(day, number, working, Count.COUNTED).due, day, working) == number


@given(st.dates(date(2028, 11, 1), date(2029, 3, 1)), st.integers(1, 30), readings)
def test_a_sum_beyond_the_list_always_says_so(day: date, number: int, reading: Count) -> None:
    for found in (before(day, number, REAL[0], reading), after(day, number, REAL[0], reading)):
        outside = [each for each in [*touched(found), found.due] if each > date(2028, 12, 31)]
        assert found.beyond == (min(outside) if outside else None)


@given(any_day, st.integers(0, 120))
def test_months_keep_the_day_or_end_the_month(day: date, months: int) -> None:
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and (found + ONE_DAY).day == 1)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)), st.integers(0, 400))  # noqa: DTZ001 - made aware below
def test_hours_are_real_hours(moment: datetime, hours: int) -> None:
    aware = moment.replace(tzinfo=UTC).astimezone(LONDON)
    found = hours_before(aware, hours)
    assert aware.astimezone(UTC) - found.astimezone(UTC) == timedelta(hours=hours)
    assert found.utcoffset() in (timedelta(0), timedelta(hours=1))
