"""The agreement as a value: what it refuses, and what it says of its groups and promises."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from models.agreement import TEST_OF, Agreement, Group, NoticeTest, Operator, Promise, ShareTest, WindowTest
from models.operators import AgreementError

WINDOW = {"from": "10:00", "to": "14:00"}


def _promise(**changes: Any) -> Promise:
    base: dict[str, Any] = {
        "id": "P04",
        "clause": "4.2",
        "says": "between 10am and 2pm",
        "strength": "firm",
        "operator": "window",
        "applies_to": ["board"],
        "test": WINDOW,
    }
    return Promise.model_validate(base | changes)


def _agreement(**changes: Any) -> Agreement:
    base: dict[str, Any] = {
        "agreement": "Our Protocol (2025)",
        "agreed_on": date(2025, 3, 14),
        "terms": {"main": "Our County"},
        "groups": [{"name": "The Board", "type": "board"}, {"name": "Others", "type": "working group"}],
        "promises": [_promise(), _promise(id="P08", operator="people", test=None, watched="not yet")],
    }
    return Agreement.model_validate(base | changes)


def _places(caught: pytest.ExceptionInfo[ValidationError]) -> list[tuple[int | str, ...]]:
    return [error["loc"] for error in caught.value.errors()]


def test_each_operator_reads_its_own_test() -> None:
    assert isinstance(_promise().test, WindowTest)
    notice = _promise(operator="notice", test={"least": 5}).test
    assert notice == NoticeTest(thing="papers", least=5, unit="working days")
    assert _promise(operator="share", test={"more_than": 0.5}).test == ShareTest(more_than=0.5)
    assert set(TEST_OF) < set(Operator)


def test_a_promise_not_watched_yet_may_say_what_it_likes() -> None:
    assert _promise(watched="not yet", operator="gap", test={"most": 3}, applies_to=[]).test == {"most": 3}
    assert _promise(watched="not yet", test="between ten and two").test == "between ten and two"


@pytest.mark.parametrize("operator", sorted(set(Operator) - set(TEST_OF)))
def test_a_watched_promise_needs_an_operator_that_is_built(operator: Operator) -> None:
    with pytest.raises(ValidationError) as caught:
        _promise(operator=operator)
    assert ("operator",) in _places(caught)


def test_all_faults_of_a_promise_come_at_once_and_at_their_place() -> None:
    with pytest.raises(ValidationError) as caught:
        _promise(strength="strong", applies_to=[], test={"from": 600, "to": "2pm"}, valid_from="2025-01-01")
    assert _places(caught) == [
        ("strength",),
        ("applies_to",),
        ("test", "from"),
        ("test", "to"),
        ("valid_from",),
    ]


def test_faults_of_our_own_come_in_two_halves() -> None:
    with pytest.raises(ValidationError) as caught:
        _promise(test={"from": "14:00", "to": "10:00"})
    told = caught.value.errors()[0]["ctx"]["error"]
    assert isinstance(told, AgreementError)
    assert (told.what, told.cure) == ("'from' is not earlier than 'to'", "Put the earlier time in 'from'")


@pytest.mark.parametrize("odd", ["9:30", "10:00:30", "10:00Z", 600, True, "24:00", ""])
def test_a_time_is_hours_and_minutes_in_london(odd: object) -> None:
    with pytest.raises(ValidationError):
        _promise(test={"from": odd, "to": "23:59"})


@pytest.mark.parametrize("odd", ["2025-03-14", 20250314, 1741910400.0, None])
def test_a_day_is_a_date_and_not_words_or_a_number(odd: object) -> None:
    with pytest.raises(ValidationError):
        _agreement(agreed_on=odd)


@pytest.mark.parametrize("odd", [True, "5", 5.5, -1, 401])
def test_a_number_of_days_is_a_whole_number(odd: object) -> None:
    with pytest.raises(ValidationError):
        _promise(operator="notice", test={"least": odd})


def test_names_are_given_once_whatever_their_capitals() -> None:
    with pytest.raises(ValidationError, match="two promises are called 'p04'"):
        _agreement(promises=[_promise(), _promise(id="p04")])
    with pytest.raises(ValidationError, match="two groups are called 'the board'"):
        _agreement(groups=[{"name": "The Board", "type": "a"}, {"name": "the board", "type": "b"}])


def test_an_agreement_never_changes() -> None:
    with pytest.raises(ValidationError):
        _agreement().agreement = "Another"  # type: ignore[misc]


def test_a_promise_holds_between_its_days_both_included() -> None:
    promise = _promise(valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    held = [promise.in_force(day) for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31))]
    assert held == [False, True, True]
    assert not promise.in_force(date(2026, 1, 1))
    assert _promise().in_force(date(1999, 1, 1))


def test_a_group_meets_between_its_days_both_included() -> None:
    group = Group(name="Board", type="board", since=date(2025, 1, 1), until=date(2025, 5, 9))
    assert group.meets_on(date(2025, 1, 1))
    assert group.meets_on(date(2025, 5, 9))
    assert not group.meets_on(date(2024, 12, 31))
    assert not group.meets_on(date(2025, 5, 10))


def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValidationError, match="'valid_to' is earlier"):
        _promise(valid_from=date(2025, 2, 1), valid_to=date(2025, 1, 31))
    with pytest.raises(ValidationError, match="'until' is earlier"):
        Group(name="Board", type="board", since=date(2025, 2, 1), until=date(2025, 1, 31))
    assert _promise(valid_from=date(2025, 2, 1), valid_to=date(2025, 2, 1))


def test_the_forums_own_promises_are_those_only_the_forum_may_see() -> None:
    assert _promise(audience=["forum"]).forums_own
    assert not _promise(audience=["forum", "manager"]).forums_own
    assert not _promise(audience=[]).forums_own
    with pytest.raises(ValidationError):
        _promise(audience=["froum"])  # a slip here would show the forum's own matters to the council


def test_an_agreement_knows_its_parts() -> None:
    agreement = _agreement()
    assert agreement.key == "our-protocol-2025"
    assert _agreement(id="ours").key == "ours"
    assert agreement.types == {"board", "working group"}
    assert agreement.group("the board") == agreement.groups[0]
    assert agreement.group("nobody") is None
    assert agreement.promise("P04").clause == "4.2"
    assert [promise.id for promise in agreement.not_watched()] == ["P08"]
    with pytest.raises(KeyError):
        agreement.promise("P99")
