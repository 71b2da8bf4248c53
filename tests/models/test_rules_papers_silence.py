"""Papers that we do not see: when silence is a risk, a miss, or nothing we can tell."""

import pytest

FRIDAY = "Fri 27 Nov 2026 10:00"  # counted: by the end of Fri 20; clear: by the end of Thu 19

DUE = (
    "Papers are due by the end of Thursday 19 November 2026 "
    "(or Friday 20 November 2026, if the day of sending counts)."
)
WERE = DUE.replace("are due", "were due")
WE_CANNOT_SEE = " We can't see them yet."
SILENCE_SEEN = [  # the group's route is known to work
    ("Mon 16 Nov 2026 23:59", "due", DUE),
    ("Tue 17 Nov 2026 00:00", "at risk", DUE + WE_CANNOT_SEE),  # two working days before
    ("Thu 19 Nov 2026 23:59", "at risk", DUE + WE_CANNOT_SEE),
    (
        "Fri 20 Nov 2026 00:00",
        "cannot tell",
        WERE + " We can't see them yet, and the partners have not settled which day it is.",
    ),
    (
        "Fri 20 Nov 2026 23:59",
        "cannot tell",
        WERE + " We can't see them yet, and the partners have not settled which day it is.",
    ),
    ("Sat 21 Nov 2026 00:00", "missed", WERE + " We can't see that they went out."),
    ("Tue 01 Dec 2026 09:00", "missed", WERE + " We can't see that they went out."),
]


@pytest.mark.parametrize(("now", "state", "because"), SILENCE_SEEN)
def test_silence_on_a_route_that_works_becomes_a_risk_and_then_a_miss(build, now, state, because):
    found = build.finding("papers", build.meeting(FRIDAY), now)
    assert (found.state, found.because) == (state, because)


BLIND = " We have not yet seen papers attached to the invitation for this group, so we can't tell."
SILENCE_BLIND = [
    ("Tue 17 Nov 2026 09:00", "due", DUE),
    ("Thu 19 Nov 2026 23:59", "due", DUE),
    ("Fri 20 Nov 2026 09:00", "cannot tell", WERE + BLIND),
    ("Sat 21 Nov 2026 09:00", "cannot tell", WERE + BLIND),
    ("Tue 01 Dec 2026 09:00", "cannot tell", WERE + BLIND),
]


@pytest.mark.parametrize(("now", "state", "because"), SILENCE_BLIND)
def test_silence_on_any_other_route_is_cannot_tell(build, now, state, because):
    known = {"coverage": build.coverage(routes=frozenset())}
    found = build.finding("papers", build.meeting(FRIDAY), now, known=known)
    assert (found.state, found.because) == (state, because)


UNREAD = [
    {"complete": False},
    {"last": "Thu 26 Nov 2026"},
    {"first": "Sat 28 Nov 2026"},
]


@pytest.mark.parametrize("gap", UNREAD)
def test_silence_in_a_window_that_was_not_read_is_cannot_tell(build, gap):
    known = {
        "coverage": build.coverage(**{k: build.day(v) if isinstance(v, str) else v for k, v in gap.items()})
    }
    found = build.finding("papers", build.meeting(FRIDAY), "Tue 01 Dec 2026 09:00", known=known)
    assert found.state == "cannot tell"
    assert found.because == WERE + " This day could not be read in full, so we can't tell."


@pytest.mark.parametrize(
    ("route", "where"),
    [
        (
            "mail",
            "We have not yet seen papers mailed with the mailbox in copy for this group, so we can't tell.",
        ),
        ("library", "We have not yet seen papers in the group's library for this group, so we can't tell."),
        ("ticked", "We have not yet seen papers noted in the Papers list for this group, so we can't tell."),
        (None, "We can't see how this group's papers go out."),
    ],
)
def test_we_say_where_we_looked(build, route, where):
    known = build.facts(build.meeting(FRIDAY), coverage=build.coverage(routes=frozenset()))
    agreed = build.agreement(build.promise("papers"))
    group = agreed.groups[0].model_copy(update={"papers": route})
    elsewhere = agreed.model_copy(update={"groups": (group,)})
    (found,) = build.findings(known, elsewhere, "Tue 01 Dec 2026 09:00")
    assert found.because == f"{WERE} {where}"


def test_a_meeting_of_a_group_we_do_not_know_is_cannot_tell(build):
    for group in ("", "Another board"):
        meeting = build.meeting(FRIDAY, group=group)
        found = build.finding("papers", meeting, "Tue 01 Dec 2026 09:00")
        assert found.state == "cannot tell"
        assert found.because.endswith("We can't see how this group's papers go out.")


OVER_EASTER = [  # clear days, Tue 14 Apr 2026: due on Thursday 2 April
    (
        "Thu 02 Apr 2026 23:59",
        "at risk",
        "Papers are due by the end of Thursday 2 April 2026. We can't see them yet.",
    ),
    (
        "Mon 06 Apr 2026 12:00",
        "at risk",
        "Papers were due by the end of Thursday 2 April 2026. We can't see them yet.",
    ),
    (
        "Tue 07 Apr 2026 00:00",
        "missed",
        "Papers were due by the end of Thursday 2 April 2026. We can't see that they went out.",
    ),
]


@pytest.mark.parametrize(("now", "state", "because"), OVER_EASTER)
def test_nothing_is_missed_while_the_clear_days_are_still_there(build, now, state, because):
    known = build.facts(build.meeting("Tue 14 Apr 2026 10:00"))
    (found,) = build.findings(known, build.agreement(build.promise("papers"), count="clear"), now)
    assert (found.state, found.because) == (state, because)


WARN = [  # due on Thu 19 Nov 2026
    (0, "Wed 18 Nov 2026 23:59", "due"),
    (0, "Thu 19 Nov 2026 00:00", "at risk"),
    (1, "Tue 17 Nov 2026 23:59", "due"),
    (1, "Wed 18 Nov 2026 00:00", "at risk"),
    (4, "Fri 13 Nov 2026 00:00", "at risk"),  # a weekend lies between
    (4, "Thu 12 Nov 2026 23:59", "due"),
]


@pytest.mark.parametrize(("warn", "now", "state"), WARN)
def test_each_promise_says_how_early_to_warn(build, warn, now, state):
    assert build.finding("papers", build.meeting(FRIDAY), now, warn=warn).state == state


EXPECTED = [
    ("Mon 16 Nov 2026 09:00", "are"),
    ("Mon 23 Nov 2026 23:00", "are"),
    ("Tue 24 Nov 2026 00:00", "were"),
    ("Tue 01 Dec 2026 09:00", "were"),
]


@pytest.mark.parametrize(("now", "tense"), EXPECTED)
def test_the_day_papers_are_expected_is_passed_on(build, now, tense):
    known = {"papers": {"meeting-1": build.papers(coming_on="Mon 23 Nov 2026")}}
    found = build.finding("papers", build.meeting(FRIDAY), now, known=known)
    assert found.because.endswith(f" They {tense} expected on Monday 23 November 2026.")


def test_no_papers_this_time_is_not_in_scope_whatever_else_we_know(build):
    none = build.papers("Tue 24 Nov 2026 09:00", none_this_time=True)
    found = build.finding(
        "papers", build.meeting(FRIDAY), "Tue 01 Dec 2026 09:00", known={"papers": {"meeting-1": none}}
    )
    assert found.state == "not in scope"
    assert found.because == "Somebody said that there are no papers this time."
    assert found.due is None


# Friday 27 November's papers, never seen; it is Monday 30 November. When did this route carry papers first?
FIRST_SENT = [
    ("Wed 30 Sep 2026 11:00", "missed"),
    ("Fri 27 Nov 2026 09:00", "missed"),
    ("Fri 27 Nov 2026 11:00", "cannot tell"),  # after that meeting began: it says nothing of those before
    ("Mon 30 Nov 2026 08:00", "cannot tell"),
]


@pytest.mark.parametrize(("first", "state"), FIRST_SENT)
def test_silence_before_the_first_papers_that_went_this_way_means_nothing(build, first, state):
    routes = {"routes": frozenset({build.BOARD}), "routes_since": {build.BOARD: build.at(first)}}
    known = {"coverage": build.coverage(**routes)}
    meeting = build.meeting("Fri 27 Nov 2026 10:00")
    assert build.finding("papers", meeting, "Mon 30 Nov 2026 09:00", known=known).state == state
