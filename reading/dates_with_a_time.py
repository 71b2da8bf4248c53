"""Takes the time off a value that says it is a date: DTSTART;VALUE=DATE:20260601T000000.

Some exporters mark whole days so; the iCalendar library refuses the line, and the entry would be lost.
"""

import re

_SAYS_DATE = re.compile(r"([^:]*;VALUE=DATE(?:;[^:]*)?):(.*)", re.IGNORECASE)
_TIME = re.compile(r"(?<=\d)T\d{6}Z?", re.IGNORECASE)


def without_time_on_dates(line: str) -> str:
    """The same line; where it says VALUE=DATE, with bare dates."""
    found = _SAYS_DATE.fullmatch(line)
    return f"{found[1]}:{_TIME.sub('', found[2])}" if found else line
