"""What a YAML parser says about a file it can't read, in words for the person who wrote the file."""

import yaml

from reading.faults import Fault
from reading.quoting import quoted

# The parser's words, what they mean, and the cure; the first that fits is used.
MEANINGS = (
    (
        "mapping values are not allowed",
        "there is a second colon in this line",
        "Put words that hold a colon in quotes",
    ),
    (
        "could not find expected ':'",
        "this line has no colon",
        "Write a name, a colon and a space, then the value",
    ),
    (
        "end of stream",
        "something that starts here is never closed",
        "Close the quotation mark or the bracket",
    ),
    (
        "expected ',' or",
        "a bracket that starts here is not closed, or a comma is missing",
        "Write lists as [one, two]",
    ),
    (
        "found '<scalar>'",
        "something is odd here: a quotation mark in a line above may not be closed",
        "Close every quotation mark that is opened",
    ),
    (
        "expected <block end>",
        "this line does not line up with the lines above it",
        "Give lines that belong together the same spaces in front",
    ),
    (
        "unknown escape",
        'there is a backslash between "double" quotes',
        "Use 'single' quotes",
    ),
    (
        "cannot start any token",
        "a value starts with a sign that it can't start with",
        "Put the value in quotes",
    ),
    ("undefined alias", "a value starts with a star", "Put the value in quotes"),
    ("expected a single document", "there are two documents in one file", "Keep one in each file"),
)
OTHERWISE = ("this line can't be read as YAML", "Compare it with the same line of a shipped agreement")
STARTS_THERE = ("something that starts here", "a bracket that starts here", "this line has no colon")


def syntax_fault(file: str, error: yaml.MarkedYAMLError) -> Fault:
    """The fault of a file that is not YAML, at the line where a person would look."""
    said = f"{error.problem or ''} {error.context or ''}"
    what, cure = next(((what, cure) for words, what, cure in MEANINGS if words in said), OTHERWISE)
    mark = error.problem_mark or error.context_mark
    if what.startswith(STARTS_THERE) and error.context_mark is not None:
        mark = error.context_mark
    if mark is None:
        return Fault(file, 0, what, cure)
    return Fault(file, mark.line + 1, f"{what}{_words_there(mark)}", cure)


def _words_there(mark: yaml.Mark) -> str:
    """The words of the line, so that a person who has no line numbers finds it too."""
    buffer = getattr(mark, "buffer", None)
    if not buffer:
        return ""
    start = buffer.rfind("\n", 0, mark.pointer) + 1
    words = buffer[start : start + 200].split("\n")[0].strip("\0 \r")
    return f" ({quoted(words)})" if words.strip() else ""
