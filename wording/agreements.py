"""An agreement in plain words: who promised what to whom, and how each promise is checked."""

import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from models import spoken
from models.agreement import Agreement, Promise, Strength
from models.days import Count, WorkingDays
from wording.plain import clean, sentence
from wording.promise_words import how_checked, worked_example

WIDTH = 96
FIRMNESS = {Strength.FIRM: "a firm promise", Strength.AIM: "an aim", Strength.INTENT: "a shared value"}
COUNTING = {
    Count.COUNTED: "The day of sending counts, the day of the meeting does not.",
    Count.CLEAR: "Only clear days count: not the day of sending, not the day of the meeting.",
    Count.UNSETTLED: "Nobody has said yet how to count. 'Counted' means the day of sending counts, 'clear' "
    "means it does not. We ask people by the earlier day, and call papers late only after the later one.",
    Count.CALENDAR: "Every day counts, weekends too.",
    Count.INCLUSIVE: "Both ends count: the day of sending and the day of the meeting.",
}
DIVISIONS = {
    "england-and-wales": "England and Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
}
ON = {True: "on", False: "off until both chairs turn it on"}
FORUM_ONLY = "Only the forum sees how this stands."


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseShown:
    """One promise as people read it."""

    id: str
    clause: str
    says: str
    by: str
    to: str
    strength: str
    covers: tuple[str, ...]
    checked: str
    example: str
    owner: str
    asks: str
    on: bool
    watched: bool
    forum_only: bool


def shown_promises(agreement: Agreement, working: WorkingDays, day: date) -> tuple[PromiseShown, ...]:
    """Every promise in plain words, in the agreement's order, with dates worked for a meeting on `day`."""
    return tuple(_shown(promise, agreement, working, day) for promise in agreement.promises)


def agreement_json(agreement: Agreement, working: WorkingDays, day: date) -> dict[str, Any]:
    """What `agreement show --format json` prints."""
    return {
        "agreement": clean(agreement.name),
        "id": agreement.key,
        "agreed_on": agreement.agreed_on.isoformat(),
        "question": clean(agreement.question),
        "source": clean(agreement.source),
        "counting": {"count": str(agreement.working_days.count), "in_words": _counting(agreement)},
        "terms": {"main": agreement.terms.main, "also_warn": list(agreement.terms.also_warn)},
        "telling": {**agreement.telling.model_dump(mode="json"), "in_words": _telling(agreement)},
        "groups": [group.model_dump(mode="json") for group in agreement.groups],
        "example_day": day.isoformat(),
        "promises": [asdict(shown) for shown in shown_promises(agreement, working, day)],
        "not_watched": [promise.id for promise in agreement.not_watched()],
    }


def agreement_text(agreement: Agreement, working: WorkingDays, day: date) -> str:
    """What `agreement show` prints: the promises that are watched in full, then a line for each other one."""
    promises = shown_promises(agreement, working, day)
    parts = [_head(agreement), *(_block(shown) for shown in promises if shown.watched)]
    waiting = [_line(shown) for shown in promises if not shown.watched]
    if waiting:
        parts.append("\n".join(["Not watched yet:", *waiting]))
    return "\n\n".join(parts) + "\n"


def _shown(promise: Promise, agreement: Agreement, working: WorkingDays, day: date) -> PromiseShown:
    return PromiseShown(
        id=promise.id,
        clause=clean(promise.clause),
        says=clean(promise.says),
        by=clean(promise.by),
        to=clean(promise.to),
        strength=FIRMNESS[promise.strength],
        covers=tuple(clean(kind) for kind in promise.applies_to),
        checked=how_checked(promise, agreement),
        example=worked_example(promise, agreement, working, day),
        owner=clean(promise.owner),
        asks=clean(promise.asks),
        on=promise.on,
        watched=promise.is_watched,
        forum_only=promise.forums_own,
    )


def _counting(agreement: Agreement) -> str:
    rule = agreement.working_days
    saturdays = (
        "Saturdays count as working days." if rule.saturdays else "Saturdays and Sundays do not count."
    )
    return f"{COUNTING[rule.count]} {saturdays} Nor do bank holidays of {DIVISIONS[rule.bank_holidays]}."


def _telling(agreement: Agreement) -> str:
    rule = agreement.telling
    first = f"after {spoken.count(rule.second_after, 'working day')} the deputy or the {clean(rule.manager)}"
    then = (
        f"after {rule.third_after} more the {clean(rule.forum_chair)} and the {clean(rule.manager)} together"
    )
    most = spoken.count(rule.messages_a_week, "message")
    return f"First whoever runs the meeting, {first}, {then}. At most {most} a week to an officer."


def _head(agreement: Agreement) -> str:
    warned = [clean(name) for name in agreement.terms.also_warn]
    also = f" We also mention holidays of {spoken.listed(warned)}." if warned else ""
    lines = [
        clean(agreement.name),
        f"Agreed on {spoken.day(agreement.agreed_on)}. {clean(agreement.source)}",
        clean(agreement.question),
        f"Working days: {_counting(agreement)}",
        f"School terms: {clean(agreement.terms.main)}.{also}",
        f"Who is told: {_telling(agreement)}",
        f"Groups: {'; '.join(f'{clean(group.name)} ({clean(group.type)})' for group in agreement.groups)}.",
    ]
    return "\n".join(_wrapped(line) for line in lines if line)


def _block(shown: PromiseShown) -> str:
    """One promise that is watched, with everything a person may ask about it."""
    lines = [f"{_place(shown)}: {shown.strength}, {ON[shown.on]}."]
    return "\n".join([*lines, *(_wrapped(line, "    ") for line in _details(shown))])


def _details(shown: PromiseShown) -> Iterator[str]:
    yield f'"{shown.says}"'
    if who := _who(shown):
        yield f"Promised by {who}."
    yield f"For: {', '.join(shown.covers)}."
    yield f"Kept if: {shown.checked}"
    if shown.example:
        yield f"Example: {shown.example}"
    if shown.asks:
        yield f"What we ask{f' ({shown.owner})' if shown.owner else ''}: {sentence(shown.asks)}"
    if shown.forum_only:
        yield FORUM_ONLY


def _line(shown: PromiseShown) -> str:
    who = f" ({_who(shown)})" if _who(shown) else ""
    only = f" {FORUM_ONLY}" if shown.forum_only else ""
    return _wrapped(f'{_place(shown)}{who}: "{shown.says}".{only}', "  ", "      ")


def _place(shown: PromiseShown) -> str:
    clauses = [clause.strip() for clause in shown.clause.split(",")]
    return f"{shown.id}, clause{'s' * (len(clauses) > 1)} {spoken.listed(clauses)}"


def _who(shown: PromiseShown) -> str:
    return f"{shown.by} to {shown.to}" if shown.by and shown.to else shown.by


def _wrapped(text: str, first: str = "", following: str = "") -> str:
    """Lines that fit a terminal; those after the first are set in."""
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=following or first + "  ", break_on_hyphens=False
    )
