"""What `check` found, as one value that every output is written from, so that all of them say the same."""

from dataclasses import dataclass
from datetime import date, datetime

from models.agreement import Agreement
from models.facts import Meeting
from models.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One run over some calendars: what was judged, what was found, what could not be read.

    `meetings` are those in the window that were placed and not cancelled; `unplaced` are those for which
    no group fits ("Which group is this?"). Private meetings are already masked. `faults` are whole
    sentences about files and entries that could not be used, `notes` sentences worth knowing.
    """

    agreement: Agreement
    first: date
    last: date
    now: datetime
    meetings: tuple[Meeting, ...]
    findings: tuple[Finding, ...]
    unplaced: tuple[Meeting, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
