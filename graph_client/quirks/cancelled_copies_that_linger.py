"""A cancelled meeting stays in its guests' calendars until they take it out, beside its own new copy.

Evidence: `isCancelled` in the published event type; an organiser who cancels and books again leaves both
entries in a shared mailbox (facts: graph §1, cancelled). One meeting that lies there twice is one meeting,
and the copy that was not cancelled wins. "Canceled:" in a title is somebody's text and is not read.
"""

from collections.abc import Iterable

from models.facts import Meeting


def one_of_each(meetings: Iterable[Meeting]) -> Iterable[Meeting]:
    """Each meeting once, by its key; of equals the last."""
    kept: dict[str, Meeting] = {}
    for meeting in meetings:
        other = kept.get(meeting.key)
        if other is None or other.cancelled or not meeting.cancelled:
            kept[meeting.key] = meeting
    return kept.values()
