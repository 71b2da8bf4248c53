"""The day on which the partners look at their agreement again: whether it has passed, or comes soon."""

from datetime import date, timedelta

from models.agreement import Agreement
from models.spoken import day as spoken_day

SOON = timedelta(days=90)  # before dates run out, people need time
NEXT = "Look at the agreement together, then write the day of the next look behind 'next_review:'"


def review_passed(agreement: Agreement, today: date) -> str:
    """What is asked of the manager once the day that the partners wrote has passed; else nothing.

    Where nobody wrote a day none is asked for: a year after it was agreed is only how we count what is kept.
    """
    due = agreement.next_review
    return f"{passed_on(due)}. {NEXT}." if due is not None and due < today else ""


def passed_on(due: date) -> str:
    """That the day has passed, in half a sentence."""
    return f"The day for looking at the agreement again was {spoken_day(due)}"
