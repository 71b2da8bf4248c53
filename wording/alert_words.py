"""What an alert is about, in a few words: the same on an officer's card and in the manager's lists."""

from collections.abc import Sequence

from models import spoken
from models.agreement import Agreement, Operator, Promise, WindowTest
from models.alerts import Alert
from models.facts import Meeting
from models.findings import Finding, State
from models.texts import Texts
from wording import plain

KINDS = {  # of findings about a meeting; those about a row or a quarter have others
    Operator.WINDOW: "kind.hours",
    Operator.CALENDAR: "kind.terms",
    Operator.NOTICE: "kind.papers",
    Operator.PRESENT: "kind.venue",
}
WIDER_KINDS = {
    Operator.NOTICE: "kind.requests",
    Operator.PRESENT: "kind.filled_in",
    Operator.SHARE: "kind.online",
}
SORTS_OF_DAY = {  # how the rule's sentence goes on after the day (models/rules/school_terms.py)
    "a bank holiday": "terms.bank_holiday",
    "a day off": "terms.day_off",
    "in term": "terms.in_term",
}
WENT_OUT, CALLED = (
    "Papers went out",
    "This meeting, or its present date, was called",
)  # models/rules/papers.py


def worth_telling(findings: Sequence[Finding]) -> Sequence[Finding]:
    """What can still be put right; of the past only where nothing else is left."""
    return [one for one in findings if one.state is State.AT_RISK] or findings


def headline(texts: Texts, findings: Sequence[Finding], promise: Promise | None) -> str:
    """What we see, in a few words: "Starts before 10am". The findings are those worth telling, at least one.

    Where the agreement no longer has the promise, the kind of thing it is.
    """
    first = findings[0]
    test = promise.test if promise is not None else None
    if isinstance(test, WindowTest) and first.meeting is not None:
        return _hours(texts, findings, test)
    if first.operator is Operator.CALENDAR and first.meeting is not None:
        return texts.say(_sort_of_day(first))
    if named := papers_kind(first):
        return texts.say(named)
    return kind(texts, first)


def kind(texts: Texts, finding: Finding | None) -> str:
    """What sort of thing a finding is: "Outside the agreed hours"."""
    if finding is None:
        return texts.say("kind.other")
    if finding.meeting is None:
        return texts.say(WIDER_KINDS.get(finding.operator, "kind.other"))
    if finding.operator is Operator.CALENDAR and _sort_of_day(finding) == "terms.in_term":
        return texts.say("terms.in_term")
    return texts.say(KINDS.get(finding.operator, "kind.other"))


def papers_kind(finding: Finding) -> str:
    """The name of the text that says how papers stand; empty where the finding is about something else."""
    if finding.operator is not Operator.NOTICE or finding.meeting is None:
        return ""
    if finding.because.startswith(CALLED):
        return "papers.short_notice"
    if finding.state is State.AT_RISK:
        return "papers.at_risk"
    return "papers.late" if finding.because.startswith(WENT_OUT) else "papers.missed"


def known_promise(agreement: Agreement, alert: Alert) -> Promise | None:
    """The promise of an alert; None where the agreement has changed since and no longer has it."""
    return next((one for one in agreement.promises if one.id == alert.promise), None)


def about(alert: Alert, findings: Sequence[Finding]) -> str:
    """The name of the meeting or the group; empty for what is about neither."""
    meeting = findings[0].meeting if findings else None
    return plain.title(meeting) if meeting is not None else plain.clean(alert.group, plain.LINE)


def meetings_of(findings: Sequence[Finding]) -> list[Meeting]:
    """The meetings that findings are about."""
    return [one.meeting for one in findings if one.meeting is not None]


def without_its_day(finding: Finding) -> str:
    """The sentence of a finding where the day stands in the line above: "In half term for most … schools."."""
    meeting = finding.meeting
    if meeting is None:
        return plain.sentence(finding.because)
    return plain.sentence(finding.because.removeprefix(f"{spoken.day(meeting.day)} is "))


def headline_says_it(finding: Finding) -> bool:
    """Whether the headline holds the whole of what we see."""
    return finding.operator is Operator.WINDOW


def _hours(texts: Texts, findings: Sequence[Finding], test: WindowTest) -> str:
    said = {_hours_of(texts, meeting, test) for meeting in meetings_of(findings)}
    return said.pop() if len(said) == 1 else texts.say("hours.outside", **_between(test))


def _hours_of(texts: Texts, meeting: Meeting, test: WindowTest) -> str:
    starts = meeting.starts.time()
    if starts < test.earliest:
        return texts.say("hours.starts_before", **_between(test))
    if starts > test.latest:
        return texts.say("hours.starts_after", **_between(test))
    return texts.say("hours.runs_past", **_between(test))


def _between(test: WindowTest) -> dict[str, str]:
    return {"start": spoken.clock(test.earliest), "end": spoken.clock(test.latest)}


def _sort_of_day(finding: Finding) -> str:
    sort = finding.because.partition(" is ")[2]
    return next((name for start, name in SORTS_OF_DAY.items() if sort.startswith(start)), "terms.holidays")
