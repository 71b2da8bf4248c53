"""A year's plan: what does not fit, the nearest date that would, and the days to avoid, by Lancashire's dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.fitting import Fitting
from models.rulebook import Rulebook
from models.rules import findings
from models.year_plan import NO_TIME_FOR_PAPERS, days_to_avoid, planned

NOW = "Sun 22 Nov 2026 09:00"


@pytest.fixture(scope="module")
def book(build):
    promises = [build.promise(kind) for kind in ("hours", "term", "papers")]
    return Rulebook(build.agreement(*promises), build.working_days(), build.terms())


@pytest.fixture(scope="module")
def plan(build, book):
    """The plan of some meetings of the Board, made on Sunday 22 November 2026."""

    def made(*meetings, now: str = NOW):
        return planned(Fitting(book, build.at(now)), meetings)

    return made


NEAREST = [
    # the date, and the nearest that fits: same time where it can be, the later of two that are equally far
    ("Thu 18 Feb 2027 10:00", "12:00", "Mon 22 Feb 2027 10:00"),  # half term
    ("Tue 16 Feb 2027 10:00", "12:00", "Fri 12 Feb 2027 10:00"),
    ("Fri 26 Mar 2027 11:00", "13:00", "Thu 25 Mar 2027 11:00"),  # Good Friday
    ("Mon 29 Mar 2027 10:00", "12:00", "Thu 25 Mar 2027 10:00"),
    ("Mon 03 May 2027 10:00", "12:00", "Tue 04 May 2027 10:00"),  # the early May bank holiday
    ("Tue 29 Dec 2026 10:00", "12:00", "Mon 04 Jan 2027 10:00"),  # Christmas
    ("Wed 23 Dec 2026 10:00", "12:00", "Fri 18 Dec 2026 10:00"),
    ("Tue 20 Apr 2027 09:30", "11:30", "Tue 20 Apr 2027 10:00"),  # the hours only: the same day
    ("Tue 20 Apr 2027 13:00", "15:00", "Tue 20 Apr 2027 10:00"),
    ("Mon 22 Mar 2027 13:00", "14:30", "Mon 22 Mar 2027 10:00"),  # in the last week before the clocks change
    ("Sat 27 Mar 2027 10:00", "12:00", "Thu 25 Mar 2027 10:00"),
    ("Tue 27 Jul 2027 10:00", "12:00", None),  # we know no school dates then: no misfit
]


@pytest.mark.parametrize(("starts", "ends", "instead"), NEAREST)
def test_the_nearest_date_that_would_fit_is_named(build, plan, starts, ends, instead):
    (one,) = plan(build.meeting(starts, ends))
    assert (one.instead.starts if one.instead else None) == (build.at(instead) if instead else None)
    if one.instead:
        assert one.instead.ends - one.instead.starts == one.meeting.ends - one.meeting.starts


def test_a_date_that_fits_stays(build, plan):
    (one,) = plan(build.meeting("Tue 12 Jan 2027 10:00"))
    assert one.fits
    assert one.instead is None
    assert one.remarks == ()
    assert one.papers is not None
    assert (one.papers.day, one.papers.latest) == (build.day("Mon 04 Jan 2027"), build.day("Tue 05 Jan 2027"))


def test_no_group_gets_two_meetings_on_one_day(build, plan):
    """Thursday 25 March is nearest to Good Friday, and the Board meets then already."""
    first = build.meeting("Thu 25 Mar 2027 10:00", key="a")
    second = build.meeting("Fri 26 Mar 2027 10:00", key="b")
    third = build.meeting("Fri 26 Mar 2027 12:00", key="c")
    found = plan(first, second, third)
    named = [one.instead.starts for one in found if one.instead]
    assert named == [build.at("Wed 24 Mar 2027 10:00"), build.at("Tue 23 Mar 2027 12:00")]


def test_another_groups_time_is_left_alone(build, plan):
    other = build.meeting("Tue 20 Apr 2027 10:00", "11:00", key="a", group="Another", type="priority group")
    early = build.meeting("Tue 20 Apr 2027 09:30", "11:30", key="b")
    (_, one) = plan(other, early)
    assert one.instead is not None
    assert one.instead.starts == build.at("Tue 20 Apr 2027 11:00")


def test_dates_beyond_the_school_dates_are_not_called_wrong(build, plan):
    (one,) = plan(build.meeting("Tue 14 Sep 2027 10:00"))
    assert not one.misfits
    assert [finding.promise for finding in one.unknown] == ["P05"]
    assert not one.fits


def test_a_meeting_longer_than_the_agreed_hours_has_no_other_date(build, plan):
    (one,) = plan(build.meeting("Wed 16 Jun 2027 10:00", "16:00"))
    assert one.too_long
    assert one.instead is None


def test_what_no_promise_names_is_a_remark_and_no_finding(build, plan):
    saturday = build.meeting("Sat 12 Dec 2026 10:00", key="a")
    soon = build.meeting("Wed 25 Nov 2026 10:00", key="b")
    over = build.meeting("Wed 18 Nov 2026 10:00", key="c")
    late, early, then = plan(saturday, soon, over)
    assert late.fits
    assert late.remarks == ("It is a weekend day.",)
    assert early.fits
    assert early.remarks == (NO_TIME_FOR_PAPERS,)
    assert then.remarks == ()  # what is over needs no papers


def test_a_whole_day_in_the_holidays_moves_as_a_whole_day(build, plan):
    (one,) = plan(build.all_day("Thu 18 Feb 2027"))
    assert one.instead is not None
    assert one.instead.day == build.day("Mon 22 Feb 2027")
    assert one.instead.all_day


@pytest.mark.parametrize(
    ("change", "ends"),
    [({"doubt": "its time zone is not known"}, "12:00"), ({}, "Fri 19 Feb 2027 10:00")],
)
def test_hours_nobody_can_tell_and_meetings_over_midnight_are_left_to_people(build, plan, change, ends):
    (one,) = plan(build.meeting("Thu 18 Feb 2027 10:00", ends, **change))
    assert one.misfits
    assert one.instead is None


def test_what_has_begun_is_not_moved(build, plan):
    (one,) = plan(build.meeting("Thu 18 Feb 2027 10:00"), now="Fri 19 Feb 2027 09:00")
    assert one.misfits
    assert one.instead is None


def test_days_to_avoid_are_named_without_the_weekends_at_their_ends(build, book):
    found = [
        (f"{one.first:%a %d %b %Y}", f"{one.last:%a %d %b %Y}", one.kind.value, one.name)
        for one in days_to_avoid(book, build.day("Fri 01 Jan 2027"), build.day("Sat 31 Jul 2027"))
    ]
    assert found == [
        ("Fri 01 Jan 2027", "Fri 01 Jan 2027", "bank holiday", "New Year’s Day"),
        ("Fri 01 Jan 2027", "Fri 01 Jan 2027", "school holiday", "the Christmas holidays"),
        ("Mon 15 Feb 2027", "Fri 19 Feb 2027", "school holiday", "half term"),
        ("Fri 26 Mar 2027", "Fri 26 Mar 2027", "bank holiday", "Good Friday"),
        ("Fri 26 Mar 2027", "Fri 09 Apr 2027", "school holiday", "the Easter holidays"),
        ("Mon 29 Mar 2027", "Mon 29 Mar 2027", "bank holiday", "Easter Monday"),
        ("Mon 03 May 2027", "Mon 03 May 2027", "bank holiday", "Early May bank holiday"),
        ("Mon 31 May 2027", "Mon 31 May 2027", "bank holiday", "Spring bank holiday"),
        ("Mon 31 May 2027", "Fri 04 Jun 2027", "school holiday", "half term"),
        (
            "Thu 22 Jul 2027",
            "Fri 30 Jul 2027",
            "no school dates yet",
            "the dates of Lancashire County Council end on Wednesday 21 July 2027",
        ),
    ]


@given(
    st.lists(
        st.tuples(st.dates(date(2026, 1, 5), date(2027, 12, 31)), st.integers(0, 23), st.integers(0, 30)),
        max_size=12,
    )
)
def test_a_plan_says_of_a_date_what_the_rules_say_of_that_meeting(build, book, plan, dates):
    """No rule of its own: the findings are those of a check, and each date that is named instead has none."""
    meetings = []
    for number, (day, hour, length) in enumerate(dates):
        starts = build.at(f"{day:%a %d %b %Y} {hour:02}:00")
        ends = starts + timedelta(hours=length / 2)
        meetings.append(
            build.meeting(f"{starts:%a %d %b %Y %H:%M}", f"{ends:%a %d %b %Y %H:%M}", key=f"key-{number}")
        )
    known = build.facts(*meetings, coverage=build.coverage(routes=frozenset()))
    judged = [one for one in findings(known, book.agreement, build.at(NOW)) if one.meeting is not None]
    made = plan(*meetings)
    assert [finding for one in made for finding in one.findings] == judged
    for one in made:
        assert bool(one.misfits) == any(finding.found for finding in one.findings)
        if one.instead is not None:
            again = findings(build.facts(one.instead), book.agreement, build.at(NOW))
            about = {finding.promise: finding.state for finding in again if finding.meeting}
            assert about["P04"] == about["P05"] == "kept"


def test_other_dates_are_looked_for_only_so_often_and_nothing_is_said_of_the_rest(build, plan, monkeypatch):
    monkeypatch.setattr("models.year_plan.MOST_LOOKED_FOR", 1)
    first, second = plan(*(build.meeting("Thu 18 Feb 2027 10:00", key=key) for key in "ab"))
    assert first.looked_for
    assert second.misfits
    assert not second.looked_for
