"""The dates of a rule such as "every second Tuesday", with an end even where the rule has none.

The library behind the rules (dateutil) walks on until the year 9999 where a rule never comes true
(30 February), and yields a date for every second where somebody asks for it. So we count its steps.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from dateutil.rrule import rrulestr  # type: ignore[import-untyped] # dateutil ships no types
from icalendar import vRecur

from reading.ics_times import Moment, in_london, is_whole_day

MOST_DATES = 2_000  # of one series
STEPS_FOR_ONE = 100_000  # days in 270 years; a tenth of a second or two
STEPS_FOR_ALL = 2_000_000
_MORE_THAN_DAILY = ("SECONDLY", "MINUTELY", "HOURLY")


class OutOfStepsError(Exception):
    """A rule that has been walked for long enough."""


@dataclass(slots=True)
class Steps:
    """How many steps may still be made: in all series of a file together, and in the present one."""

    for_all: int = STEPS_FOR_ALL
    for_one: int = 0

    def begin(self) -> None:
        """Start on a new series."""
        self.for_one = min(STEPS_FOR_ONE, self.for_all)

    def spend(self) -> None:
        """Make one step, or raise OutOfStepsError."""
        if self.for_one <= 0:
            raise OutOfStepsError
        self.for_one -= 1
        self.for_all -= 1


@dataclass(slots=True)
class Dates:
    """The dates of one rule.

    `cut`: there were too many. `shortened`: there were many, and only the later ones are here. `never`:
    the rule does not come true.
    """

    found: list[Moment] = field(default_factory=list)
    cut: bool = False
    shortened: bool = False
    never: bool = False


class _CountedInterval(int):
    """The 2 of "every 2 weeks", counting each time it is added: dateutil adds it once a step."""

    steps: Steps

    def __radd__(self, other: int) -> int:
        self.steps.spend()
        return int(self) + other

    __add__ = __radd__

    def __mul__(self, other: int) -> int:
        self.steps.spend()
        return int(self) * other

    __rmul__ = __mul__


def rule_text(rule: object, starts: Moment) -> str:
    """A rule as text, its end brought into the form the standard asks for; empty where it can't be read.

    Many programs end a timed series on a bare date, and mean the whole of that day.
    """
    if not isinstance(rule, vRecur) or "FREQ" not in rule:
        return ""
    plain = vRecur(rule)
    if until := rule.get("UNTIL"):
        plain["UNTIL"] = [_end_like(until[0], starts)]
    return bytes(plain.to_ical()).decode()  # type: ignore[no-untyped-call] # the library's


def is_endless(rule: str) -> bool:
    """Whether a rule goes on for ever."""
    return "COUNT=" not in rule and "UNTIL=" not in rule


def dates_of(rule: str, starts: Moment, horizon: date, steps: Steps) -> Dates:
    """The dates of a rule: an endless one to the horizon, at most 2,000, those nearest the horizon.

    Of rules by the hour, minute or second the first 2,000. Raises ValueError where the rule is broken.
    """
    dates = Dates()
    steps.begin()
    try:
        _collect(dates, _walk(rule, starts, steps), rule, horizon)
    except OutOfStepsError:
        dates.cut = bool(dates.found)
    dates.never = not dates.found and not _is_over(rule, starts) and _day(starts) <= horizon
    return dates


def _collect(dates: Dates, walk: Iterator[Moment], rule: str, horizon: date) -> None:
    upto, beyond = deque[Moment](), list[Moment]()
    try:
        for moment in walk:
            late = _day(moment) > horizon
            if late and is_endless(rule):
                break
            if len(upto) + len(beyond) >= MOST_DATES:
                dates.cut = any(word in rule for word in _MORE_THAN_DAILY)
                dates.shortened = not dates.cut
                if late or dates.cut:
                    break
                upto.popleft()
            (beyond if late else upto).append(moment)
    finally:
        dates.found = [*upto, *beyond]


def _is_over(rule: str, starts: Moment) -> bool:
    """Whether a series ends before it starts: so some programs write that all its dates were deleted."""
    until = vRecur.from_ical(rule).get("UNTIL")
    return bool(until) and in_london(until[0]) < in_london(starts)


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _walk(rule: str, starts: Moment, steps: Steps) -> Iterator[Moment]:
    interval = int(vRecur.from_ical(rule).get("INTERVAL", [1])[0])
    if interval < 1:
        raise ValueError("a series can't stand still")
    counted = _CountedInterval(interval)
    counted.steps = steps
    whole_days = is_whole_day(starts)
    first = datetime.combine(starts, time()) if whole_days else starts
    for moment in rrulestr(rule, dtstart=first).replace(interval=counted):
        steps.spend()
        yield moment.date() if whole_days else moment


def _end_like(until: date, starts: Moment) -> date:
    """The last moment of a series: a date for whole days, else in UTC."""
    if not isinstance(starts, datetime):
        return until.date() if isinstance(until, datetime) else until
    if not isinstance(until, datetime):
        until = datetime.combine(until, time(23, 59, 59))
    return (until if until.tzinfo else until.replace(tzinfo=starts.tzinfo)).astimezone(UTC)
