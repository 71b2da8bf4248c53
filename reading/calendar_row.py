"""One row of a calendar kept as a table: its meeting, or what is wrong with it."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from models.days import LONDON
from models.facts import Meeting
from models.keys import meeting_key_in_file
from reading.misread import MisreadError
from reading.online import names_online_meeting
from reading.quoting import printable, quoted
from reading.written_dates import read_date
from reading.written_times import read_time

ASSUMED_LENGTH = timedelta(hours=2)
ONE_DAY = timedelta(days=1)
LONGEST_TEXT = 1_000

_YES = {"true", "yes", "y", "1", "x", "on", "cancelled", "canceled"}
_NO = {"", "false", "no", "n", "0", "off", "normal", "public"}
_ONLY_NUMBERS = re.compile(r"[\d\s/.:-]+(?:am|pm)?", re.IGNORECASE)  # safe to repeat: it can't be a title


def meeting_of(cells: Mapping[str, str], seen: Counter[str]) -> Meeting:
    """The meeting of a row. `seen` counts rows that are exactly alike, so that each has a key of its own."""
    title = printable(cells.get("title", "")[:LONGEST_TEXT])
    group = printable(cells.get("group", ""))
    starts, ends, all_day, assumed = _times(cells)
    uid = _uid(starts, title, group, all_day=all_day, seen=seen)
    place = printable(cells.get("place", "")[:LONGEST_TEXT])
    return Meeting(
        key=meeting_key_in_file(uid, None),
        uid=uid,
        title=title,
        starts=starts,
        ends=ends,
        group=group,
        all_day=all_day,
        cancelled=_says_yes(cells, "cancelled"),
        private=any(cells.get(name, "").casefold() not in _NO for name in ("private", "sensitivity")),
        end_assumed=assumed,
        online=names_online_meeting(place),
        place=place,
    )


def _times(cells: Mapping[str, str]) -> tuple[datetime, datetime, bool, bool]:
    """Start, end, whether it is all day, and whether the end is only assumed."""
    day = _date(cells, "date")
    last = _date(cells, "end_date") if cells.get("end_date") else day
    start = _time(cells, "start_time")
    if start is None or _says_yes(cells, "all_day_event"):
        return _midnight(day), _midnight(max(day, last) + ONE_DAY), True, False
    starts = _instant(day, start)
    end = _time(cells, "end_time")
    if end is None:
        return starts, (starts.astimezone(UTC) + ASSUMED_LENGTH).astimezone(LONDON), False, True
    ends = _instant(last, end)
    if ends.astimezone(UTC) < starts.astimezone(UTC):
        raise MisreadError(
            f"the meeting on {day.isoformat()} ends before it starts", "Correct its start or its end"
        )
    return starts, ends, False, False


def _date(cells: Mapping[str, str], column: str) -> date:
    cell = cells.get(column, "")
    try:
        return read_date(cell)
    except ValueError as bad:
        what = (
            str(bad)
            if _ONLY_NUMBERS.fullmatch(cell) or not cell
            else f"what stands under {column} is no date"
        )
        raise MisreadError(what, "Write dates as 2026-02-13 or 13/02/2026") from None


def _time(cells: Mapping[str, str], column: str) -> time | None:
    cell = cells.get(column, "")
    if not cell:
        return None
    found = read_time(cell)
    if found is None:
        shown = quoted(cell) if _ONLY_NUMBERS.fullmatch(cell) else "what stands there"
        raise MisreadError(
            f"the {column.replace('_', ' ')} can't be read: {shown}", "Write times as 10:00 or 2.30pm"
        )
    return found


def _says_yes(cells: Mapping[str, str], column: str) -> bool:
    return cells.get(column, "").casefold() in _YES


def _uid(starts: datetime, title: str, group: str, *, all_day: bool, seen: Counter[str]) -> str:
    """A name for the row that stays the same as long as its date, start, title and group do."""
    when = starts.date().isoformat() if all_day else starts.strftime("%Y-%m-%dT%H:%M:%S")
    uid = "csv-" + sha256("\n".join((when, title, group)).encode()).hexdigest()[:20]
    seen[uid] += 1
    return uid if seen[uid] == 1 else f"{uid}-{seen[uid]}"


def _instant(day: date, moment: time) -> datetime:
    """A time in London; one that the clocks skip in spring becomes the hour after."""
    return datetime.combine(day, moment, LONDON).astimezone(UTC).astimezone(LONDON)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
