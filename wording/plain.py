"""Plain, safe words: text that other people typed, made harmless once, and days and hours as people say them.

A title, a file name or a reason can hold anything: colours for a terminal, marks that turn the reading
direction round, ten thousand letters. Every output of this room cleans such text here and nowhere else.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import zip_longest

from models import spoken
from models.days import LONDON
from models.facts import Meeting

LINE = 120  # letters of a title that fit into a list a person reads
PARAGRAPH = 500  # letters of a sentence; whoever needs more has the file it came from
NO_TITLE = "(no title)"
MARKS_ON_A_LETTER = 4  # no written language needs more; hundreds would cover the lines above and below

# Whole terminal commands go first: without their first character they would leave "[31m" behind.
_TERMINAL_COMMAND = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor moves
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"  # links, window titles
    r"|\x1b[ -/]*[0-~]"
)


@lru_cache(maxsize=8192)
def clean(text: str, longest: int | None = None) -> str:
    """The text on one line, without control characters, hidden marks or changes of reading direction.

    `longest` cuts it, with an ellipsis to say so. Ordinary titles come back as they were.
    """
    if not text.isascii() or not text.isprintable():
        text = _visible(_TERMINAL_COMMAND.sub("", text))
    text = " ".join(text.split())
    if longest is not None and len(text) > longest:
        return text[: longest - 1].rstrip() + "…"
    return text


def title(meeting: Meeting, longest: int | None = LINE) -> str:
    """What a meeting is called, safe to show; never empty."""
    return clean(meeting.title, longest) or NO_TITLE


def short_day(value: date) -> str:
    """Fri 27 Nov."""
    return f"{value:%a} {value.day} {value:%b}"


def days_listed(days: Iterable[date]) -> str:
    """Several days in one line, each year said once: Fri 20 Nov, Mon 23 Nov 2026, Tue 5 Jan 2027."""
    ordered = sorted(days)
    years = [day.year for day in ordered]
    return ", ".join(
        short_day(day) if following == day.year else f"{short_day(day)} {day.year}"
        for day, following in zip_longest(ordered, years[1:])
    )


def hours(meeting: Meeting) -> str:
    """From when to when: "9:30am to 11am", "all day"; with both days where it runs past midnight."""
    if meeting.all_day:
        until = "" if meeting.last_day == meeting.day else f", until {spoken.day(meeting.last_day)}"
        return f"all day{until}"
    starts = spoken.clock(meeting.starts.time())
    if meeting.ends.date() != meeting.day:
        return f"{starts} to {spoken.moment(meeting.ends)}"
    assumed = " (end assumed)" if meeting.end_assumed else ""
    return f"{starts} to {spoken.clock(meeting.ends.time())}{assumed}"


def when(meeting: Meeting) -> str:
    """The day and the hours of a meeting: Friday 27 November 2026, 9:30am to 11am."""
    return f"{spoken.day(meeting.day)}, {hours(meeting)}"


def deadline(due: datetime) -> str:
    """A due moment as people say it: "the end of Friday 20 November 2026" for the last minute of a day."""
    local = due.astimezone(LONDON)
    if (local.hour, local.minute) == (23, 59):
        return f"the end of {spoken.day(local.date())}"
    return spoken.moment(local)


def sentence(text: str) -> str:
    """The same words with a capital first and a full stop last, where they have none."""
    text = clean(text, PARAGRAPH)
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!…" else ".")


def _visible(text: str) -> str:
    return "".join(_marks_held_back(unicodedata.normalize("NFC", text)))


def _marks_held_back(text: str) -> Iterator[str]:
    marks = 0
    for letter in text:
        kind = unicodedata.category(letter)
        if kind[0] == "M":
            marks += 1
            if marks > MARKS_ON_A_LETTER:
                continue
        elif kind[0] != "C":
            marks = 0
        if kind[0] != "C" and kind not in ("Zl", "Zp"):
            yield letter
        elif letter.isspace() or kind in ("Zl", "Zp"):
            yield " "
