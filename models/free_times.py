"""The free times of one day: what is left of its hours when everything in a calendar is taken out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.days import LONDON
from models.facts import Meeting

QUARTER = 15  # minutes; nobody invites people for 11:07
DAY = 24 * 60
LONGEST = 400  # days; an entry that runs for years takes no more of them than that


@dataclass(frozen=True, slots=True)
class Free:
    """From when to when nothing is known to be on, London time, on one day."""

    starts: time
    ends: time


class Busy:
    """The hours of meetings by day, whole-day entries apart: those have no hours that could be taken."""

    def __init__(self, meetings: Iterable[Meeting]) -> None:
        self._spans: dict[date, list[tuple[int, int]]] = {}
        self._whole_days: set[date] = set()
        for meeting in meetings:
            self.add(meeting)

    def add(self, meeting: Meeting) -> None:
        """Take the hours of one more meeting. A cancelled one takes none."""
        if meeting.cancelled:
            return
        for on, span in _spans(meeting):
            if span is None:
                self._whole_days.add(on)
            else:
                self._spans.setdefault(on, []).append(span)

    def give_back(self, meeting: Meeting) -> None:
        """Free the hours of a meeting that is about to move."""
        for on, span in _spans(meeting):
            if span in (taken := self._spans.get(on, [])):
                taken.remove(span)

    def whole_day(self, day: date) -> bool:
        """Whether a calendar has an entry for the whole of that day."""
        return day in self._whole_days

    def free(self, day: date, hours: tuple[time, time], length: timedelta) -> tuple[Free, ...]:
        """The free spans inside some hours in which a meeting has room, each from a quarter hour on.

        Counted by the clock on the wall. The clocks change at night, on Sundays, when nobody meets.
        """
        needed = max(int(length.total_seconds() // 60), 1)
        at, until = _of(hours[0]), _of(hours[1])
        found = []
        for starts, ends in [*sorted(self._spans.get(day, ())), (until, DAY)]:
            if min(starts, until) - at >= needed:
                found.append(Free(_time(at), _time(min(starts, until))))
            at = max(at, -(-ends // QUARTER) * QUARTER)
        return tuple(found)

    def is_free(self, meeting: Meeting) -> bool:
        """Whether nothing else is on while a meeting of one day runs."""
        starts, ends = _minute(meeting.starts), _minute(meeting.ends) or DAY
        return all(ends <= taken or over <= starts for taken, over in self._spans.get(meeting.day, ()))


def moment(day: date, at: time) -> datetime:
    """A time of a day in London."""
    return datetime.combine(day, at, LONDON)


def _spans(meeting: Meeting) -> Iterator[tuple[date, tuple[int, int] | None]]:
    """The minutes that a meeting takes of each of its days; None for an entry of whole days."""
    day, last = meeting.day, meeting.last_day
    for number in range(min((last - day).days, LONGEST) + 1):
        on = day + timedelta(days=number)
        starts = _minute(meeting.starts) if on == day else 0
        ends = _minute(meeting.ends) if on == meeting.ends.date() else DAY
        if meeting.all_day:
            yield on, None
        elif ends > starts:
            yield on, (starts, ends)


def _minute(at: datetime) -> int:
    return at.hour * 60 + at.minute + bool(at.second)


def _of(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minutes: int) -> time:
    return time(*divmod(min(minutes, DAY - 1), 60))
