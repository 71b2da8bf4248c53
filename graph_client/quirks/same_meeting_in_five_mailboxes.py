"""One meeting lies in the calendar of everybody who was invited: five mailboxes, five copies.

`iCalUId` is the same in all of them, unlike the id; it differs for each date of a series (facts: graph §1,
cross-mailbox identity). The copy in its group's home calendar wins, else the organiser's own copy, which
alone carries the guests' answers (DESIGN.md, Meetings); else the first by address, so that every run chooses alike.
"""

from collections.abc import Iterable, Mapping

from models.facts import Meeting


def one_of_each(meetings: Iterable[Meeting], homes: Mapping[str, str]) -> tuple[Meeting, ...]:
    """Each meeting once, in their order; `homes` has the home calendar of each group by its name."""
    best: dict[str, Meeting] = {}
    for meeting in meetings:
        other = best.get(meeting.key)
        if other is None or _rank(meeting, homes) < _rank(other, homes):
            best[meeting.key] = meeting
    return tuple(best.values())


def _rank(meeting: Meeting, homes: Mapping[str, str]) -> tuple[bool, bool, bool, str]:
    source = meeting.source.casefold()
    at_home = bool(meeting.group) and homes.get(meeting.group, "").casefold() == source
    return meeting.cancelled, not at_home, meeting.organiser.casefold() != source, source
