"""Alerts: how they open, stand and settle, round after round."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from models.agreement import Operator, Strength
from models.alerts import Alert, AlertState, Round, alert_key, reconcile
from models.findings import Finding, State

BOARD = "SEND Partnership Board"
MONDAY, TUESDAY, WEDNESDAY = "Mon 01 Jun 2026 09:00", "Tue 02 Jun 2026 09:00", "Wed 03 Jun 2026 09:00"
HELD = {"a": "Wed 10 Jun 2026 09:30", "b": "Wed 17 Jun 2026 09:30", "c": "Wed 24 Jun 2026 09:30"}
NOTHING: Mapping[str, Alert] = {}


@pytest.fixture
def found(build):
    """A finding about a meeting of June 2026: "a", "b" and "c" are a series unless said otherwise."""

    def _finding(subject: str, state: str, *, series: str = "uid-1", group: str = BOARD) -> Finding:
        meeting = build.meeting(HELD[subject], key=subject, series=series, group=group)
        return Finding(
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

    return _finding


@pytest.fixture
def wide(found):
    """A finding about no meeting: a request, or a share of months."""

    def _finding(state: str) -> Finding:
        return replace(
            found("a", state),
            key="a-test/P16/r-7",
            promise="P16",
            subject="r-7",
            meeting=None,
            group="",
            series="",
        )

    return _finding


def _round(*findings: Finding, **more) -> Round:
    usual = {"group": BOARD, "first": date(2026, 5, 1), "last": date(2026, 12, 31)}
    return Round(findings=findings, **(usual | more))


@pytest.fixture
def after(build):
    """The alerts after several rounds, one a day from Monday on."""

    def _after(*rounds: Round) -> Mapping[str, Alert]:
        known = NOTHING
        for n, round in enumerate(rounds):
            known = reconcile(known, round, build.at(MONDAY) + timedelta(days=n)).alerts
        return known

    return _after


def _only(alerts: Mapping[str, Alert]) -> Alert:
    (alert,) = alerts.values()
    return alert


OPENS = [
    ("at risk", True),
    ("missed", True),
    ("kept", False),
    ("due", False),
    ("explained", False),
    ("agreed change", False),
    ("not in scope", False),
    ("cannot tell", False),
]


@pytest.mark.parametrize(("state", "opens"), OPENS)
def test_only_what_people_should_look_at_opens_an_alert(found, after, state, opens):
    assert bool(after(_round(found("a", state)))) == opens


def test_a_new_alert_says_what_it_is_about(build, found, after):
    alert = _only(after(_round(found("a", "at risk", series=""))))
    assert alert == Alert(
        key="a-test/P04/a",
        promise="P04",
        group=BOARD,
        state=AlertState.OPENED,
        opened_at=build.at(MONDAY),
        changed_at=build.at(MONDAY),
        dates={"a": date(2026, 6, 10)},
    )
    assert alert.stands


def test_a_series_is_one_alert_with_the_dates_that_do_not_fit(found, after):
    alert = _only(after(_round(found("a", "at risk"), found("b", "kept"), found("c", "missed"))))
    assert alert.dates == {"a": date(2026, 6, 10), "c": date(2026, 6, 24)}
    assert alert.key == alert_key(found("b", "kept"))


def test_the_key_of_a_series_does_not_hold_its_uid(found):
    series = alert_key(found("a", "kept", series="sam@council.example"))
    assert series.startswith("a-test/P04/")
    assert "sam" not in series
    assert len(series.rsplit("/", 1)[1]) == 20
    assert alert_key(found("a", "kept", series="")) == "a-test/P04/a"


SETTLES = [
    ("kept", "put right"),
    ("due", "put right"),
    ("explained", "explained"),
    ("agreed change", "agreed"),
    ("not in scope", "called off"),
]


@pytest.mark.parametrize(("state", "settled"), SETTLES)
def test_an_alert_settles_by_what_became_of_its_meeting(build, found, after, state, settled):
    alert = _only(after(_round(found("a", "at risk")), _round(found("a", state))))
    assert (alert.state, alert.stands) == (settled, False)
    assert (alert.opened_at, alert.changed_at) == (build.at(MONDAY), build.at(TUESDAY))
    assert alert.dates == {"a": date(2026, 6, 10)}  # what it was about is still known


def test_a_meeting_that_is_gone_calls_its_alert_off(found, after):
    assert _only(after(_round(found("a", "at risk")), _round())).state == "called off"


def test_a_risk_that_became_a_miss_is_the_same_alert(build, found):
    known = reconcile(NOTHING, _round(found("a", "at risk")), build.at(MONDAY)).alerts
    later = reconcile(known, _round(found("a", "missed")), build.at(TUESDAY))
    assert later.alerts == known
    assert later.changed == ()


NOT_READ = [
    {"complete": False},
    {"group": "Another group"},
    {"first": date(2026, 6, 11)},
    {"last": date(2026, 6, 9)},
    {"promises": frozenset({"P05"})},
]


@pytest.mark.parametrize("gap", NOT_READ)
def test_a_meeting_that_this_round_did_not_read_is_left_as_it_is(found, after, gap):
    before = after(_round(found("a", "at risk")))
    assert after(_round(found("a", "at risk")), _round(**gap)) == before


READ = [{"first": date(2026, 6, 10)}, {"last": date(2026, 6, 10)}, {"promises": frozenset({"P04", "P05"})}]


@pytest.mark.parametrize("span", READ)
def test_a_meeting_gone_from_what_was_read_calls_its_alert_off(found, after, span):
    assert _only(after(_round(found("a", "at risk")), _round(**span))).state == "called off"


def test_cannot_tell_never_closes_an_alert(found, after):
    before = after(_round(found("a", "at risk")))
    assert after(_round(found("a", "at risk")), _round(found("a", "cannot tell"))) == before


def test_a_date_that_could_not_be_judged_keeps_its_series_open_to_the_end(found, after):
    both = _round(found("a", "at risk"), found("b", "at risk"))
    one = _round(found("a", "at risk"), found("b", "cannot tell"))
    none = _round(found("a", "kept"), found("b", "cannot tell"))
    alert = _only(after(both, one, none))
    assert alert.stands
    assert alert.dates == {"b": date(2026, 6, 17)}
    assert _only(after(both, one, none, _round(found("a", "kept"), found("b", "kept")))).state == "put right"


def test_a_date_out_of_the_window_keeps_its_series_open(found, after):
    both = _round(found("a", "missed"), found("b", "at risk"))
    slid = _round(found("b", "kept"), first=date(2026, 6, 11))
    alert = _only(after(both, slid))
    assert (alert.stands, alert.dates) == (True, {"a": date(2026, 6, 10)})


def test_a_doubt_about_another_date_does_not_hold_an_alert_open(found, after):
    alert = _only(after(_round(found("a", "at risk")), _round(found("a", "kept"), found("b", "cannot tell"))))
    assert alert.state == "put right"


def test_a_meeting_gone_is_called_off_though_others_of_the_series_are_kept(found, after):
    alert = _only(after(_round(found("a", "at risk"), found("b", "kept")), _round(found("b", "kept"))))
    assert alert.state == "called off"


MIXED = [
    (("kept", "explained", "agreed change"), "agreed"),
    (("kept", "kept", "explained"), "explained"),
    (("not in scope", "kept", "kept"), "put right"),
    (("not in scope",), "called off"),
    (("kept",), "put right"),  # the other two are gone
]


@pytest.mark.parametrize(("states", "settled"), MIXED)
def test_a_series_settled_in_several_ways_says_the_weightiest(found, after, states, settled):
    opened = _round(*(found(subject, "at risk") for subject in "abc"))
    for order in permutations(zip("abc", states, strict=False)):
        assert _only(after(opened, _round(*(found(*one) for one in order)))).state == settled


def test_dates_that_come_and_go_change_a_standing_alert(build, found):
    known = reconcile(NOTHING, _round(found("a", "at risk")), build.at(MONDAY)).alerts
    more = reconcile(known, _round(found("a", "at risk"), found("b", "at risk")), build.at(TUESDAY))
    (alert,) = more.changed
    assert set(alert.dates) == {"a", "b"}
    assert (alert.state, alert.opened_at, alert.changed_at) == ("opened", build.at(MONDAY), build.at(TUESDAY))
    less = reconcile(more.alerts, _round(found("a", "kept"), found("b", "at risk")), build.at(WEDNESDAY))
    assert set(_only(less.alerts).dates) == {"b"}


def test_a_moved_meeting_keeps_its_alert_and_takes_its_new_date(build, found, after):
    moved = replace(found("a", "at risk"), meeting=build.meeting("Thu 11 Jun 2026 09:30", key="a"))
    alert = _only(after(_round(found("a", "at risk")), _round(moved)))
    assert (alert.stands, alert.dates) == (True, {"a": date(2026, 6, 11)})


def test_an_alert_that_was_settled_opens_again(build, found, after):
    risk, kept = _round(found("a", "at risk")), _round(found("a", "kept"))
    alert = _only(after(risk, kept, risk))
    assert alert.state == "opened"
    assert (alert.opened_at, alert.changed_at) == (build.at(WEDNESDAY), build.at(WEDNESDAY))


@pytest.mark.parametrize("state", ["kept", "explained", "cannot tell", "agreed change"])
def test_a_settled_alert_stays_settled_as_it_was(found, after, state):
    rounds = [_round(found("a", "at risk")), _round(found("a", "kept"))]
    assert after(*rounds, _round(found("a", state))) == after(*rounds)
    assert after(*rounds, _round()) == after(*rounds)


def test_only_what_changed_is_named(build, found):
    known = reconcile(
        NOTHING, _round(found("a", "at risk", series=""), found("b", "at risk", series="")), build.at(MONDAY)
    )
    assert [alert.key for alert in known.changed] == ["a-test/P04/a", "a-test/P04/b"]
    later = reconcile(
        known.alerts,
        _round(found("a", "kept", series=""), found("b", "at risk", series="")),
        build.at(TUESDAY),
    )
    assert [alert.key for alert in later.changed] == ["a-test/P04/a"]
    assert list(later.alerts) == ["a-test/P04/a", "a-test/P04/b"]


WIDE = [
    (["at risk"], "opened"),
    (["at risk", "cannot tell"], "opened"),
    (["at risk", "missed"], "opened"),
    (["at risk", "kept"], "put right"),
    (["at risk", "explained"], "explained"),
    (["at risk", "cannot tell", "kept", "missed"], "opened"),
]


@pytest.mark.parametrize(("states", "state"), WIDE)
def test_an_alert_about_no_meeting_lives_in_the_same_way(wide, after, states, state):
    alert = _only(after(*(_round(wide(one)) for one in states)))
    assert (alert.state, alert.dates, alert.group, alert.promise) == (state, {}, "", "P16")


def test_an_alert_about_no_meeting_is_left_where_nothing_is_said_of_it(wide, after):
    assert after(_round(wide("at risk")), _round()) == after(_round(wide("at risk")))
    assert after(_round(wide("at risk")), _round(group="")) == after(_round(wide("at risk")))


def test_alerts_cannot_be_changed_behind_our_back(found, after):
    alerts = after(_round(found("a", "at risk")))
    with pytest.raises(TypeError):
        alerts["x"] = _only(alerts)
    with pytest.raises(TypeError):
        _only(alerts).dates["b"] = date(2026, 6, 17)
