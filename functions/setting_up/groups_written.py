"""Writes groups into an agreement: only the lines of `groups:` change, all else stays byte for byte.

What was written is read back before it takes the place of the file: where it does not say exactly what was
meant, nothing is changed.
"""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from models.agreement import Agreement, Group
from reading.agreements import read_agreement
from reading.faults import Fault, Unreadable

INDENT = 2
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ]*[A-Za-z0-9]|[\w.+-]+@[\w.-]*\w", re.ASCII)
NOT_PLAIN = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
CHANGED = Fault("", 0, "somebody changed it while you were reading", "Type 'setup' again")


def yaml_of(groups: Iterable[Group], indent: int = INDENT) -> str:
    """The groups as lines of an agreement, with a line end after each."""
    margin = " " * indent
    return "".join(f"{margin}{line}\n" for group in groups for line in _lines(group))


def write_groups(file: Path, groups: Sequence[Group], *, start: Path | None = None) -> None:
    """Add groups to an agreement; where there is no file yet, make it of `start`, with these groups alone.

    Unreadable where that can't be done without touching anything else: then the file is as it was.
    """
    file = file.resolve()
    before = file.read_bytes() if file.exists() else None
    source = file if before is not None else start
    if source is None:
        raise Unreadable([Fault(str(file), 0, "there is no such file", "Check the name")])
    agreed = read_agreement(source)
    text = source.read_bytes().decode("utf-8")
    new = _with_lines(text, groups, instead=before is None, name=str(file))
    kept = agreed.groups if before is not None else ()
    wanted = agreed.model_copy(update={"groups": (*kept, *groups)})
    with TemporaryDirectory(dir=file.parent) as folder:
        made = Path(folder) / file.name
        made.write_bytes(new.encode("utf-8"))
        _check(made, wanted, file)
        if (file.read_bytes() if file.exists() else None) != before:
            raise Unreadable([Fault(str(file), 0, CHANGED.what, CHANGED.cure)])
        if before is not None:
            shutil.copymode(file, made)
        made.replace(file)


def _check(made: Path, wanted: Agreement, file: Path) -> None:
    try:
        right = read_agreement(made) == wanted
    except Unreadable:
        right = False
    if not right:
        raise _by_hand(str(file))


def _with_lines(text: str, groups: Sequence[Group], *, instead: bool, name: str) -> str:
    """The text with the groups after its last one, or in place of them all."""
    listed = _groups_in(text)
    if listed is None or listed.flow_style or not listed.value:
        raise _by_hand(name)
    first, last = text.rfind("\n", 0, listed.start_mark.index) + 1, _end(text, listed)
    line_end = "\r\n" if "\r\n" in text else "\n"
    lines = yaml_of(groups, listed.start_mark.column).replace("\n", line_end)
    if instead:
        return text[:first] + lines + text[last:]
    gap = "" if text[:last].endswith("\n") else line_end
    return text[:last] + gap + lines + text[last:]


def _groups_in(text: str) -> SequenceNode | None:
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = tree.value if isinstance(tree, MappingNode) else []
    found = next((value for key, value in pairs if key.value == "groups"), None)
    return found if isinstance(found, SequenceNode) else None


def _end(text: str, listed: SequenceNode) -> int:
    """Where the line after the last word of the last group begins; the list's own end is after what follows."""
    index: int = max(leaf.end_mark.index for leaf in _leaves(listed))
    if text[index - 1] == "\n":
        return index
    line_end = text.find("\n", index)
    return len(text) if line_end < 0 else line_end + 1


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, ScalarNode) or (isinstance(node, (SequenceNode, MappingNode)) and node.flow_style):
        yield node
    elif isinstance(node, MappingNode):
        for _, value in node.value:
            yield from _leaves(value)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            yield from _leaves(value)


def _lines(group: Group) -> Iterator[str]:
    yield f"- name: {_word(group.name)}"
    yield f"  type: {_word(group.type)}"
    yield f"  calendar: {_word(group.calendar)}"
    yield f"  match: [{', '.join(_word(words) for words in group.match)}]"
    if group.papers is not None:
        yield f"  papers: {group.papers}"
    if group.officer:
        yield f"  officer: {_word(group.officer)}"


def _word(text: str) -> str:
    """The words plain where YAML takes them so, else in quotes."""
    if PLAIN.fullmatch(text) and text.casefold() not in NOT_PLAIN:
        return text
    return json.dumps(text, ensure_ascii=False)


def _by_hand(file: str) -> Unreadable:
    what = "its list of groups is written in a way that we can't add to without changing more"
    return Unreadable([Fault(file, 0, what, "Paste the lines that were shown under 'groups:' yourself")])
