"""Closed days: days on which the partnership does not work, though the law calls them working days.

Council closure between Christmas and New Year is the usual case. Each needs a reason, because people see
it wherever the day is left out of a sum.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from reading.csv_table import Row, read_table
from reading.faults import Fault
from reading.written_dates import BadDateError, read_date

NEEDED = ("first_day", "reason")
ALIASES = {"date": "first_day", "day": "first_day", "from": "first_day", "to": "last_day", "why": "reason"}
LONGEST_CLOSURE = 31  # days; a longer one is a slip of the pen


def read_closed_days(path: Path) -> tuple[Mapping[date, str], tuple[Fault, ...]]:
    """The closed days of a file with their reasons, and a fault for each row that can't be used.

    Columns: first_day, reason and, for more than one day, last_day. A file without rows is fine.
    """
    closed: dict[date, str] = {}
    faults: list[Fault] = []
    for row in read_table(path, NEEDED, ALIASES):
        try:
            for day in _days(row):
                closed.setdefault(day, row["reason"])
        except BadDateError as wrong:
            faults.append(Fault(str(path), row.line, wrong.what, wrong.cure))
    return MappingProxyType(closed), tuple(faults)


def _days(row: Row) -> list[date]:
    first = read_date(row["first_day"])
    last = read_date(row["last_day"]) if row["last_day"] else first
    if row.too_long:
        raise BadDateError(
            "this row has more cells than the header", "Put text that has a comma in double quotes"
        )
    if not row["reason"]:
        raise BadDateError("this closed day has no reason", "Say why, in a few words: people will see it")
    if last < first:
        raise BadDateError(
            f"{last.isoformat()} is before {first.isoformat()}", "Write the earlier day as first_day"
        )
    if (last - first).days >= LONGEST_CLOSURE:
        raise BadDateError(
            "this closure is longer than a month", "Check the years, or write it as several rows"
        )
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
