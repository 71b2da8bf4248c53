"""The rules: facts and an agreement in, findings out. Pure; no history, no past alerts, no clock.

One module a clause. A rule answers for one promise and one subject; this page decides who is asked,
gives each answer its key, and adds what people have said (reasons, agreed changes).
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from models.agreement import Agreement, NoticeTest, Operator, PresentTest, Promise
from models.facts import Facts, Meeting
from models.findings import Finding
from models.keys import finding_key, slug
from models.rules.online import mostly_online
from models.rules.papers import papers_in_time
from models.rules.requests import asked_in_time, filled_in, row_subject, rows_for
from models.rules.said import by_subject, with_statements
from models.rules.school_terms import inside_term, missing_dates
from models.rules.venues import accessible_venue
from models.rules.verdict import Case, MeetingRule, Verdict
from models.rules.window import within_hours


def findings(facts: Facts, agreement: Agreement, now: datetime) -> tuple[Finding, ...]:
    """Every finding of every promise that can be judged, meeting by meeting, then the wider ones.

    Cancelled meetings and meetings without a group are not judged, and the forum's own promises never are.
    `now` is aware. Whether a promise is switched on plays no part here: that decides only who is told.
    """
    return (*findings_of_meetings(facts, agreement, now), *wider_findings(facts, agreement, now))


def findings_of_meetings(facts: Facts, agreement: Agreement, now: datetime) -> tuple[Finding, ...]:
    """The findings about one meeting each: what the review of a group judges."""
    return _judged(_of_meetings, facts, agreement, now)


def wider_findings(facts: Facts, agreement: Agreement, now: datetime) -> tuple[Finding, ...]:
    """The findings about months, rows of the register and school dates: what is judged once a day.

    `facts` must hold the meetings of all groups, or a share would be one of something else.
    """
    return _judged(_wider, facts, agreement, now)


def _judged(
    judge: Callable[[Case, list[Promise]], Iterator[Finding]],
    facts: Facts,
    agreement: Agreement,
    now: datetime,
) -> tuple[Finding, ...]:
    if now.tzinfo is None:
        raise ValueError("now must say its time zone")
    case = Case(facts, agreement, now.astimezone(UTC))
    watched = [one for one in agreement.promises if one.is_watched and not one.forums_own]
    said = by_subject(facts.statements)
    return tuple(with_statements(finding, said, case.today) for finding in judge(case, watched))


def _wider(case: Case, watched: list[Promise]) -> Iterator[Finding]:
    yield from _of_shares(case, watched)
    yield from _of_rows(case, watched)
    yield from _of_missing_dates(case, watched)


def _of_meetings(case: Case, watched: list[Promise]) -> Iterator[Finding]:
    by_type: dict[str, list[tuple[Promise, MeetingRule]]] = {}
    for promise in watched:
        rule = _meeting_rule(promise)
        if rule is not None:
            for kind in dict.fromkeys(promise.applies_to):
                by_type.setdefault(kind, []).append((promise, rule))
    for meeting in case.facts.meetings:
        if meeting.cancelled or meeting.type not in by_type:
            continue
        day = meeting.day
        for promise, rule in by_type[meeting.type]:
            if promise.in_force(day):
                yield _finding(case, promise, rule(promise, meeting, case), meeting.key, meeting)


def _meeting_rule(promise: Promise) -> MeetingRule | None:
    """The rule that judges single meetings for this promise; None where it is about something else."""
    match promise.operator, promise.test:
        case Operator.WINDOW, _:
            return within_hours
        case Operator.CALENDAR, _:
            return inside_term
        case Operator.NOTICE, NoticeTest(thing="papers"):
            return papers_in_time
        case Operator.PRESENT, PresentTest(item="venue"):
            return accessible_venue
    return None


def _of_shares(case: Case, watched: list[Promise]) -> Iterator[Finding]:
    for promise in watched:
        if promise.operator is Operator.SHARE:
            meetings = (m for m in case.facts.meetings if m.type in promise.applies_to and not m.cancelled)
            verdict = mostly_online(promise, meetings, case)
            if verdict is not None:
                yield _finding(case, promise, verdict, f"all/{_quarter(case.today)}")


def _of_rows(case: Case, watched: list[Promise]) -> Iterator[Finding]:
    for promise in watched:
        if _meeting_rule(promise) is None and promise.operator in (Operator.NOTICE, Operator.PRESENT):
            judge = filled_in if promise.operator is Operator.PRESENT else asked_in_time
            for row in rows_for(promise, case):
                yield _finding(case, promise, judge(promise, row, case), row_subject(row))


def _of_missing_dates(case: Case, watched: list[Promise]) -> Iterator[Finding]:
    """One for each authority, under the first promise about terms, so that its key stays the same."""
    about_terms = [promise for promise in watched if promise.operator is Operator.CALENDAR]
    for authority, verdict in missing_dates(about_terms, case):
        yield _finding(case, about_terms[0], verdict, f"terms/{slug(authority)}")


def _finding(
    case: Case, promise: Promise, verdict: Verdict, subject: str, meeting: Meeting | None = None
) -> Finding:
    """A verdict with its key: about a meeting, or about a row, an authority or a quarter."""
    return Finding(
        key=finding_key(case.key, promise.id, subject),
        promise=promise.id,
        clause=promise.clause,
        operator=promise.operator,
        strength=promise.strength,
        state=verdict.state,
        because=verdict.because,
        subject=subject,
        meeting=meeting,
        group=meeting.group if meeting else "",
        series=meeting.series if meeting else "",
        due=verdict.due,
        due_latest=verdict.due_latest,
        counted=verdict.counted,
        skipped=verdict.skipped,
        reason=verdict.reason,
    )


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"
