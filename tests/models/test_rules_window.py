"""Hours: "between 10am and 2pm", London time, both ends may touch."""

import pytest

BEFORE, DURING, AFTER = "Thu 01 Jan 2026 09:00", "Wed 10 Jun 2026 12:00", "Fri 01 Jan 2027 09:00"

JUNE = [  # a Wednesday in summer time; looked at long before it
    ("10:00", "14:00", "kept", "It runs from 10am to 2pm."),
    ("10:00", "10:00", "kept", "It runs from 10am to 10am."),
    ("11:30", "13:15", "kept", "It runs from 11:30am to 1:15pm."),
    ("10:00", "12:00", "kept", "It runs from 10am to noon."),
    ("14:00", "14:00", "kept", "It runs from 2pm to 2pm."),
    ("09:59", "14:00", "at risk", "It starts at 9:59am, before 10am."),
    ("09:30", "11:00", "at risk", "It starts at 9:30am, before 10am."),
    ("07:00", "09:00", "at risk", "It starts at 7am, before 10am."),
    ("10:00", "14:01", "at risk", "It ends at 2:01pm, after 2pm."),
    ("14:00", "15:30", "at risk", "It ends at 3:30pm, after 2pm."),
    ("09:00", "15:00", "at risk", "It starts at 9am, before 10am and ends at 3pm, after 2pm."),
    ("14:01", "16:00", "at risk", "It starts at 2:01pm, after 2pm."),
    ("18:00", "20:00", "at risk", "It starts at 6pm, after 2pm."),
    ("12:00", "11:00", "cannot tell", "We can't tell its hours: it ends before it starts."),
]


@pytest.mark.parametrize(("starts", "ends", "state", "because"), JUNE)
def test_a_meeting_keeps_the_hours_or_we_say_which_end_does_not(build, starts, ends, state, because):
    meeting = build.meeting(f"Wed 10 Jun 2026 {starts}", ends)
    found = build.finding("hours", meeting, BEFORE)
    assert (found.state, found.because) == (state, because)


IN_UTC = [  # what a calendar in UTC says, and what the clock on the wall says
    ("Wed 10 Jun 2026 09:00 UTC", "Wed 10 Jun 2026 12:00 UTC", "kept", "It runs from 10am to 1pm."),
    ("Wed 10 Jun 2026 11:30 UTC", "Wed 10 Jun 2026 13:30 UTC", "missed", "It ends at 2:30pm, after 2pm."),
    ("Wed 10 Jun 2026 08:30 UTC", "Wed 10 Jun 2026 10:00 UTC", "missed", "It starts at 9:30am, before 10am."),
    ("Tue 13 Jan 2026 10:00 UTC", "Tue 13 Jan 2026 14:00 UTC", "kept", "It runs from 10am to 2pm."),
    ("Tue 13 Jan 2026 09:00 UTC", "Tue 13 Jan 2026 12:00 UTC", "missed", "It starts at 9am, before 10am."),
    ("Fri 27 Mar 2026 10:00 UTC", "Fri 27 Mar 2026 14:00 UTC", "kept", "It runs from 10am to 2pm."),
    ("Mon 30 Mar 2026 09:00 UTC", "Mon 30 Mar 2026 13:00 UTC", "kept", "It runs from 10am to 2pm."),
    ("Fri 23 Oct 2026 09:00 UTC", "Fri 23 Oct 2026 13:00 UTC", "kept", "It runs from 10am to 2pm."),
    ("Mon 26 Oct 2026 10:00 UTC", "Mon 26 Oct 2026 14:00 UTC", "kept", "It runs from 10am to 2pm."),
]


@pytest.mark.parametrize(("starts", "ends", "state", "because"), IN_UTC)
def test_hours_are_london_hours_in_summer_and_winter(build, starts, ends, state, because):
    found = build.finding("hours", build.meeting(starts, ends), AFTER)
    assert (found.state, found.because) == (state, because)


WHEN = [  # the meeting is on Wed 10 Jun 2026, from 9:30
    ("Wed 10 Jun 2026 09:29", "at risk"),
    ("Wed 10 Jun 2026 09:30", "missed"),
    ("Thu 11 Jun 2026 09:00", "missed"),
    ("Wed 10 Jun 2026 08:29 UTC", "at risk"),
    ("Wed 10 Jun 2026 08:30 UTC", "missed"),
]


@pytest.mark.parametrize(("now", "state"), WHEN)
def test_wrong_hours_can_be_put_right_until_the_meeting_begins(build, now, state):
    assert build.finding("hours", build.meeting("Wed 10 Jun 2026 09:30", "11:00"), now).state == state


def test_a_meeting_past_midnight_does_not_fit(build):
    found = build.finding("hours", build.meeting("Wed 10 Jun 2026 11:00", "Thu 11 Jun 2026 12:00"), BEFORE)
    assert found.state == "at risk"
    assert found.because == (
        "It runs from Wednesday 10 June 2026 at 11am to Thursday 11 June 2026 at noon, "
        "so it does not end the day it starts."
    )


def test_a_late_start_without_an_end_runs_past_midnight_and_says_what_it_assumes(build):
    found = build.finding("hours", build.meeting("Wed 10 Jun 2026 23:00", end_assumed=True), AFTER)
    assert found.state == "missed"
    assert found.because == (
        "It runs from Wednesday 10 June 2026 at 11pm to Thursday 11 June 2026 at 1am "
        "(no end given, so two hours are assumed), so it does not end the day it starts."
    )


ASSUMED = [
    ("12:00", "kept", "It runs from noon to 2pm (no end given, so two hours are assumed)."),
    ("12:30", "at risk", "It ends at 2:30pm, after 2pm (no end given, so two hours are assumed)."),
    ("09:30", "at risk", "It starts at 9:30am, before 10am."),
]


@pytest.mark.parametrize(("starts", "state", "because"), ASSUMED)
def test_an_assumed_end_is_said_where_it_matters(build, starts, state, because):
    found = build.finding("hours", build.meeting(f"Wed 10 Jun 2026 {starts}", end_assumed=True), BEFORE)
    assert (found.state, found.because) == (state, because)


def test_an_all_day_entry_has_no_hours_to_judge(build):
    found = build.finding("hours", build.all_day("Wed 10 Jun 2026"), AFTER)
    assert found.state == "cannot tell"
    assert found.because == "It is an all-day entry, so it has no hours to judge."


def test_a_meeting_in_an_unknown_zone_is_not_judged_by_its_hours(build):
    doubt = "its time zone 'Narnia' is not known"
    found = build.finding("hours", build.meeting("Wed 10 Jun 2026 06:00", doubt=doubt), AFTER)
    assert found.state == "cannot tell"
    assert found.because == "We can't tell its hours: its time zone 'Narnia' is not known."


def test_hours_are_read_from_the_agreement(build):
    evening = {"from": "17:00", "to": "19:30"}
    found = build.finding("hours", build.meeting("Wed 10 Jun 2026 18:00", "19:30"), BEFORE, test=evening)
    assert (found.state, found.because) == ("kept", "It runs from 6pm to 7:30pm.")


@pytest.mark.parametrize(
    "now", ["Sun 25 Oct 2026 00:30 UTC", "Sun 25 Oct 2026 01:00 UTC", "Sun 25 Oct 2026 01:20 UTC"]
)
def test_a_meeting_that_has_begun_stays_begun_when_the_clocks_go_back(build, now):
    """At 1am UTC the clock on the wall says 1am again, which looks earlier than the start at 1:30am."""
    meeting = build.meeting("Sun 25 Oct 2026 00:30 UTC", "Sun 25 Oct 2026 02:30 UTC")
    assert build.finding("hours", meeting, now).state == "missed"
