"""Dates, times and numbers as people say them."""

from datetime import date, datetime, time

import pytest

from models import spoken
from models.days import LONDON

CLOCKS = [
    (time(0, 0), "midnight"),
    (time(0, 1), "12:01am"),
    (time(9, 5), "9:05am"),
    (time(10, 0), "10am"),
    (time(11, 59), "11:59am"),
    (time(12, 0), "noon"),
    (time(12, 30), "12:30pm"),
    (time(13, 0), "1pm"),
    (time(23, 59), "11:59pm"),
]


@pytest.mark.parametrize(("value", "said"), CLOCKS)
def test_a_time_of_day(value, said):
    assert spoken.clock(value) == said


def test_a_day_has_its_weekday_and_no_leading_nought():
    assert spoken.day(date(2026, 11, 27)) == "Friday 27 November 2026"
    assert spoken.day(date(2026, 12, 1)) == "Tuesday 1 December 2026"


def test_a_moment_is_a_day_and_a_time():
    assert spoken.moment(datetime(2026, 6, 10, 9, 30, tzinfo=LONDON)) == "Wednesday 10 June 2026 at 9:30am"


COUNTS = [
    (0, "0 meetings"),
    (1, "1 meeting"),
    (2, "2 meetings"),
    (12345, "12,345 meetings"),
]


@pytest.mark.parametrize(("number", "said"), COUNTS)
def test_a_number_of_things(number, said):
    assert spoken.count(number, "meeting") == said


def test_a_number_of_things_with_a_plural_of_its_own():
    assert spoken.count(1, "person", "people") == "1 person"
    assert spoken.count(3, "person", "people") == "3 people"


LISTS = [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]


@pytest.mark.parametrize(("parts", "said"), LISTS)
def test_a_list(parts, said):
    assert spoken.listed(parts) == said
