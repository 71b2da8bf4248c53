"""What changed between two agreements: each field, who came and who left, and nothing that means nothing."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.agreement import Agreement
from models.agreement_changes import About, changes

BOARD: dict[str, Any] = {"name": "Board", "type": "partnership group", "calendar": "send@council.example"}
WINDOW: dict[str, Any] = {
    "id": "P04",
    "clause": "4.2",
    "says": "between 10am and 2pm",
    "strength": "firm",
    "operator": "window",
    "applies_to": ["partnership group"],
    "test": {"from": "10:00", "to": "14:00"},
}
WHOLE: dict[str, Any] = {
    "agreement": "Ours",
    "agreed_on": date(2024, 1, 11),  # Thursday
    "terms": {"main": "Westshire"},
    "groups": [BOARD],
    "promises": [WINDOW],
}


def agreed(**changed: Any) -> Agreement:
    return Agreement.model_validate(WHOLE | changed)


def found(**changed: Any) -> list[tuple[str, str, str]]:
    return [(one.about.value, one.name, one.what) for one in changes(agreed(), agreed(**changed))]


TABLE: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    ({}, []),
    ({"promises": [WINDOW | {"on": True}]}, [("promise", "P04", "turned on")]),
    ({"promises": [WINDOW | {"test": {"from": "09:30", "to": "14:00"}}]}, [("promise", "P04", "test")]),
    (
        {"promises": [WINDOW | {"says": "in the day", "warn": 3}]},
        [("promise", "P04", w) for w in ("says", "warn")],
    ),
    ({"promises": [WINDOW, WINDOW | {"id": "P05"}]}, [("promise", "P05", "added")]),
    ({"promises": [WINDOW | {"id": "P05"}]}, [("promise", "P05", "added"), ("promise", "P04", "left")]),
    ({"promises": [WINDOW | {"id": "p04"}]}, [("promise", "p04", "id")]),
    ({"groups": [BOARD, BOARD | {"name": "Executive", "type": "x"}]}, [("group", "Executive", "added")]),
    ({"groups": [BOARD | {"name": "New Board", "formerly": ["board"]}]}, [("group", "New Board", "renamed")]),
    (
        {"groups": [BOARD | {"name": "New Board"}]},
        [
            ("group", "New Board", "added"),
            ("group", "New Board", "perhaps renamed"),
            ("group", "Board", "left"),
        ],
    ),
    (
        {"groups": [BOARD | {"name": "Other", "calendar": "other@council.example"}]},
        [("group", "Other", "added"), ("group", "Board", "left")],
    ),
    ({"groups": [BOARD | {"name": "BOARD"}]}, [("group", "BOARD", "renamed")]),
    ({"groups": [BOARD | {"papers": "mail"}]}, [("group", "Board", "papers")]),
    ({"groups": [BOARD | {"match": ["b", "a"]}]}, [("group", "Board", "match")]),
    ({"working_days": {"count": "clear"}}, [("counting", "", "count")]),
    (
        {"terms": {"main": "Northshire", "also_warn": ["A"]}},
        [("terms", "", "main"), ("terms", "", "also_warn")],
    ),
    ({"telling": {"messages_a_week": 1}}, [("telling", "", "messages_a_week")]),
    ({"id": "ours-2"}, [("agreement", "", "id")]),
]


@pytest.mark.parametrize(("changed", "expected"), TABLE)
def test_what_changed_is_told_and_nothing_else(
    changed: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert found(**changed) == expected


def test_a_switch_comes_before_all_other_changes() -> None:
    new = agreed(
        id="ours-2",
        groups=[BOARD | {"papers": "mail"}],
        promises=[WINDOW | {"says": "new words"}, WINDOW | {"id": "P05", "on": True}],
    )
    old = agreed(promises=[WINDOW, WINDOW | {"id": "P05"}])
    assert [one.what for one in changes(old, new)] == ["turned on", "papers", "says", "id"]


def test_a_change_has_its_value_before_and_after() -> None:
    [change] = changes(agreed(), agreed(telling={"third_after": 5}))
    assert (change.about, change.before, change.after) == (About.TELLING, 2, 5)


def test_a_group_renamed_back_is_the_same_group() -> None:
    renamed = agreed(groups=[BOARD | {"name": "New Board", "formerly": ["Board"]}])
    assert [one.what for one in changes(renamed, agreed())] == ["renamed"]


names = st.lists(st.sampled_from("ABCDEF"), min_size=1, unique=True)


@given(old=names, new=names, seed=st.randoms())
def test_the_order_means_nothing_and_what_comes_one_way_goes_the_other(
    old: list[str], new: list[str], seed: Any
) -> None:
    def whole(ids: list[str]) -> Agreement:
        groups = [BOARD | {"name": f"Group {id}", "calendar": f"{id}@council.example"} for id in ids]
        return agreed(groups=groups, promises=[WINDOW | {"id": id} for id in ids])

    shuffled = list(new)
    seed.shuffle(shuffled)
    assert changes(whole(new), whole(shuffled)) == ()
    there, back = changes(whole(old), whole(new)), changes(whole(new), whole(old))
    assert {one.name for one in there if one.what == "added"} == {
        one.name for one in back if one.what == "left"
    }
    assert len(there) == len(back) == 2 * len(set(old) ^ set(new))
