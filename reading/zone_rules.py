"""A time zone that a calendar file defines itself (VTIMEZONE), as Outlook does for "Customized Time Zone".

Outlook's rules begin in the year 1601, which costs 400 years of summer times for every look-up: ours
begin in 1970. Only rules of once a year are believed; others could keep us busy for ever.
"""

import re
from datetime import datetime, timedelta, tzinfo

from icalendar import Timezone
from icalendar.timezone import tzp

_LONG_AGO = re.compile(r"^(DTSTART[^:]*):1[0-8]\d\d", re.MULTILINE | re.IGNORECASE)
_RULE = re.compile(r"^RRULE[^:\r\n]*:(.*)$", re.MULTILINE | re.IGNORECASE)
_MOST_LETTERS = 20_000
_A_DAY = timedelta(days=1)
_TRIALS = (datetime(1999, 1, 1), datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12))  # noqa: DTZ001


def defined_zone(ical: str) -> tzinfo | None:
    """The zone as its own rules describe it; None where they can't be used."""
    if len(ical) > _MOST_LETTERS or not all(map(_once_a_year, _RULE.findall(ical))):
        return None
    try:
        zone = tzp.create_timezone(Timezone.from_ical(_LONG_AGO.sub(r"\1:1970", ical)))
        return zone if all(_offset_is_sound(zone, moment) for moment in _TRIALS) else None
    except Exception:  # whatever a broken definition breaks, it defines nothing
        return None


def _once_a_year(rule: str) -> bool:
    plain = rule.upper()
    return "FREQ=YEARLY" in plain and not any(part in plain for part in ("BYHOUR", "BYMINUTE", "BYSECOND"))


def _offset_is_sound(zone: tzinfo, moment: datetime) -> bool:
    offset = moment.replace(tzinfo=zone).utcoffset()
    return offset is not None and -_A_DAY < offset < _A_DAY
