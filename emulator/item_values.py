"""What may be put into a column, and how it comes back."""

import math
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from emulator.answers import GraphError
from emulator.columns import SYSTEM
from emulator.sites import Column, SharePointList

LONGEST = 255
SITE_ZONE = ZoneInfo("Europe/London")


def values_from(wanted: SharePointList, given: object) -> dict[str, Any]:
    """The values to keep, by column. What SharePoint would refuse is refused whole."""
    if not isinstance(given, dict):
        raise _refused("The fields of a row are an object.")
    columns = {column.name: column for column in wanted.columns}
    values = {}
    for name, value in given.items():
        if "@" in name:
            continue
        if name in SYSTEM or name == "id":
            raise _refused(f"Field '{name}' is read-only")
        if name not in columns:
            raise _refused(f"Field '{name}' is not recognized")
        values[name] = _kept(columns[name], value)
    return values


def shown(column: Column, value: object) -> object:
    """A value as Graph gives it back.

    A date without a time is midnight of the site's own zone, written in UTC: in summer that is 23:00 of the day
    before. Not confirmed (graph.md §4), and the harder reading.
    """
    if column.kind == "dateOnly" and isinstance(value, str) and value:
        midnight = datetime.combine(date.fromisoformat(value[:10]), time(), SITE_ZONE)
        return f"{midnight.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return value


def _kept(column: Column, value: Any) -> Any:
    if value is None:
        return ""
    fits = {
        "text": isinstance(value, str) and len(value) <= LONGEST and "\n" not in value,
        "note": isinstance(value, str),
        "choice": isinstance(value, str) and len(value) <= LONGEST,
        "boolean": isinstance(value, bool),
        "number": isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value),
        "dateTime": isinstance(value, str),
        "dateOnly": isinstance(value, str),
        "hyperlinkOrPicture": isinstance(value, dict) and isinstance(value.get("Url"), str),
    }
    if not fits[column.kind]:
        raise _refused(f"The value of field '{column.name}' does not fit its type, {column.kind}.")
    return _moment(column, value) if column.kind in ("dateTime", "dateOnly") and value else value


def _moment(column: Column, value: str) -> str:
    try:
        at = datetime.fromisoformat(value)
    except ValueError as wrong:
        raise _refused(f"The value of field '{column.name}' is not a date.") from wrong
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    if column.kind == "dateOnly":
        return f"{aware.astimezone(SITE_ZONE):%Y-%m-%d}"
    return f"{aware.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _refused(said: str) -> GraphError:
    return GraphError(400, "invalidRequest", said)
