"""Who is asked about what: which meetings are judged, by which promises, and what a finding holds."""

from datetime import datetime

import pytest

from models import rules

NOW = "Mon 06 Jul 2026 09:00"
EARLY = "Wed 10 Jun 2026 09:30"


NOT_JUDGED = [{"cancelled": True}, {"type": ""}, {"type": "executive group"}, {"type": "Partnership Group"}]


@pytest.mark.parametrize("change", NOT_JUDGED)
def test_cancelled_unplaced_and_other_meetings_are_not_judged(build, change):
    promises = [build.promise(kind) for kind in ("hours", "term", "papers", "venue")]
    known = build.facts(build.meeting(EARLY, **change))
    assert build.findings(known, build.agreement(*promises), NOW) == ()


def test_each_promise_is_judged_once_for_each_meeting_it_covers(build):
    types = ["partnership group", "priority group", "partnership group"]  # one named twice by mistake
    promises = [build.promise("hours", applies_to=types), build.promise("term")]
    meetings = [
        build.meeting(EARLY, key="m0", cancelled=True),
        build.meeting(EARLY, key="m1"),
        build.meeting(EARLY, key="m2", type="priority group"),
        build.meeting(EARLY, key="m3", type="executive group"),
    ]
    found = build.findings(build.facts(*meetings), build.agreement(*promises), NOW)
    assert [one.key for one in found] == ["a-test/P04/m1", "a-test/P05/m1", "a-test/P04/m2"]


def test_a_promise_not_watched_yet_is_not_judged(build):
    later = build.promise("hours", watched="not yet")
    assert build.findings(build.facts(build.meeting(EARLY)), build.agreement(later), NOW) == ()


def test_a_promise_that_is_off_is_judged_all_the_same(build):
    assert build.finding("hours", build.meeting(EARLY), NOW, on=False).state == "missed"


FORCE = [
    ("Wed 10 Jun 2026", "Wed 10 Jun 2026", True),
    ("Thu 11 Jun 2026", "Fri 31 Jul 2026", False),
    ("Mon 01 Jun 2026", "Tue 09 Jun 2026", False),
]


@pytest.mark.parametrize(("first", "last", "judged"), FORCE)
def test_a_promise_covers_the_days_it_is_in_force(build, first, last, judged):
    promise = build.promise("hours", valid_from=build.day(first), valid_to=build.day(last))
    found = build.findings(build.facts(build.meeting(EARLY)), build.agreement(promise), NOW)
    assert bool(found) == judged


def test_a_finding_says_which_promise_and_which_meeting(build):
    meeting = build.meeting(EARLY, series="series-1")
    found = build.finding("hours", meeting, NOW)
    assert (found.key, found.subject) == ("a-test/P04/meeting-1", "meeting-1")
    assert (found.promise, found.clause, found.operator, found.strength) == ("P04", "4.2", "window", "firm")
    assert (found.meeting, found.group, found.series) == (meeting, build.BOARD, "series-1")
    assert (found.due, found.due_latest, found.counted, found.skipped, found.reason) == (
        None,
        None,
        (),
        (),
        "",
    )


def test_a_finding_about_no_meeting_says_which_promise(build):
    row = build.row("Co-production requests", StartsOn="2026-07-01")
    (found,) = build.findings(build.facts(rows=(row,)), build.agreement(build.promise("objectives")), NOW)
    assert (found.promise, found.clause, found.operator, found.strength) == ("P16", "3", "present", "aim")
    assert (found.meeting, found.group, found.series, found.reason) == (None, "", "", "")


def test_only_what_is_at_risk_or_missed_is_for_people_to_look_at(build):
    found = {
        now: build.finding("hours", build.meeting(EARLY), now).found for now in ("Mon 01 Jun 2026 09:00", NOW)
    }
    assert set(found.values()) == {True}
    assert not build.finding("hours", build.meeting("Wed 10 Jun 2026 10:00"), NOW).found
    assert not build.finding("hours", build.all_day("Wed 10 Jun 2026"), NOW).found


def test_the_moment_of_a_review_must_say_its_zone(build):
    with pytest.raises(ValueError, match=r"^now must say its time zone$"):
        rules.findings(build.facts(), build.agreement(build.promise("hours")), datetime(2026, 7, 6))  # noqa: DTZ001


def test_today_is_todays_date_in_london(build):
    late = "Tue 16 Jun 2026 23:30 UTC"  # half past midnight on Wednesday in London
    meeting = build.meeting("Fri 26 Jun 2026 10:00")  # papers due on Thu 18 June; worth a word from Tue 16 on
    assert build.finding("papers", meeting, late, warn=1).state == "at risk"
    assert build.finding("papers", meeting, "Tue 16 Jun 2026 22:30 UTC", warn=1).state == "due"


def test_meeting_findings_come_first_then_shares_rows_and_dates(build):
    promises = [build.promise(kind) for kind in ("online", "objectives", "term", "hours")]
    row = build.row("Co-production requests", StartsOn="2026-07-01")
    meetings = [build.meeting(EARLY, key="m1", online=True), build.meeting("Tue 12 Oct 2027 10:00", key="m2")]
    found = build.findings(build.facts(*meetings, rows=(row,)), build.agreement(*promises), NOW)
    assert [one.key.removeprefix("a-test/") for one in found] == [
        "P05/m1",
        "P04/m1",
        "P05/m2",
        "P04/m2",
        "P06/all/2026-Q3",
        "P16/co-production-requests-7",
        "P05/terms/lancashire-county-council",
    ]


def test_the_forums_own_promises_are_never_judged(build):
    """Only the forum's own calendar file names them: there is no finding that could be told to anybody."""
    own = build.promise("hours", audience=("forum",))
    shared = build.promise("term")
    facts = build.facts(build.meeting("Wed 10 Jun 2026 09:30"))
    found = build.findings(facts, build.agreement(own, shared), "Mon 06 Jul 2026 09:00")
    assert {one.promise for one in found} == {"P05"}
