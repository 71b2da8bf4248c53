"""The columns of a calendar kept as a table, whether .csv or .xlsx: what each is called, and a row by column."""

import re
from collections.abc import Sequence

from reading.misread import MisreadError

NEEDED = ("date", "start_time", "title")
WANTED = (
    "The first row must name the columns date, start_time and title (and may name end_time, group, place)"
)
_OTHER_NAMES = {
    "start_date": "date",
    "subject": "title",
    "committee": "title",
    "meeting": "title",
    "location": "place",
    "venue": "place",
    "canceled": "cancelled",
    "all_day": "all_day_event",
}


def columns_of(header: Sequence[str]) -> list[str]:
    """What each column is called, in our words."""
    plain = ["_".join(re.split(r"[\s_-]+", name.strip().casefold())) for name in header]
    return [_OTHER_NAMES.get(name, name) if _OTHER_NAMES.get(name) not in plain else name for name in plain]


def missing_from(columns: Sequence[str]) -> list[str]:
    """The columns that we need and that are not there."""
    return [name for name in NEEDED if name not in columns]


def cells_of(columns: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    """A row by column; of two columns of one name the first that has something in it."""
    if any(value.strip() for value in values[len(columns) :]):
        raise MisreadError(
            "this row has more cells than the first row", "Put text with commas in it between quote marks"
        )
    cells: dict[str, str] = {}
    for column, value in zip(columns, values, strict=False):
        cells[column] = cells.get(column) or value.strip()
    return cells
