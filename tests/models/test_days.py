"""Worked sums that a clerk can check with a wall calendar: every date in a table carries its weekday."""

from datetime import UTC, date, datetime

import pytest

from models.agreement import CountingRule
from models.days import (
    LONDON,
    Count,
    Skipped,
    WorkingDays,
    after,
    before,
    end_of,
    hours_before,
    months_after,
    months_after_with_grace,
    readings_before,
    weeks_before,
    working_days_between,
)
from reading.bank_holidays import working_days

ENGLAND = working_days(CountingRule())
SCOTLAND = working_days(CountingRule(bank_holidays="scotland"))
NORTHERN_IRELAND = working_days(CountingRule(bank_holidays="northern-ireland"))
WITH_SATURDAYS = working_days(CountingRule(saturdays=True))


def day(text: str) -> date:
    parsed = datetime.strptime(text, "%a %d %b %Y").date()  # noqa: DTZ007 - a date, no moment
    assert f"{parsed:%a}" == text[:3], f"{text} is a {parsed:%A}"
    return parsed


def of_month(days: tuple[date, ...]) -> list[int]:
    return [each.day for each in days]


def test_a_false_weekday_in_a_table_is_caught() -> None:
    with pytest.raises(AssertionError, match="is a Friday"):
        day("Thu 27 Nov 2026")


# The table of worked dates: five days before a meeting, in three readings, and the counted days.
WORKED = [
    ("Thu 08 Jan 2026", "Wed 31 Dec 2025", [31, 2, 5, 6, 7], "Tue 30 Dec 2025", "Sat 03 Jan 2026"),
    ("Tue 14 Apr 2026", "Tue 07 Apr 2026", [7, 8, 9, 10, 13], "Thu 02 Apr 2026", "Thu 09 Apr 2026"),
    ("Thu 07 May 2026", "Wed 29 Apr 2026", [29, 30, 1, 5, 6], "Tue 28 Apr 2026", "Sat 02 May 2026"),
    ("Tue 02 Jun 2026", "Tue 26 May 2026", [26, 27, 28, 29, 1], "Fri 22 May 2026", "Thu 28 May 2026"),
    ("Thu 03 Sep 2026", "Wed 26 Aug 2026", [26, 27, 28, 1, 2], "Tue 25 Aug 2026", "Sat 29 Aug 2026"),
    ("Fri 27 Nov 2026", "Fri 20 Nov 2026", [20, 23, 24, 25, 26], "Thu 19 Nov 2026", "Sun 22 Nov 2026"),
    ("Tue 05 Jan 2027", "Thu 24 Dec 2026", [24, 29, 30, 31, 4], "Wed 23 Dec 2026", "Thu 31 Dec 2026"),
]


@pytest.mark.parametrize(("meeting", "counted", "which", "clear", "calendar"), WORKED)
def test_five_days_before_a_meeting(
    meeting: str, counted: str, which: list[int], clear: str, calendar: str
) -> None:
    by_counted = before(day(meeting), 5, ENGLAND, Count.COUNTED)
    by_clear = before(day(meeting), 5, ENGLAND, Count.CLEAR)
    by_calendar = before(day(meeting), 5, ENGLAND, Count.CALENDAR)
    assert (by_counted.due, by_clear.due, by_calendar.due) == (day(counted), day(clear), day(calendar))
    assert of_month(by_counted.counted) == of_month(by_clear.counted) == which
    assert by_counted.last_day == by_counted.due
    assert by_counted.beyond is by_clear.beyond is by_calendar.beyond is None


# Ten working days for a reply (P19): the day of receipt is not counted.
REPLIES = [
    ("Wed 17 Dec 2025", "Mon 05 Jan 2026", [18, 19, 22, 23, 24, 29, 30, 31, 2, 5]),
    ("Mon 30 Mar 2026", "Wed 15 Apr 2026", [31, 1, 2, 7, 8, 9, 10, 13, 14, 15]),
    ("Tue 14 Jul 2026", "Tue 28 Jul 2026", [15, 16, 17, 20, 21, 22, 23, 24, 27, 28]),
]


@pytest.mark.parametrize(("received", "due", "which"), REPLIES)
def test_ten_working_days_to_reply(received: str, due: str, which: list[int]) -> None:
    reply = after(day(received), 10, ENGLAND)
    assert (reply.due, of_month(reply.counted)) == (day(due), which)


def test_every_skipped_day_says_why() -> None:
    due = before(day("Tue 05 Jan 2027"), 5, ENGLAND, Count.COUNTED)
    assert due.skipped == (
        Skipped(day("Fri 25 Dec 2026"), "bank holiday: Christmas Day"),
        Skipped(day("Sat 26 Dec 2026"), "weekend"),
        Skipped(day("Sun 27 Dec 2026"), "weekend"),
        Skipped(day("Mon 28 Dec 2026"), "bank holiday: Boxing Day (substitute day)"),
        Skipped(day("Fri 01 Jan 2027"), "bank holiday: New Year’s Day"),
        Skipped(day("Sat 02 Jan 2027"), "weekend"),
        Skipped(day("Sun 03 Jan 2027"), "weekend"),
    )


def test_clear_days_leave_a_whole_weekend_to_send_in() -> None:
    due = before(day("Tue 14 Apr 2026"), 5, ENGLAND, Count.CLEAR)
    assert (due.due, due.last_day) == (day("Thu 02 Apr 2026"), day("Mon 06 Apr 2026"))  # Easter between


# Moved and one-off bank holidays, as they were.
MOVED = [
    ("Mon 11 May 2020", "Fri 01 May 2020", [1, 4, 5, 6, 7]),  # early May moved to Fri 8 (VE Day)
    ("Tue 07 Jun 2022", "Fri 27 May 2022", [27, 30, 31, 1, 6]),  # spring moved to Thu 2, Jubilee Fri 3
    ("Fri 23 Sep 2022", "Thu 15 Sep 2022", [15, 16, 20, 21, 22]),  # State Funeral Mon 19
    ("Tue 09 May 2023", "Fri 28 Apr 2023", [28, 2, 3, 4, 5]),  # Coronation Mon 8
]


@pytest.mark.parametrize(("meeting", "due", "which"), MOVED)
def test_moved_and_one_off_bank_holidays(meeting: str, due: str, which: list[int]) -> None:
    found = before(day(meeting), 5, ENGLAND, Count.COUNTED)
    assert (found.due, of_month(found.counted)) == (day(due), which)


NATIONS = [
    ("Thu 03 Dec 2026", "Thu 26 Nov 2026", "Wed 25 Nov 2026", "Thu 26 Nov 2026"),  # St Andrew's Mon 30 Nov
    ("Thu 16 Jul 2026", "Thu 09 Jul 2026", "Thu 09 Jul 2026", "Wed 08 Jul 2026"),  # the Boyne Mon 13 Jul
    ("Thu 19 Mar 2026", "Thu 12 Mar 2026", "Thu 12 Mar 2026", "Wed 11 Mar 2026"),  # St Patrick's Tue 17
    ("Tue 07 Apr 2026", "Fri 27 Mar 2026", "Mon 30 Mar 2026", "Fri 27 Mar 2026"),  # no Easter Mon in Scotland
]


@pytest.mark.parametrize(("meeting", "england", "scotland", "northern_ireland"), NATIONS)
def test_bank_holidays_of_the_nations(
    meeting: str, england: str, scotland: str, northern_ireland: str
) -> None:
    for working, due in ((ENGLAND, england), (SCOTLAND, scotland), (NORTHERN_IRELAND, northern_ireland)):
        assert before(day(meeting), 5, working, Count.COUNTED).due == day(due)


SATURDAYS = [
    ("Fri 27 Nov 2026", "Sat 21 Nov 2026", [21, 23, 24, 25, 26]),
    ("Tue 05 Jan 2027", "Tue 29 Dec 2026", [29, 30, 31, 2, 4]),
    ("Wed 30 Dec 2026", "Tue 22 Dec 2026", [22, 23, 24, 29]),  # Boxing Day is a Saturday, and still a holiday
]


@pytest.mark.parametrize(("meeting", "due", "which"), SATURDAYS)
def test_saturdays_count_by_setting(meeting: str, due: str, which: list[int]) -> None:
    found = before(day(meeting), len(which), WITH_SATURDAYS, Count.COUNTED)
    assert (found.due, of_month(found.counted)) == (day(due), which)
    assert all(
        each.weekday() != 5 for each in before(day(meeting), len(which), ENGLAND, Count.COUNTED).counted
    )


def test_a_feast_on_a_saturday_says_what_it_is() -> None:
    assert WITH_SATURDAYS.why_not(day("Sat 26 Dec 2026")) == "bank holiday: Boxing Day"
    assert WITH_SATURDAYS.why_not(day("Sat 25 Dec 2027")) == "bank holiday: Christmas Day"
    assert WITH_SATURDAYS.why_not(day("Sat 01 Jan 2028")) == "bank holiday: New Year’s Day"
    assert WITH_SATURDAYS.why_not(day("Sat 19 Dec 2026")) is None
    assert WITH_SATURDAYS.why_not(day("Sun 20 Dec 2026")) == "weekend"
    assert ENGLAND.why_not(day("Sat 26 Dec 2026")) == "weekend"


def test_closed_days_are_skipped_with_their_reason() -> None:
    closure = {day("Tue 29 Dec 2026"): "offices shut", day("Wed 30 Dec 2026"): "offices shut"}
    closed = working_days(CountingRule(), closure)
    found = before(day("Tue 05 Jan 2027"), 5, closed, Count.COUNTED)
    assert (found.due, of_month(found.counted)) == (day("Tue 22 Dec 2026"), [22, 23, 24, 31, 4])
    assert Skipped(day("Tue 29 Dec 2026"), "closed: offices shut") in found.skipped


def test_a_bank_holiday_that_is_also_closed_is_called_a_bank_holiday() -> None:
    christmas = day("Fri 25 Dec 2026")
    assert (
        working_days(CountingRule(), {christmas: "shut"}).why_not(christmas) == "bank holiday: Christmas Day"
    )


def test_seven_working_days_beginning_with_the_day_of_the_meeting() -> None:
    """Community councils in Wales count the day of the meeting too."""
    found = before(day("Fri 27 Nov 2026"), 7, ENGLAND, Count.INCLUSIVE)
    assert (found.due, of_month(found.counted)) == (day("Thu 19 Nov 2026"), [19, 20, 23, 24, 25, 26, 27])
    onward = after(day("Fri 27 Nov 2026"), 7, ENGLAND, Count.INCLUSIVE)
    assert (onward.due, of_month(onward.counted)) == (day("Mon 07 Dec 2026"), [27, 30, 1, 2, 3, 4, 7])


def test_clear_days_after_leave_the_whole_number_between() -> None:
    found = after(day("Thu 19 Nov 2026"), 5, ENGLAND, Count.CLEAR)
    assert (found.due, of_month(found.counted)) == (day("Fri 27 Nov 2026"), [20, 23, 24, 25, 26])


def test_an_unsettled_agreement_has_two_sums_the_earlier_first() -> None:
    clear, counted = readings_before(day("Fri 27 Nov 2026"), 5, ENGLAND, Count.UNSETTLED)
    assert (clear.reading, clear.due) == (Count.CLEAR, day("Thu 19 Nov 2026"))
    assert (counted.reading, counted.due) == (Count.COUNTED, day("Fri 20 Nov 2026"))
    assert readings_before(day("Fri 27 Nov 2026"), 5, ENGLAND, Count.CLEAR) == (clear,)


def test_no_days_at_all() -> None:
    friday, monday = day("Fri 27 Nov 2026"), day("Mon 30 Nov 2026")
    assert before(monday, 0, ENGLAND, Count.COUNTED).due == monday
    assert before(monday, 0, ENGLAND, Count.CLEAR).due == friday
    assert before(monday, 0, ENGLAND, Count.CLEAR).last_day == day("Sun 29 Nov 2026")
    assert after(friday, 0, ENGLAND).due == friday
    assert after(friday, 0, ENGLAND, Count.CLEAR).due == monday


def test_calendar_days_count_weekends_and_holidays() -> None:
    found = before(day("Thu 31 Dec 2026"), 7, ENGLAND, Count.CALENDAR)
    assert (found.due, of_month(found.counted), found.skipped) == (
        day("Thu 24 Dec 2026"),
        [24, 25, 26, 27, 28, 29, 30],
        (),
    )
    onward = after(day("Thu 24 Dec 2026"), 7, ENGLAND, Count.CALENDAR)
    assert (onward.due, of_month(onward.counted)) == (day("Thu 31 Dec 2026"), [25, 26, 27, 28, 29, 30, 31])


MONTHS = [
    ("Sat 31 Jan 2026", 1, "Sat 28 Feb 2026"),
    ("Mon 31 Jan 2028", 1, "Tue 29 Feb 2028"),  # a leap year
    ("Tue 29 Feb 2028", 12, "Wed 28 Feb 2029"),
    ("Fri 27 Nov 2026", 3, "Sat 27 Feb 2027"),
    ("Mon 31 Aug 2026", 6, "Sun 28 Feb 2027"),
    ("Thu 31 Dec 2026", 1, "Sun 31 Jan 2027"),
    ("Mon 30 Nov 2026", 1, "Wed 30 Dec 2026"),
    ("Fri 15 Jan 2027", 11, "Wed 15 Dec 2027"),
    ("Fri 15 Jan 2027", 12, "Sat 15 Jan 2028"),
    ("Fri 15 Jan 2027", 0, "Fri 15 Jan 2027"),
    ("Fri 27 Nov 2026", 25, "Wed 27 Dec 2028"),
]


@pytest.mark.parametrize(("first", "months", "due"), MONTHS)
def test_calendar_months(first: str, months: int, due: str) -> None:
    assert months_after(day(first), months) == day(due)


def test_three_months_with_ten_working_days_of_grace() -> None:
    found = months_after_with_grace(day("Thu 24 Sep 2026"), 3, 10, ENGLAND)  # three months: Thu 24 Dec
    assert (found.due, of_month(found.counted)) == (
        day("Tue 12 Jan 2027"),
        [29, 30, 31, 4, 5, 6, 7, 8, 11, 12],
    )


def test_weeks_are_the_same_weekday() -> None:
    assert weeks_before(day("Fri 27 Nov 2026"), 12) == day("Fri 04 Sep 2026")
    assert weeks_before(day("Fri 27 Nov 2026"), 4) == day("Fri 30 Oct 2026")


# 48 hours before ten in the morning: the clock changes at 01:00 UTC on these nights.
CLOCK_CHANGES = [
    ("Mon 30 Mar 2026", (28, 9)),  # spring: an hour is missing
    ("Mon 26 Oct 2026", (24, 11)),  # autumn: an hour is there twice
    ("Mon 29 Mar 2027", (27, 9)),
    ("Mon 01 Nov 2027", (30, 11)),
    ("Fri 27 Nov 2026", (25, 10)),  # no change between
]


@pytest.mark.parametrize(("meeting", "expected"), CLOCK_CHANGES)
def test_real_hours_across_a_clock_change(meeting: str, expected: tuple[int, int]) -> None:
    ten = datetime.combine(day(meeting), datetime.min.time().replace(hour=10), LONDON)
    found = hours_before(ten, 48)
    assert (found.day, found.hour) == expected
    assert found.tzinfo is LONDON
    assert (ten.astimezone(UTC) - found.astimezone(UTC)).total_seconds() == 48 * 3600


def test_a_due_day_ends_a_minute_before_midnight_in_london() -> None:
    assert end_of(day("Tue 02 Jun 2026")).astimezone(UTC) == datetime(2026, 6, 2, 22, 59, tzinfo=UTC)
    assert end_of(day("Fri 27 Nov 2026")).astimezone(UTC) == datetime(2026, 11, 27, 23, 59, tzinfo=UTC)


def test_working_days_between_two_dates() -> None:
    friday, tuesday = day("Fri 20 Nov 2026"), day("Tue 24 Nov 2026")
    assert working_days_between(friday, tuesday, ENGLAND) == 2  # Friday and Monday
    assert working_days_between(tuesday, friday, ENGLAND) == 0
    assert working_days_between(friday, friday, ENGLAND) == 0


def test_a_sum_says_where_the_bank_holiday_list_ends() -> None:
    assert (ENGLAND.known_from, ENGLAND.known_until) == (day("Sun 01 Jan 2012"), day("Sun 31 Dec 2028"))
    assert [ENGLAND.knows(day(text)) for text in ("Sun 01 Jan 2012", "Sun 31 Dec 2028")] == [True, True]
    assert [ENGLAND.knows(day(text)) for text in ("Sat 31 Dec 2011", "Mon 01 Jan 2029")] == [False, False]
    assert before(day("Mon 08 Jan 2029"), 5, ENGLAND, Count.COUNTED).beyond == day("Mon 01 Jan 2029")
    assert before(day("Fri 29 Dec 2028"), 5, ENGLAND, Count.COUNTED).beyond is None
    assert after(day("Wed 27 Dec 2028"), 5, ENGLAND).beyond == day("Mon 01 Jan 2029")
    assert before(day("Thu 05 Jan 2012"), 5, ENGLAND, Count.COUNTED).beyond == day("Wed 28 Dec 2011")
    assert before(day("Mon 08 Jan 2029"), 5, ENGLAND, Count.CALENDAR).beyond is None  # needs no list


def test_a_calendar_without_working_days_is_told_not_searched_for_ever() -> None:
    never = WorkingDays(
        {}, date(2026, 1, 1), date(2026, 12, 31), {date.fromordinal(n): "shut" for n in range(735000, 745000)}
    )
    with pytest.raises(ValueError, match="look at the closed days"):
        before(day("Fri 27 Nov 2026"), 1, never, Count.COUNTED)
