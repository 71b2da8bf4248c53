"""What is wrong with one text that a person wrote: what it lacks, what nobody fills in, what no card holds."""

import re
from collections.abc import Iterable, Iterator

from models.texts import KINDS, PLACEHOLDER
from reading.quoting import nearest, quoted

BRACKETED = re.compile(r"\{([^{}]*)\}")

type Sentence = tuple[str, str]  # what, cure


def wrong_with(name: str, text: object, as_written: str | None = None) -> Iterator[Sentence]:
    """Everything that is wrong with the text of that name, each with a cure; nothing where it can be used.

    `as_written` are the words in the file where they were read as a number or a date.
    """
    if not isinstance(text, str):
        yield _not_words(text, as_written)
        return
    if not text.strip():
        yield "there are no words", "Write some, or delete the line: then the shipped text is said"
        return
    kind = KINDS[name]
    used, meant = set(PLACEHOLDER.findall(text)), set[str]()
    for inside in dict.fromkeys(BRACKETED.findall(text)):
        if inside not in kind.placeholders:
            near = nearest(inside, kind.placeholders - used)
            meant.add(near)
            yield _no_such_placeholder(inside, near, kind.placeholders)
    if lost := sorted(kind.needs - used - meant):
        yield f"{_listed(lost)} is missing", f"Put {_listed(lost)} where the program should fill it in"
    if re.search(r"[{}]", BRACKETED.sub("", text)):
        yield "there is a curly bracket without its partner", "Close it, or use (round) ones"
    if len(text) > kind.longest:
        yield (
            f"it has {len(text):,} letters and a card holds {kind.longest}",
            "Say it in fewer words",
        )


def _not_words(value: object, as_written: str | None) -> Sentence:
    if isinstance(value, (dict, list)):
        return "this is read as a list or a set of names", 'Put the whole text in "quotation marks"'
    if value is None:
        return "there are no words", "Write some, or delete the line: then the shipped text is said"
    return (
        "this is read as a number, a date or a yes or no",
        f'Put it in quotes: "{quoted(as_written)[1:-1]}"',
    )


def _no_such_placeholder(inside: str, near: str, choices: Iterable[str]) -> Sentence:
    what = f"nothing fills in {quoted('{' + inside + '}')} here"
    if near:
        return what, f"Did you mean {{{near}}}? Change it"
    known = sorted(choices)
    return what, f"This text may use: {_listed(known)}" if known else "Take it out: this text has none"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
