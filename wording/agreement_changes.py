"""What changed between two agreements, in sentences that a chair can read, promises on and off first."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from models import spoken
from models.agreement import Agreement, Group, Promise, Route, Strength
from models.agreement_changes import (
    ADDED,
    CHECKED,
    LEFT,
    OFF,
    ON,
    PERHAPS_RENAMED,
    RENAMED,
    About,
    Change,
    changes,
)
from models.days import Count
from models.quarters import YearStarts
from wording.agreements import DIVISIONS, FIRMNESS, WIDTH
from wording.plain import PARAGRAPH, clean
from wording.promise_words import how_checked

NOTHING = "No change that we look at."
NONE_GIVEN = "nothing"
HEADS = {  # in the order of `changes`: each part of the text under its head
    About.GROUP: "Groups",
    About.PROMISE: "Promises",
    About.COUNTING: "How days are counted",
    About.TERMS: "School terms",
    About.TELLING: "Who is told, and how often",
    About.AGREEMENT: "The agreement itself",
}
SWITCHES = "Turned on or off"
LABELS: Mapping[About, Mapping[str, str]] = {
    About.PROMISE: {
        "id": "the id",
        "clause": "the clause",
        "says": "the words",
        "strength": "how firm it is",
        "by": "who made it",
        "to": "who it was made to",
        "watched": "if we can check it",
        "applies_to": "the kinds of meeting",
        "warn": "the days of warning",
        "holiday_pause": "the pause in the holidays",
        "override": "who may agree to set it aside",
        "valid_from": "the first day",
        "valid_to": "the last day",
        "owner": "whose task it is",
        "audience": "who sees it",
        "asks": "what we ask",
    },
    About.GROUP: {
        "formerly": "the names it had before",
        "type": "the kind of meeting",
        "calendar": "the calendar",
        "match": "the words in its titles",
        "papers": "how its papers go out",
        "library": "where its papers lie",
        "since": "the first day",
        "until": "the last day",
        "officer": "the officer",
        "deputy": "the deputy",
    },
    About.COUNTING: {
        "bank_holidays": "whose bank holidays count",
        "saturdays": "if Saturdays count as working days",
        "count": "how we count",
    },
    About.TERMS: {
        "main": "whose school terms count",
        "also_warn": "whose holidays are worth a word too",
    },
    About.TELLING: {
        "manager": "the name of the manager's role",
        "forum_chair": "the name of the forum chair's role",
        "second_after": "working days until the second step",
        "third_after": "working days until the third step",
        "messages_a_week": "messages a week to an officer, at most",
        "urgent_a_week": "urgent mails a week to a rep, at most",
        "managers_day": "the manager's day for the list",
    },
    About.AGREEMENT: {
        "agreement": "the name",
        "id": "the id",
        "agreed_on": "the day it was agreed",
        "next_review": "the day of the next review",
        "question": "the question that is open",
        "source": "where it comes from",
        "year_starts": "when the year starts",
        "meeting_types": "the other kinds of meeting",
    },
}
ROUTES = {
    Route.INVITE: "with the invitation",
    Route.MAIL: "by mail",
    Route.LIBRARY: "in a library",
    Route.TICKED: "a person ticks them",
}
COUNTED = {
    Count.COUNTED: "the day of sending counts, the day of the meeting does not",
    Count.CLEAR: "only clear days count",
    Count.UNSETTLED: "not settled",
    Count.CALENDAR: "every day counts, weekends too",
    Count.INCLUSIVE: "both ends count",
}
QUOTED = frozenset({"says", "asks", "question", "match", "type", "applies_to", "meeting_types"})
PEOPLE = {"officer": "the officer", "manager": "the manager", "forum": "the forum"}
NEW_ID = (
    "This counts as a new agreement. All groups are quiet at first. Only the manager is told until they are "
    "released again."
)


def changes_text(old: Agreement, new: Agreement) -> str:
    """What `agreement diff` prints: every change under the head of its part."""
    found = changes(old, new)
    if not found:
        return f"{NOTHING}\n"
    parts: dict[str, list[str]] = {}
    for change in found:
        head = SWITCHES if change.what in (ON, OFF) else HEADS[change.about]
        parts.setdefault(head, []).append(change_words(change, old, new))
    return "\n\n".join("\n".join([head, *map(_wrapped, lines)]) for head, lines in parts.items()) + "\n"


def changes_json(old: Agreement, new: Agreement) -> dict[str, Any]:
    """What `agreement diff --format json` prints: each change as data, with its sentence."""
    return {
        "old": {"agreement": clean(old.name), "id": old.key},
        "new": {"agreement": clean(new.name), "id": new.key},
        "changes": [
            {
                "about": change.about.value,
                "name": clean(change.name),
                "what": change.what,
                "before": _data(change, change.before),
                "after": _data(change, change.after),
                "says": change_words(change, old, new),
            }
            for change in changes(old, new)
        ],
    }


def sentences(old: Agreement, new: Agreement) -> tuple[str, ...]:
    """Every change in words, the most telling ones first."""
    return tuple(change_words(change, old, new) for change in changes(old, new))


def change_words(change: Change, old: Agreement, new: Agreement) -> str:
    """One change in plain words."""
    match change.about, change.what:
        case About.PROMISE, str(what) if what in (ADDED, LEFT, ON, OFF):
            return _promise(what, change.after or change.before)
        case About.PROMISE, str(what) if what == CHECKED:
            return _checked(change.before, change.after, old, new)
        case About.GROUP, str(what) if what in (ADDED, LEFT, RENAMED, PERHAPS_RENAMED):
            return _group(change)
        case About.GROUP, str():
            place = f"{_name(change.name)}, "
        case About.PROMISE, str():
            place = f"{clean(change.name)}, "
        case _:
            place = ""
    return _before_and_now(place, change)


def _promise(what: str, promise: Promise) -> str:
    place = f"{clean(promise.id)} (clause {clean(promise.clause)})"
    words = f"“{clean(promise.says, PARAGRAPH)}”"
    cannot = "" if promise.is_watched else " The program can't check it yet."
    match what:
        case str(word) if word == ON:
            return f"{place} is on now: {words}.{cannot}"
        case str(word) if word == OFF:
            return f"{place} is off now: {words}. Nobody is told about it."
        case str(word) if word == LEFT:
            return f"{place} has left the agreement: {words}."
    return f"{place} is new and {'on' if promise.on else 'off'}: {words}.{cannot}"


def _checked(was: Promise, promise: Promise, old: Agreement, new: Agreement) -> str:
    before, after = how_checked(was, old), how_checked(promise, new)
    place = clean(promise.id)
    if before == after:  # neither can be checked yet, so there are no words for what it asks
        return f"{place}: how it will be checked is written anew. {after}"
    return f"{place}, how it is checked. Before: {before} Now: {after}"


def _group(change: Change) -> str:
    name = _name(change.name)
    match change.what:
        case str(word) if word == RENAMED:
            return f"{_name(change.before)} is now called {name}."
        case str(word) if word == PERHAPS_RENAMED:
            was = _name(change.before)
            return f"Is {name} the same group as {was}? Then write {was} under 'formerly' of {name}."
        case str(word) if word == LEFT:
            return f"{name} has left the agreement. We look at its meetings no more."
    group: Group = change.after
    return f"{name} is new (“{clean(group.type)}”). Only the manager is told until it is released."


def _before_and_now(place: str, change: Change) -> str:
    label = LABELS[change.about][change.what]
    if not place:
        label = label[0].upper() + label[1:]
    before, after = (_value(change, value) for value in (change.before, change.after))
    said = f"{place}{label}. Before: {before}. Now: {after}.".replace("..", ".").replace(".”.", ".”")
    return f"{said} {NEW_ID}" if (change.about, change.what) == (About.AGREEMENT, "id") else said


def _value(change: Change, value: Any) -> str:
    """A value as people say it; `nothing` where none is given."""
    match value:
        case None | "" | ():
            return NONE_GIVEN
        case bool():
            return "yes" if value else "no"
        case Count():
            return COUNTED[value]
        case Strength():
            return FIRMNESS[value]
        case Route():
            return ROUTES[value]
        case YearStarts():
            return f"in {value.title()}"
        case date():
            return spoken.day(value)
        case tuple():
            return spoken.listed([_word(change, str(one)) for one in value])
    return _word(change, str(value))


def _word(change: Change, word: str) -> str:
    match change.what:
        case "bank_holidays":
            return DIVISIONS[word]
        case "audience":
            return PEOPLE[word]
        case what if what in QUOTED:
            return f"“{clean(word, PARAGRAPH)}”"
    return clean(word, PARAGRAPH)


def _name(name: str) -> str:
    return clean(name) or NONE_GIVEN


def _data(change: Change, value: Any) -> Any:
    """A value as JSON has it; of a switch only the switch."""
    if change.what in (ON, OFF) and isinstance(value, Promise):
        return value.on
    if change.what == CHECKED and isinstance(value, Promise):
        return {"operator": value.operator.value, "test": _plain(value.test)}
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _wrapped(line: str) -> str:
    """A change as lines that fit a terminal; what it was and what it is begin a line each."""
    first, found, rest = line.partition(" Before: ")
    parts = [first]
    if found:
        was, _, is_now = rest.rpartition(" Now: ")
        parts += [f"Before: {was}", f"Now:    {is_now}"]
    return "\n".join(
        textwrap.fill(
            part,
            WIDTH,
            initial_indent="      " if number else "  ",
            subsequent_indent=" " * 14 if number else "      ",
            break_on_hyphens=False,
        )
        for number, part in enumerate(parts)
    )


def told_as_changed(lines: Sequence[str], most: int) -> str:
    """The one sentence that the manager gets: the first changes, and how many there are besides."""
    more = len(lines) - most
    rest = f" And {spoken.count(more, 'more change')}." if more > 0 else ""
    return f"The agreement changed: {' '.join(lines[:most])}{rest}"
