"""Reads Bicep as a tree, as far as our own files need it: no deployment happens here, and none is imitated."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tree_sitter_bicep
from tree_sitter import Language, Node, Parser

LANGUAGE = Language(tree_sitter_bicep.language())
DECLARES = {
    "parameter_declaration": "param",
    "variable_declaration": "var",
    "resource_declaration": "resource",
    "module_declaration": "module",
    "output_declaration": "output",
}


@dataclass(frozen=True, slots=True)
class Declaration:
    """A param, var, resource, module or output, with the descriptions that stand before it."""

    kind: str
    name: str
    node: Node
    decorators: str


@dataclass(frozen=True, slots=True)
class Bicep:
    """One file of Bicep."""

    path: Path
    root: Node

    @property
    def faults(self) -> list[str]:
        """Where it is no Bicep."""
        return [
            f"{self.path.name}:{node.start_point.row + 1}"
            for node in walk(self.root)
            if node.is_error or node.is_missing
        ]

    @property
    def declarations(self) -> list[Declaration]:
        """What the file declares, in its order."""
        found, before = [], ""
        for node in self.root.children:
            if node.type == "decorators":
                before = text(node)
            elif node.type in DECLARES:
                name = next(text(child) for child in node.children if child.type == "identifier")
                found.append(Declaration(DECLARES[node.type], name, node, before))
                before = ""
        return found

    def of_kind(self, kind: str) -> dict[str, Declaration]:
        """The declarations of one kind, by their names."""
        return {one.name: one for one in self.declarations if one.kind == kind}

    def values_of(self, key: str) -> list[str]:
        """What stands beside this key, wherever an object has it, as it is written."""
        return [text(value) for name, value in properties(self.root) if name == key]


def read_bicep(path: Path) -> Bicep:
    """The file, read; what is no Bicep in it shows in `faults`."""
    return Bicep(path, Parser(LANGUAGE).parse(path.read_bytes()).root_node)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything within it."""
    yield node
    for child in node.children:
        yield from walk(child)


def text(node: Node) -> str:
    """The node as it is written."""
    return (node.text or b"").decode()


def properties(node: Node) -> Iterator[tuple[str, Node]]:
    """Every key in every object within a node, with the value beside it."""
    for each in walk(node):
        if each.type == "object_property":
            yield text(each.children[0]).strip("'"), each.children[-1]


def has_default(parameter: Declaration) -> bool:
    """Whether a param may be left out."""
    return any(child.type == "=" for child in parameter.node.children)


def default_of(parameter: Declaration) -> str:
    """What a param is if it is left out, as it is written."""
    return text(parameter.node.children[-1])


def names_used(node: Node) -> Iterator[str]:
    """The names that expressions within a node refer to: neither keys, properties, types nor functions."""
    for each in walk(node):
        if each.type != "identifier" or each.parent is None:
            continue
        above = each.parent
        first = above.children[0].start_byte == each.start_byte
        if above.type in DECLARES or (above.type == "object_property" and first):
            continue
        if above.type == "call_expression" and first:
            continue
        yield text(each)
