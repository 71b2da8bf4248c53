"""What `watch` did as JSON: exactly what `check` prints, with the deliveries and the calendars added."""

from models.days import LONDON
from wording.check_json import Json, as_json
from wording.plain import clean
from wording.watched import Calendar, Told, Watched


def watch_json(watched: Watched) -> Json:
    """One value for json.dumps; times are ISO 8601 with London's offset. Fields are added, never changed."""
    return as_json(watched.results) | {
        "deliveries": [_delivery(told) for told in watched.deliveries],
        "calendars": [_calendar(calendar) for calendar in watched.calendars],
    }


def _delivery(told: Told) -> Json:
    return {
        "key": clean(told.key),
        "channel": clean(told.channel),
        "state": told.state,
        "about": clean(told.about),
        "not_before": told.not_before.astimezone(LONDON).isoformat(),
        "note": clean(told.note),
    }


def _calendar(calendar: Calendar) -> Json:
    read_at = calendar.read_at
    return {
        "name": clean(calendar.name),
        "read_at": read_at.astimezone(LONDON).isoformat() if read_at else None,
        "meetings": calendar.meetings,
        "why_not": clean(calendar.why_not),
    }
