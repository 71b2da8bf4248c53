"""Which group is this? Places each meeting with the group it belongs to, or says that we can't tell.

This is also the door where private meetings lose everything but date, type and the hours they keep:
after it, no title, place or organiser of a private meeting exists anywhere (DESIGN.md, decision 10).
"""

import re
from dataclasses import replace
from functools import lru_cache

from models.agreement import Agreement, Group
from models.facts import Meeting

PRIVATE_TITLE = "Private meeting"


def placed(meeting: Meeting, agreement: Agreement, *, calendar: str = "", meeting_type: str = "") -> Meeting:
    """The meeting with its group and type, and masked where it is private.

    `calendar` is the mailbox it was read from. `meeting_type` is set by a person who says that every
    meeting of this calendar is of that type. A group named in the meeting itself (a CSV column) comes
    first, then the group whose own calendar it is, then the words in its title; no fit or two leaves
    both group and type empty.
    """
    group = _group_of(meeting, agreement, calendar)
    if meeting_type:
        name = group.name if group and group.type == meeting_type else ""
        return _masked(replace(meeting, group=name, type=meeting_type))
    return _in(group, meeting)


class Placing:
    """Places the meetings of one calendar; what a title says is looked up once, however many dates have it.

    Of hundreds of groups only those with this calendar can be meant, so titles are held against no others.
    """

    def __init__(self, agreement: Agreement, calendar: str) -> None:
        here = tuple(one for one in agreement.groups if one.calendar.casefold() == calendar.casefold())
        self._agreement, self._calendar = agreement.model_copy(update={"groups": here}), calendar
        self._known: dict[tuple[str, str, tuple[bool, ...]], Group | None] = {}
        self._ends = [group for group in here if group.since or group.until]

    def placed(self, meeting: Meeting) -> Meeting:
        """As `placed`, for a meeting of this calendar."""
        here = tuple(group.meets_on(meeting.day) for group in self._ends)
        name = (meeting.group, meeting.title, here)
        if name not in self._known:
            self._known[name] = _group_of(meeting, self._agreement, self._calendar)
        return _in(self._known[name], meeting)


def fits(title: str, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups whose words stand in a title.

    A fit inside a longer fit gives way: "Communications Priority Group" is not also a "priority group".
    """
    found = [
        (start, end, group)
        for group in groups
        for phrase in group.match
        for start, end in _places(phrase, title)
    ]
    outer = {
        group.name: group
        for start, end, group in found
        if not any(s <= start and end <= e and (e - s) > (end - start) for s, e, _ in found)
    }
    return tuple(outer.values())


def _in(group: Group | None, meeting: Meeting) -> Meeting:
    if group is None:
        return _masked(
            meeting if not (meeting.group or meeting.type) else replace(meeting, group="", type="")
        )
    return _masked(replace(meeting, group=group.name, type=group.type))


def _group_of(meeting: Meeting, agreement: Agreement, calendar: str) -> Group | None:
    if meeting.group:
        named = agreement.group(meeting.group)
        if named is not None:
            return named if named.meets_on(meeting.day) else None
    here = tuple(
        group
        for group in agreement.groups
        if group.meets_on(meeting.day) and (not calendar or group.calendar.casefold() == calendar.casefold())
    )
    if calendar and len(here) == 1 and not here[0].match:
        return here[0]
    found = fits(meeting.group or meeting.title, here)
    return found[0] if len(found) == 1 else None


def _masked(meeting: Meeting) -> Meeting:
    if not meeting.private:
        return meeting
    return replace(
        meeting, uid=meeting.key, title=PRIVATE_TITLE, place="", organiser="", series=_series_key(meeting)
    )


def _series_key(meeting: Meeting) -> str:
    return f"private-{meeting.key}" if meeting.series else ""


@lru_cache(maxsize=512)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"\W+".join(re.escape(word) for word in phrase.casefold().split())
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _places(phrase: str, title: str) -> list[tuple[int, int]]:
    if not phrase.strip():
        return []
    return [match.span() for match in _pattern(phrase).finditer(title.casefold())]
