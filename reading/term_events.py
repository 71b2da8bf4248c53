"""What an entry of a school calendar is about, by its title and length: a holiday, a term, a day off."""

import re
from enum import StrEnum

SINGLE_DAYS = 5  # an INSET entry of up to a week is days off inside a term
SHORTEST_TERM = 21  # days; a "half term" that is longer is a term of schools that count six


class Kind(StrEnum):
    """What an entry says of its days."""

    HOLIDAY = "holiday"
    TERM = "term"
    DAY_OFF = "day off"
    MARKER = "marker"  # "Autumn term starts": one day that says nothing of the days between
    OTHER = "other"


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE)


INSET = _words(
    "inset", "in-?service", "staff training", "training days?", "professional (development|learning)"
)
INSET_TOO = _words(
    "pd days?", "teacher days?", "non-pupil", "occasional days?", "staff days?", "staff development"
)
BANK = _words(
    "bank holiday", "public holiday", "good friday", "easter monday", "may day", "christmas day", "boxing day"
)
SHUT = _words(
    "holidays?\\b", "hols\\b", "vacation", "recess\\b", "break\\b", "closed", "closure", "closes", "shut\\b"
)
HALF_TERM = _words("half[ -]?terms?\\b")
TERM = _words("terms?\\b", "(autumn|spring|summer|michaelmas|lent|trinity) ?\\d?\\b")
FEASTS = _words("christmas", "easter", "whit(sun)?\\b", "wakes\\b")
MARKER = _words(
    "starts?\\b", "begins?\\b", "ends?\\b", "finish", "opens?\\b", "re-?opens?", "return", "breaks? up"
)
MARKER_TOO = _words("first day", "last day", "back to school", "resumes?")

PLAIN = re.compile(
    r"the|school|schools|holidays?|hols|half|term|halfterm|break|week|weeks|vacation|closed|shut|autumn|spring|summer|winter"
    r"|october|february|may|june|christmas|easter|whit|whitsun|and|for|new|year|years|s|\d+"
)


def kind_of(title: str, days: int) -> Kind:
    """The kind of an entry with this title that lasts so many days."""
    if (INSET.search(title) or INSET_TOO.search(title)) and days <= SINGLE_DAYS:
        return Kind.DAY_OFF
    if BANK.search(title) and days <= 2:
        return Kind.DAY_OFF
    if days == 1 and (MARKER.search(title) or MARKER_TOO.search(title)):
        return Kind.MARKER
    if SHUT.search(title):
        return Kind.HOLIDAY if days > 2 else Kind.DAY_OFF
    if HALF_TERM.search(title):
        return Kind.TERM if days > SHORTEST_TERM else Kind.HOLIDAY
    if TERM.search(title):
        return Kind.TERM if days > SINGLE_DAYS else Kind.MARKER
    return Kind.HOLIDAY if FEASTS.search(title) and days > 2 else Kind.OTHER


def day_off(title: str) -> str:
    """What people call a single day off."""
    if INSET.search(title) or INSET_TOO.search(title):
        return "an INSET day"
    if title.casefold() in ("bank holiday", "public holiday"):
        return "a bank holiday"
    return f"a bank holiday ({title})" if BANK.search(title) else title


def is_plain(title: str) -> bool:
    """Whether a title says no more than the dates do ("February half-term", "School holiday 2026")."""
    return all(PLAIN.fullmatch(word) for word in re.split(r"[\W_]+", title.casefold()) if word)
