"""Dates as people write them: 2026-02-13, 13/02/2026, "Friday 13 February 2026" with its weekday checked.

Typos are normal in term dates: in one afternoon we met "Friday 11th February" and "Monday 18th July 2025"
(a Friday). So nothing is guessed: what does not fit is told back with what does.
"""

import re
from datetime import date

from reading.quoting import quoted

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]00:00(?::00)?)?")
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: 00:00(?::00)?)?")
IN_WORDS = re.compile(
    r"(?:(?P<weekday>[a-z]+)\.?,?\s+)?(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?"
    r"(?P<month>[a-z]+)\.?,?(?:\s+(?P<year>\d{4}))?"
)
EARLIEST, LATEST = 1990, 2100  # years; what lies outside is a slip of the pen
WRITE_IT = "Write it as year-month-day, such as 2026-02-13"


class BadDateError(ValueError):
    """A date that can't be used: what is wrong, and the cure, both without a full stop."""

    def __init__(self, what: str, cure: str = WRITE_IT) -> None:
        super().__init__(what)
        self.what, self.cure = what, cure


def read_date(text: str, first: date | None = None, last: date | None = None) -> date:
    """The date a person wrote; `first` and `last` (a school year) help to explain one without a year."""
    plain = " ".join(text.split()).casefold()
    if not plain:
        raise BadDateError("the date is empty", "Fill it in as year-month-day, such as 2026-02-13")
    if match := ISO.fullmatch(plain.upper()):
        return _made(text, *map(int, match.groups()))
    if match := DAY_FIRST.fullmatch(plain):
        day, month, year = map(int, match.groups())
        return _made(text, year, month, day)
    if match := IN_WORDS.fullmatch(plain):
        return _from_words(text, match, first, last)
    raise BadDateError(f"{quoted(text)} is not a date we can read")


def _from_words(text: str, match: re.Match[str], first: date | None, last: date | None) -> date:
    month = _position(match["month"], MONTHS)
    weekday = _position(match["weekday"], WEEKDAYS) if match["weekday"] else None
    if month < 0 or weekday == -1:
        raise BadDateError(f"{quoted(text)} is not a date we can read")
    if match["year"] is None:
        raise BadDateError(
            f"{quoted(text)} has no year" + _would_be(match["day"], month, weekday, first, last)
        )
    found = _made(text, int(match["year"]), month + 1, int(match["day"]))
    if weekday is not None and found.weekday() != weekday:
        raise BadDateError(
            f"{quoted(text)} can't be right: {found.day} {found:%B %Y} is a {found:%A}",
            "Find out which of the two is meant, and write it as year-month-day, such as 2026-02-13",
        )
    return found


def _would_be(day: str, month: int, weekday: int | None, first: date | None, last: date | None) -> str:
    """What the date would be in its school year, said where it shows that the weekday is wrong."""
    if first is None or last is None:
        return ""
    try:
        likely = next(
            found
            for year in (first.year, last.year)
            if first <= (found := date(year, month + 1, int(day))) <= last
        )
    except (ValueError, StopIteration):
        return ""
    if weekday is None or likely.weekday() == weekday:
        return ""
    return f", and {likely.day} {likely:%B %Y} is a {likely:%A}"


def _made(text: str, year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        hint = "; the day comes before the month" if month > 12 >= day else ""
        raise BadDateError(f"there is no such day as {quoted(text)}{hint}") from None
    if not EARLIEST <= year <= LATEST:
        raise BadDateError(f"the year of {quoted(text)} can't be right", "Write a year such as 2026")
    return found


def _position(word: str, names: tuple[str, ...]) -> int:
    """Which weekday or month a word names, in full or from three letters on; -1 where it names none."""
    if word == "weds":
        return 2
    return next((n for n, name in enumerate(names) if len(word) > 2 and name.startswith(word)), -1)
