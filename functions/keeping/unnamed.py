"""Takes names out of what is kept: the title of an old meeting, and whatever names one person."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from ledger.entries import Json
from models.keys import series_key, short_key
from models.retention import day_of, is_past, titles_until

SOMEBODY = "somebody"
VENUE = "The venue"


def without_old_titles(alert: Json, today: date) -> Json:
    """An alert as it is saved, without title, place, organiser and addresses of meetings that are long past."""
    findings = [_finding(one, today) for one in alert["findings"]]
    return alert if findings == list(alert["findings"]) else {**alert, "findings": findings}


def named_in(alert: Json, today: date) -> int:
    """How many meetings of an alert still have a title that is to go."""
    return sum(_finding(one, today) != one for one in alert["findings"])


def _finding(finding: dict[str, Any], today: date) -> dict[str, Any]:
    meeting = finding["meeting"]
    if not meeting or not is_past(titles_until(_day(meeting["starts"])), today):
        return finding
    place, series = meeting["place"], meeting["series"]
    plain = {"uid": meeting["key"], "title": "", "place": "", "organiser": "", "source": ""}
    because = finding["because"].replace(place, VENUE) if place else finding["because"]
    return {
        **finding,
        "because": because,
        "series": _series(finding["series"]),
        "meeting": {**meeting, **plain, "series": _series(series)},
    }


def _series(series: str) -> str:
    """A series by its key; that has no address in it, and doing it again changes nothing."""
    return series if not series or re.fullmatch(r"[a-z2-7]{20}", series) else series_key(series)


def without_old_meetings(value: Json, today: date) -> Json:
    """What is remembered, without those meetings in its lists that are long past."""
    return {name: _list(one, today) if isinstance(one, list) else one for name, one in value.items()}


def _list(value: list[Any], today: date) -> list[Any]:
    return [one for one in value if not (isinstance(one, dict) and _is_old(one, today))]


def _is_old(one: dict[str, Any], today: date) -> bool:
    starts = one.get("starts")
    return isinstance(starts, str) and is_past(titles_until(_day(starts)), today)


def record_without_old_titles(value: Json, today: date) -> Json:
    """A month's record without the titles of meetings that are long past."""
    entries = [_entry(one, today) for one in value.get("entries", ())]
    return value if entries == list(value.get("entries", ())) else {**value, "entries": entries}


def _entry(one: dict[str, Any], today: date) -> dict[str, Any]:
    day = one.get("day")
    if not one.get("title") or not day or not is_past(titles_until(date.fromisoformat(day)), today):
        return one
    return {name: told for name, told in one.items() if name != "title"}


def mentions(value: Any, words: Iterable[str]) -> bool:
    """Whether one of the words stands anywhere in a value, as a name or a text, whatever its capitals."""
    pattern = _pattern(words)
    return any(pattern.search(text) for text in _texts(value))


def without(value: Any, words: Iterable[str], instead: str = SOMEBODY) -> Any:
    """The value with every one of the words replaced, whatever its capitals.

    What is kept under such a word, or is nothing else in a list, goes as a whole.
    """
    return _replaced(value, _pattern(words), instead)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """The words as they stand by themselves: an address that is part of a longer one is somebody else's."""
    told = [(r"\s+".join(map(re.escape, word.split())), "@" in word) for word in words]
    parts = [
        rf"(?<![\w.%+'-]){word}(?![\w-]|\.\w)" if address else rf"(?<!\w){word}(?!\w)"
        for word, address in told
    ]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def id_without(id: str, words: Iterable[str]) -> str:
    """An id that has one of the words in it becomes another one, which says nothing: always the same."""
    return short_key(f"unnamed\n{id}") if mentions(id, words) else id


def _replaced(value: Any, pattern: re.Pattern[str], instead: str) -> Any:
    match value:
        case str():
            return pattern.sub(instead, value)
        case Mapping():
            return {
                name: _replaced(one, pattern, instead)
                for name, one in value.items()
                if not pattern.search(name)
            }
        case list() | tuple():
            return [_replaced(one, pattern, instead) for one in value if not _is_the_word(one, pattern)]
    return value


def _is_the_word(value: Any, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _texts(value: Any) -> Iterable[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for name, one in value.items():
                yield from _texts(name)
                yield from _texts(one)
        case list() | tuple():
            for one in value:
                yield from _texts(one)


def _day(moment: str) -> date:
    return day_of(datetime.fromisoformat(moment))
