"""The strip of days shows each day of the sum once, with its own words."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from models.days import Count, end_of, readings_before
from models.findings import Finding, State
from tests.wording.invented import WORKING
from wording.results import Results
from wording.strip import LONGEST_STRIP, strip


def _due(results: Results) -> Finding:
    return next(f for f in results.findings if f.promise == "P01" and f.state is State.DUE)


def test_the_sum_over_christmas_is_drawn_day_by_day(example: Results) -> None:
    """Papers for Tuesday 5 January 2027 by both readings: 23 and 24 December (facts, worked dates)."""
    drawn = [(day.name, day.sort, day.says) for day in strip(_due(example))]
    assert drawn == [
        ("Wed 23 Dec", "due", ("Due: safe both ways",)),
        ("Thu 24 Dec", "due", ("Day 1", "Due, if the day of sending counts")),
        ("Fri 25 Dec", "skipped", ("Bank holiday: Christmas Day",)),
        ("Sat 26 Dec", "skipped", ("Weekend",)),
        ("Sun 27 Dec", "skipped", ("Weekend",)),
        ("Mon 28 Dec", "skipped", ("Bank holiday: Boxing Day (substitute day)",)),
        ("Tue 29 Dec", "counted", ("Day 2",)),
        ("Wed 30 Dec", "counted", ("Day 3",)),
        ("Thu 31 Dec", "counted", ("Day 4",)),
        ("Fri 1 Jan", "skipped", ("Bank holiday: New Year’s Day",)),
        ("Sat 2 Jan", "skipped", ("Weekend",)),
        ("Sun 3 Jan", "skipped", ("Weekend",)),
        ("Mon 4 Jan", "counted", ("Day 5",)),
        ("Tue 5 Jan", "meeting", ("The meeting",)),
    ]


def test_a_settled_sum_has_one_due_day(example: Results) -> None:
    """No talk of readings where the partners settled one."""
    drawn = strip(replace(_due(example), due_latest=None))
    assert [day.says for day in drawn if day.sort == "due"] == [("Due by the end of this day",)]


def test_no_strip_without_a_sum_or_for_one_too_long(example: Results) -> None:
    """Those are told in words."""
    due = _due(example)
    assert strip(replace(due, counted=())) == ()
    assert strip(replace(due, due=None)) == ()
    row = next(f for f in example.findings if f.promise == "P17")
    assert strip(row) == ()
    assert [day.sort for day in strip(replace(row, counted=row.counted[:5]))] == ["due"] + ["counted"] * 4


@given(st.integers(0, 400), st.integers(1, 8), st.sampled_from([Count.COUNTED, Count.CLEAR, Count.UNSETTLED]))
def test_every_day_has_words_and_every_counted_day_its_number(
    example: Results, later: int, number: int, count: Count
) -> None:
    """Whatever the sum: days in order, numbers 1 to n, one meeting, at least one due day."""
    due = _due(example)
    assert due.meeting is not None
    day = due.meeting.day.fromordinal(due.meeting.day.toordinal() + later)
    moved = replace(
        due.meeting,
        starts=due.meeting.starts.replace(year=day.year, month=day.month, day=day.day),
        ends=due.meeting.ends.replace(year=day.year, month=day.month, day=day.day),
    )
    sums = readings_before(day, number, WORKING, count)
    made = replace(
        due,
        meeting=moved,
        due=end_of(sums[0].due),
        due_latest=end_of(sums[-1].due),
        counted=sums[0].counted,
        skipped=sums[0].skipped,
    )
    drawn = strip(made)
    assert 0 < len(drawn) <= LONGEST_STRIP + 1
    assert all(one.says for one in drawn)
    numbers = [says for one in drawn for says in one.says if says.startswith("Day ")]
    assert numbers == [f"Day {n}" for n in range(1, number + 1)]
    assert [one.sort for one in drawn].count("meeting") == 1
    assert drawn[-1].sort == "meeting"
    assert drawn[0].sort == "due"
