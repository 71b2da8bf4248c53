"""What `check` found, put in the order in which a person reads it, so that the terminal and the page agree.

Groups come in the agreement's own order and meetings by date: never the worst first, and nothing is
grouped by a person.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from models.agreement import Agreement, Operator, Promise
from models.findings import Finding, State
from wording.plain import LINE, clean
from wording.results import Results

NO_GROUP = "The partnership as a whole"
LAST_OF_ALL = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Point:
    """One promise about one meeting, or about all dates of a series: its findings by date.

    `of` is how many dates of the series the promise covers in all.
    """

    promise: Promise
    findings: tuple[Finding, ...]
    of: int

    @property
    def first(self) -> Finding:
        """The earliest of them."""
        return self.findings[0]

    @property
    def folded(self) -> bool:
        """Whether several dates stand in one line."""
        return len(self.findings) > 1


@dataclass(frozen=True, slots=True)
class Subject:
    """A meeting, a series or something of the whole group, with everything to say about it."""

    points: tuple[Point, ...]

    @property
    def first(self) -> Finding:
        """The earliest finding about it."""
        return min((point.first for point in self.points), key=_moment)


@dataclass(frozen=True, slots=True)
class Part:
    """Everything about one group."""

    group: str
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """What we can't tell about one promise in one group: all its findings together."""

    group: str
    promise: Promise
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Arranged:
    """The parts of the report, in reading order."""

    needs_a_look: tuple[Part, ...]
    coming_up: tuple[Finding, ...]
    dates_wanted: tuple[Finding, ...]
    unknown: tuple[Unknown, ...]
    said: tuple[Part, ...]
    counts: tuple[tuple[Promise, Counter[State]], ...]


def arranged(results: Results) -> Arranged:
    """Every finding in its place; one pass over them, whatever their number."""
    by_state: defaultdict[State, list[Finding]] = defaultdict(list)
    for finding in results.findings:
        by_state[finding.state].append(finding)
    covered = Counter(
        (f.promise, f.series) for f in results.findings if f.series and f.state is not State.NOT_IN_SCOPE
    )
    promises = {promise.id: promise for promise in results.agreement.promises}
    unknown = by_state[State.CANNOT_TELL]
    wanted = [finding for finding in unknown if _wants_dates(finding)]
    told = _Folding(results.agreement, promises, covered)
    return Arranged(
        told.parts(by_state[State.AT_RISK] + by_state[State.MISSED]),
        tuple(sorted(by_state[State.DUE], key=_due)),
        tuple(wanted),
        told.unknown(finding for finding in unknown if not _wants_dates(finding)),
        told.parts(by_state[State.EXPLAINED] + by_state[State.AGREED_CHANGE]),
        _counts(results.findings, promises),
    )


def group_of(finding: Finding) -> str:
    """The heading a finding stands under: its group, or its type of meeting where only that is known."""
    meeting = finding.meeting
    if meeting is None:
        return clean(finding.group, LINE) or NO_GROUP
    return clean(meeting.group or finding.group or meeting.type.capitalize(), LINE) or NO_GROUP


@dataclass(frozen=True, slots=True)
class _Folding:
    agreement: Agreement
    promises: Mapping[str, Promise]
    covered: Counter[tuple[str, str]]

    def parts(self, findings: Iterable[Finding]) -> tuple[Part, ...]:
        """Findings by group, then by meeting or series, then by promise."""
        groups: defaultdict[str, defaultdict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
        for finding in findings:
            groups[group_of(finding)][finding.series or finding.subject].append(finding)
        return tuple(
            Part(group, tuple(sorted(map(self._subject, groups[group].values()), key=_subject_moment)))
            for group in self._in_order(groups)
        )

    def unknown(self, findings: Iterable[Finding]) -> tuple[Unknown, ...]:
        """What we can't tell, by group and promise."""
        groups: defaultdict[str, defaultdict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
        for finding in findings:
            groups[group_of(finding)][finding.promise].append(finding)
        return tuple(
            Unknown(group, self._promise(found[0]), tuple(sorted(found, key=_moment)))
            for group in self._in_order(groups)
            for found in groups[group].values()
        )

    def _subject(self, findings: list[Finding]) -> Subject:
        by_promise: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in sorted(findings, key=_moment):
            by_promise[finding.promise].append(finding)
        return Subject(tuple(self._point(found) for found in by_promise.values()))

    def _point(self, findings: list[Finding]) -> Point:
        first = findings[0]
        of = max(self.covered[first.promise, first.series], len(findings))
        return Point(self._promise(first), tuple(findings), of)

    def _promise(self, finding: Finding) -> Promise:
        return self.promises[finding.promise]

    def _in_order(self, groups: Iterable[str]) -> list[str]:
        places = {clean(group.name, LINE): place for place, group in enumerate(self.agreement.groups)}
        return sorted(groups, key=lambda name: (places.get(name, len(places)), name))


def _counts(
    findings: Iterable[Finding], promises: Mapping[str, Promise]
) -> tuple[tuple[Promise, Counter[State]], ...]:
    counted: defaultdict[str, Counter[State]] = defaultdict(Counter)
    for finding in findings:
        counted[finding.promise][finding.state] += 1
    return tuple((promise, counted[name]) for name, promise in promises.items() if name in counted)


def _wants_dates(finding: Finding) -> bool:
    """One finding per authority says "please add dates": it is about no meeting and no group."""
    return finding.operator is Operator.CALENDAR and finding.meeting is None


def _moment(finding: Finding) -> datetime:
    if finding.meeting is not None:
        return finding.meeting.starts
    return finding.due or LAST_OF_ALL


def _subject_moment(subject: Subject) -> datetime:
    return _moment(subject.first)


def _due(finding: Finding) -> tuple[datetime, datetime]:
    return (finding.due or LAST_OF_ALL, _moment(finding))
