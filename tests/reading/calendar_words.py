"""Says a meeting in one line that a person can check against a wall calendar."""

from models.days import LONDON
from models.facts import Meeting

_MARKS = ("cancelled", "private", "end_assumed")


def in_words(meeting: Meeting) -> str:
    """Such as "Mon 01 Jun 2026 10:00-12:00 Board [cancelled]"."""
    assert meeting.starts.tzinfo is LONDON
    assert meeting.ends.tzinfo is LONDON
    marks = [mark.replace("_", " ") for mark in _MARKS if getattr(meeting, mark)]
    if meeting.doubt:
        marks.append(meeting.doubt)
    end = f" [{', '.join(marks)}]" if marks else ""
    return f"{_when(meeting)} {meeting.title}{end}"


def _when(meeting: Meeting) -> str:
    day, last = f"{meeting.day:%a %d %b %Y}", f"{meeting.last_day:%a %d %b %Y}"
    until = "" if day == last else f" to {last}"
    if meeting.all_day:
        return f"{day}{until} all day"
    if until:
        return f"{day} {meeting.starts:%H:%M}{until} {meeting.ends:%H:%M}"
    return f"{day} {meeting.starts:%H:%M}-{meeting.ends:%H:%M}"
