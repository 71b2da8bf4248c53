"""The demo's story before it is played: its days are right, and it goes forward."""

import re
from datetime import date
from itertools import pairwise

import pytest

from demonstration.script import Script, paragraphs
from demonstration.term import ABOUT, TERM

MONTHS = {"November": (2026, 11), "December": (2026, 12), "January": (2027, 1), "February": (2027, 2)}
WEEKDAY_AND_DATE = re.compile(r"(\w+day) (\d{1,2})(?:th)? ?(November|December|January|February)?")


def test_chapters_follow_each_other_without_overlap() -> None:
    for before, after in pairwise(TERM):
        assert before.first <= before.last < after.first <= after.last


@pytest.mark.parametrize("script", TERM, ids=lambda script: script.title)
def test_what_happens_in_a_chapter_happens_on_its_days(script: Script) -> None:
    moments = [scene.at for scene in script.scenes] + ([script.released_at] if script.released_at else [])
    assert all(script.first <= moment.date() <= script.last for moment in moments)


def test_the_telling_starts_once() -> None:
    assert len([script for script in TERM if script.released_at]) == 1


def test_every_weekday_that_is_named_with_a_date_is_the_right_one() -> None:
    told = paragraphs("\n\n".join([ABOUT, *(f"{script.happened}\n\n{script.done}" for script in TERM)]))
    named = [
        (weekday, int(day), month or "November")
        for text in told
        for weekday, day, month in WEEKDAY_AND_DATE.findall(text)
    ]
    assert len(named) >= 6
    for weekday, day, month in named:
        assert f"{date(*MONTHS[month], day):%A}" == weekday, f"{weekday} {day} {month}"


def test_paragraphs_are_one_line_each() -> None:
    assert paragraphs("\n  One\n  two.\n\n  Three.\n  ") == ("One two.", "Three.")
