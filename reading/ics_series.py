"""Lays out a series: the dates of its rule, less those left out, with the moved ones where they moved to.

The rule is walked with an end (series_rules). What moved and cancelled occurrences do to its dates is
left to recurring_ical_events; a series without any takes the short way, six times as fast.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from icalendar import Calendar, Event
from recurring_ical_events import CalendarQuery  # type: ignore[import-untyped] # ships no types

from reading.ics_entry import Draft
from reading.ics_times import Moment, in_london, like
from reading.series_rules import MOST_DATES, Steps, dates_of, is_endless

_OURS = "X-DRAFT"  # which of our drafts an occurrence was made from
TOO_MANY = (
    f"a series in this file repeats so often that only {MOST_DATES:,} of its dates were read",
    "Look in the calendar it came from how often it repeats, and until when",
)
NEVER = (
    "the rule by which this series repeats never comes true; only its first date was read",
    "Look at the rule in the calendar it came from",
)
UNREADABLE = (
    "the rule by which this series repeats can't be read; only its first date is shown",
    "Open the series in the calendar it came from, save it and export it again",
)
UNREADABLE_DATES = (
    "the extra or left-out dates of this series can't be read, so some of its dates may be wrong",
    "Open the series in the calendar it came from, save it and export it again",
)
_A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a series: what is said of it, when it is, and when it was planned to be."""

    draft: Draft
    starts: Moment
    ends: Moment
    planned: Moment


@dataclass(slots=True)
class Series:
    """One series laid out; `trouble` is what to tell about it: what, and the cure."""

    occurrences: list[Occurrence] = field(default_factory=list)
    endless: bool = False
    shortened: bool = False
    trouble: tuple[str, str] | None = None


def laid_out(head: Draft, exceptions: list[Draft], horizon: date, steps: Steps) -> Series:
    """The series with this head and these exceptions; an endless one as far as the horizon."""
    series = Series(endless=any(map(is_endless, head.rules)))
    dates = _dates(head, series, horizon, steps)
    left_out = [*head.left_out, *_dates_of_exception_rules(head, series, horizon, steps)]
    if not dates or (series.shortened and head.starts not in dates):
        left_out.append(head.starts)
    if exceptions:
        found = with_exceptions(head, exceptions, dates, left_out)
    else:
        found = without_exceptions(head, dates, left_out)
    series.occurrences = [
        each for each in found if not series.endless or in_london(each.starts).date() <= horizon
    ]
    return series


def _dates(head: Draft, series: Series, horizon: date, steps: Steps) -> list[Moment]:
    """All dates of the head's rules, or its first alone where they can't be followed."""
    if not head.rules:
        return [head.starts]
    walked = [_walked(rule, head, series, horizon, steps) for rule in head.rules]
    return [moment for dates in walked for moment in ([head.starts] if dates is None else dates)]


def _dates_of_exception_rules(head: Draft, series: Series, horizon: date, steps: Steps) -> Iterator[Moment]:
    """Dates that an old kind of rule (EXRULE) takes out again."""
    for rule in head.exception_rules:
        yield from _walked(rule, head, series, horizon, steps) or ()


def _walked(rule: str, head: Draft, series: Series, horizon: date, steps: Steps) -> list[Moment] | None:
    """The dates of a rule; None where it can't be followed."""
    try:
        dates = dates_of(rule, head.starts, horizon, steps)
    except (ValueError, ArithmeticError, TypeError, AttributeError):
        series.trouble = UNREADABLE
        return None
    series.shortened |= dates.shortened
    if dates.never or dates.cut:
        series.trouble = NEVER if dates.never else TOO_MANY
    return None if dates.never else dates.found


def without_exceptions(head: Draft, dates: list[Moment], left_out: list[Moment]) -> Iterator[Occurrence]:
    """Every date of a series of which no occurrence was moved or cancelled by itself."""
    usual = head.ends - head.starts  # type: ignore[operator] # of one kind
    lengths = dict.fromkeys((head.starts, *dates), usual)
    lengths.update((moment, length or usual) for moment, length in head.extra_dates)
    gone = set(left_out)
    for moment, length in lengths.items():
        if moment not in gone:
            yield Occurrence(head, moment, moment + length, moment)


def with_exceptions(
    head: Draft, exceptions: list[Draft], dates: list[Moment], left_out: list[Moment]
) -> Iterator[Occurrence]:
    """The dates of a series with its exceptions in their places."""
    drafts = [head, *exceptions]
    calendar = Calendar()
    calendar.add_component(_head_event(head, dates, left_out))
    for number, draft in enumerate(exceptions, 1):
        calendar.add_component(_exception_event(draft, head, number))
    days = [in_london(moment).date() for moment in (*dates, *_all_moments(drafts))]
    for event in CalendarQuery(calendar).between(min(days) - _A_YEAR, max(days) + _A_YEAR):
        draft = drafts[int(event[_OURS])]
        starts = event["DTSTART"].dt
        yield Occurrence(draft, starts, event["DTEND"].dt, _planned(draft, starts, head))


def _planned(draft: Draft, starts: Moment, head: Draft) -> Moment:
    """The start it had in the series. What goes "for all later ones" moved each of them by as much.

    All in the head's kind of time: later ones may have become all-day where the series has hours.
    """
    if draft.planned is None:
        return starts
    planned = like(draft.planned, head.starts)
    if not draft.onwards:
        return planned
    moved = like(draft.starts, head.starts) - planned
    return like(like(starts, draft.starts), head.starts) - moved  # the library gives whole days as midnights


def _head_event(head: Draft, dates: list[Moment], left_out: list[Moment]) -> Event:
    event = _event(head, 0)
    periods = [(moment, length) if length else moment for moment, length in head.extra_dates]
    if more := [moment for moment in dates if moment != head.starts] + periods:
        event.add("RDATE", more)
    if left_out:
        event.add("EXDATE", left_out)
    return event


def _exception_event(draft: Draft, head: Draft, number: int) -> Event:
    assert draft.planned is not None  # noqa: S101 - that makes it an exception
    event = _event(draft, number)
    event.add("RECURRENCE-ID", like(draft.planned, head.starts))
    if draft.onwards:
        event["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
    return event


def _event(draft: Draft, number: int) -> Event:
    """An event with nothing in it but its times: all that the library need know."""
    event = Event()
    event.add("UID", "ours")
    event.add("DTSTART", draft.starts)
    event.add("DTEND", draft.ends)
    event.add(_OURS, str(number))
    return event


def _all_moments(drafts: list[Draft]) -> Iterator[Moment]:
    for draft in drafts:
        yield from (draft.starts, draft.ends, draft.planned or draft.starts)
        yield from (moment for moment, _ in draft.extra_dates)
