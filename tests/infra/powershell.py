"""Reads PowerShell as a tree, as far as our own scripts need it. Nothing is run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

from tests.infra.bicep import text, walk

LANGUAGE = Language(tree_sitter_powershell.language())
RIGHT = re.compile(
    r"\b[A-Z]\w+(?:\.[A-Z]\w+)*\.(?:Read|ReadWrite|Send|Selected|FullControl)(?:\.All|\.Shared)?\b"
)


@dataclass(frozen=True, slots=True)
class Script:
    """One script for an administrator."""

    path: Path
    root: Node

    @property
    def faults(self) -> list[str]:
        """Where it is no PowerShell."""
        return [
            f"{self.path.name}:{node.start_point.row + 1}"
            for node in walk(self.root)
            if node.is_error or node.is_missing
        ]

    @property
    def header(self) -> str:
        """What stands before the code, for the person who is to run it."""
        return next(text(node) for node in walk(self.root) if node.type == "comment" and "<#" in text(node))

    @property
    def parameters(self) -> set[str]:
        """What may be typed after its name."""
        block = next(node for node in self.root.children if node.type == "param_block")
        return {
            text(child).removeprefix("$")
            for node in walk(block)
            if node.type == "script_parameter"
            for child in node.children
            if child.type == "variable"
        }

    @property
    def commands(self) -> list[tuple[str, Node]]:
        """Every command it calls, with the place."""
        return list(self._commands())

    def _commands(self) -> Iterator[tuple[str, Node]]:
        for node in walk(self.root):
            if node.type == "command_name":
                yield text(node), node

    @property
    def rights(self) -> set[str]:
        """The rights of Microsoft 365 that its code names for the app; what the person signs in with is another."""
        code = "\n".join(
            line
            for line in self.path.read_text("utf-8").split("#>", 1)[1].splitlines()
            if "-Scopes" not in line
        )
        return set(RIGHT.findall(code))

    @property
    def borrowed(self) -> set[str]:
        """The rights that the person lends it while it runs."""
        lines = [line for line in self.path.read_text("utf-8").splitlines() if "-Scopes" in line]
        return set(RIGHT.findall("\n".join(lines)))


def read_script(path: Path) -> Script:
    """The script, read; what is no PowerShell in it shows in `faults`."""
    return Script(path, Parser(LANGUAGE).parse(path.read_bytes()).root_node)


def is_asked_first(command: Node) -> bool:
    """Whether a command stands within `if ($PSCmdlet.ShouldProcess(…))`, so that -WhatIf holds it back."""
    node: Node | None = command
    while node is not None:
        if node.type == "if_statement" and "$PSCmdlet.ShouldProcess(" in text(node).split("{", 1)[0]:
            return True
        node = node.parent
    return False
