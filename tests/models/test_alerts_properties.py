"""Alerts: what holds for any rounds of three meetings, in any state and order, read in full or not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.agreement import Operator, Strength
from models.alerts import Alert, Round, reconcile
from models.findings import Finding, State

BOARD = "SEND Partnership Board"
MONDAY, TUESDAY = "Mon 01 Jun 2026 09:00", "Tue 02 Jun 2026 09:00"
HELD = {"a": "Wed 10 Jun 2026 09:30", "b": "Wed 17 Jun 2026 09:30", "c": "Wed 24 Jun 2026 09:30"}
NOTHING: Mapping[str, Alert] = {}
STATES = st.sampled_from([state.value for state in State])
SOME = st.dictionaries(st.sampled_from("abc"), st.tuples(STATES, st.sampled_from(["uid-1", ""])), max_size=3)
ROUNDS = st.tuples(
    SOME,
    st.booleans(),
    st.sampled_from([BOARD, "Another group"]),
    st.sampled_from([date(2026, 5, 1), date(2026, 6, 12)]),
)


@pytest.fixture(scope="module")
def rounds(build):
    def _made(drawn) -> Round:
        states, complete, group, first = drawn
        findings = []
        for subject, (state, series) in states.items():
            meeting = build.meeting(HELD[subject], key=subject, series=series, group=group)
            findings.append(
                Finding(
                    key=f"a-test/P04/{subject}",
                    promise="P04",
                    clause="4.2",
                    operator=Operator.WINDOW,
                    strength=Strength.FIRM,
                    state=State(state),
                    because="",
                    subject=subject,
                    meeting=meeting,
                    group=group,
                    series=series,
                )
            )
        return Round(
            findings=tuple(findings), group=group, first=first, last=date(2026, 12, 31), complete=complete
        )

    return _made


@given(st.lists(ROUNDS, min_size=1, max_size=5))
def test_the_same_round_twice_changes_nothing_the_second_time(build, rounds, drawn):
    known = NOTHING
    for n, one in enumerate(drawn):
        now = build.at(MONDAY) + timedelta(days=n)
        once = reconcile(known, rounds(one), now)
        again = reconcile(once.alerts, rounds(one), now + timedelta(hours=1))
        assert again.alerts == once.alerts
        assert again.changed == ()
        known = once.alerts


@given(st.lists(ROUNDS, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_findings_plays_no_part(build, rounds, drawn, random):
    straight = shuffled = NOTHING
    for one in drawn:
        round = rounds(one)
        mixed = list(round.findings)
        random.shuffle(mixed)
        straight = reconcile(straight, round, build.at(MONDAY)).alerts
        shuffled = reconcile(shuffled, replace(round, findings=tuple(mixed)), build.at(MONDAY)).alerts
    assert list(straight.items()) == list(shuffled.items())


@given(st.lists(ROUNDS, min_size=1, max_size=4), SOME)
def test_a_round_that_read_nothing_in_full_settles_no_date_it_says_nothing_of(build, rounds, drawn, last):
    known = NOTHING
    for one in drawn:
        known = reconcile(known, rounds(one), build.at(MONDAY)).alerts
    incomplete = rounds((last, False, BOARD, date(2026, 5, 1)))
    told = {finding.subject: finding.state for finding in incomplete.findings}
    for key, alert in reconcile(known, incomplete, build.at(TUESDAY)).alerts.items():
        before = known.get(key)
        if before is not None and before.stands and not alert.stands:
            assert all(
                told.get(subject, State.CANNOT_TELL) is not State.CANNOT_TELL for subject in before.dates
            )


@given(st.lists(ROUNDS, min_size=1, max_size=4), SOME)
def test_cannot_tell_alone_changes_no_alert_at_all(build, rounds, drawn, last):
    known = NOTHING
    for one in drawn:
        known = reconcile(known, rounds(one), build.at(MONDAY)).alerts
    doubts = {subject: ("cannot tell", series) for subject, (_, series) in last.items()}
    result = reconcile(known, rounds((doubts, False, BOARD, date(2026, 5, 1))), build.at(TUESDAY))
    assert (result.alerts, result.changed) == (known, ())
