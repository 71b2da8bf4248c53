"""Mostly online: a share of the meetings of some months, never of one meeting."""

import pytest

NOW = "Tue 30 Jun 2026 12:00"


def _share(build, links, now=NOW, *, known=None, first="Mon 05 Jan 2026", **more):
    start = build.day(first)
    meetings = []
    for n, online in enumerate(links):
        held = start.fromordinal(start.toordinal() + 7 * n)
        meetings.append(build.meeting(f"{held:%a %d %b %Y} 10:00", key=f"m{n}", online=online))
    found = build.findings(
        build.facts(*meetings, **(known or {})), build.agreement(build.promise("online", **more)), now
    )
    return found[0] if found else None


YES, NO, UNKNOWN = True, False, None
SHARES = [
    ([YES, YES, NO], "kept", "2 of 3 meetings had a link to join"),
    ([YES, NO], "at risk", "1 of 2 meetings had a link to join"),  # half is not more than half
    ([NO, NO, NO], "at risk", "0 of 3 meetings had a link to join"),
    ([YES, YES, UNKNOWN], "kept", "2 of 3 meetings had a link to join, and for 1 we can't tell,"),
    ([YES, NO, UNKNOWN], "cannot tell", "1 of 3 meetings had a link to join, and for 1 we can't tell,"),
    ([NO, NO, UNKNOWN], "at risk", "0 of 3 meetings had a link to join, and for 1 we can't tell,"),
    ([YES, NO, NO, UNKNOWN], "at risk", "1 of 4 meetings had a link to join, and for 1 we can't tell,"),
    ([UNKNOWN], "cannot tell", "0 of 1 meeting had a link to join, and for 1 we can't tell,"),
    ([YES], "kept", "1 of 1 meeting had a link to join"),
]


@pytest.mark.parametrize(("links", "state", "told"), SHARES)
def test_more_than_half_have_a_link_however_the_unknown_ones_went(build, links, state, told):
    found = _share(build, links)
    assert found.state == state
    assert found.because == f"{told} from Monday 30 June 2025 to Tuesday 30 June 2026."


def test_the_finding_is_about_all_groups_and_a_quarter(build):
    found = _share(build, [YES])
    assert (found.key, found.subject) == ("a-test/P06/all/2026-Q2", "all/2026-Q2")
    assert (found.meeting, found.group, found.due) == (None, "", None)


QUARTERS = [
    ("Thu 01 Jan 2026", "2026-Q1"),
    ("Tue 31 Mar 2026", "2026-Q1"),
    ("Wed 01 Apr 2026", "2026-Q2"),
    ("Wed 30 Sep 2026", "2026-Q3"),
    ("Thu 01 Oct 2026", "2026-Q4"),
]


@pytest.mark.parametrize(("today", "quarter"), QUARTERS)
def test_quarters_are_quarters_of_the_year(build, today, quarter):
    assert _share(build, [YES], f"{today} 12:00", first="Mon 03 Nov 2025").subject == f"all/{quarter}"


def test_only_meetings_that_were_held_count(build):
    assert _share(build, [YES], "Mon 05 Jan 2026 09:59") is None
    assert _share(build, [YES], "Mon 05 Jan 2026 10:00").state == "kept"
    assert "1 of 1 meeting " in _share(build, [YES, NO], "Mon 12 Jan 2026 09:59").because
    assert "1 of 2 meetings " in _share(build, [YES, NO], "Mon 12 Jan 2026 10:00").because


def test_only_meetings_of_the_last_months_count(build):
    links = [NO] * 10  # the last is on Monday 9 March 2026
    six = {"of": "online", "more_than": 0.5, "months": 6}
    assert _share(build, links, "Wed 09 Sep 2026 12:00", test=six).because.startswith("0 of 1 meeting ")
    assert _share(build, links, "Thu 10 Sep 2026 12:00", test=six) is None


def test_no_meetings_is_no_finding(build):
    assert _share(build, []) is None


READ_FROM = [
    ("Thu 02 Apr 2026", "kept", ""),  # 89 days are three months
    ("Fri 03 Apr 2026", "cannot tell", " We have read less than three months."),
]


@pytest.mark.parametrize(("first", "state", "remark"), READ_FROM)
def test_a_share_of_less_than_three_months_is_not_told(build, first, state, remark):
    known = {"coverage": build.coverage(first=build.day(first))}
    found = _share(build, [YES], known=known, first="Mon 04 May 2026")
    assert found.state == state
    words = build.day(first)
    span = f"from {words:%A} {words.day} {words:%B %Y} to Tuesday 30 June 2026."
    assert found.because == f"1 of 1 meeting had a link to join {span}{remark}"


def test_partners_may_choose_a_shorter_look(build):
    month = {"of": "online", "more_than": 0.5, "months": 1}
    assert _share(build, [YES], first="Mon 08 Jun 2026", test=month).state == "kept"


def test_an_incomplete_read_gives_no_share(build):
    found = _share(build, [YES], known={"coverage": build.coverage(complete=False)})
    assert found.state == "cannot tell"
    assert found.because.endswith(" Some of the calendar could not be read.")


def test_cancelled_meetings_other_types_and_days_out_of_force_play_no_part(build):
    at = "Mon 01 Jun 2026 10:00"
    meetings = [
        build.meeting(at, key="m1", online=True),
        build.meeting(at, key="m2", online=False, cancelled=True),
        build.meeting(at, key="m3", online=False, type="executive group"),
        build.meeting(at, key="m4", online=False, type=""),
        build.meeting("Tue 05 May 2026 10:00", key="m5", online=False),
    ]
    promise = build.promise("online", valid_from=build.day("Mon 01 Jun 2026"))
    (found,) = build.findings(build.facts(*meetings), build.agreement(promise), NOW)
    assert found.because.startswith("1 of 1 meeting had")


def test_the_share_is_read_from_the_agreement(build):
    most = {"of": "online", "more_than": 0.8, "months": 12}
    assert _share(build, [YES, YES, YES, YES, NO], test=most).state == "at risk"
    assert _share(build, [YES, YES, YES, YES, YES, NO], test=most).state == "kept"
