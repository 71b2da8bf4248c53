"""What `slots` found, for the terminal: lines that read well at 80 columns, aloud, and without colour."""

from collections.abc import Iterator

from rich.console import Group

from wording import slots_words as words
from wording.check_text import Line
from wording.plain import PARAGRAPH, clean
from wording.slots_found import SlotsFound


def slots_text(found: SlotsFound) -> Group:
    """The whole answer, to be printed on a rich console."""
    return Group(*_opening(found), *_slots(found), *_passed(found), *_listed(found))


def _opening(found: SlotsFound) -> Iterator[Line]:
    yield Line(f"Dates that fit: {words.whom_for(found)}", style="bold")
    yield Line(words.looked_for(found.search))
    yield Line(f"{words.ASK_BOTH} {words.calendars(found)}")
    if words.two_readings(found.search.slots):
        yield Line(words.TWO_READINGS)


def _slots(found: SlotsFound) -> Iterator[Line]:
    for number, slot in enumerate(found.search.slots, 1):
        yield Line("")
        yield Line(f"{number}. {words.slot_when(slot)}", 2, "bold")
        yield from (Line(line, 5) for line in words.more_about(slot))
    why = words.why_none(found.search)
    if why:
        yield Line("")
        yield Line(why)


def _passed(found: SlotsFound) -> Iterator[Line]:
    if not found.search.passed or found.search.too_long:
        return
    yield Line("")
    yield Line("Days that don't fit", style="bold")
    yield from (Line(words.passed_line(one), 2) for one in found.search.passed)


def _listed(found: SlotsFound) -> Iterator[Line]:
    for heading, told in (("Could not be used", found.faults), ("Worth knowing", found.notes)):
        if told:
            yield Line("")
            yield Line(heading, style="bold")
            yield from (Line(clean(line, PARAGRAPH), 2) for line in told)
