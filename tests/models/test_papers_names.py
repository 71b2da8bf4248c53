"""Which day and which group a subject or a folder's name says, in every way that people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.agreement import Agreement
from models.papers_names import days_in, groups_named

NEAR = date(2026, 11, 3)  # a Tuesday
FRIDAY = date(2026, 11, 27)

NAMES = [
    ("2026-11-27 SEND Partnership Board", [FRIDAY]),
    ("2026–11–27 – SEND Partnership Board", [FRIDAY]),  # en dashes
    ("2026_11_27 Board", [FRIDAY]),
    ("20261127 Board", [FRIDAY]),
    ("Papers: Board, 27 November", [FRIDAY]),
    ("Papers for Friday 27th of November, 2026", [FRIDAY]),
    ("Board 27 Nov 2026 (final)", [FRIDAY]),
    ("Board 27-Nov-2026", [FRIDAY]),
    ("Board 27/11/2026", [FRIDAY]),
    ("Board 27.11.26", [FRIDAY]),
    ("Board 5/11/2026", [date(2026, 11, 5)]),  # Thursday 5 November, never 11 May
    ("Board, 5 January", [date(2027, 1, 5)]),  # the nearest one
    ("Board, 5 October", [date(2026, 10, 5)]),
    ("Papers for 27 November, with the notes of 23 October 2026", [FRIDAY, date(2026, 10, 23)]),
    ("27 November and again 2026-11-27", [FRIDAY]),
    ("Item 5 may be late", []),
    ("Board, 5 May 2027", [date(2027, 5, 5)]),
    ("31/02/2026", []),
    ("29 February", []),  # 2025, 2026 and 2027 have none
    ("Version 3.10.2, room 2026", []),
    ("Ref 120261127", []),
    ("November's papers", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "days"), NAMES)
def test_the_days_that_a_name_says(text, days):
    assert list(days_in(text, NEAR)) == days


def _agreement() -> Agreement:
    groups = [
        {"name": "SEND Partnership Board", "type": "board", "match": ["partnership board"]},
        {"name": "Priority Group", "type": "board", "match": ["priority group"]},
        {"name": "Communications Priority Group", "type": "board", "match": []},
    ]
    promise = {"id": "P04", "clause": "4", "says": "x", "strength": "firm", "operator": "window"}
    return Agreement.model_validate(
        {
            "agreement": "A test",
            "agreed_on": date(2024, 1, 11),
            "terms": {"main": "Anywhere"},
            "groups": groups,
            "promises": [
                promise | {"applies_to": ["board"], "test": {"from": "10:00", "to": "14:00"}},
            ],
        }
    )


GROUPS = [
    ("2026-11-27 send PARTNERSHIP  board (papers)", ["SEND Partnership Board"]),
    ("20261127_Partnership_Board", ["SEND Partnership Board"]),
    ("Papers: the Partnership-Board", ["SEND Partnership Board"]),
    ("Communications Priority Group", ["Communications Priority Group"]),
    ("Papers, Communications Priority Group", ["Communications Priority Group"]),
    ("Partnership Board and Priority Group", ["SEND Partnership Board", "Priority Group"]),
    ("Board", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "groups"), GROUPS)
def test_the_groups_that_a_name_says(text, groups):
    assert [group.name for group in groups_named(text, _agreement())] == groups


@given(st.text() | st.from_regex(r"[0-9 ./-]{0,12} ?(nov|MAY|may)? ?[0-9]{0,5}"))
def test_any_words_at_all_can_be_read(text):
    assert all(1 <= day.year <= 9999 for day in days_in(text, NEAR))
    groups_named(text, _agreement())
