"""Puts aside the time zone's name of a date, so that we read it and not the iCalendar library.

Outlook writes TZID=(UTC+00:00) Dublin, Edinburgh, Lisbon, London without the quotes that its colon and
commas need. And the library keeps a zone that one file defines for every file read after it, so that
"Customized Time Zone" would mean what the first file meant: it must not see the name at all.
"""

import re

ASIDE = "X-ZONE"  # the parameter that then holds the name

_DATED = re.compile(
    r"""(?P<name>DTSTART|DTEND|RECURRENCE-ID|RDATE|EXDATE)
        (?P<before>(?:;[^:;]*)*?)
        ;\s*TZID\s*=\s*(?P<zone>"[^"]*"|[^"]*?)
        (?P<after>(?:;[\w-]+=[^:;"]*)*)
        :(?P<value>\s*\d[^:]*)""",
    re.VERBOSE | re.IGNORECASE,
)


def with_zone_aside(line: str) -> str:
    """The same line with its zone, quoted, in a parameter of ours."""
    found = _DATED.fullmatch(line)
    if found is None:
        return line
    zone = found["zone"].replace('"', "").strip()
    return f'{found["name"]}{found["before"]}{found["after"]};{ASIDE}="{zone}":{found["value"]}'
