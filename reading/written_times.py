"""Times of day as people write them in a table: 10:00, 9:30, 14:00:00, 10am, 2.30pm."""

import re
from datetime import time

_WRITTEN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)


def read_time(text: str) -> time | None:
    """The time of day; None where it can't be read."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    half = (found[4] or "").lower().replace(".", "")
    if not half and found[2] is None:
        return None  # a bare 10 may be anything
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "pm") if half else hour
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None
