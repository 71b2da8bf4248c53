"""From the entries of a calendar file to one school calendar: of holidays or of terms, as it lists them."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from models.terms import LONGEST_HALF_TERM, Term, TermCalendar, holiday_name
from reading.faults import Fault, Unreadable
from reading.quoting import quoted
from reading.term_events import Kind, day_off, is_plain, kind_of
from reading.term_ics import Entries, Entry, read_entries
from reading.term_rows import SchoolYear, Spoilt
from reading.text_files import unreadable

ONE_DAY = timedelta(days=1)
SHORT = 2  # days; an unknown entry as short as this is a parents' evening, not a holiday


def calendar_from_entries(text: str, path: Path) -> tuple[TermCalendar, tuple[Fault, ...]]:
    """The school calendar in a calendar file, and a fault for each entry that can't be used."""
    read = read_entries(text, path)
    by_kind: dict[Kind, list[Entry]] = {kind: [] for kind in Kind}
    for entry in read.entries:
        by_kind[kind_of(entry.title, entry.days)].append(entry)
    holidays, terms, faults = by_kind[Kind.HOLIDAY], by_kind[Kind.TERM], list(read.faults)
    if not holidays and not terms:
        raise _nothing_said(by_kind, faults, path)
    of_terms = len(terms) > len(holidays)
    terms, overlaps = _without_overlaps(terms, path) if of_terms else ([], [])
    strange = [entry for entry in by_kind[Kind.OTHER] if entry.days > SHORT]
    faults += overlaps + [_strange(entry, path) for entry in strange]
    days_off = by_kind[Kind.DAY_OFF] + (holidays if of_terms else [])
    used = [*holidays, *terms, *by_kind[Kind.DAY_OFF]]
    merged = () if of_terms else _merged(holidays)
    calendar = TermCalendar(
        authority=read.name,
        terms=tuple(Term(entry.title, entry.first, entry.last) for entry in terms),
        holidays=merged,
        shut_days=MappingProxyType({day: _called(entry) for entry in days_off for day in _days(entry)}),
        source=str(path.name),
        covered_from=terms[0].first if terms else min(entry.first for entry in used),
        covered_until=max(entry.last for entry in used),
        unclear=_unclear(read, strange, overlaps),
        doubts=tuple(_doubts(merged, by_kind[Kind.OTHER], path)),
    )
    return calendar, tuple(sorted(faults, key=lambda fault: fault.line))


def _nothing_said(by_kind: dict[Kind, list[Entry]], faults: list[Fault], path: Path) -> Unreadable:
    if faults:
        return Unreadable(faults)
    what = "no entry in this calendar is called a holiday or a term"
    if by_kind[Kind.MARKER]:
        what = "this calendar has only the first and last days of terms"
    return unreadable(path, what, "Enter each holiday (or each term) from its first day to its last")


def _without_overlaps(terms: list[Entry], path: Path) -> tuple[list[Entry], list[Fault]]:
    clashing: set[Entry] = set()
    faults = []
    for earlier, later in pairwise(terms):
        if later.first <= earlier.last:
            clashing |= {earlier, later}
            what = f"{quoted(later.title)} overlaps {quoted(earlier.title)} in line {earlier.line}"
            faults.append(Fault(str(path), later.line, what, "Check both; until then neither is used"))
    return [term for term in terms if term not in clashing], faults


def _strange(entry: Entry, path: Path) -> Fault:
    what = (
        f"we can't tell whether {quoted(entry.title)} ({entry.first} to {entry.last}) is a holiday or a term"
    )
    return Fault(
        str(path), entry.line, what, "If schools are shut, put 'holiday' in its title, or else take it out"
    )


def _merged(holidays: Sequence[Entry]) -> tuple[Term, ...]:
    """Holidays in order; those that touch or overlap are one (summers are often cut at 1 August)."""
    merged: list[Entry] = []
    for entry in holidays:
        if merged and (entry.first - merged[-1].last).days <= 1:
            longer = max(merged[-1], entry, key=lambda one: one.days)
            last = max(merged[-1].last, entry.last)
            merged[-1] = Entry(merged[-1].line, longer.title, merged[-1].first, last)
        else:
            merged.append(entry)
    return tuple(Term(_called(entry), entry.first, entry.last) for entry in merged)


def _called(entry: Entry) -> str:
    """What people call an entry in which schools are shut."""
    if kind_of(entry.title, entry.days) is Kind.DAY_OFF:
        return day_off(entry.title)
    return holiday_name(entry.first, entry.last) if is_plain(entry.title) else entry.title


def _days(entry: Entry) -> list[date]:
    return [entry.first + n * ONE_DAY for n in range(entry.days)]


def _unclear(read: Entries, strange: Sequence[Entry], overlaps: Sequence[Fault]) -> tuple[Term, ...]:
    """Where an entry that can't be used may have said something."""
    spans = [Term("", entry.first, entry.last) for entry in strange]
    days = [*read.missing_at, *(None for _ in overlaps)]
    spoilt = [Spoilt("", SchoolYear.of(day) if day else None) for day in days]
    return tuple(dict.fromkeys([*spans, *(row.span() for row in spoilt)]))


def _doubts(holidays: Sequence[Term], others: Sequence[Entry], path: Path) -> list[str]:
    found = []
    for earlier, later in pairwise(holidays):
        if later.first - earlier.last > LONGEST_HALF_TERM:
            weeks = (later.first - earlier.last).days // 7
            what = f"there is no holiday for {weeks} weeks between {earlier.last} and {later.first}"
            found.append(
                str(Fault(str(path), 0, what, "Add the half term; until then those weeks are not known"))
            )
    for entry in others:
        if entry.days <= SHORT:
            what = f"{quoted(entry.title)} on {entry.first} is neither a holiday nor a term and is not used"
            found.append(
                str(Fault(str(path), entry.line, what, "If schools are shut, put 'holiday' in its title"))
            )
    return found
