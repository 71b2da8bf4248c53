"""Which time zone a file means by the name that stands beside a time.

Names come from four worlds: the tz database (Europe/London), Windows ("GMT Standard Time", which is
London, and "Greenwich Standard Time", which is Iceland and has no summer time), zones that the file
defines itself, and names with one of these hidden inside ("/freeassociation.sourceforge.net/Europe/London").
"""

import re
from collections.abc import Mapping
from datetime import tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from tzlocal.windows_tz import win_tz

from reading.quoting import printable
from reading.zone_rules import defined_zone

_OFFSET = re.compile(r"^\s*\((?:utc|gmt)[^)]*\)\s*", re.IGNORECASE)


class Zones:
    """The time zones of one calendar: those it defines itself, and those the world knows."""

    def __init__(self, definitions: Mapping[str, str]) -> None:
        """Make it from the file's own definitions (VTIMEZONE), by name; each is read when first needed."""
        self._definitions = definitions
        self._found: dict[str, tzinfo | None] = {}

    def named(self, name: str) -> tzinfo | None:
        """The zone of that name; None where nobody knows it."""
        if name not in self._found:
            plain = printable(name)
            self._found[name] = known_zone(plain) or self._own(plain) or zone_inside(plain)
        return self._found[name]

    def _own(self, name: str) -> tzinfo | None:
        definition = self._definitions.get(name)
        return defined_zone(definition) if definition else None


@cache
def known_zone(name: str) -> ZoneInfo | None:
    """The zone that exactly this name stands for, in the tz database or on Windows.

    Bare names of the tz database, such as GMT or EST, are left to the file's own definition: programs
    use them for zones with summer time.
    """
    plain = name.strip().casefold()
    if plain in _WINDOWS:
        return ZoneInfo(_WINDOWS[plain])
    return ZoneInfo(_WORLD[plain]) if "/" in plain and plain in _WORLD else None


@cache
def zone_inside(name: str) -> ZoneInfo | None:
    """The zone whose name is part of a longer one, or whose city a display name lists."""
    plain = _OFFSET.sub("", name).strip(" /").casefold()
    for part in (plain, *_endings(plain)):
        if part in _WORLD:
            return ZoneInfo(_WORLD[part])
    for windows in sorted(_WINDOWS, key=len, reverse=True):
        if windows != "utc" and windows in plain:
            return ZoneInfo(_WINDOWS[windows])
    if plain == "coordinated universal time":
        return ZoneInfo("UTC")
    return _zone_of_a_city(plain)


def _endings(path: str) -> list[str]:
    """Every end of a path: a/b/c gives b/c and c."""
    parts = path.split("/")
    return ["/".join(parts[number:]) for number in range(1, len(parts))]


def _zone_of_a_city(plain: str) -> ZoneInfo | None:
    """The zone of "Dublin, Edinburgh, Lisbon, London": London's where it is named, else the first city's."""
    cities = [city.strip() for city in re.split(r"[,:;]", plain)]
    if "london" in cities:
        return ZoneInfo("Europe/London")
    return next((ZoneInfo(_CITIES[city]) for city in cities if city in _CITIES), None)


_WORLD = {name.casefold(): name for name in sorted(available_timezones() - {"Factory", "localtime"})}
_WINDOWS = {name.casefold(): place for name, place in win_tz.items() if place.casefold() in _WORLD}
_CITIES = {
    name.rpartition("/")[2].replace("_", " ").casefold(): name
    for name in _WORLD.values()
    if "/" in name
    and not name.startswith(("Etc/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/", "SystemV/"))
}
