"""The forum's answers, ticks and taking back: tables that both chairs could check. Days carry their weekday."""

from dataclasses import replace

import pytest

from models.facts import Papers, Said
from models.statements import standing
from models.ticks import papers_ticked, reasons_of_ticks, ticked

AFTER, EARLY = "Mon 06 Jul 2026 09:00", "Wed 10 Jun 2026 09:30"
FORUM = {"partner": "forum", "role": "Forum chair", "proved": "signed link"}


def judged(build, *statements, strength="aim", series="series-1"):
    known = {"statements": statements}
    return build.finding("hours", build.meeting(EARLY, series=series), AFTER, known=known, strength=strength)


def answer(build, said, when, **more):
    about = {"text": "", "at": build.at(when), "said": said, **FORUM}
    return build.reason("P04", "meeting-1", **about | more)


MONDAY, TUESDAY, WEDNESDAY = "Mon 01 Jun 2026 09:00", "Tue 02 Jun 2026 09:00", "Wed 03 Jun 2026 09:00"
# The council's reason is of Monday 1 June. What did the forum say, and how does it stand?
ANSWERS = [
    ("nothing", [], "explained", "missed", False),
    ("agree", [(Said.AGREE, TUESDAY, {})], "agreed change", "agreed change", False),
    ("not this time", [(Said.NOT_THIS_TIME, TUESDAY, {})], "explained", "missed", True),
    ("we asked for this", [(Said.WE_ASKED, TUESDAY, {})], "agreed change", "agreed change", False),
    (
        "no, and then yes",
        [(Said.NOT_THIS_TIME, TUESDAY, {}), (Said.AGREE, WEDNESDAY, {})],
        "agreed change",
        "agreed change",
        False,
    ),
    (
        "yes, and then no",
        [(Said.AGREE, TUESDAY, {}), (Said.NOT_THIS_TIME, WEDNESDAY, {})],
        "explained",
        "missed",
        True,
    ),
    ("the council says agree", [(Said.AGREE, TUESDAY, {"partner": "council"})], "explained", "missed", False),
    ("nobody knows who", [(Said.AGREE, TUESDAY, {"proved": ""})], "explained", "missed", False),
    ("by the register", [(Said.WE_ASKED, TUESDAY, {"proved": "register"})], "explained", "missed", False),
    (
        "by its own account",
        [(Said.AGREE, TUESDAY, {"proved": "forum account"})],
        "agreed change",
        "agreed change",
        False,
    ),
    ("an older yes", [(Said.AGREE, "Fri 29 May 2026 09:00", {})], "explained", "missed", False),
]


@pytest.mark.parametrize(
    ("what", "answers", "aim", "firm", "refused"), ANSWERS, ids=[one[0] for one in ANSWERS]
)
def test_the_forums_answer_to_a_reason(build, what, answers, aim, firm, refused):
    said = [build.reason("P04", "meeting-1"), *(answer(build, one, at, **more) for one, at, more in answers)]
    for strength, state in (("aim", aim), ("firm", firm)):
        found = judged(build, *said, strength=strength)
        assert (found.state, found.not_agreed) == (state, refused)
        assert found.reason


def test_we_asked_for_this_needs_no_reason_and_says_so(build):
    found = judged(build, answer(build, Said.WE_ASKED, TUESDAY), strength="firm")
    assert (found.state, found.reason) == ("agreed change", "The forum asked for this.")


def test_agree_without_a_reason_agrees_to_nothing(build):
    assert judged(build, answer(build, Said.AGREE, TUESDAY)).state == "missed"


def test_the_forums_own_reason_and_yes_change_nothing(build):
    own = build.reason("P04", "meeting-1", **FORUM)
    assert judged(build, own, answer(build, Said.AGREE, TUESDAY)).state == "explained"


def test_a_new_reason_has_not_been_answered_by_an_old_yes(build):
    later = build.reason("P04", "meeting-1", "Another", at=build.at(WEDNESDAY))
    found = judged(build, build.reason("P04", "meeting-1"), answer(build, Said.AGREE, TUESDAY), later)
    assert (found.state, found.reason) == ("explained", "Another")


def test_what_was_taken_back_counts_no_more_and_may_stand_again(build):
    reason = replace(build.reason("P04", "meeting-1"), id="1")
    yes = replace(answer(build, Said.AGREE, TUESDAY), id="2")
    back = replace(yes, id="3", undoes="2", at=build.at(WEDNESDAY))
    again = replace(yes, id="4", undoes="3", at=build.at("Thu 04 Jun 2026 09:00"))
    assert judged(build, *standing([reason, yes])).state == "agreed change"
    assert judged(build, *standing([reason, yes, back])).state == "explained"
    assert judged(build, *standing([reason, yes, back, again])).state == "agreed change"


# Papers for the meeting on Friday 27 November 2026 are due by Thursday 19th (clear) or Friday 20th (counted)
HELD, NOW = "Fri 27 Nov 2026 10:30", "Mon 23 Nov 2026 09:15"
TICKS = [
    ("on the earlier due day", Said.SENT, "Thu 19 Nov 2026", "kept"),
    ("on the later due day", Said.SENT, "Fri 20 Nov 2026", "cannot tell"),
    ("after both", Said.SENT, "Mon 23 Nov 2026", "missed"),
    ("on a day ahead", Said.SENT, "Tue 24 Nov 2026", "missed"),
    ("no papers this time", Said.NONE_THIS_TIME, None, "not in scope"),
    ("coming on", Said.COMING_ON, "Tue 24 Nov 2026", "missed"),
]


def tick(build, said, day, **more):
    about = {
        "said": said,
        "at": build.at(NOW),
        "day": build.day(day) if day else None,
        "proved": "signed link",
    }
    return replace(build.reason("P01", "meeting-1", ""), **about | more)


def papers(build, *ticks, before=None, now=NOW):
    meeting = build.meeting(HELD, series="series-1")
    agreement = build.agreement(build.promise("papers"))
    known = papers_ticked(before or {}, ticks, [meeting], agreement, build.at(now))
    covered = build.coverage(routes=frozenset({meeting.group}))
    more = {"papers": known, "coverage": covered, "statements": reasons_of_ticks(ticks)}
    return build.finding("papers", meeting, now, known=more)


@pytest.mark.parametrize(("what", "said", "day", "state"), TICKS, ids=[one[0] for one in TICKS])
def test_a_tick_says_how_papers_stand(build, what, said, day, state):
    assert papers(build, tick(build, said, day)).state == state


def test_coming_on_with_a_reason_explains_late_papers(build):
    found = papers(build, tick(build, Said.COMING_ON, "Tue 24 Nov 2026", text="New figures on Monday"))
    assert (found.state, found.reason) == ("explained", "New figures on Monday")
    assert "expected on Tuesday 24 November 2026" in found.because


LATER = [("Fri 20 Nov 2026 09:00", "kept"), ("Mon 23 Nov 2026 12:00", "not in scope")]


@pytest.mark.parametrize(("row_changed", "state"), LATER)
def test_of_the_list_and_a_button_the_later_word_wins(build, row_changed, state):
    row = Papers(none_this_time=True, said_at=build.at(row_changed))
    said = tick(build, Said.SENT, "Thu 19 Nov 2026")
    assert papers(build, said, before={"meeting-1": row}, now="Mon 23 Nov 2026 13:15").state == state


def test_what_we_saw_ourselves_is_not_undone_by_a_later_day(build):
    seen = Papers(sent=build.at("Wed 18 Nov 2026 10:00"), files=2)
    late = tick(build, Said.SENT, "Mon 23 Nov 2026")
    assert papers(build, late, before={"meeting-1": seen}).state == "kept"


def test_a_tick_on_a_series_is_for_its_next_meeting_only(build):
    first, second = (
        build.meeting(HELD, series="s"),
        build.meeting("Fri 04 Dec 2026 10:30", key="m2", series="s"),
    )
    agreement = build.agreement(build.promise("papers"))
    known = papers_ticked(
        {}, [tick(build, Said.NONE_THIS_TIME, None, subject="s")], [second, first], agreement, build.at(NOW)
    )
    assert dict(known) == {"meeting-1": Papers(none_this_time=True)}


def test_a_day_of_sending_stands_for_the_whole_day(build):
    assert ticked(tick(build, Said.SENT, "Mon 23 Nov 2026"), build.at(NOW)).sent == build.at(
        "Mon 23 Nov 2026 00:00"
    )
