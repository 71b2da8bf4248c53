"""Reads an exported calendar in the iCalendar form (.ics), from Outlook, Google, Apple or anywhere else."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from reading.faults import Fault, Unreadable
from reading.file_lines import opened, physical_lines, unfolded
from reading.ics_entries import MOST_ENTRIES, Cut, Entry, cut
from reading.ics_entry import Draft, draft
from reading.ics_meetings import add_meetings
from reading.misread import MisreadError
from reading.quoting import printable
from reading.reading_result import Progress, Reading
from reading.versions import newest
from reading.zones import Zones

EXPORT_AGAIN = "Export the calendar again, whole"
NOW_AND_THEN = 500  # entries between two words about progress


def read_ics(path: Path, horizon: date, progress: Progress) -> Reading:
    """All meetings of an .ics file, with a fault for each entry that can't be read."""
    with opened(path) as handle:
        entries = cut(unfolded(physical_lines(handle)))
    reading = Reading(faults=list(_faults_of_the_file(str(path), entries)))
    if not entries.meetings:
        raise Unreadable([_nothing_in_it(str(path), entries)])
    drafts, reading.older = newest(list(_drafts(str(path), entries, reading, progress)))
    add_meetings(str(path), drafts, reading, horizon)
    return reading


def _drafts(file: str, entries: Cut, reading: Reading, progress: Progress) -> Iterator[Draft]:
    zones = _zones(entries.zones)
    total = len(entries.meetings)
    for number, entry in enumerate(entries.meetings):
        if number % NOW_AND_THEN == 0:
            progress(number, total)
        try:
            yield draft(entry, zones[entry.calendar], entries.methods.get(entry.calendar, ""))
        except MisreadError as misread:
            reading.faults.append(Fault(file, entry.line, misread.what, misread.cure))
        except Exception:  # whatever trips the library over one entry, the others stand
            reading.faults.append(Fault(file, entry.line, "this entry can't be read", EXPORT_AGAIN))
    progress(total, total)


def _zones(entries: list[Entry]) -> defaultdict[int, Zones]:
    """The zones of each calendar in the file: names mean what their own calendar says."""
    definitions: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for entry in entries:
        for line in entry.lines:
            if line.upper().startswith("TZID"):
                name = printable(line.partition(":")[2].replace("\\,", ",").replace('"', ""))
                definitions[entry.calendar].setdefault(name, entry.ical)
    return _ByCalendar(definitions)


class _ByCalendar(defaultdict[int, Zones]):
    """Zones by calendar number; a calendar that defines none still knows the world's."""

    def __init__(self, definitions: defaultdict[int, dict[str, str]]) -> None:
        super().__init__()
        self._definitions = definitions

    def __missing__(self, calendar: int) -> Zones:
        self[calendar] = Zones(self._definitions[calendar])
        return self[calendar]


def _faults_of_the_file(file: str, entries: Cut) -> Iterator[Fault]:
    for line in entries.unended:
        yield Fault(file, line, "this entry has no end", EXPORT_AGAIN)
    if entries.ends_in_the_middle and entries.meetings:
        what = "the file ends in the middle; the entries that were whole have been read"
        yield Fault(file, entries.ends_in_the_middle, what, EXPORT_AGAIN)
    if entries.left_out_from:
        what = f"the file has more than {MOST_ENTRIES:,} entries; those from here on were not read"
        yield Fault(file, entries.left_out_from, what, "Export fewer years at a time")


def _nothing_in_it(file: str, entries: Cut) -> Fault:
    if entries.ends_in_the_middle == 1:
        return Fault(file, 1, "this calendar is all on one line, so nothing in it can be read", EXPORT_AGAIN)
    if entries.ends_in_the_middle and not entries.unended:
        what = "the file ends in the middle, before its first meeting was complete"
        return Fault(file, entries.ends_in_the_middle, what, EXPORT_AGAIN)
    return Fault(
        file,
        0,
        "this calendar has no meetings in it",
        "Check that you exported the right calendar, and its dates",
    )
