"""Texts by name: filled in once, never guessed, and what a title holds is never taken for a placeholder."""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.texts import KINDS, PLACEHOLDER, NotSayable, Texts

TEXTS = Texts("en", MappingProxyType({"a.start": "Starts before {start}", "a.twice": "{day}, {day} again"}))


def test_a_text_is_said_with_its_placeholders_filled_in() -> None:
    assert TEXTS.say("a.start", start="10am") == "Starts before 10am"
    assert TEXTS.say("a.twice", day="Friday") == "Friday, Friday again"


def test_what_a_text_does_not_use_does_no_harm() -> None:
    assert TEXTS.say("a.start", start="10am", end="2pm") == "Starts before 10am"


def test_a_text_without_its_value_is_a_clear_error() -> None:
    with pytest.raises(NotSayable, match=r"The text 'a\.start' was not given \{start\}\."):
        TEXTS.say("a.start")


def test_a_text_that_does_not_exist_is_a_clear_error() -> None:
    with pytest.raises(NotSayable, match=r"There is no text 'a\.end'\."):
        TEXTS.say("a.end")


@given(st.text())
def test_a_value_stays_as_it_is_whatever_it_holds(value: str) -> None:
    assert TEXTS.say("a.start", start=value) == f"Starts before {value}"


def test_brackets_in_a_value_are_not_filled_in() -> None:
    assert TEXTS.say("a.twice", day="{day}") == "{day}, {day} again"


def test_every_placeholder_is_one_that_a_file_can_hold() -> None:
    for name, kind in KINDS.items():
        assert name.count(".") == 1
        assert all(PLACEHOLDER.fullmatch(f"{{{one}}}") for one in kind.placeholders), name
        assert not kind.needs & kind.may, name
