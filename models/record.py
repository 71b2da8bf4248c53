"""The record: how each promise stood once its meeting had been held, kept when the calendar has moved on.

A review sees the calendar 35 days back; a quarter is longer. So what a report needs is written down, month by month
and group by group. It says what the last reading said: a statement, a change of the calendar or a correction is taken
over for as long as the meeting lies in the window. There is no organiser in it, no address and no person's name of
ours; a title stays until 30 days after the meeting, and of a private meeting only its date, type and states are kept.
The forum's own promises never enter it. Days are dates in London.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from models.agreement import Agreement, Operator
from models.days import LONDON, ONE_DAY, WorkingDays, months_after, working_days_between
from models.facts import Facts, Meeting, Said, Statement
from models.findings import Finding, State
from models.rules.requests import about_rows, day_of_row, row_subject

REQUEST = "request to the forum"  # the type of an entry about a row of the register
TITLES_STAY = timedelta(days=30)
SETTLED = frozenset(
    {State.KEPT, State.EXPLAINED, State.AGREED_CHANGE, State.MISSED, State.CANNOT_TELL}
)  # what can be said of a meeting that was held; due and at risk are still ahead, out of scope is no promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """How one promise stood for one meeting that was held, or for one request whose work has begun.

    Of a request, a row of the register, `group` and `meeting` are empty, and `day` is when the work began.

    `due` is the first day by whose end something was due. `sent_ahead` is how many working days before the meeting
    its papers went out: the day of sending counts, the day of the meeting does not. `because` says why it was missed,
    or why we can't tell. `reason_given` is true also where the words are not kept, because the meeting is private.
    `agreed_by` are the partners that agreed to a change, and `agreed_on` is the day on which the last of them did.
    """

    key: str
    promise: str
    clause: str
    group: str = ""
    type: str
    meeting: str = ""
    day: date
    state: State
    because: str = ""
    due: date | None = None
    sent_ahead: int | None = None
    reason: str = ""
    reason_given: bool = False
    agreed_by: tuple[str, ...] = ()
    agreed_on: date | None = None
    private: bool = False
    title: str = ""

    @property
    def agreement(self) -> str:
        """The key of the agreement under which it was judged."""
        return self.key.split("/", 1)[0]

    @property
    def is_request(self) -> bool:
        """Whether it is about a request to the forum, and no meeting."""
        return not self.meeting


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that was held, for the count of how much was asked of people: its key, day and length in minutes."""

    meeting: str
    day: date
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRecord:
    """One group's month. `since` and `through` are the first and last day that we have read in full, None for none.

    `gap` says that there are days between the two that no reading reached.
    """

    month: date
    since: date | None = None
    through: date | None = None
    gap: bool = False
    entries: tuple[Recorded, ...] = ()
    held: tuple[Held, ...] = ()

    @property
    def last(self) -> date:
        """The month's last day."""
        return months_after(self.month, 1) - ONE_DAY

    @property
    def whole(self) -> bool:
        """Whether every day of the month was read after it was over."""
        return self.since == self.month and self.through == self.last and not self.gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one reading of a group's calendar found out about meetings that were held.

    `first` and `last` are the days that were read, `complete` whether every entry could be. `judged` are the
    promises that were on, `agreement` the key of theirs.
    """

    entries: tuple[Recorded, ...]
    held: tuple[Held, ...]
    first: date
    last: date
    complete: bool
    today: date
    judged: frozenset[str]
    agreement: str


def reading_of(
    findings: Iterable[Finding],
    facts: Facts,
    agreement: Agreement,
    now: datetime,
    *,
    promises: Collection[str],
) -> Reading:
    """What there is to write down of this round: these promises, and meetings that have ended."""
    judged = frozenset(
        one.id for one in agreement.promises if one.id in promises and one.is_watched and not one.forums_own
    )
    entries = tuple(
        recorded(one, facts)
        for one in findings
        if one.meeting is not None
        and one.promise in judged
        and one.state in SETTLED
        and over(one.meeting, now)
    )
    held = tuple(
        Held(one.key, one.day, _minutes(one))
        for one in facts.meetings
        if one.group and not one.cancelled and over(one, now)
    )
    return Reading(
        entries=entries,
        held=held,
        first=facts.coverage.first,
        last=facts.coverage.last,
        complete=facts.coverage.complete,
        today=now.astimezone(LONDON).date(),
        judged=judged,
        agreement=agreement.key,
    )


def reading_of_requests(
    findings: Iterable[Finding], facts: Facts, agreement: Agreement, now: datetime, *, complete: bool
) -> Reading:
    """What there is to write down of requests whose work has begun. `complete`: their lists were read in full."""
    today = now.astimezone(LONDON).date()
    days = {row_subject(row): day_of_row(row) for row in facts.rows}
    judged = frozenset(
        one.id for one in agreement.promises if one.id in agreement.promises_on and about_rows(one)
    )
    entries = []
    for one in findings:
        day = days.get(one.subject) if one.promise in judged else None
        if day is not None and day <= today and one.state in SETTLED:
            entries.append(_request(one, day, facts))
    return Reading(
        entries=tuple(entries),
        held=(),
        first=facts.coverage.first,
        last=today,
        complete=complete,
        today=today,
        judged=judged,
        agreement=agreement.key,
    )


def over(meeting: Meeting, now: datetime) -> bool:
    """Whether a meeting has ended."""
    return meeting.ends.astimezone(UTC) <= now.astimezone(UTC)


def recorded(finding: Finding, facts: Facts) -> Recorded:
    """The entry of one finding about a meeting."""
    meeting = finding.meeting
    if meeting is None:
        raise ValueError(f"{finding.key} is about no meeting")
    private = meeting.private
    agreed = _agreed(finding, facts.statements) if finding.state is State.AGREED_CHANGE else ()
    return Recorded(
        key=finding.key,
        promise=finding.promise,
        clause=finding.clause,
        group=meeting.group,
        type=meeting.type,
        meeting=meeting.key,
        day=meeting.day,
        state=finding.state,
        because=_because(finding),
        due=finding.due.astimezone(LONDON).date() if finding.due else None,
        sent_ahead=_sent_ahead(finding, meeting, facts),
        reason="" if private else finding.reason,
        reason_given=bool(finding.reason),
        agreed_by=tuple({one.partner.casefold(): one.partner for one in agreed}.values()),
        agreed_on=max((one.at.astimezone(LONDON).date() for one in agreed), default=None),
        private=private,
        title="" if private else meeting.title,
    )


def _request(finding: Finding, day: date, facts: Facts) -> Recorded:
    agreed = _agreed(finding, facts.statements) if finding.state is State.AGREED_CHANGE else ()
    return Recorded(
        key=finding.key,
        promise=finding.promise,
        clause=finding.clause,
        group="",
        type=REQUEST,
        meeting="",
        day=day,
        state=finding.state,
        because=finding.because if finding.state in (State.MISSED, State.CANNOT_TELL) else "",
        due=finding.due.astimezone(LONDON).date() if finding.due else None,
        reason=finding.reason,
        reason_given=bool(finding.reason),
        agreed_by=tuple({one.partner.casefold(): one.partner for one in agreed}.values()),
        agreed_on=max((one.at.astimezone(LONDON).date() for one in agreed), default=None),
    )


def after_reading(before: MonthRecord, reading: Reading) -> MonthRecord:
    """A month's record once a reading is taken over: what it judged is replaced, all else stays as it was.

    A reading that is not complete adds and corrects, and takes nothing away; there "cannot tell" never takes the
    place of what was known. The same reading twice changes nothing the second time.
    """
    known = {one.key: one for one in before.entries}
    new = {one.key: one for one in reading.entries if _in_month(one.day, before)}
    if not reading.complete:
        new = {key: one for key, one in new.items() if key not in known or one.state is not State.CANNOT_TELL}
    # A meeting that was moved out of the month is new in another: here it is gone even if the day was not read.
    moved = {one.meeting for one in reading.held} - {
        one.meeting for one in reading.held if _in_month(one.day, before)
    }
    kept = {
        key: one
        for key, one in known.items()
        if one.meeting not in moved and not (reading.complete and _judged_anew(one, reading))
    }
    held = {one.meeting: one for one in before.held if one.meeting not in moved}
    if reading.complete:
        held = {key: one for key, one in held.items() if not reading.first <= one.day <= reading.last}
    held |= {one.meeting: one for one in reading.held if _in_month(one.day, before)}
    return without_old_titles(
        replace(
            _read_so_far(before, reading),
            entries=tuple(sorted((kept | new).values(), key=lambda one: (one.day, one.key))),
            held=tuple(sorted(held.values(), key=lambda one: (one.day, one.meeting))),
        ),
        reading.today,
    )


def without_old_titles(record: MonthRecord, today: date) -> MonthRecord:
    """The same month without the titles of meetings that were held more than 30 days ago."""
    if all(not one.title or today - one.day <= TITLES_STAY for one in record.entries):
        return record
    entries = tuple(
        replace(one, title="") if today - one.day > TITLES_STAY else one for one in record.entries
    )
    return replace(record, entries=entries)


def months_of(reading: Reading) -> tuple[date, ...]:
    """The first day of each month that a reading says something about: those it read, up to today's."""
    found = []
    month = reading.first.replace(day=1)
    while month <= min(reading.today, reading.last):
        found.append(month)
        month = months_after(month, 1)
    return tuple(found)


def _judged_anew(one: Recorded, reading: Reading) -> bool:
    same = one.agreement == reading.agreement and one.promise in reading.judged
    return same and reading.first <= one.day <= reading.last


def _in_month(day: date, record: MonthRecord) -> bool:
    return record.month <= day <= record.last


def _read_so_far(before: MonthRecord, reading: Reading) -> MonthRecord:
    """How far the month has been read, after this reading; only days that are over count."""
    first = max(before.month, reading.first)
    through = min(before.last, reading.last, reading.today - ONE_DAY)
    if not reading.complete or through < first:
        return before
    if before.since is None or before.through is None:
        return replace(before, since=first, through=through)
    return replace(
        before,
        since=min(before.since, first),
        through=max(before.through, through),
        gap=before.gap or first > before.through + ONE_DAY,
    )


def _because(finding: Finding) -> str:
    """The sentence of facts where it is wanted; none that names a place, which is somebody's own words."""
    wanted = finding.state in (State.MISSED, State.CANNOT_TELL) and finding.operator is not Operator.PRESENT
    return finding.because if wanted else ""


def _sent_ahead(finding: Finding, meeting: Meeting, facts: Facts) -> int | None:
    papers = facts.papers.get(meeting.key)
    if (
        finding.operator is not Operator.NOTICE
        or papers is None
        or papers.sent is None
        or papers.on_or_before
    ):
        return None
    return _working_days(papers.sent.astimezone(LONDON).date(), meeting.day, facts.working_days)


def _working_days(first: date, last: date, working: WorkingDays) -> int:
    return working_days_between(max(first, last - timedelta(days=366)), last, working)


def _agreed(finding: Finding, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    subjects = {finding.subject, finding.series} - {""}
    day = finding.meeting.day if finding.meeting else None
    return tuple(
        one
        for one in sorted(statements, key=lambda one: (one.at, one.partner))
        if one.said is Said.AGREED_CHANGE and one.promise == finding.promise and one.subject in subjects
        if one.until is None or day is None or day <= one.until
    )


def _minutes(meeting: Meeting) -> int:
    """How long it took; nothing is guessed for an all-day entry."""
    return 0 if meeting.all_day else int((meeting.ends - meeting.starts).total_seconds() // 60)


def unread(records: Iterable[MonthRecord], until: date) -> tuple[tuple[date, date], ...]:
    """The spans of these months, up to a day, that no reading reached; spans that touch are one."""
    spans: list[tuple[date, date]] = []
    for one in sorted(records, key=lambda one: one.month):
        for first, last in _unread_of(one, min(one.last, until)):
            if spans and spans[-1][1] + ONE_DAY == first:
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
    return tuple(spans)


def _unread_of(record: MonthRecord, until: date) -> Iterator[tuple[date, date]]:
    if until < record.month:
        return
    if record.since is None or record.through is None:
        yield record.month, until
        return
    if record.since > record.month:
        yield record.month, min(record.since - ONE_DAY, until)
    if record.through < until:
        yield record.through + ONE_DAY, until
