"""Cuts an .ics file into its entries, and leaves behind all that we have no business to read.

Only the properties named here go further: no description, no guest list, no alarm of anybody's diary
is ever looked at. Each entry is cut out alone, so that one broken entry can't take others with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reading.dates_with_a_time import without_time_on_dates
from reading.file_lines import LONGEST_LINE, text
from reading.zone_names_without_quotes import with_zone_aside

MOST_ENTRIES = 50_000

_DATES = {"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "EXRULE", "RDATE", "EXDATE"}
_IDENTITY = {"UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED"}
_WORDS = {"SUMMARY", "LOCATION", "URL", "CLASS", "STATUS", "ORGANIZER", "X-CALENDARSERVER-ACCESS"}
_ONLINE = {"CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"}
_ALL_DAY = {"X-MICROSOFT-CDO-ALLDAYEVENT"}
_ZONE = {"TZID", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"}

KEPT = {"VEVENT": _DATES | _IDENTITY | _WORDS | _ONLINE | _ALL_DAY, "VTIMEZONE": _ZONE}
_INSIDE_A_ZONE = {"STANDARD", "DAYLIGHT"}

_SAYS_NOTHING_NEW = {"STATUS:CONFIRMED", "CLASS:PUBLIC", "SEQUENCE:0"}  # a third of most files


@dataclass(slots=True)
class Entry:
    """One meeting or one time zone as the file has it: from which line, in which calendar of the file."""

    kind: str
    line: int
    calendar: int
    lines: list[str] = field(default_factory=list)
    too_long: bool = False

    @property
    def ical(self) -> str:
        """The entry alone, as the iCalendar library reads it."""
        return "\r\n".join((f"BEGIN:{self.kind}", *self.lines, f"END:{self.kind}", ""))


@dataclass(slots=True)
class Cut:
    """All entries of a file, and what was odd about the file as a whole (0 where it was not)."""

    meetings: list[Entry] = field(default_factory=list)
    zones: list[Entry] = field(default_factory=list)
    methods: dict[int, str] = field(default_factory=dict)
    unended: list[int] = field(default_factory=list)
    ends_in_the_middle: int = 0
    left_out_from: int = 0


def cut(lines: Iterable[tuple[int, bytes]]) -> Cut:
    """The entries of an .ics file, given its unfolded lines with their numbers."""
    cutter = _Cutter()
    number = 0
    for number, raw in lines:
        cutter.take(number, raw)
        if len(cutter.cut.meetings) == MOST_ENTRIES:
            cutter.cut.left_out_from = number
            return cutter.cut
    if cutter.open:
        cutter.cut.ends_in_the_middle = number
    return cutter.cut


class _Cutter:
    """Knows, line by line, which components are open and which entry is being collected."""

    def __init__(self) -> None:
        self.cut = Cut()
        self.open: list[str] = []
        self.entry: Entry | None = None
        self.calendar = 0

    def take(self, number: int, raw: bytes) -> None:
        name = raw.replace(b";", b":", 1).partition(b":")[0].strip().upper().decode("ascii", "replace")
        if name == "BEGIN":
            self._begin(number, _component(raw))
        elif name == "END":
            self._end(_component(raw))
        elif self.entry is not None:
            self._keep(name, raw)
        elif name == "METHOD":
            self.cut.methods[self.calendar] = _component(raw)

    def _begin(self, number: int, component: str) -> None:
        if component in ("VCALENDAR", "VEVENT"):
            self._close_what_was_left_open(component)
        if component == "VCALENDAR":
            self.calendar += 1
        self.open.append(component)
        if self.entry is None and component in KEPT:
            self.entry = Entry(component, number, self.calendar)
        elif self.entry is not None and component in _INSIDE_A_ZONE:
            self.entry.lines.append(f"BEGIN:{component}")

    def _close_what_was_left_open(self, component: str) -> None:
        if self.entry is not None:
            self.cut.unended.append(self.entry.line)
            self.entry = None
        keep = 0 if component == "VCALENDAR" else 1
        del self.open[keep:]

    def _end(self, component: str) -> None:
        if component not in self.open:
            return
        while self.open.pop() != component:
            pass
        if self.entry is None:
            return
        if component in _INSIDE_A_ZONE:
            self.entry.lines.append(f"END:{component}")
        elif component == self.entry.kind:
            (self.cut.meetings if component == "VEVENT" else self.cut.zones).append(self.entry)
            self.entry = None

    def _keep(self, name: str, raw: bytes) -> None:
        entry = self.entry
        inside = self.open[-1] if self.open else ""
        if entry is None or name not in KEPT[entry.kind]:
            return
        if inside != entry.kind and inside not in _INSIDE_A_ZONE:
            return
        if len(raw) >= LONGEST_LINE:
            entry.too_long = True
        elif (line := text(raw).strip()) not in _SAYS_NOTHING_NEW:
            entry.lines.append(_mended(line) if name in _DATES else line)


def _mended(line: str) -> str:
    return with_zone_aside(without_time_on_dates(line))


def _component(raw: bytes) -> str:
    return text(raw.partition(b":")[2][:100]).strip().upper()
