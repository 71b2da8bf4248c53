"""Agreements before and after: every field changed once, in both directions, and all that can come and go."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from models.agreement import Agreement
from tests.wording.invented import AGREEMENT, BOARD, COMMS, EXECUTIVE

FRIDAY = date(2026, 11, 27)
OF_A_PROMISE: dict[str, Any] = {
    "clause": "4.7",
    "says": "Meetings will start at ten",
    "strength": "aim",
    "by": "the Council",
    "to": "the forum",
    "watched": "not yet",
    "applies_to": ["executive group"],
    "warn": 4,
    "holiday_pause": True,
    "override": "both chairs",
    "valid_from": FRIDAY,
    "valid_to": FRIDAY,
    "owner": "the officer",
    "audience": ["officer", "manager", "forum"],
    "asks": "Can it start later?",
}
OF_A_GROUP: dict[str, Any] = {
    "formerly": ["Comms Group"],
    "type": "partnership group",
    "calendar": "send.partnership@council.example",
    "match": ["comms", "words to parents"],
    "papers": "library",
    "library": "Papers",
    "since": FRIDAY,
    "until": FRIDAY,
    "officer": "Board officer",
    "deputy": "Deputy",
}
OF_THE_REST: dict[str, Any] = {
    "agreement": "Westshire agreement of 2026",
    "id": "westshire-2026",
    "agreed_on": FRIDAY,
    "next_review": FRIDAY,
    "question": "Is this still your agreement?",
    "source": "Agreed by the board.",
    "year_starts": "september",
    "meeting_types": ["steering meeting"],
}
COUNTING: dict[str, Any] = {"bank_holidays": "scotland", "saturdays": True, "count": "clear"}
TERMS: dict[str, Any] = {"main": "Northshire County Council", "also_warn": ["Southborough"]}
TELLING: dict[str, Any] = {
    "manager": "Board manager",
    "forum_chair": "Chair of the forum",
    "second_after": 3,
    "third_after": 4,
    "messages_a_week": 1,
    "urgent_a_week": 2,
    "managers_day": "Monday",
}


def data(agreement: Agreement = AGREEMENT) -> dict[str, Any]:
    """An agreement as plain data, to be changed at will."""
    return agreement.model_dump(by_alias=True, exclude_none=True)


def promise(changed: dict[str, Any], id: str) -> dict[str, Any]:
    """One promise of it."""
    return next(one for one in changed["promises"] if one["id"] == id)


def group(changed: dict[str, Any], name: str) -> dict[str, Any]:
    """One group of it."""
    return next(one for one in changed["groups"] if one["name"] == name)


def everything_changed() -> Agreement:
    """Each field of a promise, of a group and of all the rest has another value."""
    new = data() | OF_THE_REST | {"working_days": COUNTING, "terms": TERMS, "telling": TELLING}
    promise(new, "P04").update(OF_A_PROMISE)
    promise(new, "P04")["test"] = {"from": "09:30", "to": "14:00"}
    promise(new, "P01")["on"] = True
    promise(new, "P09")["on"] = True
    promise(new, "P17")["test"] = {"thing": "request", "least": 6, "unit": "weeks"}
    promise(new, "P06")["test"] = {"more_than": 0.6, "months": 6}
    promise(new, "P05")["id"] = "P50"
    group(new, COMMS).update(OF_A_GROUP)
    group(new, BOARD).update(name="SEND Improvement Board", formerly=[BOARD])
    group(new, EXECUTIVE)["name"] = "Steering Group"
    return Agreement.model_validate(new)


def with_a_calendar() -> tuple[Agreement, Agreement]:
    """A group that went as another of its kind came in the same calendar."""
    old, new = data(), data()
    for one, name in ((old, EXECUTIVE), (new, "Steering Group")):
        group(one, EXECUTIVE).update(calendar="send@council.example", name=name)
    return Agreement.model_validate(old), Agreement.model_validate(new)


def every_change() -> Iterator[tuple[Agreement, Agreement]]:
    """Pairs of agreements between which every kind of change is made, there and back."""
    for old, new in ((AGREEMENT, everything_changed()), with_a_calendar()):
        yield old, new
        yield new, old
