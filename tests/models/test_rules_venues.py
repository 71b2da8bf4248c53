"""Venues: a meeting in a room is in an accessible venue, by the partners' own list."""

import pytest

BEFORE, AFTER = "Mon 01 Jun 2026 09:00", "Mon 06 Jul 2026 09:00"
ASK = "Please check and fill in the venue list."


def _venue(build, place, *answers, now=AFTER, **more):
    rows = tuple(build.row("Venues", Title="County Hall", Accessible=answer) for answer in answers)
    meeting = build.meeting("Wed 10 Jun 2026 10:00", place=place, **more)
    return build.finding("venue", meeting, now, known={"rows": rows})


ANSWERS = [
    ("County Hall", ["Yes"], "kept", "County Hall is in the venue list as accessible."),
    ("County Hall", [True], "kept", "County Hall is in the venue list as accessible."),
    ("county  hall ", ["yes "], "kept", "county  hall  is in the venue list as accessible."),
    ("County Hall", ["No"], "missed", "County Hall is in the venue list as not accessible."),
    ("County Hall", [False], "missed", "County Hall is in the venue list as not accessible."),
    ("County Hall", [""], "cannot tell", f"We don't know yet if County Hall is accessible. {ASK}"),
    ("County Hall", [None], "cannot tell", f"We don't know yet if County Hall is accessible. {ASK}"),
    ("County Hall", ["Partly"], "cannot tell", f"We don't know yet if County Hall is accessible. {ASK}"),
    ("County Hall", ["Yes", "No"], "cannot tell", f"We don't know yet if County Hall is accessible. {ASK}"),
    ("County Hall", ["Yes", "Yes"], "kept", "County Hall is in the venue list as accessible."),
    ("Room TBC", ["Yes"], "cannot tell", f"We don't know yet if Room TBC is accessible. {ASK}"),
    ("County Hall", [], "cannot tell", f"We don't know yet if County Hall is accessible. {ASK}"),
    ("", ["Yes"], "cannot tell", "It names no place and no link to join."),
]


@pytest.mark.parametrize(("place", "answers", "state", "because"), ANSWERS)
def test_the_venue_list_says_if_a_place_is_accessible(build, place, answers, state, because):
    found = _venue(build, place, *answers)
    assert (found.state, found.because) == (state, because)


def test_a_venue_can_be_changed_until_the_meeting_begins(build):
    assert _venue(build, "County Hall", "No", now=BEFORE).state == "at risk"


def test_an_online_meeting_needs_no_venue(build):
    for place in ("", "Microsoft Teams Meeting"):
        found = _venue(build, place, "No", online=True)
        assert (found.state, found.because) == ("not in scope", "It has a link to join online.")


def test_a_meeting_online_and_in_a_listed_room_is_judged_by_the_room(build):
    assert _venue(build, "County Hall", "Yes", online=True).state == "kept"
    assert _venue(build, "County Hall", "No", online=True).state == "missed"


def test_a_private_meeting_is_not_looked_at(build):
    found = _venue(build, "", private=True)
    assert found.state == "cannot tell"
    assert found.because == "It is private, so we don't look at where it is held."


def test_an_unnamed_row_of_the_list_is_nobodys_venue(build):
    rows = (build.row("Venues", Title="", Accessible="No"), build.row("Venues", Accessible="No"))
    meeting = build.meeting("Wed 10 Jun 2026 10:00")
    assert build.finding("venue", meeting, AFTER, known={"rows": rows}).state == "cannot tell"


def test_only_the_venue_list_is_asked_and_only_the_agreed_column(build):
    meeting = build.meeting("Wed 10 Jun 2026 10:00", place="County Hall")
    other = {"rows": (build.row("Reviews and reports", Title="County Hall", Accessible="No"),)}
    assert build.finding("venue", meeting, AFTER, known=other).state == "cannot tell"
    loop = {"rows": (build.row("Venues", Title="County Hall", Accessible="No", HearingLoop="Yes"),)}
    test = {"item": "venue", "field": "HearingLoop"}
    assert build.finding("venue", meeting, AFTER, known=loop, test=test).state == "kept"
