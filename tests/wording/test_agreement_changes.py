"""What changed between two agreements, as a chair reads it."""

from pathlib import Path

import pytest

from models.agreement import Agreement, Group, Promise
from models.agreement_changes import About
from tests.wording.invented import AGREEMENT, HOSTILE
from tests.wording.invented_changes import data, every_change, everything_changed, promise, with_a_calendar
from wording.agreement_changes import (
    LABELS,
    changes_json,
    changes_text,
    sentences,
    told_as_changed,
)

GOLDEN = Path(__file__).parent / "golden" / "agreement-changes.txt"


def test_every_change_there_is_reads_as_in_the_file_that_a_person_can_open() -> None:
    text = "\n---\n\n".join(changes_text(old, new) for old, new in every_change())
    assert text == GOLDEN.read_text("utf-8"), f"look at the new text, then put it in {GOLDEN}"


@pytest.mark.parametrize(
    ("about", "model", "apart"),
    [
        (About.PROMISE, Promise, {"on", "operator", "test"}),
        (About.GROUP, Group, {"name"}),
        (About.AGREEMENT, Agreement, {"working_days", "terms", "telling", "groups", "promises"}),
        (About.COUNTING, type(AGREEMENT.working_days), set()),
        (About.TERMS, type(AGREEMENT.terms), set()),
        (About.TELLING, type(AGREEMENT.telling), set()),
    ],
)
def test_every_field_has_words(about: About, model: type[Agreement], apart: set[str]) -> None:
    """A field that is added to the agreement needs words here before it can change."""
    assert set(LABELS[about]) == set(model.model_fields) - apart


def test_every_field_changes_in_the_examples() -> None:
    changed = {
        (one["about"], one["what"]) for one in changes_json(AGREEMENT, everything_changed())["changes"]
    }
    named = {(about.value, field) for about, fields in LABELS.items() for field in fields}
    assert named - changed == {("promise", "id")}, (
        "an id differs only in its capitals, or it is another promise"
    )


def test_one_promise_on() -> None:
    new = data()
    promise(new, "P04")["on"] = True
    assert sentences(AGREEMENT, Agreement.model_validate(new)) == (
        "P04 (clause 4.2) is on now: “Meetings will be held between 10am and 2pm”.",
    )


def test_a_test_is_told_with_before_and_after() -> None:
    new = data()
    promise(new, "P04")["test"] = {"from": "09:30", "to": "14:00"}
    assert sentences(AGREEMENT, Agreement.model_validate(new)) == (
        (
            "P04, how it is checked. Before: It starts at 10am or later, and ends by 2pm. "
            "Now: It starts at 9:30am or later, and ends by 2pm."
        ),
    )


def test_a_group_that_may_only_have_another_name_is_asked_about() -> None:
    assert (
        "Is Steering Group the same group as SEND Executive Group? Then write SEND Executive Group under "
        in (" ".join(sentences(*with_a_calendar())))
    )


def test_nothing_changed() -> None:
    assert changes_text(AGREEMENT, AGREEMENT) == "No change that we look at.\n"
    assert changes_json(AGREEMENT, AGREEMENT)["changes"] == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_words_that_somebody_typed_do_no_harm(hostile: str) -> None:
    new = data()
    promise(new, "P04").update(says=hostile or "x", asks=hostile, owner=hostile)
    text = changes_text(AGREEMENT, Agreement.model_validate(new))
    assert all(line.isprintable() for line in text.splitlines())


def test_the_manager_gets_the_first_changes_and_the_number_of_the_rest() -> None:
    lines = ("One.", "Two.", "Three.")
    assert told_as_changed(lines, 3) == "The agreement changed: One. Two. Three."
    assert told_as_changed(lines, 2) == "The agreement changed: One. Two. And 1 more change."
