"""Which meeting papers are for: recorded, by key, by day, one candidate, or nobody guesses."""

from datetime import date

import pytest

from models.papers_matching import FILE, MAIL, ROW, Clue, Trace, meetings_for, trace_id

A, B, NONE = "2026-11-18", "2026-11-27", ""


@pytest.fixture
def meetings(build):
    return (
        build.meeting("Wed 18 Nov 2026 10:00", key="a"),
        build.meeting("Fri 27 Nov 2026 10:00", key="b"),
        build.meeting("Thu 17 Dec 2026 10:00", key="c"),
        build.meeting("Thu 17 Dec 2026 14:00", key="d"),
    )


def days(*texts):
    return tuple(date.fromisoformat(one) for one in texts if one)


TABLE = [
    # what the clue says now            what was recorded   the meeting
    ({"key": "a"}, None, "a"),
    ({"key": "a", "days": [B]}, None, "a"),  # the key first
    ({"key": "gone", "days": [B]}, None, "b"),
    ({"days": [B]}, None, "b"),
    ({"days": ["2026-11-20"]}, None, ""),
    ({"days": ["2026-12-17"]}, None, "cd"),  # two meetings on that day
    ({"days": [A, B]}, None, "ab"),
    ({"days": [B, "2026-10-02"]}, None, "b"),
    ({"days": [A]}, ("b", A), "b"),  # the meeting of the 18th was moved to the 27th, another took its day
    ({"days": ["2026-11-20"]}, ("b", "2026-11-20"), "b"),  # moved, and nothing else on its old day
    ({"days": [A]}, ("b", B), "a"),  # somebody corrected the name
    ({"days": ["2026-11-20"]}, ("b", B), "b"),  # renamed to a day that fits nothing
    ({"days": [A]}, ("gone", A), "a"),
    ({}, ("b", NONE), "b"),
    ({}, None, ""),
    ({"written": "2026-11-19"}, None, "bcd"),  # Thursday: three meetings within 28 days
    ({"written": "2026-10-30"}, None, "ab"),  # Friday 30 October; 28 days later is Friday 27 November
    ({"written": "2026-10-29"}, None, "a"),
    ({"written": "2026-10-29", "days": ["2026-11-20"]}, None, ""),  # it names a day: no guess by the weeks
]


@pytest.mark.parametrize(("says", "recorded", "found"), TABLE)
def test_the_meeting_that_a_clue_is_for(meetings, says, recorded, found):
    written = date.fromisoformat(says["written"]) if "written" in says else None
    clue = Clue(id="file 1", key=says.get("key", ""), days=days(*says.get("days", [])), written=written)
    traces = {}
    if recorded:
        traces = {"file 1": Trace(recorded[0], next(iter(days(recorded[1])), None))}
    assert "".join(one.key for one in meetings_for(clue, meetings, traces)) == found


def test_a_meeting_called_off_and_made_again_on_its_day_is_no_second_candidate(build):
    off = build.meeting("Fri 27 Nov 2026 10:00", key="off", cancelled=True)
    again = build.meeting("Fri 27 Nov 2026 11:00", key="again")
    clue = Clue(id="file 1", days=days(B))
    assert [one.key for one in meetings_for(clue, [off, again], {})] == ["again"]
    assert [one.key for one in meetings_for(clue, [off], {})] == ["off"]
    recorded = {"file 1": Trace("off", days(B)[0])}
    assert [one.key for one in meetings_for(clue, [off, again], recorded)] == ["again"]


def test_long_ids_are_kept_as_a_print_only():
    assert trace_id(ROW, "7") == "row 7"
    long = "AAMkAGI1" * 20
    assert trace_id(MAIL, long) != trace_id(FILE, long)
    assert len(trace_id(MAIL, long)) == len("mail ") + 20
    assert long[:8] not in trace_id(MAIL, long)
