"""The shipped texts and the program that says them agree: no name too many, no placeholder too few."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.texts import KINDS, PLACEHOLDER
from tests.wording.invented_cards import TEXTS

HARD_WORDS = (
    "violation",
    "breach",
    "you failed",
    "failed to",
    "overdue",
    "offender",
    "non-compliant",
    "must",
)


def _said(house: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every place of this room where a text is said by its name."""
    for path in sorted((house / "wording").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "say"
            ):
                yield path.name, node


def _words(house: Path) -> set[str]:
    """Every literal of this room."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (house / "wording").rglob("*.py"))
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_text_is_said_somewhere(house: Path) -> None:
    assert KINDS.keys() <= _words(house)


def test_every_text_that_is_said_exists_and_is_given_what_it_may_use(house: Path) -> None:
    looked_at = 0
    for file, call in _said(house):
        name, given = call.args[0], {keyword.arg for keyword in call.keywords}
        if not isinstance(name, ast.Constant) or None in given:
            continue  # a name out of a table, or values given as one: the cards' own tests fill those in
        looked_at += 1
        assert given == KINDS[str(name.value)].placeholders, f"{file}, line {call.lineno}"
    assert looked_at > 40


@pytest.mark.parametrize("name", KINDS)
def test_a_shipped_text_is_short_and_kind_and_uses_what_it_needs(name: str) -> None:
    said = TEXTS.templates[name]
    assert KINDS[name].needs <= set(PLACEHOLDER.findall(said)) <= KINDS[name].placeholders
    assert len(said) <= KINDS[name].longest
    words = PLACEHOLDER.sub("", said)
    assert not [word for word in HARD_WORDS if re.search(rf"\b{word}\b", words.casefold())]
    assert all(len(sentence.split()) <= 20 for sentence in re.split(r"[.:?] ", words))


def test_what_a_text_may_use_beside_its_own_is_noted_in_the_file(house: Path) -> None:
    """The note above a part of the file names every placeholder that its texts may use and do not."""
    notes, part = {}, ""
    for line in (house / "agreements" / "wording.yaml").read_text("utf-8").splitlines():
        if line.startswith("    # "):
            part += line
        elif re.fullmatch(r"    [a-z]+:", line):
            notes[line.strip(" :")] = part
            part = ""
    for name, kind in KINDS.items():
        unused = kind.may - set(PLACEHOLDER.findall(TEXTS.templates[name]))
        assert all(f"{{{one}}}" in notes[name.partition(".")[0]] for one in unused), name
