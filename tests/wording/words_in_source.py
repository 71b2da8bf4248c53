"""The sentences that a module can say, read from its source: every text in it that is made of words for people.

A sentence is often put together from pieces ("We can't see them yet." + when they are expected): each piece
is read by itself, with a mark where the program fills something in.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.wording.reading_age import FILLED_IN

# Three words side by side; a pattern, a path, a key or a scope has none.
_WORDS = re.compile(r"(?:^|[ (])[A-Za-z][a-z'’-]*[,;:]? (?:[a-z'’-]+|§)[,;:]? (?:[A-Za-z'’-]+|§)")
_NO_WORDS = re.compile(r"\(\?|\\[bdws]|\[\^|^[a-z]+=|</?[a-z]")
# What only a programmer can meet: a slip in the program itself.
_FOR_PROGRAMMERS = frozenset(
    {"ValueError", "TypeError", "NotSayable", "AssertionError", "RuntimeError", "KeyError"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, and where it stands: "models/rules/papers.py, line 75"."""

    where: str
    text: str


def pieces(house: Path, *folders_or_files: str) -> Iterator[Piece]:
    """The texts for people in these folders (with all below them) and files, in order."""
    for named in folders_or_files:
        path = house / named
        for source in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for line, text in _texts(ast.parse(source.read_text("utf-8"))):
                yield Piece(f"{source.relative_to(house)}, line {line}", text)


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    passed_by = _docstrings(tree) | _for_programmers(tree)
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if id(node) in passed_by:
            continue
        said = _said(node)
        if said is None:
            todo += reversed(list(ast.iter_child_nodes(node)))
        elif _WORDS.search(said) and not _NO_WORDS.search(said):
            yield node.lineno, said  # type: ignore[attr-defined]
        if isinstance(node, ast.JoinedStr):
            todo += [part.value for part in node.values if isinstance(part, ast.FormattedValue)]


def _said(node: ast.AST) -> str | None:
    """The text of a literal, with a mark for everything filled in; None for what is no literal."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else FILLED_IN for p in node.values)
    return None


def _docstrings(tree: ast.Module) -> set[int]:
    """Docstrings, and bare texts like them."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and _said(node.value) is not None
    }


def _for_programmers(tree: ast.Module) -> set[int]:
    raised = (node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise))
    return {
        id(call)
        for call in raised
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _FOR_PROGRAMMERS
    }
