"""A rep's choices come back as they were kept; what nobody chose is as usual."""

from datetime import date

import pytest

from models.reps import PREFERENCES, Preferences


def test_nothing_chosen_is_as_usual():
    assert Preferences.of({}) == Preferences()


def test_choices_come_back_as_they_were():
    chosen = Preferences(day=3, paused_until=date(2026, 12, 24), at_once=False, due_days=True, turn=2)
    assert Preferences.of({PREFERENCES: chosen.plain()}) == chosen


@pytest.mark.parametrize(("today", "rests"), [(date(2026, 12, 24), True), (date(2026, 12, 25), False)])
def test_a_pause_ends_after_its_last_day(today, rests):
    assert Preferences(paused_until=date(2026, 12, 24)).resting(today) is rests


def test_who_stopped_gets_nothing():
    assert Preferences(stopped=True).resting(date(2026, 1, 5))
