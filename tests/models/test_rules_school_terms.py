"""Terms: "during term time", by Lancashire's dates for 2025/26 and 2026/27."""

from types import MappingProxyType

import pytest

from models.terms import Terms

BEFORE, AFTER = "Mon 01 Sep 2025 09:00", "Fri 31 Dec 2027 09:00"
FOR_MOST = "for most Lancashire County Council schools."

DAYS = [
    ("Fri 13 Feb 2026", "kept", "in term"),  # the last day before half term
    ("Mon 16 Feb 2026", "missed", "in half term"),
    ("Fri 20 Feb 2026", "missed", "in half term"),
    ("Mon 23 Feb 2026", "kept", "in term"),  # the first day back
    ("Fri 27 Mar 2026", "kept", "in term"),  # the last day before Easter
    ("Mon 30 Mar 2026", "missed", "in the Easter holidays"),
    ("Fri 10 Apr 2026", "missed", "in the Easter holidays"),
    ("Mon 13 Apr 2026", "kept", "in term"),
    ("Mon 04 May 2026", "missed", "a bank holiday (Early May bank holiday)"),  # inside a term
    ("Tue 05 May 2026", "kept", "in term"),
    ("Mon 25 May 2026", "missed", "in half term"),  # a bank holiday too
    ("Mon 20 Jul 2026", "kept", "in term"),
    ("Tue 21 Jul 2026", "missed", "in the summer holidays"),
    ("Mon 31 Aug 2026", "missed", "in the summer holidays"),
    ("Tue 01 Sep 2026", "kept", "in term"),
    ("Wed 28 Oct 2026", "missed", "in half term"),
    ("Fri 18 Dec 2026", "kept", "in term"),
    ("Mon 21 Dec 2026", "missed", "in the Christmas holidays"),
    ("Mon 04 Jan 2027", "kept", "in term"),
    ("Wed 21 Jul 2027", "kept", "in term"),  # the last day we know
]


@pytest.mark.parametrize(("day", "state", "where"), DAYS)
def test_a_date_is_in_term_or_we_say_which_holiday(build, day, state, where):
    found = build.finding("term", build.meeting(f"{day} 10:00"), AFTER)
    words = build.day(day)
    assert found.state == state
    assert found.because == f"{words:%A} {words.day} {words:%B %Y} is {where} {FOR_MOST}"


@pytest.mark.parametrize(
    ("now", "state"), [("Mon 16 Feb 2026 09:59", "at risk"), ("Mon 16 Feb 2026 10:00", "missed")]
)
def test_a_date_in_the_holidays_can_be_moved_until_the_meeting_begins(build, now, state):
    assert build.finding("term", build.meeting("Mon 16 Feb 2026 10:00"), now).state == state


SPANS = [
    ("Thu 12 Feb 2026", "Fri 13 Feb 2026", "kept", "Thursday 12 February 2026 is in term"),
    ("Fri 13 Feb 2026", "Mon 16 Feb 2026", "missed", "Saturday 14 February 2026 is in half term"),
    ("Sat 21 Feb 2026", "Mon 23 Feb 2026", "missed", "Saturday 21 February 2026 is in half term"),
    ("Wed 21 Jul 2027", "Thu 22 Jul 2027", "cannot tell", ""),
    ("Mon 05 Jan 2026", "Sun 04 Jul 2027", "missed", "Saturday 14 February 2026 is in half term"),
]


@pytest.mark.parametrize(("first", "last", "state", "because"), SPANS)
def test_every_day_of_a_long_entry_counts(build, first, last, state, because):
    found = build.finding("term", build.all_day(first, last), AFTER)
    assert found.state == state
    assert found.because.startswith(because)


def test_an_entry_that_runs_for_months_is_looked_at_for_sixty_days(build):
    sixty_first = build.all_day("Mon 02 Nov 2026", "Fri 01 Jan 2027")  # term ends on day 47
    assert build.finding("term", sixty_first, AFTER).state == "missed"
    whole_spring = MappingProxyType(
        {
            build.LANCASHIRE: build.calendar(
                build.LANCASHIRE, (("Spring", "Thu 01 Jan 2026", "Sun 01 Mar 2026"),)
            )
        }
    )
    known = {"terms": Terms(whole_spring)}
    sixty = build.all_day("Fri 02 Jan 2026", "Tue 03 Mar 2026")
    assert build.finding("term", sixty, AFTER, known=known).state == "cannot tell"  # day 60 is 2 March


def test_a_meeting_that_ends_at_midnight_is_not_on_the_day_after(build):
    meeting = build.meeting("Sun 22 Feb 2026 23:00", "Mon 23 Feb 2026 00:00")
    assert "Sunday 22 February 2026" in build.finding("term", meeting, AFTER).because


def test_a_day_beyond_the_dates_is_cannot_tell_and_never_missed(build):
    found = build.finding("term", build.meeting("Tue 12 Oct 2027 10:00"), AFTER)
    assert found.state == "cannot tell"
    assert found.because == (
        "We can't tell if Tuesday 12 October 2027 is in term: "
        "the dates of Lancashire County Council end on Wednesday 21 July 2027."
    )


def test_a_known_holiday_counts_more_than_an_unknown_day_of_the_same_entry(build):
    entry = build.all_day("Thu 28 Aug 2025", "Sat 25 Oct 2025")  # its first days lie before the dates we have
    assert build.finding("term", entry, BEFORE).state == "missed"
    early = build.all_day("Thu 28 Aug 2025", "Mon 01 Sep 2025")
    found = build.finding("term", early, BEFORE)
    assert found.state == "cannot tell"
    assert found.because.startswith("We can't tell if Thursday 28 August 2025 is in term")


def test_an_inset_day_is_a_day_off_inside_the_term(build):
    off = {build.day("Mon 04 Jan 2027"): "INSET day"}
    shut = build.calendar(build.LANCASHIRE, build.LANCASHIRE_TERMS, shut_days=off)
    known = {"terms": Terms(MappingProxyType({build.LANCASHIRE: shut}))}
    found = build.finding("term", build.meeting("Mon 04 Jan 2027 10:00"), AFTER, known=known)
    assert found.state == "missed"
    assert found.because == f"Monday 4 January 2027 is a day off (INSET day) {FOR_MOST}"
    next_day = build.finding("term", build.meeting("Tue 05 Jan 2027 10:00"), AFTER, known=known)
    assert next_day.state == "kept"


def test_where_the_bank_holiday_list_ends_a_day_in_term_is_cannot_tell(build):
    far = build.calendar(build.LANCASHIRE, (("Spring", "Mon 08 Jan 2029", "Fri 16 Feb 2029"),))
    known = {"terms": Terms(MappingProxyType({build.LANCASHIRE: far}))}
    found = build.finding("term", build.meeting("Wed 10 Jan 2029 10:00"), BEFORE, known=known)
    assert found.state == "cannot tell"
    assert found.because == (
        "We can't tell if Wednesday 10 January 2029 is in term: the bank holiday list does not reach it."
    )


OUTSIDE = [("Wed 29 Jul 2026", "kept"), ("Tue 07 Jul 2026", "missed"), ("Mon 04 May 2026", "kept")]


@pytest.mark.parametrize(("day", "state"), OUTSIDE)
def test_a_promise_may_also_ask_for_the_holidays(build, day, state):
    found = build.finding("term", build.meeting(f"{day} 10:00"), AFTER, test={"outside": "term"})
    assert found.state == state


ALSO = [  # in 2025/26 Leeds and Lancashire had different weeks off at Easter
    ("Tue 31 Mar 2026", "missed", ""),  # Leeds is open
    ("Fri 03 Apr 2026", "missed", " Leeds City Council schools are shut that day."),
    ("Tue 14 Apr 2026", "kept", " Leeds City Council schools are shut that day."),
    ("Tue 21 Apr 2026", "kept", ""),
    ("Tue 09 Jun 2026", "kept", ""),  # beyond the dates we have for Leeds
]


@pytest.mark.parametrize(("day", "state", "remark"), ALSO)
def test_another_area_gives_a_remark_and_by_itself_never_a_miss(build, day, state, remark):
    agreed = build.agreement(build.promise("term"), also_warn=("Leeds City Council",))
    found = build.findings(build.facts(build.meeting(f"{day} 10:00")), agreed, AFTER)[0]
    assert found.state == state
    assert found.because.partition(FOR_MOST)[2] == remark


def test_several_areas_are_named_in_one_remark(build):
    shut = {name: build.terms().of("Leeds City Council") for name in ("Leeds", "Bradford", "York")}
    known = build.facts(
        build.meeting("Tue 14 Apr 2026 10:00"), terms=Terms({**build.terms().calendars, **shut})
    )
    agreed = build.agreement(build.promise("term"), also_warn=("Leeds", "Bradford", "York"))
    assert build.findings(known, agreed, AFTER)[0].because.endswith(
        "Leeds, Bradford and York schools are shut that day."
    )


COMBINED = [  # Lancashire, then Leeds; Leeds' dates end on 22 May 2026
    ("Wed 25 Mar 2026", "open", "open", "kept", "kept"),
    ("Tue 31 Mar 2026", "shut", "open", "kept", "missed"),
    ("Tue 14 Apr 2026", "open", "shut", "kept", "missed"),
    ("Wed 08 Apr 2026", "shut", "shut", "missed", "missed"),
    ("Tue 09 Jun 2026", "open", "unknown", "kept", "cannot tell"),
    ("Wed 27 May 2026", "shut", "unknown", "cannot tell", "missed"),
]


@pytest.mark.parametrize(("day", "lancashire", "leeds", "any_will_do", "all_must"), COMBINED)
def test_partners_may_let_any_or_all_areas_decide(build, day, lancashire, leeds, any_will_do, all_must):
    known = build.facts(build.meeting(f"{day} 10:00"))
    for combine, state in (("any", any_will_do), ("all", all_must)):
        promise = build.promise("term", test={"inside": "term", "combine": combine})
        found = build.findings(known, build.agreement(promise, also_warn=("Leeds City Council",)), AFTER)[0]
        assert found.state == state, (combine, lancashire, leeds)


def test_the_area_that_decided_is_named(build):
    known = build.facts(build.meeting("Tue 14 Apr 2026 10:00"))
    for combine, because in (
        ("any", f"in term {FOR_MOST} Leeds City Council schools are shut that day."),
        ("all", "in the Easter holidays for most Leeds City Council schools."),
    ):
        promise = build.promise("term", test={"inside": "term", "combine": combine})
        found = build.findings(known, build.agreement(promise, also_warn=("Leeds City Council",)), AFTER)[0]
        assert found.because == f"Tuesday 14 April 2026 is {because}"


# Please add dates: one for each authority that the agreement names.


def _asks(build, known, agreed):
    return [one for one in build.findings(known, agreed, BEFORE) if one.meeting is None]


def test_dates_that_end_too_soon_make_exactly_one_ask(build):
    meetings = [
        build.meeting(f"{day} 10:00", key=f"m{n}")
        for n, day in enumerate(
            ["Wed 13 Oct 2027", "Tue 12 Oct 2027", "Tue 12 Oct 2027", "Tue 14 Sep 2027", "Tue 14 Apr 2026"]
        )
    ]
    agreed = build.agreement(build.promise("term"), build.promise("term", id="P21", strength="aim"))
    (ask,) = _asks(build, build.facts(*meetings), agreed)
    assert ask.key == "a-test/P05/terms/lancashire-county-council"
    assert (ask.state, ask.subject, ask.group) == ("cannot tell", "terms/lancashire-county-council", "")
    assert ask.because == (
        "We have no school dates of Lancashire County Council for 3 days with meetings, "
        "the first Tuesday 14 September 2027. Please add dates."
    )


def test_an_area_without_any_dates_is_asked_for_once_too(build):
    agreed = build.agreement(build.promise("term"), also_warn=("Blackburn with Darwen", "Leeds City Council"))
    asks = _asks(build, build.facts(build.meeting("Tue 14 Apr 2026 10:00")), agreed)
    (because,) = [ask.because for ask in asks]
    assert because == (
        "We have no school dates of Blackburn with Darwen for 1 day with meetings, "
        "the first Tuesday 14 April 2026. Please add dates."
    )


def test_an_area_named_twice_is_asked_for_once(build):
    agreed = build.agreement(build.promise("term"), also_warn=(build.LANCASHIRE,))
    assert len(_asks(build, build.facts(build.meeting("Tue 12 Oct 2027 10:00")), agreed)) == 1


def test_the_last_day_of_a_long_entry_needs_dates_as_well(build):
    entry = build.all_day("Wed 21 Jul 2027", "Thu 22 Jul 2027")
    (ask,) = _asks(build, build.facts(entry), build.agreement(build.promise("term")))
    assert "1 day with meetings, the first Thursday 22 July 2027" in ask.because


def test_nobody_is_asked_for_dates_that_no_judged_meeting_needs(build):
    beyond = "Tue 12 Oct 2027 10:00"
    meetings = [
        build.meeting(beyond, key="m1", cancelled=True),
        build.meeting(beyond, key="m2", type=""),
        build.meeting(beyond, key="m3", type="executive group"),
        build.meeting("Tue 14 Apr 2026 10:00", key="m4"),
    ]
    assert not _asks(build, build.facts(*meetings), build.agreement(build.promise("term")))
    one = build.facts(build.meeting(beyond))
    assert not _asks(build, one, build.agreement(build.promise("hours")))
