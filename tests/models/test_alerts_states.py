"""In whose hands an alert is, how it grows old, and what a new agreement makes of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.agreement import Operator, Strength
from models.alerts import AlertState, Round, reconcile
from models.facts import Said, Statement
from models.findings import Finding, State

BOARD = "SEND Partnership Board"
OPENED = "Mon 01 Jun 2026 09:00"
HELD = "Wed 10 Jun 2026 09:30"
# Ten working days after Wednesday 10 June are Wednesday 24 June
AGES = [("Wed 24 Jun 2026 12:00", "opened"), ("Thu 25 Jun 2026 09:00", "closed")]

HANDS = [
    ([], "opened"),
    ([(Said.IN_HAND, 1)], "in hand"),
    ([(Said.CONTEST, 1)], "being checked"),
    ([(Said.CONTEST, 1), (Said.STANDS, 2)], "opened"),
    ([(Said.IN_HAND, 1), (Said.CONTEST, 2)], "being checked"),
    ([(Said.CONTEST, 2), (Said.IN_HAND, 1)], "being checked"),
]


@pytest.fixture
def found(build):
    def _found(state: str = "at risk", **more: object) -> Finding:
        meeting = build.meeting(HELD, key="m")
        fields = {
            "key": "a-test/P04/m",
            "promise": "P04",
            "clause": "4.2",
            "operator": Operator.WINDOW,
            "strength": Strength.FIRM,
            "because": "",
            "subject": "m",
            "meeting": meeting,
            "group": BOARD,
        }
        return Finding(**fields | {"state": State(state)} | more)

    return _found


@pytest.fixture
def step(build):
    """The alert after one more round."""

    def _step(known, *findings, at: str, **more):
        usual = {"group": BOARD, "first": date(2026, 5, 1), "last": date(2026, 12, 31), "agreement": "a-test"}
        round = Round(findings=findings, **usual | {"working": build.working_days()} | more)
        return reconcile(known, round, build.at(at)).alerts

    return _step


def said(build, what: Said, days: int, **more) -> Statement:
    at = build.at(OPENED) + timedelta(days=days)
    fields = {"promise": "P04", "subject": "m", "text": "", "role": "Officer", "partner": "council", "at": at}
    return Statement(said=what, **fields | more)


@pytest.mark.parametrize(("statements", "state"), HANDS)
def test_an_alert_is_in_the_hands_of_whoever_spoke_last(build, found, step, statements, state):
    alerts = step({}, found(), at=OPENED)
    spoken = tuple(said(build, what, days) for what, days in statements)
    [alert] = step(alerts, found(), at="Fri 05 Jun 2026 09:00", statements=spoken).values()
    assert alert.state == state
    assert alert.stands


def test_in_hand_runs_out(build, found, step):
    in_hand = said(build, Said.IN_HAND, 1, until=date(2026, 6, 4))
    alerts = step({}, found(), at=OPENED, statements=(in_hand,))
    [alert] = step(alerts, found(), at="Fri 05 Jun 2026 09:00", statements=(in_hand,)).values()
    assert alert.state == "opened"


def test_what_was_said_of_another_meeting_changes_nothing(build, found, step):
    other = said(build, Said.IN_HAND, 0, subject="another")
    [alert] = step({}, found(), at=OPENED, statements=(other,)).values()
    assert alert.state == "opened"


@pytest.mark.parametrize(("now", "state"), AGES)
def test_nobody_is_asked_any_more_ten_working_days_after_the_meeting(found, step, now, state):
    alerts = step({}, found(), at=OPENED)
    [alert] = step(alerts, found("missed"), at=now).values()
    assert alert.state == state
    assert list(step(alerts | {alert.key: alert}, found("missed"), at=now).values()) == [alert]


def test_a_meeting_long_past_opens_nothing(found, step):
    assert step({}, found("missed"), at="Thu 25 Jun 2026 09:00") == {}


def test_one_that_slid_out_of_the_window_is_closed_and_not_called_off(found, step):
    alerts = step({}, found(), at=OPENED)
    [alert] = step(alerts, at="Mon 20 Jul 2026 09:00", first=date(2026, 6, 15)).values()
    assert alert.state == "closed"


def test_a_new_agreement_takes_the_place_of_the_old_ones_alerts(found, step):
    alerts = step({}, found(), at=OPENED)
    newer = found(key="a-newer/P04/m")
    after = step(alerts, newer, at="Tue 02 Jun 2026 09:00", agreement="a-newer")
    assert {key: alert.state.value for key, alert in after.items()} == {
        "a-test/P04/m": "superseded",
        "a-newer/P04/m": "opened",
    }
    again = step(after, newer, at="Wed 03 Jun 2026 09:00", agreement="a-newer")
    assert again == after


# The meeting stands where it stood; the school dates were mended, or the rule was
TAKEN_BACK = [
    ("it has not moved since we told", "window", "Mon 25 May 2026 09:00", "taken back"),
    ("it was moved after we told", "window", "Tue 02 Jun 2026 09:00", "put right"),
    ("nobody knows since when it stands there", "calendar", "", "put right"),
    ("papers are put right by sending them", "notice", "Mon 25 May 2026 09:00", "put right"),
]


@pytest.mark.parametrize(("why", "operator", "since", "state"), TAKEN_BACK)
def test_all_well_though_nothing_moved_means_that_we_were_wrong(
    build, found, step, why, operator, since, state
):
    alerts = step({}, found(operator=Operator(operator)), at=OPENED)
    unmoved = {"m": build.at(since)} if since else {}
    now = "Wed 03 Jun 2026 09:00"
    kept = found("kept", operator=Operator(operator))
    [alert] = step(alerts, kept, at=now, unmoved_since=unmoved).values()
    assert alert.state == state


def test_the_managers_word_that_we_were_wrong_takes_it_back(found, step):
    alerts = step({}, found(), at=OPENED)
    wrong = replace(found("not in scope"), mistaken=True)
    [alert] = step(alerts, wrong, at="Wed 03 Jun 2026 09:00").values()
    assert alert.state is AlertState.TAKEN_BACK
