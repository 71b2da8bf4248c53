"""Meetings called too late for papers to be in time: one note with the reason, no countdown."""

import pytest

FRIDAY = "Fri 27 Nov 2026 10:00"  # counted: by the end of Fri 20; clear: by the end of Thu 19

CALLED = [  # for Friday 27 November 2026, looked at the day after
    ("Fri 20 Nov 2026 23:59", "missed", ""),  # there was time on one reading
    ("Sat 21 Nov 2026 00:00", "explained", "called with 4 working days' notice"),
    ("Tue 24 Nov 2026 09:00", "explained", "called with 3 working days' notice"),
    ("Thu 26 Nov 2026 09:00", "explained", "called with 1 working day's notice"),
    ("Fri 27 Nov 2026 09:59", "explained", "called with 0 working days' notice"),
]


@pytest.mark.parametrize(("seen", "state", "reason"), CALLED)
def test_a_meeting_called_too_late_for_papers_has_a_reason_and_no_countdown(build, seen, state, reason):
    known = {"stamps": {"meeting-1": build.stamp(seen)}}
    found = build.finding("papers", build.meeting(FRIDAY), "Sat 28 Nov 2026 09:00", known=known)
    assert (found.state, found.reason) == (state, reason)
    if reason:
        assert found.because == f"This meeting, or its present date, was {reason}."


def test_the_day_of_calling_is_a_london_day(build):
    meeting = build.meeting("Thu 18 Jun 2026 10:00")  # counted: by the end of Thu 11 June
    for seen, state in (("Thu 11 Jun 2026 22:59 UTC", "missed"), ("Thu 11 Jun 2026 23:00 UTC", "explained")):
        known = {"stamps": {"meeting-1": build.stamp(seen)}}
        assert build.finding("papers", meeting, "Fri 19 Jun 2026 09:00", known=known).state == state


def test_the_first_look_at_a_calendar_never_says_that_a_meeting_was_called_late(build):
    known = {"stamps": {"meeting-1": build.stamp("Tue 24 Nov 2026 09:00", on_or_before=True)}}
    found = build.finding("papers", build.meeting(FRIDAY), "Sat 28 Nov 2026 09:00", known=known)
    assert (found.state, found.reason) == ("missed", "")


@pytest.mark.parametrize("seen", ["Fri 27 Nov 2026 10:00", "Mon 30 Nov 2026 09:00"])
def test_a_meeting_written_down_after_it_began_is_cannot_tell(build, seen):
    known = {"stamps": {"meeting-1": build.stamp(seen)}}
    found = build.finding("papers", build.meeting(FRIDAY), "Tue 01 Dec 2026 09:00", known=known)
    assert (found.state, found.reason) == ("cannot tell", "")
    assert found.because == "It was put in the calendar after it began, so we can't tell when it was called."


SENT_FOR_A_LATE_CALL = [("Wed 25 Nov 2026 09:00", "explained"), ("Thu 19 Nov 2026 09:00", "kept")]


@pytest.mark.parametrize(("sent", "state"), SENT_FOR_A_LATE_CALL)
def test_papers_for_a_meeting_called_late_are_not_late_papers(build, sent, state):
    known = {
        "stamps": {"meeting-1": build.stamp("Tue 24 Nov 2026 09:00")},
        "papers": {"meeting-1": build.papers(sent)},
    }
    assert build.finding("papers", build.meeting(FRIDAY), "Tue 01 Dec 2026 09:00", known=known).state == state


@pytest.mark.parametrize(("routes", "state"), [(True, "missed"), (False, "cannot tell")])
def test_a_firm_promise_about_papers_stays_missed_with_its_reason_where_we_can_see(build, routes, state):
    known = {"stamps": {"meeting-1": build.stamp("Tue 24 Nov 2026 09:00")}}
    if not routes:
        known["coverage"] = build.coverage(routes=frozenset())
    found = build.finding(
        "papers", build.meeting(FRIDAY), "Tue 24 Nov 2026 12:00", known=known, strength="firm"
    )
    assert (found.state, found.reason) == (state, "called with 3 working days' notice")


def test_a_shared_value_about_papers_is_explained_too(build):
    known = {"stamps": {"meeting-1": build.stamp("Tue 24 Nov 2026 09:00")}}
    found = build.finding(
        "papers", build.meeting(FRIDAY), "Tue 24 Nov 2026 12:00", known=known, strength="intent"
    )
    assert found.state == "explained"
