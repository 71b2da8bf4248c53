"""School calendars: open, shut or not known, and what each holiday is called."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.terms import SchoolDay, Standing, Term, TermCalendar, Terms, holiday_name

OPEN, CLOSED, UNKNOWN = Standing.OPEN, Standing.CLOSED, Standing.UNKNOWN


def day(text: str) -> date:
    parsed = datetime.strptime(text, "%a %d %b %Y").date()  # noqa: DTZ007 - a date, no moment
    assert f"{parsed:%a}" == text[:3], f"{text} is a {parsed:%A}"
    return parsed


def term(name: str, first: str, last: str) -> Term:
    return Term(name, day(first), day(last))


TERMS = (
    term("Autumn 1", "Mon 01 Sep 2025", "Fri 24 Oct 2025"),
    term("Autumn 2", "Mon 03 Nov 2025", "Fri 19 Dec 2025"),
    term("Spring 1", "Mon 05 Jan 2026", "Fri 13 Feb 2026"),
    term("Spring 2", "Mon 23 Feb 2026", "Fri 27 Mar 2026"),
    term("Summer 1", "Mon 13 Apr 2026", "Fri 22 May 2026"),
    term("Summer 2", "Mon 01 Jun 2026", "Mon 20 Jul 2026"),
    term("Autumn 1", "Tue 01 Sep 2026", "Fri 23 Oct 2026"),
)
COUNTY = TermCalendar(
    "The County",
    terms=TERMS,
    shut_days={day("Mon 29 Jun 2026"): "an INSET day"},
    covered_from=TERMS[0].first,
    covered_until=TERMS[-1].last,
)
HOLIDAYS = TermCalendar(
    "The City",
    holidays=(
        term("the summer holidays", "Fri 01 Aug 2025", "Sun 31 Aug 2025"),
        term("half term", "Sat 25 Oct 2025", "Sun 02 Nov 2025"),
        term("the Christmas holidays", "Sat 20 Dec 2025", "Sun 04 Jan 2026"),
    ),
    shut_days={day("Mon 15 Dec 2025"): "an INSET day"},
    covered_from=day("Fri 01 Aug 2025"),
    covered_until=day("Sun 04 Jan 2026"),
)

LOOKS = [
    ("Wed 18 Feb 2026", CLOSED, "half term"),
    ("Fri 13 Feb 2026", OPEN, "Spring 1"),  # the last day of a term is a day of term
    ("Sat 14 Feb 2026", CLOSED, "half term"),
    ("Sun 22 Feb 2026", CLOSED, "half term"),
    ("Mon 23 Feb 2026", OPEN, "Spring 2"),  # and so is the first
    ("Wed 31 Dec 2025", CLOSED, "the Christmas holidays"),
    ("Mon 06 Apr 2026", CLOSED, "the Easter holidays"),
    ("Wed 27 May 2026", CLOSED, "half term"),
    ("Tue 21 Jul 2026", CLOSED, "the summer holidays"),
    ("Mon 31 Aug 2026", CLOSED, "the summer holidays"),
    ("Sat 13 Jun 2026", OPEN, "Summer 2"),  # a Saturday in term is no holiday
    ("Mon 29 Jun 2026", CLOSED, "an INSET day"),
    ("Sun 31 Aug 2025", UNKNOWN, "the dates of The County start on Monday 1 September 2025"),
    ("Sat 24 Oct 2026", UNKNOWN, "the dates of The County end on Friday 23 October 2026"),
]


@pytest.mark.parametrize(("when", "standing", "name"), LOOKS)
def test_what_a_list_of_terms_says_of_a_day(when: str, standing: Standing, name: str) -> None:
    assert COUNTY.on(day(when)) == SchoolDay(standing, name)


HOLIDAY_LOOKS = [
    ("Fri 01 Aug 2025", CLOSED, "the summer holidays"),
    ("Mon 01 Sep 2025", OPEN, "term"),
    ("Wed 29 Oct 2025", CLOSED, "half term"),
    ("Mon 15 Dec 2025", CLOSED, "an INSET day"),
    ("Thu 31 Jul 2025", UNKNOWN, "the dates of The City start on Friday 1 August 2025"),
    ("Mon 05 Jan 2026", UNKNOWN, "the dates of The City end on Sunday 4 January 2026"),
]


@pytest.mark.parametrize(("when", "standing", "name"), HOLIDAY_LOOKS)
def test_what_a_list_of_holidays_says_of_a_day(when: str, standing: Standing, name: str) -> None:
    assert HOLIDAYS.on(day(when)) == SchoolDay(standing, name)


@pytest.mark.parametrize("left_out", range(1, 6))
def test_a_term_left_out_is_a_hole_and_never_a_holiday(left_out: int) -> None:
    gone = TERMS[left_out]
    calendar = replace(COUNTY, terms=TERMS[:left_out] + TERMS[left_out + 1 :])
    assert calendar.on(gone.first) == SchoolDay(UNKNOWN, "there is a gap in the dates of The County")
    assert calendar.on(gone.last).standing is UNKNOWN


def test_the_longest_summer_and_the_longest_break_are_holidays_and_a_day_more_is_not() -> None:
    def between(last: str, first: str) -> TermCalendar:
        terms = (
            Term("before", day(last) - timedelta(days=30), day(last)),
            Term("after", day(first), day(first)),
        )
        return replace(COUNTY, terms=terms, covered_from=terms[0].first, covered_until=day(first))

    # Northern Ireland: shut all July and August
    assert between("Tue 30 Jun 2026", "Tue 01 Sep 2026").on(day("Sat 01 Aug 2026")).standing is CLOSED
    assert between("Mon 29 Jun 2026", "Wed 02 Sep 2026").on(day("Sat 01 Aug 2026")).standing is UNKNOWN
    assert between("Fri 13 Mar 2026", "Sat 18 Apr 2026").on(day("Wed 01 Apr 2026")).standing is CLOSED
    assert between("Thu 12 Mar 2026", "Sat 18 Apr 2026").on(day("Wed 01 Apr 2026")).standing is UNKNOWN


def test_a_term_without_a_holiday_for_too_long_is_a_hole() -> None:
    """A list of holidays without the autumn half term says nothing of the autumn."""
    holidays = (HOLIDAYS.holidays[0], HOLIDAYS.holidays[2])
    calendar = replace(HOLIDAYS, holidays=holidays)
    assert calendar.on(day("Wed 29 Oct 2025")).standing is UNKNOWN
    assert calendar.on(day("Mon 01 Sep 2025")).standing is UNKNOWN


def test_a_person_may_say_that_dates_reach_beyond_the_last_line() -> None:
    calendar = replace(COUNTY, terms=TERMS[:6], covered_until=day("Mon 31 Aug 2026"))
    assert calendar.on(day("Wed 12 Aug 2026")) == SchoolDay(CLOSED, "the summer holidays")
    assert calendar.on(day("Tue 01 Sep 2026")).standing is UNKNOWN
    assert (
        replace(COUNTY, covered_until=day("Fri 31 Dec 2027")).on(day("Mon 01 Feb 2027")).standing is UNKNOWN
    )
    opens = replace(HOLIDAYS, covered_until=day("Fri 13 Feb 2026"))
    assert opens.on(day("Thu 05 Feb 2026")) == SchoolDay(OPEN, "term")


def test_coverage_may_end_before_the_last_line() -> None:
    calendar = replace(COUNTY, covered_until=day("Mon 20 Jul 2026"))
    assert calendar.on(day("Mon 20 Jul 2026")).standing is OPEN
    assert calendar.on(day("Tue 01 Sep 2026")).standing is UNKNOWN


def test_where_a_line_could_not_be_used_silence_says_nothing() -> None:
    year = (Term("", date(2025, 8, 1), date(2026, 7, 31)),)
    terms = replace(COUNTY, unclear=year)
    assert terms.on(day("Wed 18 Feb 2026")) == SchoolDay(
        UNKNOWN, "a line in the dates of The County could not be used"
    )
    assert terms.on(day("Tue 10 Feb 2026")).standing is OPEN  # another line says so
    assert terms.on(day("Mon 29 Jun 2026")).standing is CLOSED  # an INSET day is said, not guessed
    assert terms.on(day("Sat 01 Aug 2026")).standing is CLOSED  # the next school year is whole
    holidays = replace(HOLIDAYS, unclear=year)
    assert holidays.on(day("Wed 29 Oct 2025")).standing is CLOSED
    assert holidays.on(day("Wed 10 Dec 2025")).standing is UNKNOWN


def test_only_a_weekend_between_two_lines_is_no_holiday() -> None:
    terms = (
        term("June", "Mon 01 Jun 2026", "Fri 26 Jun 2026"),
        term("July", "Mon 29 Jun 2026", "Mon 20 Jul 2026"),
    )
    calendar = replace(COUNTY, terms=terms, covered_from=terms[0].first, covered_until=terms[1].last)
    assert calendar.on(day("Sat 27 Jun 2026")) == SchoolDay(OPEN, "June")
    assert calendar.on(day("Sun 28 Jun 2026")).standing is OPEN


def test_a_calendar_without_dates_knows_no_day() -> None:
    empty = Terms({}).of("Blackburn with Darwen Borough Council")
    assert empty.on(day("Wed 18 Feb 2026")) == SchoolDay(
        UNKNOWN, "there are no term dates for Blackburn with Darwen Borough Council"
    )
    no_lines = TermCalendar("X", covered_from=date(2026, 1, 1), covered_until=date(2026, 12, 31))
    assert no_lines.on(day("Wed 18 Feb 2026")).standing is UNKNOWN


def test_calendars_are_found_whatever_their_capitals() -> None:
    terms = Terms({"The County": COUNTY})
    assert terms.of("The County") is terms.of("the county ") is COUNTY
    assert terms.of("The Count").on(day("Wed 18 Feb 2026")).standing is UNKNOWN


def test_a_school_goes_by_its_own_name() -> None:
    assert replace(COUNTY, school="Hill Primary").name == "Hill Primary"


@pytest.mark.parametrize(
    "periods",
    [(TERMS[1], TERMS[0]), (TERMS[0], TERMS[0]), (TERMS[0], replace(TERMS[1], first=TERMS[0].last))],
)
def test_lines_out_of_order_or_overlapping_are_refused(periods: tuple[Term, ...]) -> None:
    with pytest.raises(ValueError, match="in order"):
        TermCalendar("X", terms=periods)
    with pytest.raises(ValueError, match="not both"):
        TermCalendar("X", terms=TERMS, holidays=HOLIDAYS.holidays)


NAMES = [
    ("Sat 18 Oct 2025", "Sun 02 Nov 2025", "half term"),  # Nottingham's two weeks
    ("Sat 18 Oct 2025", "Tue 28 Oct 2025", "half term"),  # Leicester
    ("Sat 14 Feb 2026", "Sun 22 Feb 2026", "half term"),
    ("Sat 23 May 2026", "Wed 03 Jun 2026", "half term"),  # one school's longer Whit break
    ("Sat 29 May 2027", "Sun 06 Jun 2027", "half term"),
    ("Sat 20 Dec 2025", "Mon 05 Jan 2026", "the Christmas holidays"),
    ("Sat 28 Mar 2026", "Sun 12 Apr 2026", "the Easter holidays"),
    ("Sat 12 Apr 2025", "Sun 27 Apr 2025", "the Easter holidays"),  # Birmingham, a late Easter
    ("Fri 03 Apr 2026", "Mon 20 Apr 2026", "the Easter holidays"),  # Edinburgh
    ("Sat 27 Jun 2026", "Tue 11 Aug 2026", "the summer holidays"),  # Scotland
    ("Sat 12 Jul 2025", "Mon 25 Aug 2025", "the summer holidays"),  # Leicester goes back in August
    ("Thu 29 Jul 2027", "Tue 31 Aug 2027", "the summer holidays"),  # Surrey's short one
    ("Thu 30 Apr 2026", "Mon 04 May 2026", "half term"),
    ("Fri 01 May 2026", "Mon 04 May 2026", "a short school holiday"),
]


@pytest.mark.parametrize(("first", "last", "name"), NAMES)
def test_holidays_have_the_names_people_use(first: str, last: str, name: str) -> None:
    assert holiday_name(day(first), day(last)) == name


@given(st.dates(date(2025, 6, 1), date(2026, 12, 31)))
def test_every_day_has_one_answer_and_open_days_lie_in_a_term(when: date) -> None:
    look = COUNTY.on(when)
    in_term = any(each.holds(when) for each in TERMS)
    covered = TERMS[0].first <= when <= TERMS[-1].last
    assert (look.standing is not UNKNOWN) == covered
    assert (look.standing is OPEN) == (in_term and when not in COUNTY.shut_days)


def test_thirteen_weeks_without_a_holiday_are_a_term_and_a_day_more_is_a_hole() -> None:
    def until(first: str) -> TermCalendar:
        christmas = term("the Christmas holidays", first, "Sun 10 Jan 2027")
        summer = Term("the summer holidays", date(2026, 7, 21), date(2026, 8, 31))
        return TermCalendar(
            "X", holidays=(summer, christmas), covered_from=summer.first, covered_until=christmas.last
        )

    assert until("Tue 01 Dec 2026").on(day("Wed 28 Oct 2026")) == SchoolDay(OPEN, "term")  # 91 days
    assert until("Wed 02 Dec 2026").on(day("Wed 28 Oct 2026")).standing is UNKNOWN


def test_before_the_first_holiday_a_list_may_already_reach() -> None:
    calendar = replace(HOLIDAYS, covered_from=day("Mon 02 Jun 2025"))
    assert calendar.on(day("Mon 02 Jun 2025")) == SchoolDay(OPEN, "term")
    assert calendar.on(day("Thu 31 Jul 2025")).standing is OPEN
    assert (
        replace(HOLIDAYS, covered_from=day("Thu 01 May 2025")).on(day("Thu 31 Jul 2025")).standing is UNKNOWN
    )


@pytest.mark.parametrize("field", ["covered_from", "covered_until"])
def test_a_calendar_that_does_not_say_how_far_it_reaches_knows_no_day(field: str) -> None:
    assert replace(COUNTY, **{field: None}).on(day("Wed 18 Feb 2026")).standing is UNKNOWN


def test_an_early_easter_is_easter() -> None:
    assert holiday_name(day("Fri 21 Mar 2008"), day("Fri 28 Mar 2008")) == "the Easter holidays"
