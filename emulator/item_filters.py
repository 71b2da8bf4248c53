"""Which rows of a list fit a $filter. A column without an index is refused, as SharePoint refuses it."""

import operator
import re
from collections.abc import Callable, Sequence
from typing import Any

from emulator.answers import Call, GraphError
from emulator.sites import Item, SharePointList

WARNED = "honornonindexedquerieswarningmayfailrandomly"
THRESHOLD = 5000
TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
CLAUSE = re.compile(r"fields/(\w+) (eq|ne|gt|ge|lt|le) ('(?:[^']|'')*'|[\w.\-]+)", re.IGNORECASE)
STARTS = re.compile(r"startswith\(fields/(\w+), ?('(?:[^']|'')*')\)", re.IGNORECASE)


def filtered(call: Call, wanted: SharePointList, asked: str | None) -> Sequence[Item]:
    """The rows that fit."""
    if asked is None:
        return wanted.items
    tests = []
    for clause in re.split(r" and (?=(?:[^']*'[^']*')*[^']*$)", asked.strip(), flags=re.IGNORECASE):
        column, test, value = _read(clause.strip())
        _check_index(call, wanted, column)
        tests.append((column, test, value))
    return [item for item in wanted.items if all(_fits(item, *each) for each in tests)]


def _read(clause: str) -> tuple[str, Callable[[Any, Any], bool], Any]:
    match = CLAUSE.fullmatch(clause)
    if match:
        return match[1], TESTS[match[2].lower()], _value(match[3])
    match = STARTS.fullmatch(clause)
    if match:
        return match[1], lambda have, want: str(have).startswith(want), _value(match[2])
    raise GraphError(400, "invalidRequest", f"The filter '{clause}' is not supported. Ask for fields/Column.")


def _value(text: str) -> Any:
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    if text.lower() in ("true", "false", "null"):
        return {"true": True, "false": False, "null": ""}[text.lower()]
    try:
        return float(text)
    except ValueError as wrong:
        raise GraphError(
            400, "invalidRequest", f"'{text}' is neither a text in quotes nor a number."
        ) from wrong


def _fits(item: Item, column: str, test: Callable[[Any, Any], bool], value: Any) -> bool:
    have = str(item.id) if column == "id" else item.fields.get(column, "")
    if isinstance(value, str) and isinstance(have, str):
        return test(have.casefold(), value.casefold())  # SharePoint compares without regard to case
    try:
        return test(have, value)
    except TypeError:
        return False


def _check_index(call: Call, wanted: SharePointList, name: str) -> None:
    columns = {column.name: column for column in wanted.columns}
    if name == "id":
        return
    if name not in columns:
        raise GraphError(400, "invalidRequest", f"Field '{name}' is not recognized")
    if columns[name].indexed:
        return
    if len(wanted.items) > THRESHOLD:
        # graph_samples, listitems_unindexed_filter_error.json; no header helps beyond 5,000 rows (graph.md §4)
        said = "The request is unprocessable because it uses too many resources"
        raise GraphError(422, "notSupported", said, inner_code="tooManyResources")
    if WARNED not in call.headers.get("prefer", "").lower():
        said = (
            f"Field '{name}' cannot be referenced in filter or orderby as it is not indexed. Provide the "
            "'Prefer: HonorNonIndexedQueriesWarningMayFailRandomly' header to allow this, but be warned that such "
            "queries may fail on large lists."
        )
        raise GraphError(400, "invalidRequest", said)
