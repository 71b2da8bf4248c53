"""What was said stands until it is taken back, and stands again when that is taken back."""

from dataclasses import replace
from datetime import datetime, timedelta

from models.days import LONDON
from models.facts import Said, Statement
from models.statements import standing

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=LONDON)
REASON = Statement(
    Said.REASON, "P01", "a" * 20, "Figures come on Friday", "Officer", "council", MONDAY, id="one"
)


def undo(what, id, hours):
    return replace(REASON, id=id, undoes=what, at=MONDAY + timedelta(hours=hours))


def test_what_was_said_stands():
    assert standing([REASON]) == (REASON,)


def test_what_was_taken_back_does_not():
    assert standing([REASON, undo("one", "two", 1)]) == ()


def test_a_taking_back_can_be_taken_back_in_any_order():
    said = [undo("two", "three", 2), REASON, undo("one", "two", 1)]
    assert standing(said) == (REASON,)


def test_statements_of_older_versions_have_no_id_and_stand():
    old = replace(REASON, id="")
    assert standing([old, undo("one", "two", 1)]) == (old,)
