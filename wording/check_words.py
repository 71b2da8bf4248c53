"""The sentences of a check report: the same words in the terminal and on the page."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from models import spoken
from models.agreement import CalendarTest, NoticeTest, Promise, WindowTest
from models.days import LONDON
from models.facts import Meeting
from models.findings import Finding, State
from wording.arranged import Point, Subject, Unknown
from wording.plain import LINE, clean, days_listed, sentence, short_day, title, when
from wording.results import Results

LONGEST_SUM = 15  # days that are named one by one; a longer count is said by its two ends

STATE_WORDS = {
    State.KEPT: "kept",
    State.DUE: "due",
    State.AT_RISK: "at risk",
    State.MISSED: "missed",
    State.EXPLAINED: "explained",
    State.AGREED_CHANGE: "agreed change",
    State.NOT_IN_SCOPE: "not in scope",
    State.CANNOT_TELL: "we can't tell",
}
STATE_MEANINGS = {
    State.AT_RISK: "It does not fit the agreement yet. It can still be put right.",
    State.MISSED: "The day has passed, and this is what we can see.",
    State.DUE: "The day is still ahead. Nothing is wrong.",
    State.KEPT: "What we can see fits the agreement.",
    State.EXPLAINED: "It was an aim, and people gave a reason.",
    State.AGREED_CHANGE: "Both partners agreed to do it differently.",
    State.CANNOT_TELL: "We can't see enough to say. It does not count for or against anyone.",
    State.NOT_IN_SCOPE: "The promise does not cover this.",
}
DRAFT = "Private draft"
WHOSE_CALL = "This says what we can see in the calendar. Whether a promise was broken is for people to say."
TWO_READINGS = (
    "Where two days are given, the partners have not settled how days are counted. "
    "The first day is safe both ways."
)
WHOLE_GROUP = "Taken together"
NOT_PLACED = "No group of the agreement fits these meetings, or more than one does. They were not judged."


def looked_at(results: Results) -> str:
    """How many meetings, from when to when, and when we looked."""
    meetings = spoken.count(len(results.meetings), "meeting")
    return (
        f"{meetings} from {spoken.day(results.first)} to {spoken.day(results.last)}. "
        f"Looked at on {spoken.moment(results.now.astimezone(LONDON))}."
    )


def counted_states(counts: Counter[State]) -> str:
    """How many of each: "3 at risk, 1 missed, 41 kept"."""
    parts = [f"{counts[state]:,} {STATE_WORDS[state]}" for state in STATE_MEANINGS if counts[state]]
    return ", ".join(parts)


def reference(promise: Promise) -> str:
    """Which promise: P04, clause 4.2."""
    return f"{promise.id}, clause {clean(promise.clause, LINE)}"


def state_label(point: Point) -> str:
    """The state as a word with a capital; "4 at risk, 6 missed" where a series has both.

    A reason does not undo a firm promise, but it is said in the same breath.
    """
    counts = Counter(finding.state for finding in point.findings)
    if len(counts) == 1:
        given = ", reason given" if State.MISSED in counts and all(f.reason for f in point.findings) else ""
        return STATE_WORDS[point.first.state].capitalize() + given
    return counted_states(counts)


def subject_days(subject: Subject) -> str:
    """The day and hours of a meeting, or from when to when the dates of a series lie; empty for neither."""
    meetings = {f.meeting.key: f.meeting for point in subject.points for f in point.findings if f.meeting}
    if len(meetings) < 2:
        return "".join(when(meeting) for meeting in meetings.values())
    days = sorted(meeting.day for meeting in meetings.values())
    return f"Series, {spoken.day(days[0])} to {spoken.day(days[-1])}"


def subject_title(subject: Subject) -> str:
    """What it is called; empty for a finding about a whole group."""
    meeting = subject.first.meeting
    return title(meeting) if meeting else ""


def headline(point: Point) -> str:
    """What we see, in one sentence; a series is one sentence too ("10 of 12 dates start at 9:30am")."""
    if not point.folded:
        return sentence(point.first.because)
    meetings = [finding.meeting for finding in point.findings if finding.meeting]
    return f"{len(point.findings):,} of {spoken.count(point.of, 'date')}{_common(point.promise, meetings)}."


def details(point: Point) -> list[str]:
    """What the headline leaves out: the sum, the dates of a series, the reasons people gave."""
    told = _of_a_series(point) if point.folded else [sum_line(point.first)]
    told += dict.fromkeys(reason_line(finding) for finding in point.findings)
    return [line for line in told if line]


def _of_a_series(point: Point) -> list[str]:
    """The dates in one line where one sentence fits them all, else a sentence for each."""
    sentences = {sentence(finding.because) for finding in point.findings}
    if len(sentences) == 1 or isinstance(point.promise.test, WindowTest):
        days = days_listed(finding.meeting.day for finding in point.findings if finding.meeting)
        return [*([next(iter(sentences))] if len(sentences) == 1 else []), f"Dates: {days}."]
    return [_dated(finding) for finding in point.findings]


def sum_line(finding: Finding) -> str:
    """The sum in one line: the days counted, the days left out and why; empty where there is none."""
    if not finding.counted:
        return ""
    number = len(finding.counted)
    if number > LONGEST_SUM:
        first, last = min(finding.counted), max(finding.counted)
        return f"{number} days counted, {short_day(first)} {first.year} to {short_day(last)} {last.year}."
    line = f"{spoken.count(number, 'day')} counted: {days_listed(finding.counted)}."
    return f"{line} Not counted: {_skipped(finding)}." if finding.skipped else line


def due_days(finding: Finding) -> str:
    """By when; both days where the agreement leaves the counting open."""
    if finding.due is None:
        return "No day known"
    first = finding.due.astimezone(LONDON).date()
    latest = finding.due_latest.astimezone(LONDON).date() if finding.due_latest else first
    return spoken.day(first) if latest == first else f"{spoken.day(first)} or {spoken.day(latest)}"


def what_day(finding: Finding) -> str:
    """The day that a sum leads up to, or the day something is due."""
    return spoken.day(finding.meeting.day) if finding.meeting else due_days(finding)


def what_for(finding: Finding) -> str:
    """The meeting that something is due for, or the group."""
    if finding.meeting is None:
        return clean(finding.group, LINE)
    return title(finding.meeting)


def unknown_line(unknown: Unknown) -> str:
    """How much we can't tell: "12 meetings, Friday 1 May 2026 to Friday 4 December 2026"."""
    days = [finding.meeting.day for finding in unknown.findings if finding.meeting]
    if not days:
        return ""
    if len(days) == 1:
        return f"1 meeting, {spoken.day(days[0])}"
    return f"{spoken.count(len(days), 'meeting')}, {spoken.day(days[0])} to {spoken.day(days[-1])}"


def reasons_unknown(unknown: Unknown, most: int) -> list[str]:
    """Why we can't tell: each sentence once, no more than `most`, and how many more there are."""
    reasons = list(dict.fromkeys(sentence(finding.because) for finding in unknown.findings))
    more = len(reasons) - most
    return [*reasons[:most], *([f"And {spoken.count(more, 'sentence')} like these."] if more > 0 else [])]


def reason_line(finding: Finding) -> str:
    """The reason that people gave, in their words; empty where none."""
    return f"Reason given: {sentence(finding.reason)}" if finding.reason else ""


def _common(promise: Promise, meetings: list[Meeting]) -> str:
    test = promise.test
    if isinstance(test, CalendarTest):
        return " are not in term" if test.inside else " are in term"
    if isinstance(test, NoticeTest):
        return ": please look at the papers" if test.thing == "papers" else ""
    return f" {_hours_in_common(test, meetings)}" if isinstance(test, WindowTest) else ""


def _hours_in_common(test: WindowTest, meetings: list[Meeting]) -> str:
    early = {meeting.starts.time() for meeting in meetings if meeting.starts.time() < test.earliest}
    late = {meeting.ends.time() for meeting in meetings if meeting.ends.time() > test.latest}
    starts = {meeting.starts.time() for meeting in meetings}
    ends = {meeting.ends.time() for meeting in meetings}
    if len(starts) == 1 and starts == early and not late:
        return f"start at {spoken.clock(starts.pop())}"
    if len(ends) == 1 and ends == late and not early:
        return f"end at {spoken.clock(ends.pop())}"
    if len(starts) == len(ends) == 1:
        return f"run from {spoken.clock(starts.pop())} to {spoken.clock(ends.pop())}"
    return f"are outside {spoken.clock(test.earliest)} to {spoken.clock(test.latest)}"


def _dated(finding: Finding) -> str:
    """The sentence of one date of a series, with the date where the sentence does not hold it."""
    text = sentence(finding.because)
    if finding.meeting is None or spoken.day(finding.meeting.day) in text:
        return text
    return f"{short_day(finding.meeting.day)} {finding.meeting.day.year}: {text}"


def _skipped(finding: Finding) -> str:
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for skip in finding.skipped:
        by_reason[clean(skip.why, LINE)].append(short_day(skip.day))
    return "; ".join(f"{_shown(days)} ({why})" for why, days in by_reason.items())


def _shown(days: Iterable[str]) -> str:
    return spoken.listed(list(days))
