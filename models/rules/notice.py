"""How long before: the sum behind every promise that something comes so many days before something else."""

from datetime import date

from models import spoken
from models.agreement import NoticeTest
from models.days import Count, DaySum, before, readings_before
from models.findings import State
from models.rules.verdict import Case, Verdict

DAYS_IN = {"days": 1, "weeks": 7}


def latest_days(test: NoticeTest, day: date, case: Case) -> tuple[DaySum, ...]:
    """The last day for what must come before `day`: one sum, or two where the reading is not settled.

    The earliest comes first. Working days are counted as the agreement says; days and weeks are plain.
    """
    working = case.facts.working_days
    if test.unit == "working days":
        return readings_before(day, test.least, working, case.agreement.working_days.count)
    return (before(day, test.least * DAYS_IN[test.unit], working, Count.CALENDAR),)


def cannot_count(sums: tuple[DaySum, ...]) -> Verdict | None:
    """Cannot tell, where the bank holiday list does not reach a day of the sum; None where it does."""
    beyond = next((one.beyond for one in sums if one.beyond), None)
    if beyond is None:
        return None
    text = f"We can't count the days: the bank holiday list does not reach {spoken.day(beyond)}."
    return Verdict(State.CANNOT_TELL, text)
