"""Turns the entries of an .ics file into meetings: single ones directly, series date by date."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from models.facts import Meeting
from models.keys import meeting_key_in_file
from reading.faults import Fault
from reading.ics_entry import Draft
from reading.ics_series import UNREADABLE, UNREADABLE_DATES, Occurrence, laid_out
from reading.ics_times import in_london, london_day
from reading.reading_result import Reading
from reading.series_rules import Steps

MOST_MEETINGS = 200_000
ONE_DAY = timedelta(days=1)
_TOO_MANY = (
    f"the series in this file have more than {MOST_MEETINGS:,} dates; the other series were not read",
    "Export fewer calendars or years at a time",
)


def add_meetings(file: str, drafts: list[Draft], reading: Reading, horizon: date) -> None:
    """Add the meetings of all drafts to the reading. Entries of one UID belong together."""
    by_uid: defaultdict[str, list[Draft]] = defaultdict(list)
    for each in drafts:
        by_uid[each.uid].append(each)
    steps = Steps()
    for family in by_uid.values():
        if len(reading.meetings) > MOST_MEETINGS:
            reading.faults.append(Fault(file, family[0].line, *_TOO_MANY))
            return
        _add_family(file, family, reading, horizon, steps)


def _add_family(file: str, family: list[Draft], reading: Reading, horizon: date, steps: Steps) -> None:
    _hide_all_where_one_is_private(family)
    head = next((each for each in family if each.planned is None), None)
    others = [each for each in family if each is not head]
    if head is None or not (head.repeats or head.unreadable_rule or head.unreadable_dates or others):
        reading.meetings.extend(_single(each) for each in family)
        return
    series = laid_out(head, others, horizon, steps)
    trouble = UNREADABLE if head.unreadable_rule else series.trouble
    if head.unreadable_dates:
        trouble = UNREADABLE_DATES
    if trouble:
        reading.faults.append(Fault(file, head.line, *trouble))
    reading.endless += series.endless and not trouble
    reading.shortened += series.shortened and not trouble
    reading.meetings.extend(_of_series(each, head) for each in series.occurrences)


def _hide_all_where_one_is_private(family: list[Draft]) -> None:
    """Programs forget to mark the moved occurrence of a private series as private."""
    if any(each.private for each in family):
        for each in family:
            each.private = True


def _single(said: Draft) -> Meeting:
    """A meeting alone, or one occurrence that was exported without its series."""
    if said.planned is None:
        return _meeting(said, said, said.starts, said.ends, None)
    return _meeting(said, said, said.starts, said.ends, in_london(said.planned))


def _of_series(each: Occurrence, head: Draft) -> Meeting:
    return _meeting(each.draft, head, each.starts, each.ends, in_london(each.planned))


def _meeting(said: Draft, head: Draft, starts: date, ends: date, planned: datetime | None) -> Meeting:
    """A meeting as its entry says, and where that is silent as the head of its series says."""
    first = in_london(starts)
    last = max(in_london(ends), first)  # in spring the clocks may skip a start and not its end
    if said.all_day:
        first_day = london_day(starts)
        first, last = in_london(first_day), in_london(max(london_day(ends), first_day + ONE_DAY))
    return Meeting(
        key=meeting_key_in_file(said.uid, planned),
        uid=said.uid,
        title=said.title or head.title,
        starts=first,
        ends=last,
        series=said.uid if planned else "",
        all_day=said.all_day,
        cancelled=said.cancelled or head.cancelled,
        private=said.private,
        end_assumed=said.end_assumed,
        online=said.online,
        place=said.place,
        organiser=said.organiser or head.organiser,
        doubt=said.doubt,
    )
