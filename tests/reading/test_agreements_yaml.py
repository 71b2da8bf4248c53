"""YAML with the line of every value, and nothing in it that could do harm."""

import time
from datetime import date
from pathlib import Path

import pytest

from reading.faults import Unreadable
from reading.yaml_lines import Written, read_yaml

BOMBS = {
    "brackets": "[" * 900_000,
    "braces": "{" * 900_000,
    "dashes": "- " * 450_000,
    "questions": "? " * 450_000,
    "names": "".join(f"k{number}: 1\n" for number in range(80_000)),
    "one name": "a: 1\n" * 180_000,
    "one list": "a: [" + "x," * 440_000 + "]",
    "billion laughs": "a: &a [x, x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(30)),
}


def _written(folder: Path, text: str) -> Written:
    path = folder / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path)


def test_every_place_has_its_line_and_its_words(tmp_path: Path) -> None:
    written = _written(tmp_path, "one: 4.10\nlist:\n  - a\n  - b: {c: 'd',\n       e: 5}\n")
    assert written.data == {"one": 4.1, "list": ["a", {"b": {"c": "d", "e": 5}}]}
    assert written.words["one",] == "4.10"
    assert written.line(("list",)) == 2
    assert written.line(("list", 1)) == 4
    assert written.line(("list", 1, "b", "e")) == 5
    assert written.line(("list", 1, "b", "missing", "deeper")) == 4


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("true", True),
        ("False", False),
        ("yes", "yes"),  # words, whatever older YAML makes of them
        ("off", "off"),
        ("~", None),
        ("", None),
        ("2024-01-11", date(2024, 1, 11)),
        ("'2024-01-11'", "2024-01-11"),
        ("2024-02-30", "2024-02-30"),
        ("10:00", 600),  # as every YAML program reads it: the model tells people to use quotes
        ('"10:00"', "10:00"),
        ("0.5", 0.5),
        ("9" * 5_000, "9" * 5_000),
        ("=", "="),
        ("2024-01-11T10:00:00Z", "2024-01-11T10:00:00Z"),
    ],
)
def test_a_value_is_what_people_meant(tmp_path: Path, words: str, value: object) -> None:
    found = _written(tmp_path, f"name: {words}\n").data["name"]
    assert found == value
    assert type(found) is type(value)


def test_a_name_is_what_was_written(tmp_path: Path) -> None:
    assert _written(tmp_path, "on: false\nyes: 1\n4.10: x\n").data == {"on": False, "yes": 1, "4.10": "x"}


def test_a_name_given_twice_keeps_the_first_and_tells(tmp_path: Path) -> None:
    written = _written(tmp_path, "a: 1\nb: 2\na: 3\n")
    assert written.data == {"a": 1, "b": 2}
    assert [(fault.line, fault.what) for fault in written.faults] == [
        (3, "'a' is here twice (first in line 1)")
    ]


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_at_once_in_one_sentence(tmp_path: Path, name: str) -> None:
    started = time.perf_counter()
    with pytest.raises(Unreadable) as caught:
        _written(tmp_path, BOMBS[name])
    assert time.perf_counter() - started < 5
    assert len(caught.value.faults) == 1


def test_block_text_may_run_over_lines(tmp_path: Path) -> None:
    assert _written(tmp_path, "says: |\n  one\n  two\n").data == {"says": "one\ntwo\n"}


def test_a_complex_name_is_told(tmp_path: Path) -> None:
    written = _written(tmp_path, "? [a, b]\n: 1\nc: 2\n")
    assert written.data == {"c": 2}
    assert written.faults[0].what == "there is no plain name before the colon"
