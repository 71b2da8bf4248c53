"""What holds for every meeting, whatever its date: oracles written in another way, and laws of time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models import rules
from models.days import LONDON
from models.facts import Meeting, Papers, Stamp
from models.findings import State

KINDS = ("hours", "term", "papers", "venue")
MINUTE = timedelta(minutes=1)
START_OF_2026 = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES_TO_2029 = 1_578_240

# Summer time, as in the clock-change dates of the docs: from and to, at 01:00 UTC.
SUMMER_TIME = [
    ((2026, 3, 29), (2026, 10, 25)),
    ((2027, 3, 28), (2027, 10, 31)),
    ((2028, 3, 26), (2028, 10, 29)),
]
SUMMERS = [
    tuple(int((datetime(*day, 1, tzinfo=UTC) - START_OF_2026) / MINUTE) for day in span)
    for span in SUMMER_TIME
]

moments = st.one_of(
    st.integers(0, MINUTES_TO_2029 - 1),
    st.builds(  # close to the agreed hours, and to the days on which the clocks change
        lambda day, minute: day * 1440 + minute,
        st.one_of(st.integers(0, 1095), st.sampled_from([m // 1440 for span in SUMMERS for m in span])),
        st.one_of(st.integers(530, 605), st.integers(770, 845), st.integers(0, 130)),
    ),
)
lengths = st.one_of(st.integers(0, 300), st.sampled_from([0, 120, 180, 240, 1440, 1441, 2880]))
shares = st.one_of(st.none(), st.booleans())


def _meeting(build, minute: int, length: int, key: str = "meeting-1", **more) -> Meeting:
    starts = (START_OF_2026 + minute * MINUTE).astimezone(LONDON)
    ends = (START_OF_2026 + (minute + length) * MINUTE).astimezone(LONDON)
    assume(
        starts.replace(tzinfo=None) <= ends.replace(tzinfo=None)
    )  # the hour that comes twice is no meeting's
    return replace(build.meeting("Thu 01 Jan 2026 10:00", key=key, **more), starts=starts, ends=ends)


def _clock_in_london(minute: int) -> int:
    """Minutes since the start of 2026 on a London clock."""
    return minute + 60 * any(first <= minute < last for first, last in SUMMERS)


def _fits_by_arithmetic(minute: int, length: int) -> bool:
    first, last = _clock_in_london(minute), _clock_in_london(minute + length)
    return first // 1440 == last // 1440 and first % 1440 >= 600 and last % 1440 <= 840


@given(moments, lengths)
def test_hours_agree_with_arithmetic_on_minutes(build, minute, length):
    found = build.finding("hours", _meeting(build, minute, length), "Mon 01 Jan 2029 09:00")
    assert found.state == ("kept" if _fits_by_arithmetic(minute, length) else "missed")


@given(moments)
def test_terms_agree_with_a_plain_look_at_every_line(build, minute):
    meeting = _meeting(build, minute, 60)
    day = (START_OF_2026 + _clock_in_london(minute) * MINUTE).date()
    spans = [(build.day(first), build.day(last)) for _, first, last in build.LANCASHIRE_TERMS]
    in_term = any(first <= day <= last for first, last in spans)
    off = day in build.working_days().bank_holidays
    long = meeting.last_day != meeting.day
    expected = "cannot tell" if day > spans[-1][1] else "kept" if in_term and not off else "missed"
    found = build.finding("term", meeting, "Mon 01 Jan 2029 09:00")
    assert found.state == expected or (long and found.state != "kept")


@st.composite
def situations(draw):
    """A meeting, what is known of its papers, and how much could be read: plain numbers, built in the test."""
    return {
        "minute": draw(moments),
        "length": draw(lengths),
        "online": draw(shares),
        "place": draw(st.sampled_from(["", "County Hall", "Old School"])),
        "sent": draw(st.one_of(st.none(), st.integers(-30, 3))),
        "coming_on": draw(st.one_of(st.none(), st.integers(-10, 0))),
        "none_this_time": draw(st.booleans()) and draw(st.booleans()),
        "seen": draw(st.one_of(st.none(), st.integers(-30, 2))),
        "on_or_before": draw(st.booleans()),
        "route": draw(st.booleans()),
        "complete": draw(st.booleans()),
        "count": draw(st.sampled_from(["unsettled", "counted", "clear"])),
        "strength": draw(st.sampled_from(["firm", "aim", "intent"])),
    }


def _facts(build, *ones):
    """The facts of one or several situations; routes and coverage are those of the first."""
    meetings, papers, stamps = [], {}, {}
    for n, one in enumerate(ones):
        key = f"meeting-{n}"
        meeting = _meeting(build, one["minute"], one["length"], key, online=one["online"], place=one["place"])
        meetings.append(meeting)
        papers[key] = Papers(
            meeting.starts + timedelta(days=one["sent"]) if one["sent"] is not None else None,
            meeting.day + timedelta(days=one["coming_on"]) if one["coming_on"] is not None else None,
            one["none_this_time"],
        )
        if one["seen"] is not None:
            seen = meeting.starts + timedelta(days=one["seen"])
            stamps[key] = Stamp(seen, seen, one["on_or_before"])
    rows = (build.row("Venues", Title="County Hall", Accessible="No"),)
    routes = frozenset({build.BOARD} if ones[0]["route"] else ())
    coverage = build.coverage(routes=routes, complete=ones[0]["complete"])
    return build.facts(*meetings, papers=papers, stamps=stamps, rows=rows, coverage=coverage)


def _agreement(build, one):
    promises = [build.promise(kind, strength=one["strength"]) for kind in KINDS]
    return build.agreement(*promises, count=one["count"])


def _about_meetings(found):
    return {one.key: one for one in found if one.meeting is not None}


@given(situations(), situations(), situations(), st.permutations([0, 1, 2]), moments)
def test_the_order_of_meetings_plays_no_part(build, a, b, c, order, now):
    facts, agreed = _facts(build, a, b, c), _agreement(build, a)
    mixed = replace(facts, meetings=tuple(facts.meetings[n] for n in order))
    when = START_OF_2026 + now * MINUTE
    straight, shuffled = rules.findings(facts, agreed, when), rules.findings(mixed, agreed, when)
    assert {one.key: one for one in straight} == {one.key: one for one in shuffled}
    assert len(straight) == len(shuffled) == len({one.key for one in straight})


@given(situations(), situations(), moments)
def test_what_is_found_of_a_meeting_does_not_depend_on_others(build, a, b, now):
    both, agreed = _facts(build, a, b), _agreement(build, a)
    alone = replace(both, meetings=both.meetings[:1])
    when = START_OF_2026 + now * MINUTE
    found = _about_meetings(rules.findings(both, agreed, when))
    assert {key: found[key] for key in found if key.endswith("/meeting-0")} == _about_meetings(
        rules.findings(alone, agreed, when)
    )


ONCE = {  # what a later look at the same facts may find, state by state
    State.MISSED: {State.MISSED},
    State.KEPT: {State.KEPT},
    State.EXPLAINED: {State.EXPLAINED},
    State.NOT_IN_SCOPE: {State.NOT_IN_SCOPE},
    State.CANNOT_TELL: {State.CANNOT_TELL, State.MISSED},
    State.AT_RISK: {State.AT_RISK, State.CANNOT_TELL, State.MISSED},
    State.DUE: {State.DUE, State.AT_RISK, State.CANNOT_TELL, State.MISSED},
}


@given(situations(), st.lists(st.integers(-60 * 1440, 10 * 1440), min_size=2, max_size=6))
def test_time_alone_never_undoes_a_miss_or_makes_one_less_urgent(build, one, moments_around):
    facts, agreed = _facts(build, one), _agreement(build, one)
    before: dict[str, State] = {}
    for minutes in sorted(moments_around):
        now = facts.meetings[0].starts.astimezone(UTC) + minutes * MINUTE
        for found in rules.findings(facts, agreed, now):
            assert found.state in ONCE[before.get(found.key, found.state)], found.key
            before[found.key] = found.state


@given(situations(), st.integers(-60, 60))
def test_what_was_not_read_is_never_missed(build, one, days):
    one = one | {"sent": None}
    for unread in ({"route": False}, {"complete": False}):
        facts = _facts(build, one | unread)
        now = facts.meetings[0].starts + timedelta(days=days)
        agreed = build.agreement(build.promise("papers", strength=one["strength"]), count=one["count"])
        (found,) = rules.findings(facts, agreed, now)
        assert found.state not in {State.MISSED, State.AT_RISK}


@given(situations(), moments)
def test_both_readings_bound_what_an_unsettled_agreement_says(build, one, now):
    """Kept if clear days are kept, missed only if counted days are missed, cannot tell where they differ."""
    facts, when = _facts(build, one | {"seen": None}), START_OF_2026 + now * MINUTE
    clear, counted, unsettled = (
        rules.findings(facts, build.agreement(build.promise("papers"), count=count), when)[0].state
        for count in ("clear", "counted", "unsettled")
    )
    if State.MISSED in (clear, counted) and clear != counted:
        assert unsettled in {State.CANNOT_TELL}
    elif clear == counted:
        assert unsettled == clear


@pytest.mark.parametrize("kind", KINDS)
@given(one=situations(), title=st.text(max_size=20), days=st.integers(-20, 20))
def test_keys_never_depend_on_title_or_date(build, kind, one, title, days):
    facts = _facts(build, one)
    meeting = facts.meetings[0]
    shift = timedelta(days=days)
    changed = replace(meeting, title=title, starts=meeting.starts + shift, ends=meeting.ends + shift)
    agreed, now = build.agreement(build.promise(kind)), START_OF_2026
    (before,) = _about_meetings(rules.findings(facts, agreed, now))
    (after,) = _about_meetings(rules.findings(replace(facts, meetings=(changed,)), agreed, now))
    assert before == after


@given(st.dates(date(2026, 1, 1), date(2028, 6, 30)), st.integers(0, 15))
def test_papers_sent_on_the_due_day_are_kept_and_the_day_after_is_not(build, held, least):
    test = {"thing": "papers", "least": least, "unit": "working days"}
    meeting = build.meeting(f"{held:%a %d %b %Y} 10:00")
    promise = build.promise("papers", test=test)
    for count in ("clear", "counted"):
        agreed = build.agreement(promise, count=count)
        (due,) = rules.findings(build.facts(meeting), agreed, build.at("Thu 01 Jan 2026 09:00"))
        assume(due.due is not None)
        last = {"clear": min([*due.counted, held]) - timedelta(days=1), "counted": due.due.date()}[count]
        for sent, state in ((last, "kept"), (last + timedelta(days=1), "missed")):
            papers = {"meeting-1": build.papers(f"{sent:%a %d %b %Y} 12:00")}
            (found,) = rules.findings(
                build.facts(meeting, papers=papers), agreed, build.at("Mon 01 Jan 2029 09:00")
            )
            assert found.state == state
