"""Dates, times and numbers as people say them, for the one sentence of facts in every finding."""

from datetime import date, datetime, time
from functools import lru_cache


@lru_cache(maxsize=4096)
def day(value: date) -> str:
    """Friday 27 November 2026."""
    return f"{value:%A} {value.day} {value:%B} {value.year}"


def clock(value: time) -> str:
    """9:30am, 2pm, noon, midnight."""
    if (value.hour, value.minute) in ((0, 0), (12, 0)):
        return "noon" if value.hour else "midnight"
    minutes = f":{value.minute:02}" if value.minute else ""
    return f"{value.hour % 12 or 12}{minutes}{'am' if value.hour < 12 else 'pm'}"


def moment(value: datetime) -> str:
    """Friday 27 November 2026 at 9:30am."""
    return f"{day(value.date())} at {clock(value.time())}"


def count(number: int, thing: str, things: str = "") -> str:
    """1 meeting, 2 meetings, 1 day, 5 days."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def listed(parts: list[str]) -> str:
    """a; a and b; a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
