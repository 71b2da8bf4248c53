"""When people may be told: set times on working days, and never outside office hours."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.telling import Hours, settles_at

USUAL, ANY_TIME = Hours(), Hours(times=())

# 5 to 8 April 2026: Easter Sunday, Easter Monday; 25 to 28 December 2026: Christmas Day, Saturday, Sunday and
# Monday 28th as Boxing Day's bank holiday
WAITS = [
    ("Thu 05 Nov 2026 09:15", "Thu 05 Nov 2026 09:15"),
    ("Thu 05 Nov 2026 09:16", "Thu 05 Nov 2026 13:15"),
    ("Thu 05 Nov 2026 07:00", "Thu 05 Nov 2026 09:15"),
    ("Thu 05 Nov 2026 13:16", "Fri 06 Nov 2026 09:15"),
    ("Fri 06 Nov 2026 13:16", "Mon 09 Nov 2026 09:15"),
    ("Sat 07 Nov 2026 10:00", "Mon 09 Nov 2026 09:15"),
    ("Fri 03 Apr 2026 09:00", "Tue 07 Apr 2026 09:15"),
    ("Thu 24 Dec 2026 13:16", "Tue 29 Dec 2026 09:15"),
    ("Sat 24 Oct 2026 23:30", "Mon 26 Oct 2026 09:15"),
]
AT_ANY_MINUTE = [
    ("Thu 05 Nov 2026 09:16", "Thu 05 Nov 2026 09:16"),
    ("Thu 05 Nov 2026 07:59", "Thu 05 Nov 2026 08:00"),
    ("Thu 05 Nov 2026 18:00", "Fri 06 Nov 2026 08:00"),
    ("Fri 06 Nov 2026 20:00", "Mon 09 Nov 2026 08:00"),
]
OPEN = [
    ("Thu 05 Nov 2026 07:59", False),
    ("Thu 05 Nov 2026 08:00", True),
    ("Thu 05 Nov 2026 17:59", True),
    ("Thu 05 Nov 2026 18:00", False),
    ("Sat 07 Nov 2026 12:00", False),
    ("Fri 25 Dec 2026 12:00", False),
]


@pytest.mark.parametrize(("moment", "leaves"), WAITS)
def test_cards_leave_at_a_quarter_past_nine_or_one_on_working_days(build, moment, leaves):
    assert USUAL.next_after(build.at(moment), build.working_days()) == build.at(leaves)


@pytest.mark.parametrize(("moment", "leaves"), AT_ANY_MINUTE)
def test_a_partnership_may_want_cards_at_once_but_only_by_day(build, moment, leaves):
    assert ANY_TIME.next_after(build.at(moment), build.working_days()) == build.at(leaves)


@pytest.mark.parametrize(("moment", "is_open"), OPEN)
def test_nobody_hears_anything_outside_office_hours(build, moment, is_open):
    assert USUAL.open_at(build.at(moment), build.working_days()) is is_open


@given(st.integers(min_value=0, max_value=2 * 365 * 24 * 60))
def test_a_card_never_leaves_before_it_is_due_nor_in_quiet_hours(build, minutes):
    moment = build.at("Thu 01 Jan 2026 00:00") + timedelta(minutes=minutes)
    leaves = USUAL.next_after(moment, build.working_days())
    assert leaves.timestamp() >= moment.timestamp()
    assert leaves.time() in (time(9, 15), time(13, 15))
    assert USUAL.open_at(leaves, build.working_days())
    assert USUAL.next_after(leaves, build.working_days()) == leaves


def test_a_change_settles_after_its_minutes(build):
    booked = build.at("Thu 05 Nov 2026 09:00")
    assert settles_at(booked, 20) == booked + timedelta(minutes=20)


# The manager's day is Monday. Monday 28 December 2026 is a bank holiday
MONDAYS = [
    ("Thu 05 Nov 2026 09:15", "Mon 09 Nov 2026 09:15"),
    ("Mon 09 Nov 2026 09:15", "Mon 09 Nov 2026 09:15"),
    ("Mon 09 Nov 2026 10:00", "Mon 09 Nov 2026 13:15"),
    ("Mon 09 Nov 2026 13:16", "Mon 16 Nov 2026 09:15"),
    ("Wed 23 Dec 2026 09:00", "Tue 29 Dec 2026 09:15"),
    ("Mon 28 Dec 2026 12:00", "Tue 29 Dec 2026 09:15"),
]


@pytest.mark.parametrize(("moment", "leaves"), MONDAYS)
def test_what_comes_on_one_day_of_the_week(build, moment, leaves):
    assert USUAL.next_on("Monday", build.at(moment), build.working_days()) == build.at(leaves)
