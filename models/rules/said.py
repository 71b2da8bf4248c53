"""What people said of a finding, added to it: reasons, the forum's answers, agreed changes, our own mistakes.

Both partners change what was promised, and silence is never consent. The forum's half counts only where we
know that the forum spoke: by a signed link, or from an account that the forum named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from models.agreement import Strength
from models.facts import Said, Statement
from models.findings import FOUND, Finding, State
from models.people import FORUM

PROVES_THE_FORUM = frozenset({"signed link", "forum account"})
ANSWERS = frozenset({Said.AGREE, Said.NOT_THIS_TIME, Said.WE_ASKED})
FORUM_ASKED = "The forum asked for this."

Statements = Mapping[tuple[str, str], Sequence[Statement]]


def by_subject(statements: Iterable[Statement]) -> Statements:
    """Statements by the promise and the meeting or series that they are about."""
    found: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        found.setdefault((statement.promise, statement.subject), []).append(statement)
    return found


def said_about(finding: Finding, said: Statements, today: date) -> list[Statement]:
    """All that was said of a finding, or of its series, and has not run out; the latest first."""
    day = finding.meeting.day if finding.meeting else today
    about = [
        one
        for subject in {finding.subject, finding.series} - {""}
        for one in said.get((finding.promise, subject), ())
        if one.until is None or day <= one.until
    ]
    return sorted(about, key=_moment, reverse=True)


def with_statements(finding: Finding, said: Statements, today: date) -> Finding:
    """The finding with what people said: the latest word of each side counts.

    An agreed change settles it. A reason explains an aim, and stands beside a firm promise.
    """
    if not said or finding.state not in FOUND:
        return finding
    about = said_about(finding, said, today)
    ruled = _latest(about, Said.OUR_MISTAKE, Said.STANDS)
    if ruled is not None and ruled.said is Said.OUR_MISTAKE:
        return replace(finding, state=State.NOT_IN_SCOPE, reason=ruled.text, mistaken=True)
    agreed = _agreed(about)
    if agreed is not None:
        return replace(finding, state=State.AGREED_CHANGE, reason=agreed)
    reason = given_reason(about)
    if reason is None:
        return finding
    state = finding.state if finding.strength is Strength.FIRM else State.EXPLAINED
    return replace(finding, state=state, reason=reason.text, not_agreed=_refused(reason, about))


def given_reason(about: Iterable[Statement]) -> Statement | None:
    """The latest reason among what was said, the latest first."""
    return _latest(about, Said.REASON)


def forums_answer(about: Iterable[Statement]) -> Statement | None:
    """The forum's latest answer to a reason, where we know that it was the forum; the latest first."""
    return next((one for one in about if one.said in ANSWERS and by_the_forum(one)), None)


def by_the_forum(statement: Statement) -> bool:
    """Whether we know that the forum said it. Nobody else can say yes for it."""
    return statement.partner.casefold() == FORUM and statement.proved in PROVES_THE_FORUM


def _agreed(about: Sequence[Statement]) -> str | None:
    """What both partners agreed to, in their words; None where they did not."""
    answer, reason = forums_answer(about), given_reason(about)
    if answer is not None and answer.said is Said.WE_ASKED:
        return answer.text or FORUM_ASKED
    yes = [one for one in about if one.said is Said.AGREED_CHANGE]
    ours = [one for one in yes if one.partner.casefold() != FORUM]
    if ours and any(map(by_the_forum, yes)):
        return next(one for one in yes if one in ours or by_the_forum(one)).text
    if answer is None or reason is None or answer.said is not Said.AGREE:
        return None
    return reason.text if reason.partner.casefold() != FORUM and _answers(answer, reason) else None


def _refused(reason: Statement, about: Sequence[Statement]) -> bool:
    answer = forums_answer(about)
    return answer is not None and answer.said is Said.NOT_THIS_TIME and _answers(answer, reason)


def _answers(answer: Statement, reason: Statement) -> bool:
    """Whether it came after the reason: a new reason has not been answered by an old yes."""
    return answer.at.astimezone(UTC) >= reason.at.astimezone(UTC)


def _latest(about: Iterable[Statement], *kinds: Said) -> Statement | None:
    return next((one for one in about if one.said in kinds), None)


def _moment(statement: Statement) -> tuple[datetime, str]:
    return statement.at.astimezone(UTC), statement.text
