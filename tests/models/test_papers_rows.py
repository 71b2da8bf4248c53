"""What people write in the Papers list: their words count, a future day is a hope, and a row is never guessed."""

from types import SimpleNamespace

import pytest

from models.facts import Papers
from models.papers import PapersRow, of_no_group, rows_matched, together
from models.papers_matching import Trace

NOW = "Mon 23 Nov 2026 09:15"


@pytest.fixture
def said(build):
    """The rows of one group, matched on Monday 23 November 2026."""
    meetings = (
        build.meeting("Wed 18 Nov 2026 10:00", key="a"),
        build.meeting("Fri 27 Nov 2026 10:00", key="b"),
        build.meeting("Thu 17 Dec 2026 10:00", key="c"),
        build.meeting("Thu 17 Dec 2026 14:00", key="d"),
    )
    agreed = build.agreement(build.promise("papers"), build.promise("four weeks"))

    def matched(*rows, traces=None):
        group = agreed.groups[0]
        return rows_matched(rows, group, meetings, agreed, traces or {}, build.at(NOW))

    def row(number=1, day="Fri 27 Nov 2026", **more):
        usual = {"group": build.BOARD, "meeting_date": build.day(day) if day else None}
        return PapersRow(row=str(number), **(usual | more))

    return SimpleNamespace(matched=matched, row=row, agreed=agreed)


def test_a_row_belongs_to_the_meeting_of_its_group_and_date(said, build):
    found = said.matched(said.row(sent_on=build.at("Thu 19 Nov 2026 00:00")))
    assert found.said.papers == {"b": Papers(sent=build.at("Thu 19 Nov 2026 00:00"))}
    assert found.traces == {"row 1": Trace("b", build.day("Fri 27 Nov 2026"))}
    assert (found.in_use, found.questions) == (True, ())


EXPECTED = [  # sent on, coming on; what it means on Monday 23 November
    ("Mon 23 Nov 2026 00:00", None, ("Mon 23 Nov 2026 00:00", None)),  # today
    ("Tue 24 Nov 2026 00:00", None, (None, "Tue 24 Nov 2026")),  # not sent yet
    ("Tue 24 Nov 2026 00:00", "Wed 25 Nov 2026", (None, "Wed 25 Nov 2026")),
    ("Mon 23 Nov 2026 09:16", None, (None, "Mon 23 Nov 2026")),
    (None, "Wed 25 Nov 2026", (None, "Wed 25 Nov 2026")),
]


@pytest.mark.parametrize(("sent", "coming", "means"), EXPECTED)
def test_a_day_of_sending_that_lies_ahead_is_when_they_are_expected(said, build, sent, coming, means):
    one = said.row(sent_on=build.at(sent) if sent else None, coming_on=build.day(coming) if coming else None)
    found = said.matched(one)
    sent_on, coming_on = means
    assert found.said.papers["b"].sent == (build.at(sent_on) if sent_on else None)
    assert found.said.papers["b"].coming_on == (build.day(coming_on) if coming_on else None)
    assert found.in_use is bool(sent_on)


def test_no_papers_this_time_is_passed_on_and_does_not_show_that_the_list_is_in_use(said):
    found = said.matched(said.row(no_papers=True))
    assert found.said.papers["b"].none_this_time
    assert not found.in_use


def test_a_key_says_which_of_two_meetings_on_one_day(said):
    found = said.matched(said.row(day="Thu 17 Dec 2026", meeting_key="d", no_papers=True))
    assert list(found.said.papers) == ["d"]


QUESTIONS = [
    ("Thu 17 Dec 2026", "the group has 2 meetings on that day"),
    ("Fri 20 Nov 2026", "we see no meeting of it on that day"),
    ("Mon 09 Nov 2026", "we see no meeting of it on that day"),  # two weeks ago
]


@pytest.mark.parametrize(("day", "why"), QUESTIONS)
def test_a_row_that_fits_none_or_two_is_a_question_and_never_a_guess(said, day, why):
    found = said.matched(said.row(7, day, no_papers=True, title="About Sam Example"))
    assert not found.said.papers
    (asked,) = found.questions
    assert asked.startswith("Row 7 of the Papers list (")
    assert asked.endswith(f"is for {said.agreed.groups[0].name}, and {why}: which meeting is it for?")
    assert "Sam" not in asked


def test_an_old_row_that_fits_nothing_is_not_asked_about(said):
    assert said.matched(said.row(day="Fri 06 Nov 2026")).questions == ()


def test_the_row_of_a_meeting_that_was_moved_stays_with_it(said, build):
    day = build.day("Fri 20 Nov 2026")
    one = said.row(day="Fri 20 Nov 2026", sent_on=build.at("Thu 12 Nov 2026 00:00"))
    found = said.matched(one, traces={"row 1": Trace("b", day)})
    assert list(found.said.papers) == ["b"]
    assert found.questions == ()


def test_a_row_that_somebody_corrected_is_for_the_meeting_it_names_now(said, build):
    found = said.matched(said.row(), traces={"row 1": Trace("a", build.day("Wed 18 Nov 2026"))})
    assert list(found.said.papers) == ["b"]


def test_rows_of_other_groups_are_left_to_them(said):
    found = said.matched(said.row(group="Another board"), said.row(2, group=""))
    assert (found.said.papers, found.claimed, found.questions) == ({}, frozenset(), ())


def test_rows_whose_group_nobody_knows_are_asked_about_once(said, build):
    first, last = build.day("Sun 01 Nov 2026"), build.day("Thu 31 Dec 2026")
    rows = [
        said.row(3, group="Bord"),
        said.row(4),
        said.row(5, "Fri 02 Oct 2026", group="Bord"),  # not among the days that were read
        said.row(6, "", group="", meeting_key="x"),
    ]
    (asked,) = of_no_group(rows, said.agreed, first, last)
    assert asked == (
        "Row 3 of the Papers list (Friday 27 November 2026) names no group that we know: which group is it for?"
    )


def test_a_reason_is_said_of_every_promise_about_papers_and_of_no_other(said, build):
    changed = build.at("Fri 20 Nov 2026 16:00")
    found = said.matched(said.row(reason="  The data\ncame late. ", changed_at=changed))
    (one,) = found.said.statements(said.agreed)
    assert (one.said, one.promise, one.subject) == ("reason", "P01", "b")
    assert (one.text, one.role, one.partner, one.at) == (
        "The data came late.",
        "officer",
        "council",
        changed,
    )
    (undated,) = said.matched(said.row(reason="x" * 500)).said.statements(said.agreed)
    assert (len(undated.text), undated.at) == (300, build.at(NOW))


def test_a_reason_in_a_row_that_fits_no_meeting_is_said_of_nothing(said):
    assert said.matched(said.row(day="Fri 20 Nov 2026", reason="Late")).said.reasons == ()


def test_two_accounts_of_one_meetings_papers_add_up(build):
    first, second = build.at("Thu 12 Nov 2026 09:00"), build.at("Tue 17 Nov 2026 09:00")
    early, late = Papers(sent=first), Papers(sent=second, files=3, barrier="Big.", on_or_before=True)
    assert together(late, early) == together(early, late)
    assert together(late, early) == Papers(sent=first, files=3, barrier="Big.")
    assert together(Papers(none_this_time=True), late) == late  # somebody saw them after all
    assert together(Papers(none_this_time=True), Papers()).none_this_time
    assert together(None, late) == late
    unclear = Papers(unclear=True)
    assert together(unclear, late) == late
    assert together(Papers(), unclear) == unclear
    day, later = build.day("Mon 23 Nov 2026"), build.day("Tue 24 Nov 2026")
    assert together(Papers(coming_on=later), Papers(coming_on=day)).coming_on == day
