"""A meeting may be online though its flag says no: only the place says so.

`isOnlineMeeting` is true only where Teams (or an add-in that Outlook knows) made the link; a Zoom
address typed into the location leaves it false (published type event: isOnlineMeeting,
onlineMeetingUrl, location). Where the flag says no and no place is given, nothing is known.
"""

import re
from functools import lru_cache

ONLINE = re.compile(
    r"""\b(online|zoom|webex|google\ meet|remotely|video\ (call|conference)|dial[-\ ]in)\b
      | \bvirtual(ly)?\b(?!\ school)         # every council has a Virtual School, with offices
      | \b(microsoft|ms|on|via|by)\ teams\b | \bteams\ (meeting|call|link)\b | ^\W*teams\W*$
      | https?://""",
    re.IGNORECASE | re.VERBOSE,
)


def is_online(flag: bool | None, link: str, place: str) -> bool | None:  # noqa: FBT001 (as Graph has it)
    """Whether a meeting is held online; None where nothing says."""
    return True if flag or link else _said_by(place)


@lru_cache(maxsize=1024)  # the same few places come again and again
def _said_by(place: str) -> bool | None:
    if ONLINE.search(place):
        return True
    return False if place.strip() else None
