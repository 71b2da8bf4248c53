"""Probably moved: a meeting that is gone and a new one that looks like it, in the same group.

People move a meeting by deleting it and booking another, and its papers and what was said of it should
follow. Only a print of title and organiser is kept of a meeting that is gone, never its title.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from models.facts import Meeting

FURTHEST = 28  # days between the old date and the new, either way (DESIGN.md, Words and states)

_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_WEEKDAY = r"(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thurs?|fri|sat|sun),?\s+)?"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+20\d\d)?"
_DATE = re.compile(
    rf"\b{_WEEKDAY}(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d\d)"
    rf"|{_NUMBER}\s+(?:of\s+)?{_MONTH}{_YEAR}|{_MONTH}\s+{_NUMBER}{_YEAR})\b"
)
_SAID = "(?:cancel(?:led|ed)|postponed|rescheduled|moved|updated|new date|new time)"
_REMARK = re.compile(rf"^(?:\W*{_SAID}\s*[:\-–—]+)+|\(\s*{_SAID}\s*\)")


@dataclass(frozen=True, slots=True)
class Gone:
    """A meeting that was deleted or called off: its key, the day it would have been, and its print."""

    key: str
    day: date
    print: str


def fingerprint(meeting: Meeting) -> str:
    """The same for two meetings of one title and organiser; empty where there is nothing to go by.

    "Canceled:" before a title and a date in it are passed over: they change when a meeting moves. Other
    numbers stay, because "Priority Group 2" is not "Priority Group 3". Private meetings have none.
    """
    title, organiser = _plain(meeting.title), meeting.organiser.strip().casefold()
    if meeting.private or not title or not organiser:
        return ""
    return sha256(f"{title}\n{organiser}".encode(errors="surrogatepass")).hexdigest()


def moves(gone: Iterable[Gone], new: Iterable[Meeting]) -> Mapping[str, str]:
    """Which old key each new meeting probably has, all of one group: new key to old key.

    Two belong together where their prints agree, they lie within 28 days, and each is nearer to the other
    than to any third. Where two are equally near we can't tell, and nothing follows. Each key is used once.
    """
    olds, news = _by_print(gone), _by_print(_remembered(new))
    return {
        new_key: old_key
        for print in sorted(olds.keys() & news.keys() - {""})
        for old_key, new_key in _pairs(olds[print], news[print])
    }


def followed[Known](moved: Mapping[str, str], by_key: Mapping[str, Known]) -> Mapping[str, Known]:
    """What is known by key, where the new key of a moved meeting stands for its old one too.

    `moved` leads from new keys to old ones, and may do so in several steps: what is known of the latest
    counts. A meeting with something known of its own keeps that.
    """
    after = dict(by_key)
    for key in moved:
        known_as = _last_known(key, moved, by_key)
        if known_as:
            after[key] = by_key[known_as]
    return after


def former_keys(key: str, moved: Mapping[str, str]) -> list[str]:
    """The keys that a meeting had before, the latest first; `moved` leads from each new key to the old one."""
    found: list[str] = []
    while (key := moved.get(key, "")) and key not in found:
        found.append(key)
    return found


def _plain(title: str) -> str:
    words = _DATE.sub(" ", _REMARK.sub("", title.casefold()))
    return " ".join(re.split(r"[\W_]+", words)).strip()


def _remembered(meetings: Iterable[Meeting]) -> Iterable[Gone]:
    return (Gone(one.key, one.day, fingerprint(one)) for one in meetings if not one.cancelled)


def _by_print(meetings: Iterable[Gone]) -> dict[str, dict[str, date]]:
    """The day of each, by print and key, in an order that does not depend on theirs."""
    found: dict[str, dict[str, date]] = {}
    for one in sorted(meetings, key=lambda one: (one.day, one.key)):
        found.setdefault(one.print, {})[one.key] = one.day
    return found


def _pairs(old: Mapping[str, date], new: Mapping[str, date]) -> Iterable[tuple[str, str]]:
    """Those that are each other's nearest; a key on both sides is no move and stands in nobody's way."""
    here = {key: day for key, day in old.items() if key not in new}
    there = {key: day for key, day in new.items() if key not in old}
    for old_key, day in here.items():
        new_key = _nearest(day, there)
        if new_key and _nearest(there[new_key], here) == old_key:
            yield old_key, new_key


def _nearest(day: date, others: Mapping[str, date]) -> str:
    """The one that is nearest in time; none where two are equally near, or all too far."""
    by_distance = sorted((abs((other - day).days), key) for key, other in others.items())
    near = [(distance, key) for distance, key in by_distance[:2] if distance <= FURTHEST]
    if not near or (len(near) == 2 and near[0][0] == near[1][0]):
        return ""
    return near[0][1]


def _last_known(key: str, moved: Mapping[str, str], by_key: Mapping[str, object]) -> str:
    """The first key of a chain of moves that something is known of; empty where there is none."""
    seen: set[str] = set()
    while key not in by_key:
        if key in seen or key not in moved:
            return ""
        seen.add(key)
        key = moved[key]
    return key
