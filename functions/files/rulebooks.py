"""Reads the agreement with its days and terms; the shipped copies serve where no file is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType

from functions.files import shipped
from models.agreement import Agreement
from models.days import WorkingDays
from models.rulebook import Rulebook
from models.terms import TermCalendar, Terms
from reading.agreements import faults_in, read_agreement
from reading.bank_holidays import working_days
from reading.closed_days import read_closed_days
from reading.faults import Fault, Unreadable
from reading.terms import read_terms


@dataclass(frozen=True, slots=True)
class BookRead:
    """A rulebook, the faults in the files it was made of, and what looks odd in the dates it uses."""

    book: Rulebook
    faults: tuple[Fault, ...]
    doubts: tuple[str, ...]


def read_book(
    agreement: Path | None = None, terms: Sequence[Path] = (), closed: Path | None = None
) -> BookRead:
    """The rulebook of an agreement; raises Unreadable where the agreement or the closed days can't be used."""
    agreed = read_agreement(agreement or shipped.AGREEMENT)
    days_closed, closed_faults = read_closed_days(closed or shipped.CLOSED_DAYS)
    working = working_days(agreed.working_days, days_closed)
    read, term_faults = _terms(terms or shipped.TERMS, working)
    looked_at = (agreed.terms.main, *agreed.terms.also_warn)
    doubts = [*_lint(agreement), *(doubt for name in looked_at for doubt in read.of(name).doubts)]
    doubts += [_unchecked(name) for name in looked_at if _waits_for_a_check(read.of(name))]
    return BookRead(Rulebook(agreed, working, read), (*closed_faults, *term_faults), tuple(doubts))


def known_type(wanted: str, agreement: Agreement) -> str:
    """The type of meeting as the agreement spells it; Unreadable, with the types there are, where it has none."""
    if not wanted:
        return ""
    types = sorted(agreement.types | set(agreement.meeting_types))
    found = next((name for name in types if name.casefold() == wanted.casefold()), None)
    if found is not None:
        return found
    near = get_close_matches(wanted.casefold(), types, n=1)
    hint = f"Perhaps you meant '{near[0]}'" if near else f"Use one of: {', '.join(types)}"
    raise Unreadable([Fault("--meeting-type", 0, f"this agreement has no meetings of type '{wanted}'", hint)])


def _lint(agreement: Path | None) -> list[str]:
    """What a person's own agreement says that will never work, such as a type that no group has."""
    return [str(fault) for fault in faults_in(agreement)] if agreement is not None else []


def _waits_for_a_check(calendar: TermCalendar) -> bool:
    return calendar.covered_until is not None and not calendar.checked_by


def _unchecked(name: str) -> str:
    return (
        f"Nobody has said yet that the school dates of {name} are right. Please check them, and say who did."
    )


def _terms(paths: Sequence[Path], working: WorkingDays) -> tuple[Terms, list[Fault]]:
    """The calendars of all files that can be read; a later file's takes the place of an earlier one."""
    calendars: dict[str, TermCalendar] = {}
    faults: list[Fault] = []
    for path in paths:
        try:
            found, wrong = read_terms(path, working.bank_holidays)
        except Unreadable as unreadable:
            faults += unreadable.faults
            continue
        calendars |= {calendar.name: calendar for calendar in found}
        faults += wrong
    return Terms(MappingProxyType(calendars)), faults
