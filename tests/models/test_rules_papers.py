"""Papers: "5 working days in advance", whichever way those days are counted."""

import pytest

from models.days import WorkingDays

FRIDAY = "Fri 27 Nov 2026 10:00"  # counted: by the end of Fri 20; clear: by the end of Thu 19

# Both readings' dates for the worked meetings of the docs: (meeting, due if clear, due if counted).
WORKED = [
    ("Thu 08 Jan 2026", "Tue 30 Dec 2025", "Wed 31 Dec 2025"),
    ("Tue 14 Apr 2026", "Thu 02 Apr 2026", "Tue 07 Apr 2026"),  # Easter lies between
    ("Thu 07 May 2026", "Tue 28 Apr 2026", "Wed 29 Apr 2026"),
    ("Tue 02 Jun 2026", "Fri 22 May 2026", "Tue 26 May 2026"),
    ("Thu 03 Sep 2026", "Tue 25 Aug 2026", "Wed 26 Aug 2026"),
    ("Fri 27 Nov 2026", "Thu 19 Nov 2026", "Fri 20 Nov 2026"),
    ("Tue 05 Jan 2027", "Wed 23 Dec 2026", "Thu 24 Dec 2026"),  # Christmas lies between
]


@pytest.mark.parametrize(("held", "clear", "counted"), WORKED)
def test_an_unsettled_agreement_gives_both_due_days(build, held, clear, counted):
    found = build.finding("papers", build.meeting(f"{held} 10:00"), "Mon 01 Dec 2025 09:00")
    assert found.state == "due"
    assert found.due == build.at(f"{clear} 23:59")
    assert found.due_latest == build.at(f"{counted} 23:59")


@pytest.mark.parametrize(("held", "clear", "counted"), WORKED)
@pytest.mark.parametrize("count", ["clear", "counted"])
def test_a_settled_agreement_gives_one_due_day(build, held, clear, counted, count):
    known = build.facts(build.meeting(f"{held} 10:00"))
    agreed = build.agreement(build.promise("papers"), count=count)
    (found,) = build.findings(known, agreed, "Mon 01 Dec 2025 09:00")
    assert found.due == build.at(f"{clear if count == 'clear' else counted} 23:59")
    assert found.due_latest is None


def test_the_days_of_the_sum_are_there_to_be_checked(build):
    found = build.finding("papers", build.meeting("Tue 05 Jan 2027 10:00"), "Mon 01 Dec 2025 09:00")
    assert list(found.counted) == [
        build.day(one)
        for one in (
            "Thu 24 Dec 2026",
            "Tue 29 Dec 2026",
            "Wed 30 Dec 2026",
            "Thu 31 Dec 2026",
            "Mon 04 Jan 2027",
        )
    ]
    assert {(skip.day, skip.why) for skip in found.skipped} == {
        (build.day("Fri 25 Dec 2026"), "bank holiday: Christmas Day"),
        (build.day("Sat 26 Dec 2026"), "weekend"),
        (build.day("Sun 27 Dec 2026"), "weekend"),
        (build.day("Mon 28 Dec 2026"), "bank holiday: Boxing Day"),
        (build.day("Fri 01 Jan 2027"), "bank holiday: New Year’s Day"),
        (build.day("Sat 02 Jan 2027"), "weekend"),
        (build.day("Sun 03 Jan 2027"), "weekend"),
    }


NOT_SETTLED = (
    "Papers went out on Friday 20 November 2026: in time if the day of sending counts (Friday 20 November "
    "2026), not if only clear days count (Thursday 19 November 2026). The partners have not settled which."
)
SENT = [  # for Friday 27 November 2026
    ("unsettled", "Mon 16 Nov 2026 09:00", "kept", ""),
    ("unsettled", "Thu 19 Nov 2026 23:59", "kept", "they were due by the end of Thursday 19 November 2026."),
    ("unsettled", "Fri 20 Nov 2026 00:00", "cannot tell", NOT_SETTLED),
    ("unsettled", "Fri 20 Nov 2026 23:59", "cannot tell", NOT_SETTLED),
    ("unsettled", "Sat 21 Nov 2026 00:00", "missed", "they were due by the end of Friday 20 November 2026."),
    ("unsettled", "Mon 30 Nov 2026 09:00", "missed", "Papers went out on Monday 30 November 2026; "),
    ("counted", "Fri 20 Nov 2026 23:59", "kept", "they were due by the end of Friday 20 November 2026."),
    ("counted", "Sat 21 Nov 2026 09:00", "missed", "they were due by the end of Friday 20 November 2026."),
    ("clear", "Thu 19 Nov 2026 23:59", "kept", "they were due by the end of Thursday 19 November 2026."),
    ("clear", "Fri 20 Nov 2026 09:00", "missed", "they were due by the end of Thursday 19 November 2026."),
]


@pytest.mark.parametrize(("count", "sent", "state", "because"), SENT)
def test_papers_that_went_out_are_judged_by_the_day(build, count, sent, state, because):
    known = build.facts(build.meeting(FRIDAY), papers={"meeting-1": build.papers(sent)})
    agreed = build.agreement(build.promise("papers"), count=count)
    (found,) = build.findings(known, agreed, "Tue 01 Dec 2026 09:00")
    assert found.state == state
    assert because in found.because
    assert found.reason == ""


EASTER = [  # for Tue 14 Apr 2026 and clear days: due on Thu 2 April, and any day of Easter still leaves five
    ("Thu 02 Apr 2026 18:00", "kept"),
    ("Sat 04 Apr 2026 09:00", "kept"),
    ("Mon 06 Apr 2026 23:59", "kept"),
    ("Tue 07 Apr 2026 09:00", "missed"),
]


@pytest.mark.parametrize(("sent", "state"), EASTER)
def test_papers_sent_over_a_long_weekend_still_leave_the_clear_days(build, sent, state):
    known = build.facts(build.meeting("Tue 14 Apr 2026 10:00"), papers={"meeting-1": build.papers(sent)})
    (found,) = build.findings(
        known, build.agreement(build.promise("papers"), count="clear"), "Mon 20 Apr 2026 09:00"
    )
    assert found.state == state


def test_the_day_of_sending_is_a_london_day(build):
    late = build.papers("Wed 10 Jun 2026 22:59 UTC")  # 23:59 in London
    known = {"papers": {"meeting-1": late}}
    meeting = build.meeting("Thu 18 Jun 2026 10:00")  # clear: by the end of Wed 10 June
    assert build.finding("papers", meeting, "Fri 19 Jun 2026 09:00", known=known).state == "kept"
    later = {"papers": {"meeting-1": build.papers("Wed 10 Jun 2026 23:01 UTC")}}
    assert build.finding("papers", meeting, "Fri 19 Jun 2026 09:00", known=later).state == "cannot tell"


def test_beyond_the_bank_holiday_list_nothing_is_counted(build):
    found = build.finding("papers", build.meeting("Tue 09 Jan 2029 10:00"), "Tue 01 Dec 2026 09:00")
    assert found.state == "cannot tell"
    assert (
        found.because
        == "We can't count the days: the bank holiday list does not reach Monday 1 January 2029."
    )
    assert found.due is None


def test_the_sum_is_made_with_the_days_the_partners_work(build):
    closed = {build.day("Wed 18 Nov 2026"): "moving house"}
    usual = build.working_days()
    working = WorkingDays(usual.bank_holidays, usual.known_from, usual.known_until, closed)
    found = build.finding(
        "papers", build.meeting(FRIDAY), "Mon 02 Nov 2026 09:00", known={"working_days": working}
    )
    assert found.due == build.at("Thu 19 Nov 2026 23:59")
    later = build.meeting("Tue 24 Nov 2026 10:00")
    found = build.finding("papers", later, "Mon 02 Nov 2026 09:00", known={"working_days": working})
    assert found.due == build.at("Fri 13 Nov 2026 23:59")  # 16 17 | 19 20 23 are the five clear days


UNITS = [
    ({"least": 5, "unit": "days"}, "Sun 22 Nov 2026"),
    ({"least": 2, "unit": "weeks"}, "Fri 13 Nov 2026"),
    ({"least": 0, "unit": "days"}, "Fri 27 Nov 2026"),
]


@pytest.mark.parametrize(("test", "due"), UNITS)
def test_plain_days_and_weeks_have_one_due_day_whatever_is_settled(build, test, due):
    found = build.finding(
        "papers", build.meeting(FRIDAY), "Mon 02 Nov 2026 09:00", test={"thing": "papers", **test}
    )
    assert (found.due, found.due_latest) == (build.at(f"{due} 23:59"), None)
