"""Time zones come under Windows' own names, and under made-up ones.

Evidence: graph_samples/event_windows_tz.json ("Pacific Standard Time"). "GMT Standard Time" is London,
"Greenwich Standard Time" is Reykjavik, which has no summer time. "tzone://Microsoft/Custom" names no
zone at all. Facts: graph §1, dateTimeTimeZone.
"""

from functools import lru_cache
from zoneinfo import ZoneInfo

from tzlocal.windows_tz import win_tz

from models.days import LONDON

MICROSOFTS_UTC = frozenset({"tzone://microsoft/utc", "utc", "etc/utc", "etc/gmt", "z"})
_BY_NAME = {name.casefold(): zone for name, zone in win_tz.items()}


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo | None:
    """The zone of that name, Windows' or IANA's; None where nobody knows it."""
    plain = name.strip().casefold()
    if plain in MICROSOFTS_UTC:
        return ZoneInfo("UTC")
    known = _BY_NAME.get(plain, name.strip())
    if known == LONDON.key:
        return LONDON  # the one zone object that meetings are held in
    try:
        return ZoneInfo(known)
    except (KeyError, ValueError, OSError):  # unknown, empty or a path
        return None
