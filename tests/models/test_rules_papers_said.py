"""What people say of papers: when they will come, that they have not come; and what is known of opening them."""

import pytest

from models.facts import Papers, Said

FRIDAY = "Fri 27 Nov 2026 10:00"  # clear: by the end of Thu 19; counted: Fri 20

COMING = [  # said to come on, seen on, state
    ("Wed 18 Nov 2026", "Tue 17 Nov 2026 09:00", "due"),
    ("Wed 18 Nov 2026", "Wed 18 Nov 2026 23:00", "due"),
    ("Wed 18 Nov 2026", "Thu 19 Nov 2026 09:00", "at risk"),  # that day has passed
    ("Thu 19 Nov 2026", "Thu 19 Nov 2026 23:00", "due"),  # the due day itself
    ("Fri 20 Nov 2026", "Tue 17 Nov 2026 09:00", "at risk"),  # after the due day
    ("Thu 19 Nov 2026", "Fri 20 Nov 2026 09:00", "cannot tell"),
    ("Thu 19 Nov 2026", "Sat 21 Nov 2026 09:00", "missed"),
]


@pytest.mark.parametrize(("coming", "now", "state"), COMING)
def test_nobody_is_nudged_before_the_day_that_was_promised(build, coming, now, state):
    known = {"papers": {"meeting-1": build.papers(coming_on=coming)}}
    assert build.finding("papers", build.meeting(FRIDAY), now, known=known).state == state


OPENING = [
    ({"files": 2}, " Nothing known stops people from opening them."),
    (
        {"files": 2, "barrier": "One of the files is over 25 MB."},
        " One of the files is over 25 MB.",
    ),
    ({}, ""),  # only somebody's word: nothing is known
]


@pytest.mark.parametrize(("more", "ends"), OPENING)
def test_a_promise_that_was_kept_says_what_is_known_of_opening_them(build, more, ends):
    papers = Papers(sent=build.at("Mon 16 Nov 2026 09:00"), **more)
    found = build.finding(
        "papers", build.meeting(FRIDAY), "Tue 17 Nov 2026 09:00", known={"papers": {"meeting-1": papers}}
    )
    assert found.state == "kept"
    assert found.because == (
        "Papers went out on Monday 16 November 2026; they were due by the end of Thursday 19 November 2026."
        + ends
    )


DIFFER = (
    "Accounts differ: they were said to have gone out on Monday 16 November 2026, and the forum says that "
    "they have not come."
)
UNCLEAR = [
    ("Tue 17 Nov 2026 09:00", "due"),  # no nudge: somebody wrote something
    ("Sat 21 Nov 2026 09:00", "cannot tell"),
]


@pytest.mark.parametrize(("now", "state"), UNCLEAR)
def test_where_somebody_wrote_and_we_cannot_read_it_nobody_is_late(build, now, state):
    known = {"papers": {"meeting-1": Papers(unclear=True)}}
    found = build.finding("papers", build.meeting(FRIDAY), now, known=known)
    assert found.state == state
    if state == "cannot tell":
        assert found.because.endswith(
            "Somebody wrote about them in the Papers list, and we can't read what, so we can't tell."
        )


NOT_HERE = [
    # sent                       said                     more                     accounts differ
    ("Mon 16 Nov 2026 09:00", "Mon 16 Nov 2026 09:01", {}, True),
    ("Mon 16 Nov 2026 09:00", "Mon 16 Nov 2026 08:59", {}, False),
    ("Mon 16 Nov 2026 00:00", "Mon 16 Nov 2026 17:00", {}, False),  # only the day is known
    ("Mon 16 Nov 2026 00:00", "Tue 17 Nov 2026 09:00", {}, True),
    ("Mon 16 Nov 2026 09:00", "Tue 17 Nov 2026 09:00", {"partner": "Forum"}, True),
    ("Mon 16 Nov 2026 09:00", "Tue 17 Nov 2026 09:00", {"partner": "council"}, False),
    ("Mon 16 Nov 2026 09:00", "Tue 17 Nov 2026 09:00", {"subject": "meeting-2"}, False),
    ("Mon 16 Nov 2026 09:00", "Tue 17 Nov 2026 09:00", {"promise": "P02"}, False),
    ("Mon 16 Nov 2026 09:00", "Tue 17 Nov 2026 09:00", {"promise": ""}, True),  # of the meeting as a whole
    ("Mon 16 Nov 2026 09:00", "Tue 17 Nov 2026 09:00", {"said": Said.CONTEST}, False),
]


@pytest.mark.parametrize(("sent", "said", "more", "differ"), NOT_HERE)
def test_where_accounts_differ_we_cannot_tell_and_take_no_side(build, sent, said, more, differ):
    usual = {"said": Said.NOT_HERE, "partner": "forum", "promise": "P01", "subject": "meeting-1"}
    one = build.reason(**(usual | more), at=build.at(said))
    known = {"papers": {"meeting-1": build.papers(sent)}, "statements": (one,)}
    found = build.finding("papers", build.meeting(FRIDAY), "Wed 18 Nov 2026 09:00", known=known)
    assert (found.state == "cannot tell") is differ
    assert (found.because == DIFFER) is differ


def test_that_they_have_not_come_adds_nothing_where_nobody_said_that_they_went(build):
    one = build.reason("P01", "meeting-1", said=Said.NOT_HERE, partner="forum")
    found = build.finding(
        "papers", build.meeting(FRIDAY), "Tue 17 Nov 2026 09:00", known={"statements": (one,)}
    )
    assert found.state == "at risk"


@pytest.mark.parametrize(
    ("sent", "state"), [("Thu 19 Nov 2026 10:00", "kept"), ("Sat 21 Nov 2026 10:00", "cannot tell")]
)
def test_papers_that_were_there_when_we_first_looked_are_never_called_late(build, sent, state):
    papers = Papers(sent=build.at(sent), on_or_before=True)
    found = build.finding(
        "papers", build.meeting(FRIDAY), "Tue 01 Dec 2026 09:00", known={"papers": {"meeting-1": papers}}
    )
    assert found.state == state
    if state != "kept":
        assert found.because == (
            "Papers were there when we first looked, last changed on Saturday 21 November 2026. "
            "We can't tell when they first went out."
        )
