"""An all-day event is midnight in its organiser's zone: in UTC, a British summer's day starts at 23:00.

Asked for UTC, Graph may write Monday 15 June 2026 as "2026-06-14T23:00" or as "2026-06-15T00:00"; which
of the two is not published (facts: graph §1, all-day; probe 11e). Midnight as written is taken as the
date; anything else is looked at in the zone the event was made in, then in London.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.days import LONDON

MIDNIGHT = time()


def date_of(moment: datetime, made_in: ZoneInfo | None) -> date | None:
    """The date an all-day event means by this (aware) moment; None where it is midnight nowhere."""
    here = (moment, *(moment.astimezone(zone) for zone in (made_in, LONDON) if zone))
    return next((local.date() for local in here if local.time() == MIDNIGHT), None)


def all_day_in_london(first: date, after: date) -> tuple[datetime, datetime]:
    """London midnight of the first day, and after the last; an end that is not later means one day."""
    last = after if after > first else first + timedelta(days=1)
    return datetime.combine(first, MIDNIGHT, LONDON), datetime.combine(last, MIDNIGHT, LONDON)
