"""On which day a rep's mail leaves, in days that a head teacher can check."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.files.rulebooks import read_book
from models.days import LONDON
from models.rep_days import mail_day, may_hear, noon_after, open_moment, week_of
from models.reps import Preferences
from models.telling import Hours

BOOK = read_book().book
WORKING, SCHOOL = BOOK.working, BOOK.terms.of(BOOK.agreement.terms.main)


def day(text: str) -> date:
    found = datetime.strptime(text, "%a %d %b %Y").replace(tzinfo=LONDON).date()
    assert f"{found:%a}" == text[:3], f"{text} is a {found:%A}"
    return found


def spelt(value: date | None) -> str:
    return f"{value:%a %d %b %Y}" if value else ""


DAYS = [  # a day of the week, the day picked (0 is Monday), in holidays too, the day of the mail
    ("Mon 02 Nov 2026", 0, False, "Mon 02 Nov 2026"),
    ("Fri 06 Nov 2026", 3, False, "Thu 05 Nov 2026"),
    ("Sun 08 Nov 2026", 0, False, "Mon 02 Nov 2026"),  # the week that ends
    ("Wed 28 Oct 2026", 0, False, ""),  # half term
    ("Wed 28 Oct 2026", 0, True, "Mon 26 Oct 2026"),
    ("Thu 25 Mar 2027", 4, True, "Thu 25 Mar 2027"),  # Good Friday: the last day before, not next week
    ("Mon 29 Mar 2027", 0, True, "Tue 30 Mar 2027"),  # Easter Monday
    ("Mon 03 May 2027", 0, False, "Tue 04 May 2027"),  # May Day
    ("Tue 29 Dec 2026", 4, True, "Thu 31 Dec 2026"),  # New Year's Day is a Friday
]


@pytest.mark.parametrize(("today", "picked", "holidays", "expected"), DAYS)
def test_the_day_of_the_mail(today: str, picked: int, holidays: bool, expected: str) -> None:
    chosen = Preferences(day=picked, in_holidays=holidays)
    assert spelt(mail_day(day(today), chosen, WORKING, SCHOOL)) == expected


def test_a_pause_ends_in_the_middle_of_a_week() -> None:
    chosen = Preferences(paused_until=day("Tue 03 Nov 2026"))
    assert spelt(mail_day(day("Mon 02 Nov 2026"), chosen, WORKING, SCHOOL)) == "Wed 04 Nov 2026"
    assert not may_hear(day("Tue 03 Nov 2026"), chosen, WORKING, SCHOOL)
    assert mail_day(day("Mon 02 Nov 2026"), Preferences(stopped=True), WORKING, SCHOOL) is None


DAYS_OF_TWO_YEARS = st.dates(date(2026, 9, 1), date(2028, 7, 1))


@given(today=DAYS_OF_TWO_YEARS, picked=st.integers(0, 4), holidays=st.booleans())
def test_it_stays_in_its_own_week_and_on_a_day_that_will_do(today: date, picked: int, holidays: bool) -> None:
    chosen = Preferences(day=picked, in_holidays=holidays)
    found = mail_day(today, chosen, WORKING, SCHOOL)
    if found is not None:
        assert week_of(found) == week_of(today)
        assert may_hear(found, chosen, WORKING, SCHOOL)


def test_where_the_school_dates_do_not_reach_the_mail_comes() -> None:
    far = BOOK.terms.of(BOOK.agreement.terms.main).covered_until
    assert far is not None
    assert may_hear(date(far.year, 11, 4), Preferences(), WORKING, SCHOOL) == (
        WORKING.why_not(date(far.year, 11, 4)) is None
    )


MOMENTS = [  # said at, the officer hears, the manager hears
    ("Wed 18 Nov 2026 19:00", "Thu 19 Nov 2026 08:00", "Fri 20 Nov 2026 12:00"),
    ("Thu 19 Nov 2026 10:07", "Thu 19 Nov 2026 10:07", "Fri 20 Nov 2026 12:00"),
    ("Fri 20 Nov 2026 17:59", "Fri 20 Nov 2026 17:59", "Mon 23 Nov 2026 12:00"),
    ("Thu 24 Dec 2026 20:00", "Tue 29 Dec 2026 08:00", "Wed 30 Dec 2026 12:00"),
]


@pytest.mark.parametrize(("said", "officer", "manager"), MOMENTS)
def test_when_an_ask_is_carried(said: str, officer: str, manager: str) -> None:
    def at(text: str) -> datetime:
        assert f"{day(text[:15]):%a}" == text[:3]
        return datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=LONDON)

    heard = open_moment(at(said), Hours(), WORKING)
    assert heard == at(officer)
    assert noon_after(heard, WORKING) == at(manager)
