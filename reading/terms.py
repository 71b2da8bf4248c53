"""School terms from the files people have: a CSV list of terms, or a calendar (.ics) of holidays or terms."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from models.terms import TermCalendar, Terms
from reading.faults import Fault
from reading.term_calendars import calendar_from_entries
from reading.term_checks import doubts, without_overlaps
from reading.term_csv import term_rows
from reading.term_ics import is_calendar_file
from reading.term_rows import Spoilt, TermRow
from reading.text_files import text_of, unreadable

NO_TERMS = "The first row names the columns, each row below it one half term"


def terms_from(paths: Iterable[Path], bank_holidays: Mapping[date, str]) -> tuple[Terms, tuple[Fault, ...]]:
    """All calendars of some files. A later file's calendar replaces an earlier one of the same name."""
    calendars: dict[str, TermCalendar] = {}
    faults: list[Fault] = []
    for path in paths:
        found, wrong = read_terms(path, bank_holidays)
        calendars |= {calendar.name: calendar for calendar in found}
        faults += wrong
    return Terms(MappingProxyType(calendars)), tuple(faults)


def read_terms(
    path: Path, bank_holidays: Mapping[date, str]
) -> tuple[tuple[TermCalendar, ...], tuple[Fault, ...]]:
    """The calendars of one file and a fault for each line that is not used; CSV or ICS, by its content.

    Lines that are used but look odd are told in each calendar's `doubts`. Raises Unreadable where the
    file as a whole can't be used.
    """
    text = text_of(path)
    if is_calendar_file(text):
        calendar, wrong = calendar_from_entries(text, path)
        return (calendar,), wrong
    if path.suffix.casefold() == ".ics":
        raise unreadable(
            path, "this file does not begin as a calendar file does", "Export or download it again"
        )
    rows, spoilt, faults = term_rows(text, path)
    if not rows and not faults:
        raise unreadable(path, "there is no term in this file", NO_TERMS)
    by_name: dict[str, list[TermRow]] = {}
    for row in rows:
        by_name.setdefault(row.name.casefold(), []).append(row)
    calendars = []
    for own in by_name.values():
        stand, clashing, overlaps = without_overlaps(own, str(path))
        faults += overlaps
        also_spoilt = [Spoilt(row.name, row.year) for row in clashing]
        if stand:
            calendars.append(_calendar(stand, [*spoilt, *also_spoilt], bank_holidays, str(path)))
    return tuple(calendars), tuple(sorted(faults, key=lambda fault: fault.line))


def _calendar(
    rows: Sequence[TermRow], spoilt: Sequence[Spoilt], bank_holidays: Mapping[date, str], file: str
) -> TermCalendar:
    """One authority's or school's calendar out of its rows, which are in order and don't overlap."""
    first, last = rows[0], rows[-1]
    unclear = [row.span() for row in spoilt if row.touches(first.name)]
    missing = frozenset(str(row.year) for row in rows if any(span.holds(row.term.first) for span in unclear))
    checked = all(row.checked_by for row in rows)
    return TermCalendar(
        authority=first.authority,
        school=first.school,
        terms=tuple(row.term for row in rows),
        shut_days=MappingProxyType({day: why for row in rows for day, why in row.shut_days.items()}),
        source=_once_each(row.source for row in rows),
        checked_by=_once_each(row.checked_by for row in rows) if checked else "",
        checked_on=min((row.checked_on for row in rows if row.checked_on), default=None) if checked else None,
        covered_from=first.term.first,
        covered_until=max((row.covered_until for row in rows if row.covered_until), default=last.term.last),
        unclear=tuple(dict.fromkeys(unclear)),
        doubts=tuple(doubts(rows, bank_holidays, file, missing)),
    )


def _once_each(texts: Iterable[str]) -> str:
    return " ; ".join(dict.fromkeys(text for text in texts if text))
