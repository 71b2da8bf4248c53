"""A date-only column comes back as a moment: midnight of the site's own zone, written in UTC.

In summer the date 15 June of a site in London time is "2026-06-14T23:00:00Z"; of a site left in the
default American zone "2026-06-15T07:00:00Z". London's date of it is right for both. People and scripts
also store plain text, "2026-06-15". Facts: graph §4, date-only columns (unverified there).
"""

from datetime import UTC, date, datetime, time

from models.days import LONDON


def moment_in(value: object) -> datetime | None:
    """The moment in a column, in London time; a date alone is its midnight. None where it is neither."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    try:
        if len(text) == len("2026-06-15"):
            return datetime.combine(date.fromisoformat(text), time(), LONDON)
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(LONDON)
    except (ValueError, OverflowError):
        return None


def date_in(value: object) -> date | None:
    """The date in a column; None where there is none."""
    moment = moment_in(value)
    return moment.date() if moment else None
