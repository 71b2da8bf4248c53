"""What a meeting is called, without the dates and notes that people put around its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.agreement import Group
from models.groups import fits
from models.series_words import called


@pytest.mark.parametrize(
    ("title", "name", "words"),
    [
        ("SEND Partnership Board", "SEND Partnership Board", "send partnership board"),
        (
            "CANCELLED: SEND Partnership Board (12 November)",
            "SEND Partnership Board",
            "send partnership board",
        ),
        ("Extraordinary SEND Partnership Board", "SEND Partnership Board", "send partnership board"),
        (
            "The SEND Partnership Board, Friday 27th Nov 2026",
            "SEND Partnership Board",
            "send partnership board",
        ),
        ("Executive and Forum quarterly meeting", "Executive and Forum", "executive and forum"),
        ("Steering meeting", "Steering meeting", "steering meeting"),
        ("Task & Finish Group 3", "Task & Finish Group", "task finish group"),
        ("Parents’ Forum: monthly meeting", "Parents’ Forum", "parents forum"),
        ("Inclusion\u202e Priority\tGroup", "Inclusion Priority Group", "inclusion priority group"),
    ],
)
def test_what_a_title_comes_down_to(title: str, name: str, words: str) -> None:
    found = called(title)
    assert found is not None
    assert (found.title, found.words) == (name, words)


@pytest.mark.parametrize("title", ["", "12/11/2026", "Fri 27 Nov", "—", "the", "Cancelled"])
def test_a_title_without_words_of_its_own_is_called_nothing(title: str) -> None:
    assert called(title) is None


@given(st.text(max_size=80))
def test_the_words_of_a_name_are_found_in_the_title_they_come_from(title: str) -> None:
    found = called(title)
    if found is not None:
        assert fits(title, (Group(name="it", type="any", match=(found.words,)),))
