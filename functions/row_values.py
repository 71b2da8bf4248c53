"""One value of a register row, from what SharePoint gives to what the rules expect."""

from collections.abc import Mapping
from datetime import date

from graph_client.list_columns import ColumnSeen
from graph_client.quirks.date_columns_in_site_time import date_in
from graph_client.quirks.formatted_text_in_columns import words_in
from models.columns import Column, Kind

YES, NO = frozenset({"yes", "true", "1"}), frozenset({"no", "false", "0"})
YES_OR_NO = ("Yes", "No")  # a choice that is empty until somebody has looked
INSIDE = ("Url", "LookupValue", "Label")  # where the words of a link, a lookup or a term stand


class NotUnderstood(ValueError):
    """What is wrong with a value and how to mend it, in words that follow "Row 7 of the list 'Venues'"."""


def value_in(given: object, declared: Column | None, seen: ColumnSeen) -> date | bool | str | None:
    """A day as a date, a box as True or False, all else as its words; None where it is empty.

    `declared` is None for a column that only the partnership's own agreement names: then SharePoint's kind
    of it counts. Raises NotUnderstood.
    """
    words = _words(given)
    if not words:
        return None
    if _holds_day(declared, seen):
        return _day(words, seen)
    if declared is not None and declared.choices == YES_OR_NO and isinstance(given, bool):
        return "Yes" if given else None  # a box starts as No, so No may mean that nobody has looked yet
    if declared.kind is Kind.YES_NO if declared is not None else isinstance(given, bool):
        return _yes_or_no(words, seen)
    return words


def _holds_day(declared: Column | None, seen: ColumnSeen) -> bool:
    if declared is None:
        return seen.kind == "dateTime"
    return declared.holds_day or declared.kind is Kind.DATE


def _day(words: str, seen: ColumnSeen) -> date:
    day = date_in(words)
    if day is None:
        raise NotUnderstood(f"has no date in '{seen.title}': write it as 2026-11-27")
    return day


def _yes_or_no(words: str, seen: ColumnSeen) -> bool:
    word = words.casefold()
    if word not in YES | NO:
        raise NotUnderstood(f"has neither yes nor no in '{seen.title}': tick the box or clear it")
    return word in YES


def _words(given: object) -> str:
    """Text without its markup; what holds several things has the words of each."""
    if given is None:
        return ""
    if isinstance(given, str):
        return words_in(given)
    if isinstance(given, Mapping):
        return next((_words(given[name]) for name in INSIDE if given.get(name)), "")
    if isinstance(given, list):
        return ", ".join(filter(None, map(_words, given)))
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    return str(given)
