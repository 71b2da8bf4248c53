"""An agreement in plain words: what is promised, how it is checked, and a worked date."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.agreement import Agreement, Promise
from models.days import Count, WorkingDays
from reading.agreements import read_agreement
from reading.bank_holidays import working_days
from wording.agreements import COUNTING, FORUM_ONLY, ON, agreement_json, agreement_text, shown_promises
from wording.promise_words import how_checked, worked_example

SHIPPED = Path(__file__).parents[2] / "agreements" / "lancashire-2024.yaml"
FRIDAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def lancashire() -> Agreement:
    return read_agreement(SHIPPED)


@pytest.fixture(scope="module")
def working(lancashire: Agreement) -> WorkingDays:
    return working_days(lancashire.working_days)


def _with(agreement: Agreement, **changes: Any) -> Agreement:
    return agreement.model_copy(update=changes)


def _promise(operator: str, test: dict[str, object], **changes: Any) -> Promise:
    base = {"id": "X1", "clause": "1", "says": "words", "strength": "firm", "applies_to": ["board"]}
    return Promise.model_validate(base | {"operator": operator, "test": test} | changes)


def test_both_readings_are_worked_while_counting_is_unsettled(
    lancashire: Agreement, working: WorkingDays
) -> None:
    assert worked_example(lancashire.promise("P01"), lancashire, working, FRIDAY) == (
        "Friday 27 November 2026: counted gives Friday 20 November, clear Thursday 19 November."
    )


@pytest.mark.parametrize(
    ("count", "example"),
    [
        (Count.COUNTED, "Friday 27 November 2026: counted gives Friday 20 November."),
        (Count.CLEAR, "Friday 27 November 2026: clear gives Thursday 19 November."),
    ],
)
def test_one_reading_is_worked_once_it_is_settled(
    lancashire: Agreement, working: WorkingDays, count: Count, example: str
) -> None:
    rule = lancashire.working_days.model_copy(update={"count": count})
    settled = _with(lancashire, working_days=rule)
    assert worked_example(settled.promise("P01"), settled, working, FRIDAY) == example


def test_days_that_people_may_not_think_of_are_named(lancashire: Agreement, working: WorkingDays) -> None:
    example = worked_example(lancashire.promise("P01"), lancashire, working, date(2027, 1, 5))
    assert example.startswith("Tuesday 5 January 2027: counted gives Thursday 24 December 2026, ")
    assert "clear Wednesday 23 December 2026." in example
    assert "Not counted: " in example
    assert "Friday 1 January (bank holiday: New Year’s Day)" in example.replace("'", "’")


def test_a_sum_beyond_the_known_bank_holidays_says_so(lancashire: Agreement, working: WorkingDays) -> None:
    example = worked_example(lancashire.promise("P01"), lancashire, working, date(2050, 6, 1))
    assert "We do not know the bank holidays of 2050 yet" in example


@pytest.mark.parametrize(
    ("operator", "test", "told", "example"),
    [
        (
            "notice",
            {"thing": "request", "least": 4, "unit": "weeks"},
            "The request reaches the forum 4 weeks or more before the work with parents starts.",
            "Friday 27 November 2026: by Friday 30 October.",
        ),
        (
            "notice",
            {"least": 1, "unit": "days"},
            "The papers go out 1 day or more before the meeting.",
            "Friday 27 November 2026: by Thursday 26 November.",
        ),
        (
            "window",
            {"from": "10:00", "to": "14:00"},
            "It starts at 10am or later, and ends by 2pm.",
            "10am to 2pm fits. 9:30am is too early.",
        ),
        (
            "window",
            {"from": "00:15", "to": "12:00"},
            "It starts at 12:15am or later, and ends by noon.",
            "12:15am to noon fits.",
        ),
        (
            "calendar",
            {"inside": "term"},
            "It is on a day in term, by the school dates of Lancashire County Council.",
            "",
        ),
        (
            "calendar",
            {"outside": "term", "combine": "all"},
            "It is on a day in the school holidays, by the school dates of A and B (all of them).",
            "",
        ),
        ("share", {"more_than": 0.5}, "More than half of the meetings in a year can be joined online.", ""),
        (
            "share",
            {"more_than": 0.75, "months": 3},
            "More than 75% of the meetings in 3 months can be joined online.",
            "",
        ),
        (
            "present",
            {"item": "venue", "field": "Accessible"},
            "A meeting in a room is at a place with Yes under 'Accessible' in the venue list.",
            "",
        ),
        (
            "present",
            {"item": "request", "field": "Limits"},
            "The row in the list 'Co-production requests' has 'What can't change' filled in.",
            "",
        ),
        (
            "present",
            {"item": "consultation", "field": "Ours"},
            "The row in the list 'Consultations and surveys' has 'Ours' filled in.",
            "",
        ),
    ],
)
def test_each_kind_of_promise_is_told_in_plain_words(
    lancashire: Agreement,
    working: WorkingDays,
    operator: str,
    test: dict[str, object],
    told: str,
    example: str,
) -> None:
    promise = _promise(operator, test)
    terms = lancashire.terms
    if test.get("combine"):
        terms = terms.model_copy(update={"main": "A", "also_warn": ("B",)})
    agreement = _with(lancashire, terms=terms)
    assert how_checked(promise, agreement) == told
    assert worked_example(promise, agreement, working, FRIDAY) == example


def test_the_text_tells_every_promise_once(lancashire: Agreement, working: WorkingDays) -> None:
    text = agreement_text(lancashire, working, FRIDAY)
    told, waiting = text.split("Not watched yet:\n")
    for promise in lancashire.promises:
        where, other = (told, waiting) if promise.is_watched else (waiting, told)
        assert len(re.findall(rf"^ *{promise.id}, clause", where, re.M)) == 1
        assert not re.search(rf"^ *{promise.id}, clause", other, re.M)
    assert "Is this still your agreement?" in told
    assert "P04, clause 4.2: a firm promise, off until both chairs turn it on." in told
    assert "P08, clauses 4.7 and 6.10" in waiting
    assert " ".join(waiting.split()).count(FORUM_ONLY) == 7
    assert max(map(len, text.splitlines())) <= 96


def test_a_promise_that_is_on_says_so(lancashire: Agreement, working: WorkingDays) -> None:
    on = lancashire.promise("P04").model_copy(update={"on": True})
    text = agreement_text(_with(lancashire, promises=(on,)), working, FRIDAY)
    assert "P04, clause 4.2: a firm promise, on." in text
    assert "Not watched yet" not in text


def test_the_same_comes_as_data(lancashire: Agreement, working: WorkingDays) -> None:
    data = json.loads(json.dumps(agreement_json(lancashire, working, FRIDAY)))
    assert data["id"] == "lancashire-2024"
    assert data["agreed_on"] == "2024-01-11"
    assert data["counting"]["count"] == "unsettled"
    assert len(data["groups"]) == 10
    assert [one["id"] for one in data["promises"]] == [promise.id for promise in lancashire.promises]
    assert data["promises"][3]["checked"] == "It starts at 10am or later, and ends by 2pm."
    assert data["not_watched"] == [promise.id for promise in lancashire.not_watched()]
    assert [one["id"] for one in data["promises"] if one["forum_only"]] == [f"P{n}" for n in range(34, 41)]


def test_words_of_a_file_cannot_colour_the_terminal(lancashire: Agreement, working: WorkingDays) -> None:
    hostile = lancashire.promise("P04").model_copy(
        update={"says": "a\x1b[31m\u202eb", "asks": "\x07Move?\n\nP99"}
    )
    text = agreement_text(_with(lancashire, promises=(hostile,), source="\x1b]0;x\x07"), working, FRIDAY)
    assert all(line.isprintable() for line in text.splitlines())


NAMES = (
    "Lancashire County Council|SEND Executive|Co-production requests|England and Wales|Scotland|"
    "Northern Ireland|Word file|PDF|Four Cornerstones|Executive"
)


def _reading_grade(text: str) -> float:
    """The automated readability index: about the school year (US) in which a child can read it."""
    words = re.findall(r"[A-Za-z']+", re.sub(NAMES, "it", text))
    sentences = max(1, len(re.findall(r"[.?!]", text)))
    return 4.71 * sum(map(len, words)) / len(words) + 0.5 * len(words) / sentences - 21.43


def test_our_own_words_can_be_read_by_anybody(lancashire: Agreement, working: WorkingDays) -> None:
    asks = " ".join(promise.asks for promise in lancashire.promises)
    checked = " ".join(
        shown.checked for shown in shown_promises(lancashire, working, FRIDAY) if shown.watched
    )
    counting = " ".join([*COUNTING.values(), FORUM_ONLY, *(f"It is {words}." for words in ON.values())])
    assert _reading_grade(asks) < 4
    assert _reading_grade(checked) < 6
    assert _reading_grade(counting) < 5
    for promise in lancashire.promises:
        assert max(len(sentence.split()) for sentence in re.split(r"[.?!]", promise.asks)) <= 20
