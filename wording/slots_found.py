"""What `slots` found, as one value that every output is written from, so that all of them say the same."""

from dataclasses import dataclass

from models.agreement import Agreement
from models.slots import Search


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotsFound:
    """A search for dates. `calendars` is how many a person gave; `faults` and `notes` are whole sentences."""

    search: Search
    agreement: Agreement
    calendars: int = 0
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
