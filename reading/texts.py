"""The texts that people are told, from YAML files that a council edits: its own words over the shipped ones.

A text that can't be used is told with its line and a cure, and the shipped one is said in its place. Nobody
goes without a card because of a slip in a file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from models.texts import KINDS, Texts
from reading.faults import Fault, Unreadable
from reading.quoting import nearest, quoted
from reading.texts_lint import Sentence, wrong_with
from reading.yaml_lines import HIDDEN, Place, Written, read_yaml

LANGUAGE, TEXTS = "language", "texts"
LANGUAGE_NAME = re.compile(r"[a-z]{2,3}")
ENGLISH = "en"
MOST_FAULTS = 200  # nobody mends more in one sitting
PARTS = tuple(dict.fromkeys(name.partition(".")[0] for name in KINDS))

type Found = dict[str, dict[str, str]]  # sound texts by language and name


@dataclass(frozen=True, slots=True)
class TextsRead:
    """The texts to use, and everything that is wrong in the files they came from."""

    texts: Texts
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """What one file holds: the language it asks for, its sound texts, its faults."""

    language: str
    found: Found
    faults: tuple[Fault, ...]


def read_texts(path: Path | None, shipped: Path, language: str = "") -> TextsRead:
    """The texts of a council's file over the shipped ones, name by name; no path: the shipped ones.

    Without a `language`, that which the council's file asks for, else the shipped file's. What a language
    does not have is said in the shipped file's own. Raises Unreadable where a file can't be read at all, or
    where the shipped file itself lacks a text.
    """
    ours = _read(shipped)
    theirs = _read(path) if path is not None and path != shipped else _File("", {}, ())
    wanted = language or theirs.language or ours.language or ENGLISH
    base = ours.found.get(ours.language or ENGLISH, {})
    missing = [name for name in KINDS if name not in base]
    if missing:
        lost = Fault(
            str(shipped), 0, f"there is no text {quoted(missing[0])}", "Add it, or ask for a new copy"
        )
        raise Unreadable([*ours.faults, lost])
    said = base | ours.found.get(wanted, {}) | theirs.found.get(wanted, {})
    faults = [*theirs.faults, *ours.faults]
    if wanted not in theirs.found and wanted not in ours.found:
        what = f"there are no texts in the language {quoted(wanted)}"
        known = ", ".join(sorted({*ours.found, *theirs.found}))
        faults.append(Fault(str(path or shipped), 0, what, f"Add them under 'texts', or use one of: {known}"))
    return TextsRead(Texts(wanted, MappingProxyType(said)), tuple(faults[:MOST_FAULTS]))


def _read(path: Path) -> _File:
    try:
        written = read_yaml(path)
    except Unreadable as unreadable:
        raise Unreadable(map(_in_quotes, unreadable.faults)) from None
    faults = list(written.faults)
    language = _language(written, faults)
    found: Found = {}
    for name, kinds in _languages(written, faults):
        found[name] = _texts_of(written, (TEXTS, name), kinds, faults)
    faults.sort(key=lambda fault: fault.line)
    return _File(language, found, tuple(dict.fromkeys(faults)))


def _in_quotes(fault: Fault) -> Fault:
    """The commonest slip, told as what it is: a text that starts with a placeholder, without its marks."""
    if ": {" not in fault.what:
        return fault
    return replace(fault, cure='Put the whole text in "quotation marks", above all one that starts with {')


def _language(written: Written, faults: list[Fault]) -> str:
    known = (LANGUAGE, TEXTS)
    faults += [_fault(written, (name,), _unknown(name, known)) for name in written.data if name not in known]
    language = written.data.get(LANGUAGE)
    if language is None:
        return ""
    if not isinstance(language, str) or not LANGUAGE_NAME.fullmatch(language):
        sentence = (
            f"'language' can't be {quoted(written.words.get((LANGUAGE,), 'a list'))}",
            "Write en, or cy",
        )
        faults.append(_fault(written, (LANGUAGE,), sentence))
        return ""
    return language


def _languages(written: Written, faults: list[Fault]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    texts = written.data.get(TEXTS)
    if not isinstance(texts, dict):
        sentence = "there is nothing under 'texts'", "Start from a copy of the shipped wording.yaml"
        faults.append(_fault(written, (TEXTS,), sentence))
        return
    for name, kinds in texts.items():
        if not LANGUAGE_NAME.fullmatch(name) or name in PARTS:
            sentence = (
                f"{quoted(name)} is not the short name of a language",
                "Put a line 'en:' above the texts",
            )
            faults.append(_fault(written, (TEXTS, name), sentence))
        elif not isinstance(kinds, dict):
            sentence = f"there are no texts under {quoted(name)}", "Write them below it, or delete the line"
            faults.append(_fault(written, (TEXTS, name), sentence))
        else:
            yield name, kinds


def _texts_of(
    written: Written, place: Place, parts: Mapping[str, Any], faults: list[Fault]
) -> dict[str, str]:
    """The sound texts of one language, by name."""
    found: dict[str, str] = {}
    for part, texts in parts.items():
        if part not in PARTS:
            faults.append(_fault(written, (*place, part), _unknown(part, PARTS)))
        elif not isinstance(texts, dict):
            sentence = f"{quoted(part)} holds texts, each in a line of its own below it", "Write them there"
            faults.append(_fault(written, (*place, part), sentence))
        else:
            for name, said in texts.items():
                text = _text_of(written, (*place, part, name), f"{part}.{name}", said, faults)
                if text:
                    found[f"{part}.{name}"] = text
    return found


def _text_of(written: Written, place: Place, name: str, said: object, faults: list[Fault]) -> str:
    """One text on one line; empty where it can't be used."""
    if name not in KINDS:
        here = [other.partition(".")[2] for other in KINDS if other.startswith(f"{place[-2]}.")]
        faults.append(_fault(written, place, _unknown(place[-1], here)))
        return ""
    if isinstance(said, str) and HIDDEN.search(said):
        return ""  # told already, by the reader of the file
    text = " ".join(said.split()) if isinstance(said, str) else said
    wrong = list(wrong_with(name, text, written.words.get(place)))
    faults += [_fault(written, place, (f"{name}: {what}", cure)) for what, cure in wrong]
    return text if isinstance(text, str) and not wrong else ""


def _unknown(name: object, choices: tuple[str, ...] | list[str]) -> Sentence:
    near = nearest(name, choices)
    what = f"{quoted(name)} is not a name we know here"
    if near:
        return what, f"Did you mean {quoted(near)}? Change it, or delete the line"
    return what, f"Delete it, or use one of these: {', '.join(choices)}"


def _fault(written: Written, place: Place, sentence: Sentence) -> Fault:
    return Fault(written.file, written.line(place), *sentence)
