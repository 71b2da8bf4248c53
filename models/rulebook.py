"""What meetings are held against: an agreement, and the days and terms that it counts by."""

from dataclasses import dataclass

from models.agreement import Agreement
from models.days import WorkingDays
from models.terms import Terms


@dataclass(frozen=True, slots=True)
class Rulebook:
    """An agreement with the working days and school terms it names, read and ready to judge by."""

    agreement: Agreement
    working: WorkingDays
    terms: Terms
