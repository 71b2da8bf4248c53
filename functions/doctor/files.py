"""The files that people edit, as they stand: the agreement, the school dates, the closed days, the texts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from functions.files import shipped
from functions.files.book_of_settings import Files
from functions.files.rulebooks import BookRead, read_book
from models import spoken
from models.agreement import Agreement
from models.review_days import NEXT, SOON, passed_on
from models.rulebook import Rulebook
from models.terms import TermCalendar
from reading.agreements import faults_in, read_agreement
from reading.closed_days import read_closed_days
from reading.faults import Fault, Unreadable
from reading.texts import read_texts
from wording.examined import Examined, look, well, wrong

AGREEMENT, TERMS, CLOSED_DAYS, TEXTS = "Agreement", "School dates", "Closed days", "Texts"


@dataclass(frozen=True, slots=True)
class FilesExamined:
    """What was found in the files; the agreement and the rulebook where there are any."""

    examined: tuple[Examined, ...]
    agreement: Agreement | None
    book: Rulebook | None


def files_examined(files: Files, faults: Iterable[Fault], today: date) -> FilesExamined:
    """All of them, each by itself: one that can't be used hides nothing of the others."""
    found = [wrong(fault.file, fault.what, fault.cure) for fault in faults]
    agreement = _agreement(files.agreement or shipped.AGREEMENT, found, today)
    closed = _closed_days(files.closed_days or shipped.CLOSED_DAYS, found)
    read = read_book(files.agreement, files.terms, closed) if agreement and closed else None
    if read is not None:
        found += [*_term_faults(read, closed), *terms_examined(read.book, today)]
    found += _texts(files.wording)
    return FilesExamined(tuple(found), agreement, read.book if read else None)


def agreement_examined(agreement: Agreement, today: date) -> Iterator[Examined]:
    """What of an agreement that can be read wants a person's eye."""
    on = [promise.id for promise in agreement.promises if promise.on]
    if on:
        yield well("Promises", f"{spoken.listed(on)} turned on")
    else:
        yield look(
            "Promises",
            "no promise is turned on yet, so nobody is told anything",
            "When both chairs have agreed to one, write 'on: true' in its lines; P01, P04 and P05 come first",
        )
    if agreement.question:
        yield look(
            AGREEMENT,
            f"it asks: {agreement.question}",
            "When it is, take the line 'question:' out",
            theirs=True,
        )
    yield from _review(agreement, today)
    for group in agreement.groups:
        if not group.calendar:
            yield look(
                AGREEMENT,
                f"the group '{group.name}' has no calendar, so it is not read",
                "Add 'calendar:' with the shared mailbox that is added to its invitations",
            )


def _review(agreement: Agreement, today: date) -> Iterator[Examined]:
    """The day on which the partners look at it again, where they wrote one."""
    due = agreement.next_review
    if due is None:
        return
    if due < today:
        yield look(AGREEMENT, passed_on(due), NEXT)
    elif due - today <= SOON:
        yield look(AGREEMENT, f"it is looked at again on {spoken.day(due)}", "Find a day with the partners")


def terms_examined(book: Rulebook, today: date) -> Iterator[Examined]:
    """The school dates of each authority that the agreement names."""
    rule = book.agreement.terms
    for name in (rule.main, *rule.also_warn):
        yield from term_calendar_examined(book.terms.of(name), today)


def term_calendar_examined(calendar: TermCalendar, today: date) -> Iterator[Examined]:
    """How far the dates of one authority reach, who checked them, and what looks odd."""
    what, until = f"{TERMS} of {calendar.name}", calendar.covered_until
    if until is None:
        yield wrong(what, "there are none", f"Add the dates of {calendar.name} to your term dates")
        return
    reach = f"they reach to {spoken.day(until)}"
    if until < today:
        yield wrong(what, f"they ended on {spoken.day(until)}", "Please add the dates that follow")
    elif until - today <= SOON:
        left = spoken.count((until - today).days, "day")
        yield look(what, f"{reach}, which is {left} from now", "Please add the dates that follow")
    if not calendar.checked_by:
        yield look(
            what,
            "nobody has said yet that they are right, so alerts about holidays wait",
            "Compare them with their source, then fill in checked_by (a role will do) and checked_on",
        )
    elif until - today > SOON:
        yield well(what, f"{reach}, checked by {calendar.checked_by}")
    yield from (look(what, doubt) for doubt in calendar.doubts)


def _agreement(path: Path, found: list[Examined], today: date) -> Agreement | None:
    try:
        agreement = read_agreement(path)
    except Unreadable as unreadable:
        found += [_broken(AGREEMENT, fault) for fault in unreadable.faults]
        return None
    found.append(well(AGREEMENT, f"{agreement.name}, agreed on {spoken.day(agreement.agreed_on)}"))
    found += [look(AGREEMENT, _said(fault), fault.cure) for fault in faults_in(path)]
    found += agreement_examined(agreement, today)
    return agreement


def _closed_days(path: Path, found: list[Examined]) -> Path | None:
    try:
        closed, faults = read_closed_days(path)
    except Unreadable as unreadable:
        found += [_broken(CLOSED_DAYS, fault) for fault in unreadable.faults]
        return None
    found += [_broken(CLOSED_DAYS, fault) for fault in faults]
    if not faults:
        found.append(well(CLOSED_DAYS, f"{spoken.count(len(closed), 'closed day')} in {path.name}"))
    return path


def _term_faults(read: BookRead, closed: Path | None) -> Iterator[Examined]:
    yield from (_broken(TERMS, fault) for fault in read.faults if fault.file != str(closed))


def _texts(path: Path | None) -> Iterator[Examined]:
    try:
        faults = read_texts(path, shipped.WORDING).faults
    except Unreadable as unreadable:
        yield from (_broken(TEXTS, fault) for fault in unreadable.faults)
        return
    for fault in faults:
        yield look(TEXTS, f"{_said(fault)}; the shipped text is said in its place", fault.cure)
    if not faults:
        yield well(TEXTS, "your own over the shipped ones" if path else "the shipped ones")


def _broken(what: str, fault: Fault) -> Examined:
    return wrong(what, _said(fault), fault.cure)


def _said(fault: Fault) -> str:
    return str(Fault(fault.file, fault.line, fault.what, "")).removesuffix(". .")
