"""What a subject or the name of a folder says of a meeting: which group, and which days. People write both freely."""

import re
from collections.abc import Iterator
from datetime import date

from models.agreement import Agreement, Group
from models.groups import fits

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-./_ ])(\d{1,2})\2(\d{1,2})(?!\d)")
_RUN_TOGETHER = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_IN_WORDS = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+"
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?(?:,?[\s-]+(\d{4})(?!\d))?",
    re.IGNORECASE,
)


def days_in(text: str, near: date) -> tuple[date, ...]:
    """The days that a text names, in order, each once; where it leaves out the year, the nearest such day to `near`.

    2026-11-27, 20261127, 27/11/2026, 27 November 2026, 27 Nov, Fri 27th November. Day before month, as in Britain.
    """
    found = sorted(_days(_DASHES.sub("-", text), near))
    return tuple(dict.fromkeys(day for _, day in found))


def groups_named(text: str, agreement: Agreement) -> tuple[Group, ...]:
    """The groups that a text names: by their whole name, or by the words that stand in their titles."""
    named = agreement.group(text.strip())
    if named is not None:
        return (named,)
    names = {group.name for group in _fitting(text, agreement.groups)}
    return tuple(group for group in agreement.groups if group.name in names)


def could_name(text: str, group: Group) -> bool:
    """Whether a text could name this group. It looks at no other, so it is quick where there are hundreds."""
    called = (one.casefold() for one in (group.name, *group.formerly))
    return text.strip().casefold() in called or bool(_fitting(text, (group,)))


def _fitting(text: str, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    with_names = tuple(group.model_copy(update={"match": (*group.match, group.name)}) for group in groups)
    return fits(text.replace("_", " "), with_names)


def _days(text: str, near: date) -> Iterator[tuple[int, date]]:
    for match in _YEAR_FIRST.finditer(text):
        yield from _day(match, match[1], match[3], match[4])
    for match in _RUN_TOGETHER.finditer(text):
        yield from _day(match, match[1], match[2], match[3])
    for match in _DAY_FIRST.finditer(text):
        year = match[4] if len(match[4]) > 2 else f"20{match[4]}"
        yield from _day(match, year, match[3], match[1])
    for match in _IN_WORDS.finditer(text):
        yield from _in_words(match, near)


def _in_words(match: re.Match[str], near: date) -> Iterator[tuple[int, date]]:
    if match[2] == "may" and not match[3]:
        return  # "item 5 may be late"
    month = str(MONTHS.index(match[2][:3].lower()) + 1)
    years = [match[3]] if match[3] else [str(near.year + step) for step in (-1, 0, 1)]
    days = [found for year in years for found in _day(match, year, month, match[1])]
    yield from sorted(days, key=lambda found: abs(found[1] - near))[:1]


def _day(match: re.Match[str], year: str, month: str, day: str) -> Iterator[tuple[int, date]]:
    try:
        yield match.start(), date(int(year), int(month), int(day))
    except ValueError:
        return  # 31/02/2026, or digits that are no date
