"""Finds the nearest dates that keep what was promised: no tenant, no ledger, nobody's diary but those given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from functions.files.files_read import read_files
from functions.files.rulebooks import read_book
from models.agreement import Agreement
from models.days import LONDON, ONE_DAY
from models.fitting import Fitting
from models.slots import MOST, Wanted, search
from reading.faults import Fault, Unreadable
from reading.quoting import did_you_mean, quoted
from wording.slots_found import SlotsFound

WEEKS = 26
MOST_WEEKS = 156  # three years: nobody's school dates reach further
SHORTEST, LONGEST = 5, 600  # minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asked for: a group, or a type of meeting; the rest is usual where it is left out."""

    now: datetime
    group: str = ""
    type: str = ""
    first: date | None = None
    weeks: int = WEEKS
    length: int = 120  # minutes
    most: int = MOST
    agreement: Path | None = None
    terms: Sequence[Path] = ()
    calendars: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, with the exit code of the command."""

    found: SlotsFound

    @property
    def exit_code(self) -> int:
        """0 there are slots, 1 there is none, 2 bad input."""
        return 2 if self.found.faults else int(not self.found.search.slots)


def find(asked: Asked) -> Answer:
    """The nearest slots, from tomorrow on; raises Unreadable where the agreement or what was asked can't be used."""
    _check(asked)
    read = read_book(asked.agreement, asked.terms)
    agreement = read.book.agreement
    group, kind = _whose(asked, agreement)
    tomorrow = asked.now.astimezone(LONDON).date() + ONE_DAY
    first = max(asked.first or tomorrow, tomorrow)
    last = first + timedelta(weeks=asked.weeks) - ONE_DAY
    given = read_files(asked.calendars, horizon=last, first=first, last=last)
    wanted = Wanted(
        type=kind,
        group=group,
        first=first,
        last=last,
        length=timedelta(minutes=asked.length),
        most=asked.most,
        busy=given.meetings,
    )
    return Answer(
        SlotsFound(
            search=search(Fitting(read.book, asked.now), wanted),
            agreement=agreement,
            calendars=len(asked.calendars),
            faults=tuple(str(fault) for fault in (*read.faults, *given.faults)),
            notes=(*read.doubts, *given.notes),
        )
    )


def _check(asked: Asked) -> None:
    """Every option that can't be used, all at once."""
    faults = []
    if not asked.group and not asked.type:
        what = "say for whom you look: the name of a group, or a type of meeting"
        faults.append(Fault("--group", 0, what, 'Such as --group "SEND Partnership Board"'))
    for option, value, least, most in (
        ("--weeks", asked.weeks, 1, MOST_WEEKS),
        ("--length", asked.length, SHORTEST, LONGEST),
        ("--most", asked.most, 1, 100),
    ):
        if not least <= value <= most:
            faults.append(Fault(option, 0, f"{value} can't be used", f"Use a number from {least} to {most}"))
    if faults:
        raise Unreadable(faults)


def _whose(asked: Asked, agreement: Agreement) -> tuple[str, str]:
    """The group and the type of meeting as the agreement spells them; no group where only a type was named."""
    kind = _spelled("--type", asked.type, agreement.types | set(agreement.meeting_types))
    if not asked.group:
        return "", kind
    name = _spelled("--group", asked.group, (group.name for group in agreement.groups))
    group = agreement.group(name)
    if group is None or (kind and kind != group.type):
        what = f"{quoted(name)} is no group of type {quoted(kind)}"
        raise Unreadable([Fault("--type", 0, what, "Leave out either --group or --type")])
    return group.name, group.type


def _spelled(option: str, wanted: str, names: Iterable[str]) -> str:
    if not wanted:
        return ""
    every = sorted(names)
    found = next((name for name in every if name.casefold() == wanted.strip().casefold()), None)
    if found is None:
        what = f"this agreement has no {option.strip('-')} {quoted(wanted)}"
        raise Unreadable([Fault(option, 0, what, did_you_mean(wanted, every))])
    return found
