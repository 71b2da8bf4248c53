"""The sentences of a search for dates: the same in the terminal and in every file."""

from collections.abc import Sequence
from datetime import date, datetime

from models import spoken
from models.fitting import Kind, PapersDue
from models.free_times import Free
from models.slots import Passed, Search, Slot
from wording.plain import LINE, clean, sentence
from wording.slots_found import SlotsFound

ASK_BOTH = "We can't see NHS or forum diaries, so please check with both."
LOOKED_AT_NONE = "You gave no calendar, so we can't see what else is on."
LEFT_OUT = "Times that are taken in the calendars you gave are left out."
LEFT_OUT_IN_ONE = "Times that are taken in the calendar you gave are left out."
TWO_READINGS = (
    "Papers have two days where the partners have not settled how days are counted. "
    "The first is safe both ways."
)
WHOLE_DAY_ENTRY = "A calendar you gave has an entry for that whole day. Please have a look."
ADD_DATES = "Please add dates."
NONE = "We found no date that fits."


def whom_for(found: SlotsFound) -> str:
    """The group that was named, else the type of meeting."""
    return clean(found.search.wanted.group or found.search.wanted.type, LINE)


def looked_for(search: Search) -> str:
    """How long, between which hours, and from when on."""
    earliest, latest = (spoken.clock(at) for at in search.hours)
    hours = f"between {earliest} and {latest}"
    whose = "" if search.promised else " (the agreement sets no hours for these meetings)"
    length = minutes(int(search.wanted.length.total_seconds() // 60))
    return f"{length} {hours}{whose}, from {spoken.day(search.wanted.first)} on."


def calendars(found: SlotsFound) -> str:
    """Whose times were left out, if any."""
    return (LOOKED_AT_NONE, LEFT_OUT_IN_ONE)[found.calendars] if found.calendars < 2 else LEFT_OUT


def why_none(search: Search) -> str:
    """Why there is no slot, or fewer than were asked for, and what would help; empty where there are enough."""
    if search.too_long:
        earliest, latest = (spoken.clock(at) for at in search.hours)
        return f"{NONE} It is longer than the time between {earliest} and {latest}. Please try a shorter one."
    if len(search.slots) >= search.wanted.most:
        return ""
    until = spoken.day(search.looked_until)
    told = f"There are no more until {until}." if search.slots else f"{NONE} We looked until {until}."
    beyond = next((one for one in search.passed if one.kind is Kind.UNKNOWN), None)
    if beyond is None:
        return f"{told} To look further, use --weeks."
    return f"{told} {sentence(f'From {spoken.day(beyond.first)} {beyond.why}')} {ADD_DATES}"


def slot_when(slot: Slot) -> str:
    """Tuesday 1 December 2026, 10am to noon."""
    return f"{spoken.day(slot.starts.date())}, {span(slot.starts, slot.ends)}"


def span(starts: datetime, ends: datetime) -> str:
    """10am to noon."""
    return f"{spoken.clock(starts.time())} to {spoken.clock(ends.time())}"


def free(slot: Slot) -> str:
    """All free times of the day; empty where the slot takes them all."""
    if [(one.starts, one.ends) for one in slot.free] == [(slot.starts.time(), slot.ends.time())]:
        return ""
    return f"Any time from {spoken.listed([_between(one) for one in slot.free])}."


def papers(due: PapersDue | None) -> str:
    """By when the papers go out, both readings; empty where none were promised."""
    if due is None:
        return ""
    told = f"Papers go out by the end of {spoken.day(due.day)}"
    later = f" (or {spoken.day(due.latest)}, if the day of sending counts)" if due.latest != due.day else ""
    return f"{told}{later}."


def passed_when(one: Passed) -> str:
    """Thursday 18 February; Monday 15 to Friday 19 February 2027."""
    return days(one.first, one.last)


def days(first: date, last: date) -> str:
    """From one day to another, the month and the year said once where they are the same."""
    if first == last:
        return spoken.day(first)
    if first.year != last.year:
        return f"{spoken.day(first)} to {spoken.day(last)}"
    month = "" if first.month == last.month else f" {first:%B}"
    return f"{first:%A} {first.day}{month} to {spoken.day(last)}"


def passed_line(one: Passed) -> str:
    """Monday 15 to Friday 19 February 2027: half term."""
    ask = f". {ADD_DATES}" if one.kind is Kind.UNKNOWN else ""
    return f"{passed_when(one)}: {clean(one.why, LINE)}{ask}"


def more_about(slot: Slot) -> list[str]:
    """What else is worth knowing of a slot, a sentence each."""
    told = [free(slot), papers(slot.papers), *slot.remarks, WHOLE_DAY_ENTRY if slot.whole_day_entry else ""]
    return [clean(line) for line in told if line]


def two_readings(slots: Sequence[Slot]) -> bool:
    """Whether papers have two days."""
    return any(slot.papers and slot.papers.latest != slot.papers.day for slot in slots)


def minutes(number: int) -> str:
    """2 hours; 1 hour and 30 minutes; 45 minutes."""
    hours, rest = divmod(number, 60)
    parts = [spoken.count(hours, "hour")] * (hours > 0) + [spoken.count(rest, "minute")] * (rest > 0)
    return spoken.listed(parts)


def _between(one: Free) -> str:
    return f"{spoken.clock(one.starts)} to {spoken.clock(one.ends)}"
