"""What one sweep over all calendars came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from graph_client.quirks.same_meeting_in_five_mailboxes import one_of_each
from models.agreement import Agreement
from models.facts import Meeting, RegisterRow
from models.findings import Finding


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """One calendar of a sweep: when it was read and how many meetings it held, or why it was not read."""

    name: str
    read_at: datetime | None
    meetings: int = 0
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What a sweep found in all groups, what it could not read, and what it must ask.

    `rows` are those of the register, for the daily pass, and `lists_read` the lists that were read in full.
    """

    meetings: tuple[Meeting, ...]
    findings: tuple[Finding, ...]
    calendars: tuple[CalendarRead, ...]
    questions: tuple[str, ...]
    rows: tuple[RegisterRow, ...] = field(default=(), repr=False)
    lists_read: frozenset[str] = frozenset()

    @property
    def unplaced(self) -> tuple[Meeting, ...]:
        """The meetings that no group, or more than one, seems to be: "Which group is this?"."""
        return tuple(meeting for meeting in self.meetings if not meeting.group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What came of one calendar: how it was read, what it held, what was found, and what must be asked."""

    calendar: CalendarRead
    meetings: Sequence[Meeting] = ()
    findings: Sequence[Finding] = ()
    questions: Sequence[str] = ()


def swept(
    agreement: Agreement,
    reviewed: Mapping[str, Reviewed],
    questions: Sequence[str],
    rows: tuple[RegisterRow, ...] = (),
    lists_read: frozenset[str] = frozenset(),
) -> Swept:
    """All calendars put together in the order of their names, which is not the order they came in.

    A meeting that lies in several of them is one meeting.
    """
    each = [reviewed[name] for name in sorted(reviewed)]
    homes = {group.name: group.calendar for group in agreement.groups if group.calendar}
    return Swept(
        meetings=one_of_each([meeting for one in each for meeting in one.meetings], homes),
        findings=tuple(finding for one in each for finding in one.findings),
        calendars=tuple(one.calendar for one in each),
        questions=(*questions, *(question for one in each for question in one.questions)),
        rows=rows,
        lists_read=lists_read,
    )
