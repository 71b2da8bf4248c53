"""The ladder, as tables that an officer and a chair could check. Every day is written with its weekday."""

import pytest

from models.agreement import Group, Operator, Strength, TellingRule
from models.alerts import Alert, AlertState
from models.findings import Finding, State
from models.ladder import Rung, Who, holder, reached
from models.people import Contact, People

BOARD = "SEND Partnership Board"
RULE = TellingRule()
HELD = "Fri 27 Nov 2026 09:30"
TOLD = "Mon 02 Nov 2026 09:15"


def finding(build, state=State.AT_RISK, **more):
    usual = {
        "key": "a/P04/m",
        "promise": "P04",
        "clause": "4.2",
        "operator": Operator.WINDOW,
        "strength": Strength.FIRM,
        "state": state,
        "because": "",
        "subject": "m",
        "meeting": build.meeting(HELD, key="m"),
    }
    return Finding(**usual | more)


def rungs(build, now, *found, told=TOLD, state=AlertState.OPENED, deputy=True):
    at = build.at(TOLD)
    alert = Alert(key="a/P04/m", promise="P04", group=BOARD, state=state, opened_at=at, changed_at=at)
    told_at = build.at(told) if told else None
    working = build.working_days()
    found = found or (finding(build),)
    steps = reached(alert, found, told_at, build.at(now), RULE, working, deputy=deputy)
    return [(one.rung, one.who) for one in steps]


SECOND, THIRD = (Rung.SECOND, (Who.HOLDER, Who.DEPUTY)), (Rung.THIRD, (Who.CHAIR, Who.MANAGER))
# Told on Monday 2 November at 9:15. Two working days on is Wednesday 4th, two more are Friday 6th
CLIMBS = [
    ("Mon 02 Nov 2026 09:15", []),
    ("Tue 03 Nov 2026 18:00", []),
    ("Wed 04 Nov 2026 09:14", []),
    ("Wed 04 Nov 2026 09:15", [SECOND]),
    ("Fri 06 Nov 2026 09:14", [SECOND]),
    ("Fri 06 Nov 2026 09:15", [SECOND, THIRD]),
]


@pytest.mark.parametrize(("now", "steps"), CLIMBS)
def test_nobody_answers(build, now, steps):
    assert rungs(build, now) == steps


# Told on Wednesday 23 December: Christmas Day, the substitute for Boxing Day (Monday 28th) and weekends don't count
OVER_CHRISTMAS = [
    ("Mon 28 Dec 2026 12:00", 0),
    ("Tue 29 Dec 2026 13:15", 1),
    ("Wed 30 Dec 2026 13:15", 1),
    ("Thu 31 Dec 2026 13:15", 2),
]


@pytest.mark.parametrize(("now", "number"), OVER_CHRISTMAS)
def test_working_days_alone_are_counted(build, now, number):
    later = finding(build, meeting=build.meeting("Fri 29 Jan 2027 09:30", key="m"))
    assert len(rungs(build, now, later, told="Wed 23 Dec 2026 13:15")) == number


RESTS = [
    ("in somebody's hands", {"state": AlertState.IN_HAND}),
    ("being checked", {"state": AlertState.BEING_CHECKED}),
    ("over", {"state": AlertState.PUT_RIGHT}),
    ("nobody was told yet", {"told": ""}),
]


@pytest.mark.parametrize(("why", "more"), RESTS, ids=[one[0] for one in RESTS])
def test_the_ladder_rests(build, why, more):
    assert rungs(build, "Fri 20 Nov 2026 09:15", **more) == []


def test_without_a_deputy_the_manager_hears(build):
    steps = rungs(build, "Wed 04 Nov 2026 09:15", deputy=False)
    assert steps == [(Rung.SECOND, (Who.HOLDER, Who.MANAGER))]


def test_who_gave_a_reason_is_not_asked_again(build):
    assert rungs(build, "Fri 20 Nov 2026 09:15", finding(build, reason="The only room")) == []


def test_papers_that_are_not_late_yet_go_to_nobody_else(build):
    waiting = finding(build, operator=Operator.NOTICE)
    assert rungs(build, "Fri 20 Nov 2026 09:15", waiting) == []
    late = finding(build, State.MISSED, operator=Operator.NOTICE, strength=Strength.AIM)
    assert rungs(build, "Fri 20 Nov 2026 09:15", late) == [SECOND, THIRD]


# The meeting began on Friday 27 November at 9:30: what could be put right before can't be any more
BEGUN = [
    ("Fri 27 Nov 2026 09:29", Strength.FIRM, [SECOND, THIRD]),
    ("Fri 27 Nov 2026 09:30", Strength.FIRM, [THIRD]),
    ("Fri 27 Nov 2026 13:15", Strength.AIM, [THIRD]),
    ("Fri 27 Nov 2026 13:15", Strength.INTENT, []),
]


@pytest.mark.parametrize(("now", "strength", "steps"), BEGUN)
def test_what_cannot_be_put_right_goes_up_at_once(build, now, strength, steps):
    missed = finding(build, State.MISSED, strength=strength)
    assert rungs(build, now, missed) == steps


OFFICER = Contact(role="Board officer", partner="council", address="officer@council.example")
ORGANISER = Contact(
    role="Organiser", partner="council", address="jo@council.example", stand_in="Board officer"
)
NURSE = Contact(role="NHS lead", partner="NHS", address="lead@nhs.example")
GROUP = Group(name=BOARD, type="partnership group", officer="Board officer")
BARE = Group(name=BOARD, type="partnership group")
FIRST = [
    ("the council's own organiser", "JO@council.example", GROUP, {}, "Organiser"),
    ("an outside organiser", "lead@nhs.example", GROUP, {}, "Board officer"),
    ("somebody who is not in the list", "boss@council.example", GROUP, {}, "Board officer"),
    ("no organiser, and no officer named", "", BARE, {}, "Partnership manager"),
    ("the organiser is away", "jo@council.example", GROUP, {"away": True}, "Board officer"),
    (
        "away, and nobody stands in",
        "jo@council.example",
        BARE,
        {"away": True, "stand_in": ""},
        "Partnership manager",
    ),
]


@pytest.mark.parametrize(("why", "organiser", "group", "more", "role"), FIRST, ids=[one[0] for one in FIRST])
def test_who_hears_first(why, organiser, group, more, role):
    usual = {
        "role": "Organiser",
        "partner": "council",
        "address": ORGANISER.address,
        "stand_in": "Board officer",
    }
    people = People((Contact(**usual | more), OFFICER, NURSE))
    told = holder(organiser, group, people, RULE)
    assert (told.role, told.stands_in) == (role, "away" in more)
