"""What people said: a reason explains an aim, both partners change an agreement, silence changes nothing."""

import pytest

AFTER = "Mon 06 Jul 2026 09:00"
EARLY = "Wed 10 Jun 2026 09:30"


def _judged(build, *statements, starts=EARLY, strength="firm", now=AFTER, series="series-1"):
    known = {"statements": statements}
    return build.finding("hours", build.meeting(starts, series=series), now, known=known, strength=strength)


STRENGTHS = [("firm", "missed"), ("aim", "explained"), ("intent", "explained")]


@pytest.mark.parametrize(("strength", "state"), STRENGTHS)
def test_a_reason_explains_an_aim_and_stays_beside_a_firm_promise(build, strength, state):
    found = _judged(build, build.reason("P04", "meeting-1", "The room was free"), strength=strength)
    assert (found.state, found.reason) == (state, "The room was free")
    assert found.because == "It starts at 9:30am, before 10am."


def test_a_reason_may_come_before_the_meeting(build):
    said = build.reason("P04", "meeting-1")
    assert _judged(build, said, now="Mon 01 Jun 2026 09:00").state == "at risk"
    assert _judged(build, said, now="Mon 01 Jun 2026 09:00", strength="aim").state == "explained"


BOTH = [
    (["council", "forum"], "agreed change"),
    (["NHS", "forum", "council"], "agreed change"),
    (["council"], "missed"),
    (["council", "council"], "missed"),
    (["council", "Council"], "missed"),
    (["forum", "Forum"], "missed"),
    (["council", "NHS"], "missed"),
    ([], "missed"),
]


@pytest.mark.parametrize(("partners", "state"), BOTH)
def test_an_agreed_change_needs_both_partners(build, partners, state):
    found = _judged(build, *(build.agreed("P04", "meeting-1", partner) for partner in partners))
    assert found.state == state
    assert found.reason == ("We all agreed" if state == "agreed change" else "")


def test_an_agreed_change_counts_more_than_a_reason(build):
    said = [build.agreed("P04", "meeting-1", one) for one in ("council", "forum")]
    later = build.reason("P04", "meeting-1", at=build.at("Tue 02 Jun 2026 09:00"))
    assert _judged(build, later, *said).state == "agreed change"


def test_one_partners_yes_and_a_reason_are_a_reason(build):
    found = _judged(
        build, build.agreed("P04", "meeting-1", "forum"), build.reason("P04", "meeting-1"), strength="aim"
    )
    assert (found.state, found.reason) == ("explained", "The only free day")


def test_the_latest_words_count_in_whatever_order_they_are_kept(build):
    first = build.reason("P04", "meeting-1", "First")
    last = build.reason("P04", "meeting-1", "Last", at=build.at("Tue 02 Jun 2026 09:00"))
    assert _judged(build, first, last).reason == _judged(build, last, first).reason == "Last"
    one = build.agreed("P04", "meeting-1", "forum", "First")
    two = build.agreed("P04", "meeting-1", "NHS", "Last", at=build.at("Tue 02 Jun 2026 09:00"))
    assert _judged(build, one, two).reason == _judged(build, two, one).reason == "Last"


ABOUT = [
    (("P04", "meeting-1"), "explained"),
    (("P04", "series-1"), "explained"),
    (("P05", "meeting-1"), "missed"),
    (("P04", "meeting-2"), "missed"),
    (("P04", ""), "missed"),
]


@pytest.mark.parametrize(("about", "state"), ABOUT)
def test_words_count_for_their_promise_and_their_meeting_or_series(build, about, state):
    assert _judged(build, build.reason(*about), strength="aim").state == state


def test_a_meeting_alone_has_no_series_to_speak_of(build):
    assert _judged(build, build.reason("P04", ""), strength="aim", series="").state == "missed"


def test_one_partner_may_speak_of_the_meeting_and_one_of_the_series(build):
    said = [build.agreed("P04", "meeting-1", "council"), build.agreed("P04", "series-1", "forum")]
    assert _judged(build, *said).state == "agreed change"


UNTIL = [("Wed 10 Jun 2026", "explained"), ("Tue 09 Jun 2026", "missed")]


@pytest.mark.parametrize(("until", "state"), UNTIL)
def test_words_about_a_series_hold_until_their_last_day(build, until, state):
    said = build.reason("P04", "series-1", until=build.day(until))
    assert _judged(build, said, strength="aim").state == state


def test_what_is_kept_or_cannot_be_told_stays_so_whatever_is_said(build):
    said = [build.agreed("P04", "meeting-1", one) for one in ("council", "forum")]
    kept = _judged(build, *said, starts="Wed 10 Jun 2026 10:00")
    assert (kept.state, kept.reason) == ("kept", "")
    all_day = build.finding("hours", build.all_day("Wed 10 Jun 2026"), AFTER, known={"statements": said})
    assert (all_day.state, all_day.reason) == ("cannot tell", "")
