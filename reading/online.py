"""Whether a calendar entry says that people meet online."""

import re

from icalendar import Event

_ONLINE_PROPERTIES = ("X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-GOOGLE-CONFERENCE", "CONFERENCE")
_ONLINE_WORDS = re.compile(
    r"microsoft teams|ms teams|teams\.microsoft\.com|teams\.live\.com|zoom\.us|zoom meeting"
    r"|meet\.google\.com|google meet|webex|^\W*(?:via )?(?:online|teams|zoom|virtual)\W*$",
    re.IGNORECASE,
)


def meets_online(event: Event, place: str) -> bool | None:
    """Yes, no, or None where nothing says: no conference, no known address of one, and no place either."""
    if any(name in event for name in _ONLINE_PROPERTIES):
        return True
    return True if _ONLINE_WORDS.search(str(event.get("URL", ""))) else names_online_meeting(place)


def names_online_meeting(place: str) -> bool | None:
    """Whether a place is an online meeting; None where no place is given."""
    if not place:
        return None
    return bool(_ONLINE_WORDS.search(place))
