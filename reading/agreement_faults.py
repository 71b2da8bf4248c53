"""What is wrong in an agreement, in words for the person who wrote it: where, what and the cure."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from models.agreement import (
    TEST_OF,
    Agreement,
    CountingRule,
    Group,
    Operator,
    Promise,
    TellingRule,
    TermsRule,
)
from models.operators import AgreementError
from reading.faults import Fault
from reading.quoting import did_you_mean, nearest, quoted
from reading.yaml_lines import Place, Written

PARTS: dict[str, type[BaseModel]] = {
    "working_days": CountingRule,
    "terms": TermsRule,
    "telling": TellingRule,
    "groups": Group,
    "promises": Promise,
}
ARTICLES = {"promises": "promise", "groups": "group"}

type Sentence = tuple[str, str]  # what, cure


def faults_of(error: ValidationError, written: Written, *, told_already: bool) -> Iterator[Fault]:
    """Each thing that does not fit the model of an agreement, at its line.

    What the model says of the file as a whole is left out where the reader has told it better already.
    """
    for found in error.errors(include_url=False):
        place: Place = tuple(found["loc"])
        if (not place and told_already) or _not_really_empty(dict(found)):
            continue
        what, cure = _sentence(dict(found), place, written)
        yield Fault(written.file, written.line(place), f"{whose(place, written)}{what}", cure)


def whose(place: Place, written: Written) -> str:
    """The promise or group a place belongs to, as the start of a sentence: "promise P04: "."""
    if len(place) < 2 or place[0] not in ARTICLES or not isinstance(place[1], int):
        return ""
    article = ARTICLES[str(place[0])]
    name = written.words.get((*place[:2], "id" if article == "promise" else "name"))
    return f"{article} {quoted(name)[1:-1]}: " if name else f"{article} number {place[1] + 1}: "


def _not_really_empty(found: dict[str, Any]) -> bool:
    """A list that pydantic calls too short because the parts in it are faulty, and told by themselves."""
    return found["type"] == "too_short" and bool(found["input"])


def _sentence(found: dict[str, Any], place: Place, written: Written) -> Sentence:
    name = quoted(next((part for part in reversed(place) if isinstance(part, str)), "the file"))
    kind, value, told = found["type"], found["input"], found.get("ctx", {})
    if isinstance(told.get("error"), AgreementError):
        return told["error"].what, told["error"].cure
    if kind == "missing":
        return f"{name} is missing", f"Add a line '{name[1:-1]}: ...'"
    if kind == "extra_forbidden":
        return _unknown_name(place, written)
    if value is None:
        return f"{name} has no value", "Write one after the colon, or delete the line"
    if kind in ("literal_error", "enum"):
        choices = re.findall(r"'([^']*)'", told["expected"])
        return f"{name} can't be {_short(value, place, written)}", did_you_mean(value, choices)
    if kind == "string_type":
        return _not_words(name, value, written.words.get(place))
    if kind.startswith("date") and isinstance(value, str):
        return _not_a_day(name, value)
    what, cure = next((sentence for start, sentence in BY_KIND.items() if kind.startswith(start)), OTHERWISE)
    bound = next((limit for key, limit in told.items() if key in ("ge", "le", "lt")), "")
    example = quoted(value)[1:-1] if isinstance(value, str) else "one, two"
    words = {"name": name, "value": _short(value, place, written), "bound": bound, "example": example}
    return what.format(**words), cure.format(**words)


def _unknown_name(place: Place, written: Written) -> Sentence:
    model = _model_at(place[:-1], written)
    names = [field.alias or name for name, field in model.model_fields.items()] if model else []
    near = nearest(place[-1], names)
    what = f"{quoted(place[-1])} is not a name we know here"
    if near:
        return what, f"Did you mean {quoted(near)}? Change it, or delete the line"
    return what, f"Delete it, or use one of these: {', '.join(names)}"


def _model_at(place: Place, written: Written) -> type[BaseModel] | None:
    if not place:
        return Agreement
    if place[-1] == "test":
        named = written.words.get((*place[:-1], "operator"), "")
        return TEST_OF[Operator(named)] if named in TEST_OF else None
    return PARTS.get(str(place[0]))


def _not_words(name: str, value: object, as_written: str | None) -> Sentence:
    if as_written is not None:
        what = f"{name} is read as {_kind_of(value)}"
        return what, f'Put it in quotes: "{quoted(as_written)[1:-1]}"'
    return f"{name} should be words", "Write one line of words after the colon"


def _kind_of(value: object) -> str:
    if isinstance(value, bool):
        return "yes or no"
    return "a number" if isinstance(value, (int, float)) else "a date"


def _not_a_day(name: str, value: str) -> Sentence:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return f"{name} is {quoted(value)}, and there is no such day", "Look it up in a calendar"
        return f"{name} can't be {quoted(value)}", "Write the year first, without quotes: 2024-01-11"
    return f"{name} is a date in quotes", f"Write it without them: {day}"


def _short(value: object, place: Place, written: Written) -> str:
    """A value as it was written, or what kind of thing it is."""
    if isinstance(value, dict):
        return "a set of names"
    return "a list" if isinstance(value, list) else quoted(written.words.get(place, value))


CANT_BE = "{name} can't be {value}"
OTHERWISE: Sentence = (CANT_BE, "Look at a shipped agreement for what may stand here")

# By the start of pydantic's name for what is wrong; the first that fits is used.
BY_KIND: dict[str, Sentence] = {
    "date": (CANT_BE, "Write a date without quotes, year first: 2024-01-11"),
    "time": (CANT_BE, 'Write hours and minutes in quotes: "09:30"'),
    "int": (CANT_BE, "Write a whole number, such as 5"),
    "float": (CANT_BE, "Write a number, such as 0.5"),
    "finite": (CANT_BE, "Write a number, such as 0.5"),
    "bool": (CANT_BE, "Write true or false"),
    "greater_than_equal": (CANT_BE, "Write a number not less than {bound:g}"),
    "less_than_equal": (CANT_BE, "Write a number not more than {bound:g}"),
    "less_than": (CANT_BE, "Write a number less than {bound:g}"),
    "tuple": ("{name} should be a list", "Write it in square brackets: [{example}]"),
    "list": ("{name} should be a list", "Write it in square brackets: [{example}]"),
    "model": (CANT_BE, "Write names and values under it, each in its own line with more spaces in front"),
    "too_short": ("{name} is empty", "Add at least one"),
    "string_too_short": ("{name} is empty", "Write something after the colon"),
    "string_pattern": (CANT_BE, "Use letters, digits and hyphens, such as P04"),
}
