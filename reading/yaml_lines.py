"""YAML that people write by hand, with the line of every value and the words that stand there.

A name is what was written ("on" stays "on", which YAML itself would turn into "true"), and a value is a
number, a date, true, false or words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reading.faults import Fault
from reading.quoting import printable, quoted
from reading.yaml_plain import plain_tree

LONGEST_NUMBER = 20  # signs; a longer one is words


type Place = tuple[str | int, ...]

# Control characters other than the line break, and the marks that turn the direction of writing round.
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Written:
    """A YAML file as it was written: its data, and for each place in it the line and the words there."""

    file: str
    data: dict[str, Any]
    lines: Mapping[Place, int]
    words: Mapping[Place, str]
    faults: tuple[Fault, ...] = ()

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest place around it that was written."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def listed(self, name: str) -> list[Any]:
        """The list under a name at the top of the file; empty where there is no list."""
        found = self.data.get(name)
        return found if isinstance(found, list) else []


def read_yaml(path: Path) -> Written:
    """One YAML file; raises Unreadable where nothing can be made of it.

    Faults that leave the rest readable (a name given twice, say) are returned with it.
    """
    file = printable(path)
    return _Builder(file).written(plain_tree(path, file))


class _Builder:
    """Turns nodes into data, and remembers the line and the words of each place."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Place, int] = {}
        self.words: dict[Place, str] = {}
        self.faults: list[Fault] = []
        self.numbers = yaml.SafeLoader("")

    def written(self, node: MappingNode) -> Written:
        data = self._mapping(node, ())
        return Written(self.file, data, self.lines, self.words, tuple(self.faults))

    def _value(self, node: Node, place: Place) -> Any:
        if isinstance(node, MappingNode):
            return self._mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self._item(item, (*place, number)) for number, item in enumerate(node.value)]
        if not isinstance(node, ScalarNode):
            raise TypeError(f"YAML has no other kind of node: {node!r}")
        self.words[place] = node.value
        self._look_for_hidden(node)
        return self._scalar(node)

    def _item(self, node: Node, place: Place) -> Any:
        self.lines[place] = node.start_mark.line + 1
        return self._value(node, place)

    def _mapping(self, node: MappingNode, place: Place) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            name = self._name(key, line)
            if name is None:
                continue
            if name in data:
                first = self.lines[(*place, name)]
                self._fault(
                    line, f"{quoted(name)} is here twice (first in line {first})", "Keep one of the two"
                )
                continue
            self.lines[(*place, name)] = line
            data[name] = self._value(value, (*place, name))
        return data

    def _name(self, key: Node, line: int) -> str | None:
        """A name before a colon, as written: YAML itself would turn the name 'on' into 'true'."""
        if not isinstance(key, ScalarNode) or not key.value.strip():
            self._fault(line, "there is no plain name before the colon", "Write a name, a colon and a space")
            return None
        if key.value == "<<":
            self._fault(line, "merge keys (<<) are not allowed", "Write the lines out")
            return None
        return None if self._look_for_hidden(key) else str(key.value)

    def _scalar(self, node: ScalarNode) -> Any:
        kind = node.tag.rpartition(":")[2]
        text: str = node.value
        if kind == "null":
            return None
        if len(text) > LONGEST_NUMBER:
            return text
        if kind == "bool":  # only true and false: YAML's yes, no, on and off stay the words they are
            return {"true": True, "false": False}.get(text.lower(), text)
        try:
            if kind == "int":
                return self.numbers.construct_yaml_int(node)
            if kind == "float":
                return self.numbers.construct_yaml_float(node)
            if kind == "timestamp":
                return date.fromisoformat(text)
        except (ValueError, OverflowError):  # "2024-02-31", or a number of 5,000 digits: words, judged later
            pass
        return text

    def _look_for_hidden(self, node: ScalarNode) -> bool:
        hidden = HIDDEN.search(node.value) is not None
        if hidden:
            self._fault(
                node.start_mark.line + 1, "there is a hidden character in these words", "Type them again"
            )
        return hidden

    def _fault(self, line: int, what: str, cure: str) -> None:
        self.faults.append(Fault(self.file, line, what, cure))
