"""The plain part of YAML: a file's text, and the tree in it, with nothing that could do harm.

Only names, lists, words, numbers and dates are let in. Anchors, merge keys and tags are refused (a few
lines of them can fill a computer's memory), and so are files too large or too deep for anybody to read.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import Reader

from reading.faults import Fault, Unreadable
from reading.quoting import quoted
from reading.yaml_syntax import syntax_fault

LARGEST = 1_000_000  # bytes; the longest agreement we know has 30,000
DEEPEST = 20  # lists within lists; an agreement has 4
MOST = 20_000  # names and values; the longest agreement we know has 2,000
WRITE_OUT = "Write the words out, or put words that start with & or * in quotes"


def plain_tree(path: Path, file: str) -> MappingNode:
    """The names and values at the top of one YAML file; raises Unreadable where there are none."""
    text = _text(path, file)
    tabs = [number for number, line in enumerate(text.splitlines(), 1) if "\t" in line]
    if tabs:
        raise Unreadable(
            Fault(file, number, "there is a tab in this line", "Use spaces instead") for number in tabs[:100]
        )
    return _composed(text, file)


def _text(path: Path, file: str) -> str:
    def refuse(what: str, cure: str, line: int = 0) -> Unreadable:
        return Unreadable([Fault(file, line, what, cure)])

    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except (OSError, ValueError):
        raise refuse("this file can't be opened", "Check its name, and that you may read it") from None
    if len(content) > LARGEST:
        raise refuse("this file is larger than 1 MB", "Check that it is the right file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 0 if content[:2] in (b"\xff\xfe", b"\xfe\xff") else content.count(b"\n", 0, error.start) + 1
        raise refuse(
            "this file is not UTF-8 text", "Open it in an editor and save it as UTF-8", line
        ) from None
    if strange := Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, strange.start()) + 1
        raise refuse("there is a hidden control character in this line", "Delete it", line)
    return text


class _Plain(yaml.SafeLoader):
    """PyYAML's safe loader, without what makes bombs."""

    def __init__(self, text: str, file: str) -> None:
        super().__init__(text)
        self.file = file
        self.depth = 0
        self.count = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise self._refused(line, "anchors and aliases (& and *) are not allowed", WRITE_OUT)
        if event.tag is not None:
            raise self._refused(
                line, f"the tag {quoted(event.tag)} is not allowed", "Delete it, or put the words in quotes"
            )
        if self.depth >= DEEPEST:
            raise self._refused(line, f"this is more than {DEEPEST} levels deep", "Check the indentation")
        if self.count >= MOST:
            raise self._refused(
                line, f"there are more than {MOST:,} values", "Check that it is the right file"
            )
        self.count += 1
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def _refused(self, line: int, what: str, cure: str) -> Unreadable:
        return Unreadable([Fault(self.file, line, what, cure)])


@lru_cache(maxsize=4)  # an agreement is read, linted and checked in one go; nobody changes the tree
def _composed(text: str, file: str) -> MappingNode:
    loader = _Plain(text, file)
    try:
        node: Any = loader.get_node() if loader.check_node() else None
        more = loader.check_node()
    except yaml.MarkedYAMLError as error:
        raise Unreadable([syntax_fault(file, error)]) from None
    except yaml.YAMLError:
        raise Unreadable([Fault(file, 0, "this is not YAML", "Check that it is the right file")]) from None
    if more:
        what = "there are two documents in one file (a line '---' starts a new one)"
        raise Unreadable([Fault(file, loader.line + 1, what, "Keep one in each file")])
    if node is None or (isinstance(node, ScalarNode) and not node.value.strip()):
        raise Unreadable([Fault(file, 0, "this file is empty", "Start from a copy of a shipped agreement")])
    if not isinstance(node, MappingNode):
        line = node.start_mark.line + 1
        what = f"this file starts with {'a list' if isinstance(node, SequenceNode) else 'bare words'}"
        raise Unreadable(
            [Fault(file, line, what, "Start with names and values, such as 'agreement: Our name'")]
        )
    return node
