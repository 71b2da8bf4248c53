"""Time zones by the names that Outlook uses ("GMT Standard Time") and the names that the world uses."""

from datetime import tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

CUSTOM = "tzone://Microsoft/Custom"
"""What Graph calls an organiser's zone that Outlook has no name for."""


@cache
def zone(name: str) -> ZoneInfo:
    """The zone with this Windows or world name."""
    try:
        return ZoneInfo(WINDOWS_TO_OLSON.get(name, name))
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise ValueError(f"There is no time zone called {name!r}.") from unknown


def windows_name(tz: tzinfo | None) -> str:
    """What Outlook calls this zone."""
    key = str(getattr(tz, "key", None) or getattr(tz, "_tzid", None) or tz)
    if key in ("UTC", "Etc/UTC", "Z"):
        return "UTC"
    return _windows_names().get(key, key if key in WINDOWS_TO_OLSON else CUSTOM)


def is_known(name: str) -> bool:
    """Whether a time zone of this name exists."""
    return name in WINDOWS_TO_OLSON or name in available_timezones()


@cache
def _windows_names() -> dict[str, str]:
    return {world: windows for windows, world in WINDOWS_TO_OLSON.items()}
