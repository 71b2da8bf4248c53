"""Clause 4.2: meetings "will be held between 10am and 2pm". Judges the hours of a meeting, London time."""

from models import spoken
from models.agreement import Promise, WindowTest
from models.facts import Meeting
from models.findings import State
from models.rules.verdict import Case, Verdict, wrong

ASSUMED = " (no end given, so two hours are assumed)"


def within_hours(promise: Promise, meeting: Meeting, case: Case) -> Verdict:
    """The whole meeting lies between the two agreed times; both ends may touch them.

    All-day entries have no hours; a meeting whose time zone is unknown, or that ends before it starts,
    has none that we can trust.
    """
    if meeting.all_day:
        return Verdict(State.CANNOT_TELL, "It is an all-day entry, so it has no hours to judge.")
    if meeting.doubt:
        return Verdict(State.CANNOT_TELL, f"We can't tell its hours: {meeting.doubt}.")
    if meeting.ends < meeting.starts:
        return Verdict(State.CANNOT_TELL, "We can't tell its hours: it ends before it starts.")
    test: WindowTest = promise.test
    first, last = meeting.starts.time(), meeting.ends.time()
    assumed = ASSUMED if meeting.end_assumed else ""
    if meeting.starts.date() != meeting.ends.date():
        span = f"from {spoken.moment(meeting.starts)} to {spoken.moment(meeting.ends)}"
        return Verdict(
            wrong(meeting, case), f"It runs {span}{assumed}, so it does not end the day it starts."
        )
    if test.earliest <= first and last <= test.latest:
        span = f"from {spoken.clock(first)} to {spoken.clock(last)}"
        return Verdict(State.KEPT, f"It runs {span}{assumed}.")
    faults = []
    if first < test.earliest:
        faults.append(f"starts at {spoken.clock(first)}, before {spoken.clock(test.earliest)}")
    elif first > test.latest:
        faults.append(f"starts at {spoken.clock(first)}, after {spoken.clock(test.latest)}")
    if last > test.latest >= first:
        faults.append(f"ends at {spoken.clock(last)}, after {spoken.clock(test.latest)}{assumed}")
    return Verdict(wrong(meeting, case), f"It {spoken.listed(faults)}.")
