"""Requests to the forum: what they must say, and four weeks before anything starts."""

from datetime import UTC, datetime

import pytest

REQUESTS, CONSULTATIONS = "Co-production requests", "Consultations and surveys"
NOW = "Mon 01 Jun 2026 09:00"


def _only(build, promise, *rows, now=NOW, count="unsettled"):
    found = build.findings(build.facts(rows=rows), build.agreement(promise, count=count), now)
    assert len(found) <= 1
    return found[0] if found else None


NOTICE = [  # starts on Wed 15 Jul 2026: four weeks before is Wed 17 Jun
    (
        "2026-06-17",
        "kept",
        "It came on Wednesday 17 June 2026 and starts on Wednesday 15 July 2026: 28 days.",
    ),
    (
        "2026-01-05",
        "kept",
        "It came on Monday 5 January 2026 and starts on Wednesday 15 July 2026: 191 days.",
    ),
    (
        "2026-06-18",
        "at risk",
        "It came on Thursday 18 June 2026 and starts on Wednesday 15 July 2026: 27 days.",
    ),
    ("2026-07-14", "at risk", "It came on Tuesday 14 July 2026 and starts on Wednesday 15 July 2026: 1 day."),
]


@pytest.mark.parametrize(("came", "state", "because"), NOTICE)
def test_a_request_comes_four_weeks_before_it_starts(build, came, state, because):
    found = _only(
        build, build.promise("four weeks"), build.row(REQUESTS, ReceivedOn=came, StartsOn="2026-07-15")
    )
    assert (found.state, found.because) == (state, because)
    assert found.due == build.at("Wed 17 Jun 2026 23:59")
    assert (found.key, found.subject) == ("a-test/P17/co-production-requests-7", "co-production-requests-7")


@pytest.mark.parametrize(
    ("now", "state"), [("Tue 14 Jul 2026 23:59", "at risk"), ("Wed 15 Jul 2026 00:00", "missed")]
)
def test_a_request_that_came_late_can_start_later_until_it_has_started(build, now, state):
    late = build.row(REQUESTS, ReceivedOn="2026-07-01", StartsOn="2026-07-15")
    assert _only(build, build.promise("four weeks"), late, now=now).state == state


NOT_FILLED_IN = [
    {"ReceivedOn": "2026-06-17"},
    {"StartsOn": "2026-06-17"},
    {"ReceivedOn": "2026-06-17", "StartsOn": "soon"},
    {"ReceivedOn": None, "StartsOn": ""},
    {"ReceivedOn": 20260617, "StartsOn": "2026-07-15T"},
]


@pytest.mark.parametrize("fields", NOT_FILLED_IN)
def test_without_both_days_nothing_can_be_told(build, fields):
    found = _only(build, build.promise("four weeks"), build.row(REQUESTS, **fields))
    assert found.state == "cannot tell"
    assert found.because == "The day it came or the day it starts is not filled in."


FORMS = [  # all of these are Wednesday 17 June 2026 in London
    "2026-06-17",
    " 2026-06-17 ",
    "2026-06-16T23:00:00Z",
    "2026-06-17T22:59:00Z",
    "2026-06-17T23:30:00",
    datetime(2026, 6, 16, 23, 30, tzinfo=UTC),
    datetime(2026, 6, 17).date(),  # noqa: DTZ001
]


@pytest.mark.parametrize("came", FORMS)
def test_a_day_may_be_written_in_any_of_these_ways(build, came):
    found = _only(
        build, build.promise("four weeks"), build.row(REQUESTS, ReceivedOn=came, StartsOn="2026-07-15")
    )
    assert found.because.startswith("It came on Wednesday 17 June 2026 ")


WORKING = [  # five working days before Fri 27 Nov 2026
    ("counted", "2026-11-20", "kept"),
    ("counted", "2026-11-21", "at risk"),
    ("clear", "2026-11-19", "kept"),
    ("clear", "2026-11-20", "at risk"),
    ("unsettled", "2026-11-19", "kept"),
    ("unsettled", "2026-11-20", "cannot tell"),
    ("unsettled", "2026-11-21", "at risk"),
]


@pytest.mark.parametrize(("count", "came", "state"), WORKING)
def test_working_days_are_counted_as_the_agreement_says(build, count, came, state):
    promise = build.promise("four weeks", test={"thing": "request", "least": 5, "unit": "working days"})
    row = build.row(REQUESTS, ReceivedOn=came, StartsOn="2026-11-27")
    found = _only(build, promise, row, count=count)
    assert found.state == state
    assert ("The partners have not settled how days are counted." in found.because) == (
        state == "cannot tell"
    )
    due = "Fri 20 Nov 2026" if count == "counted" else "Thu 19 Nov 2026"
    assert found.due == build.at(f"{due} 23:59")


def test_beyond_the_bank_holiday_list_nothing_is_counted(build):
    promise = build.promise("four weeks", test={"thing": "request", "least": 5, "unit": "working days"})
    found = _only(build, promise, build.row(REQUESTS, ReceivedOn="2028-01-01", StartsOn="2029-01-09"))
    assert found.state == "cannot tell"
    assert "the bank holiday list does not reach" in found.because


FILLED = [
    ("To learn what parents think of the new form", True),
    ("None", True),
    (" ", False),
    ("", False),
    (None, False),
    (True, True),
    (False, False),
]


@pytest.mark.parametrize(("value", "filled"), FILLED)
def test_a_request_says_what_it_is_for(build, value, filled):
    row = build.row(REQUESTS, Objectives=value, StartsOn="2026-07-15")
    found = _only(build, build.promise("objectives"), row)
    assert found.state == ("kept" if filled else "at risk")
    assert found.because == ("It is filled in." if filled else "It is not filled in.")


EMPTY = [
    ("2026-06-02", "at risk"),
    ("2026-06-01", "missed"),
    ("2025-06-01", "missed"),
    ("", "at risk"),  # no start is known, so there is time
]


@pytest.mark.parametrize(("starts", "state"), EMPTY)
def test_what_is_not_filled_in_can_be_until_the_work_starts(build, starts, state):
    assert _only(build, build.promise("objectives"), build.row(REQUESTS, StartsOn=starts)).state == state


def test_a_consultation_has_its_own_list_and_its_own_days(build):
    promise = build.promise("objectives", test={"item": "consultation", "field": "Link"})
    row = build.row(CONSULTATIONS, OpensOn="2026-06-01", StartsOn="2026-07-15")
    assert _only(build, promise, row).state == "missed"
    assert _only(build, promise, row).subject == "consultations-and-surveys-7"
    assert _only(build, promise, build.row(REQUESTS, StartsOn="2026-07-15")) is None


def test_only_the_rows_of_the_right_list_are_looked_at(build):
    rows = [build.row("Venues", StartsOn="2026-07-15"), build.row(CONSULTATIONS, OpensOn="2026-07-15")]
    assert _only(build, build.promise("objectives"), *rows) is None
    assert _only(build, build.promise("four weeks"), *rows) is None


IN_FORCE = [("2026-03-31", False), ("2026-04-01", True), ("", True)]


@pytest.mark.parametrize(("came", "judged"), IN_FORCE)
def test_a_request_is_judged_if_it_came_while_the_promise_was_in_force(build, came, judged):
    promise = build.promise("objectives", valid_from=build.day("Wed 01 Apr 2026"))
    found = _only(build, promise, build.row(REQUESTS, ReceivedOn=came, StartsOn="2026-07-15"))
    assert (found is not None) == judged


def test_a_reason_and_its_end_count_for_requests_too(build):
    row = build.row(REQUESTS, StartsOn="2026-07-15")
    for until, state in (("Mon 01 Jun 2026", "explained"), ("Sun 31 May 2026", "at risk")):
        said = build.reason("P16", "co-production-requests-7", until=build.day(until))
        known = build.facts(rows=(row,), statements=(said,))
        (found,) = build.findings(known, build.agreement(build.promise("objectives")), NOW)
        assert found.state == state
