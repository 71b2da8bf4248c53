"""Slots: the nearest dates that keep what was promised, by Lancashire's dates for 2026/27, and why not sooner."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.fitting import Fitting, Kind
from models.rulebook import Rulebook
from models.rules import findings
from models.slots import Search, Wanted, search


@pytest.fixture(scope="module")
def book(build):
    """Hours, term and papers were promised; how days are counted is not settled; Leeds is mentioned."""
    promises = [build.promise(kind) for kind in ("hours", "term", "papers")]
    agreed = build.agreement(*promises, also_warn=("Leeds City Council",))
    return Rulebook(agreed, build.working_days(), build.terms())


@pytest.fixture(scope="module")
def look(build, book):
    """Search from a day on, for a while: the slots and the days passed over."""

    def looked(now: str, weeks: int = 8, *, of: Rulebook = book, **more) -> Search:
        moment = build.at(f"{now} 09:00")
        first = moment.date() + timedelta(days=1)
        usual = {"type": "partnership group", "group": build.BOARD, "first": first}
        usual |= {"last": first + timedelta(weeks=weeks) - timedelta(days=1)}
        return search(Fitting(of, moment), Wanted(**(usual | more)))

    return looked


def passed(found: Search) -> list[tuple[str, str, str]]:
    return [(f"{one.first:%a %d %b %Y}", f"{one.last:%a %d %b %Y}", one.why) for one in found.passed]


NEAREST = [
    # today, the nearest day, papers due by clear days, papers due by counted days
    ("Sun 22 Nov 2026", "Tue 01 Dec 2026", "Mon 23 Nov 2026", "Tue 24 Nov 2026"),
    ("Thu 10 Dec 2026", "Fri 18 Dec 2026", "Thu 10 Dec 2026", "Fri 11 Dec 2026"),  # last day before Christmas
    ("Fri 11 Dec 2026", "Mon 04 Jan 2027", "Tue 22 Dec 2026", "Wed 23 Dec 2026"),  # over three bank holidays
    ("Fri 05 Feb 2027", "Mon 22 Feb 2027", "Fri 12 Feb 2027", "Mon 15 Feb 2027"),  # over half term
    ("Thu 04 Feb 2027", "Fri 12 Feb 2027", "Thu 04 Feb 2027", "Fri 05 Feb 2027"),  # the last day before it
    (
        "Wed 17 Mar 2027",
        "Thu 25 Mar 2027",
        "Wed 17 Mar 2027",
        "Thu 18 Mar 2027",
    ),  # the last day before Easter
    ("Thu 18 Mar 2027", "Mon 12 Apr 2027", "Fri 02 Apr 2027", "Mon 05 Apr 2027"),  # over Good Friday
    ("Fri 23 Apr 2027", "Tue 04 May 2027", "Fri 23 Apr 2027", "Mon 26 Apr 2027"),  # over a bank holiday
    (
        "Fri 16 Oct 2026",
        "Mon 02 Nov 2026",
        "Fri 23 Oct 2026",
        "Mon 26 Oct 2026",
    ),  # clocks back on Sunday 25th
    ("Tue 13 Jul 2027", "Wed 21 Jul 2027", "Tue 13 Jul 2027", "Wed 14 Jul 2027"),  # the last day we know
]


@pytest.mark.parametrize(("today", "nearest", "clear", "counted"), NEAREST)
def test_the_nearest_day_leaves_time_for_the_papers_and_lies_in_term(
    build, look, today, nearest, clear, counted
):
    slot = look(today).slots[0]
    assert slot.starts == build.at(f"{nearest} 10:00")
    assert slot.ends == build.at(f"{nearest} 12:00")
    assert slot.papers is not None
    assert (slot.papers.day, slot.papers.latest) == (build.day(clear), build.day(counted))


WHY_NOT = [
    ("Thu 04 Feb 2027", "Mon 15 Feb 2027", "Fri 19 Feb 2027", "half term"),
    ("Thu 18 Mar 2027", "Fri 26 Mar 2027", "Fri 09 Apr 2027", "the Easter holidays"),
    ("Thu 10 Dec 2026", "Mon 21 Dec 2026", "Fri 01 Jan 2027", "the Christmas holidays"),
    ("Fri 23 Apr 2027", "Mon 03 May 2027", "Mon 03 May 2027", "Early May bank holiday"),
    ("Sun 22 Nov 2026", "Mon 23 Nov 2026", "Mon 30 Nov 2026", "too soon to send papers in time"),
]


@pytest.mark.parametrize(("today", "first", "last", "why"), WHY_NOT)
def test_nearer_days_are_told_with_the_reason_they_do_not_fit(look, today, first, last, why):
    assert (first, last, why) in passed(look(today))


def test_weekends_go_without_saying(look):
    told = look("Sun 22 Nov 2026", weeks=4, most=90).passed
    assert all(one.first.weekday() < 5 and one.last.weekday() < 5 for one in told)
    assert [one.why for one in told] == ["too soon to send papers in time"]


def test_a_good_friday_inside_a_term_is_left_out_by_its_name(build, book, look):
    """Where a council's spring term runs over Easter, the schools' list alone does not say that all are shut."""
    terms = build.calendar(
        build.LANCASHIRE,
        (
            ("Spring 2", "Mon 22 Feb 2027", "Fri 02 Apr 2027"),
            ("Summer 1", "Mon 19 Apr 2027", "Fri 28 May 2027"),
        ),
    )
    other = Rulebook(book.agreement, book.working, type(book.terms)({build.LANCASHIRE: terms}))
    found = look("Tue 16 Mar 2027", of=other)
    assert ("Fri 26 Mar 2027", "Fri 26 Mar 2027", "Good Friday") in passed(found)
    assert ("Mon 29 Mar 2027", "Mon 29 Mar 2027", "Easter Monday") in passed(found)
    assert build.at("Thu 25 Mar 2027 10:00") in [slot.starts for slot in found.slots]
    assert build.at("Tue 30 Mar 2027 10:00") in [slot.starts for slot in found.slots]


def test_the_partnerships_own_closed_days_are_left_out(build, book, look):
    working = type(book.working)(
        book.working.bank_holidays,
        book.working.known_from,
        book.working.known_until,
        closed={build.day("Wed 02 Dec 2026"): "training day"},
    )
    found = look("Sun 22 Nov 2026", of=Rulebook(book.agreement, working, book.terms))
    assert ("Wed 02 Dec 2026", "Wed 02 Dec 2026", "training day") in passed(found)


def test_a_year_with_no_slot_left_says_which_dates_are_missing(look):
    found = look("Wed 14 Jul 2027", weeks=4)
    assert found.slots == ()
    assert passed(found)[-1] == (
        "Thu 22 Jul 2027",
        "Wed 11 Aug 2027",
        "we have no school dates of Lancashire County Council for then",
    )
    assert found.passed[-1].kind is Kind.UNKNOWN


def test_other_areas_schools_are_only_mentioned(build, look):
    """Leeds is back on Monday 20 April 2026, Lancashire on Monday the 13th."""
    found = look("Fri 27 Mar 2026", most=1)
    assert found.slots[0].starts == build.at("Mon 13 Apr 2026 10:00")
    assert found.slots[0].remarks == ("Leeds City Council schools are shut that day: the Easter holidays.",)


BUSY = [
    # what is on, on Tuesday 1 December 2026, and when a meeting of two hours starts then
    ((), "10:00"),
    ((("09:00", "10:00"),), "10:00"),
    ((("09:30", "10:30"),), "10:30"),
    ((("10:50", "11:05"),), "11:15"),  # from the next quarter hour on
    ((("10:00", "11:00"), ("10:30", "11:30")), "11:30"),
    ((("12:00", "13:00"),), "10:00"),
    ((("11:00", "12:00"),), "12:00"),
]


@pytest.mark.parametrize(("taken", "starts"), BUSY)
def test_times_that_are_taken_are_left_out(build, look, taken, starts):
    busy = tuple(build.meeting(f"Tue 01 Dec 2026 {first}", last) for first, last in taken)
    slot = look("Sun 22 Nov 2026", busy=busy).slots[0]
    assert slot.starts == build.at(f"Tue 01 Dec 2026 {starts}")


def test_a_day_that_is_full_is_told(build, look):
    busy = (build.meeting("Tue 01 Dec 2026 11:00", "13:00"),)
    found = look("Sun 22 Nov 2026", busy=busy)
    assert ("Tue 01 Dec 2026", "Tue 01 Dec 2026", "no time is free that is long enough") in passed(found)
    assert found.slots[0].starts == build.at("Wed 02 Dec 2026 10:00")


CLOCKS = [
    # a meeting at 11:00 in universal time, and what that is in London on either side of a change
    ("Fri 23 Oct 2026", "11:00 UTC", "12:00"),
    ("Mon 02 Nov 2026", "11:00 UTC", "11:00"),
    ("Thu 25 Mar 2027", "11:00 UTC", "11:00"),
    ("Mon 12 Apr 2027", "11:00 UTC", "12:00"),
]


@pytest.mark.parametrize(("day", "universal", "london"), CLOCKS)
def test_taken_times_are_london_times_in_summer_and_winter(build, look, day, universal, london):
    starts = build.at(f"{day} {universal}")
    assert f"{starts:%H:%M}" == london
    one = build.meeting(f"{day} {london}", f"{(starts + timedelta(hours=1)):%H:%M}")
    before = build.day(day) - timedelta(days=14)
    found = look(f"{before:%a %d %b %Y}", busy=(one,), most=40)
    (slot,) = [slot for slot in found.slots if slot.starts.date() == build.day(day)]
    expected = "10:00" if london == "12:00" else "12:00"
    assert f"{slot.starts:%H:%M}" == expected


def test_cancelled_meetings_take_no_time_and_whole_day_entries_are_mentioned(build, look):
    busy = (
        build.meeting("Tue 01 Dec 2026 10:00", "14:00", cancelled=True),
        build.all_day("Tue 01 Dec 2026"),
    )
    slot = look("Sun 22 Nov 2026", busy=busy).slots[0]
    assert slot.starts == build.at("Tue 01 Dec 2026 10:00")
    assert slot.whole_day_entry


def test_a_meeting_longer_than_the_agreed_hours_fits_nowhere(look):
    found = look("Sun 22 Nov 2026", length=timedelta(hours=4, minutes=15))
    assert found.too_long
    assert found.slots == ()
    assert not look("Sun 22 Nov 2026", length=timedelta(hours=4)).too_long


def test_where_no_hours_were_promised_office_hours_serve(build, look):
    agreed = build.agreement(build.promise("papers"))
    found = look("Fri 05 Feb 2027", of=Rulebook(agreed, build.working_days(), build.terms()))
    assert not found.promised
    assert found.slots[0].starts == build.at("Mon 15 Feb 2027 09:00")
    assert found.slots[0].remarks == ("Lancashire County Council schools are shut that day: half term.",)


DAYS = st.dates(date(2026, 9, 1), date(2027, 7, 1))
HOURS = st.tuples(st.integers(8, 15), st.integers(1, 3))


@given(
    today=DAYS,
    taken=st.lists(st.tuples(DAYS, HOURS), max_size=30),
    minutes=st.sampled_from([30, 60, 120, 240]),
)
def test_every_slot_is_one_that_the_rules_find_nothing_wrong_with(build, book, look, today, taken, minutes):
    """And nobody in the calendars that were given has something else on."""
    busy = tuple(
        build.meeting(f"{day:%a %d %b %Y} {starts:02}:00", f"{starts + length:02}:00")
        for day, (starts, length) in taken
    )
    found = look(f"{today:%a %d %b %Y}", busy=busy, length=timedelta(minutes=minutes))
    for slot in found.slots:
        one = build.meeting(f"{slot.starts:%a %d %b %Y %H:%M}", f"{slot.ends:%H:%M}")
        judged = findings(build.facts(one), book.agreement, build.at(f"{today:%a %d %b %Y} 09:00"))
        about_it = {finding.promise: finding.state for finding in judged if finding.meeting}
        assert about_it["P04"] == about_it["P05"] == "kept"
        assert book.working.why_not(one.day) is None
        assert slot.papers is not None
        assert slot.papers.day >= today
        assert all(other.ends <= one.starts or one.ends <= other.starts for other in busy)
