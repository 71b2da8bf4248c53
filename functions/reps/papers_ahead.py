"""How the papers of each meeting stand, as a forum rep hears of it.

A due day is said whether or not the promise is on. That papers have not been seen is said only where the officers
have heard of it first; until then we say that we can't tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from functions.saved import alert_back
from functions.telling.owing import HEARD
from functions.telling.release import Release, is_quiet
from functions.watch import Watch
from models.agreement import Operator
from models.ahead import PapersAre
from models.alerts import AlertState, alert_key
from models.days import LONDON
from models.facts import Facts, Papers, Said, Statement
from models.findings import Finding, State
from models.statements import standing

NOT_SEEN = frozenset({State.MISSED, State.EXPLAINED, State.AGREED_CHANGE})
NOTHING = Papers()


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersAhead:
    """One meeting's papers; the words are those of MeetingAhead. `print` and `newest` are those of Papers."""

    papers: PapersAre = PapersAre.NOT_PROMISED
    due: date | None = None
    sent: date | None = None
    coming_on: date | None = None
    reason: str = ""
    barrier: str = ""
    print: str = ""
    newest: datetime | None = None


def papers_ahead(
    facts: Facts, judged: Sequence[Finding], sayable: frozenset[str], today: date
) -> Mapping[str, PapersAhead]:
    """The papers of every meeting, by its key."""
    notices = {
        one.subject: one for one in reversed(judged) if one.operator is Operator.NOTICE and one.meeting
    }
    said = standing(facts.statements)
    return {
        meeting.key: _of(
            facts.papers.get(meeting.key, NOTHING),
            _countable(notices.get(meeting.key), facts),
            [one for one in said if one.subject in (meeting.key, meeting.series) and one.text],
            sayable,
            today,
        )
        for meeting in facts.meetings
    }


async def sayable_of(
    watch: Watch, group: str, judged: Sequence[Finding], release: Release | None, now: datetime
) -> frozenset[str]:
    """The findings of papers not seen whose officers have been told; the ledger is asked only where there are any."""
    today = now.astimezone(LONDON).date()
    late = [one for one in judged if _is_late(one, today) and one.promise in watch.book.agreement.promises_on]
    if not late or release is None or watch.observing:
        return frozenset()
    entries = await watch.ledger.alerts(group)
    told = {one.about for one in await watch.ledger.deliveries(group) if one.state in HEARD}
    heard = set()
    for finding in late:
        entry = entries.get(alert_key(finding))
        alert = alert_back(entry.value) if entry else None
        if alert is None or alert.state is AlertState.BEING_CHECKED or is_quiet(alert, release, watch.book):
            continue
        if alert.key in told:
            heard.add(finding.key)
    return frozenset(heard)


def _is_late(one: Finding, today: date) -> bool:
    about_papers = one.operator is Operator.NOTICE and one.meeting is not None and not one.mistaken
    return about_papers and one.state in NOT_SEEN and one.meeting is not None and one.meeting.day >= today


def _countable(finding: Finding | None, facts: Facts) -> Finding | None:
    """No due day for a meeting that was called after it: nobody could have kept that day."""
    if finding is None or finding.due is None:
        return finding
    stamp = facts.stamps.get(finding.subject)
    called = stamp.date_first_seen.astimezone(LONDON).date() if stamp and not stamp.on_or_before else None
    return replace(finding, due=None) if called is not None and called > finding.due.date() else finding


def _of(
    papers: Papers, finding: Finding | None, said: Sequence[Statement], sayable: frozenset[str], today: date
) -> PapersAhead:
    due = finding.due.astimezone(LONDON).date() if finding is not None and finding.due else None
    if papers.none_this_time:
        return PapersAhead(papers=PapersAre.NONE)
    if papers.sent is not None:
        return PapersAhead(
            papers=PapersAre.SENT,
            due=due,
            sent=_day(papers.sent),
            barrier=papers.barrier if papers.files else "",
            print=papers.print,
            newest=papers.newest,
        )
    coming = papers.coming_on if papers.coming_on is not None and papers.coming_on >= today else None
    reason = _reason(finding, said)
    if finding is None or finding.state is State.NOT_IN_SCOPE:
        stands = PapersAre.EXPECTED if coming else PapersAre.NOT_PROMISED
        return PapersAhead(papers=stands, coming_on=coming, reason=reason if coming else "")
    if due is not None and today <= due:
        return PapersAhead(
            papers=PapersAre.EXPECTED, due=due, coming_on=coming, reason=reason if coming else ""
        )
    if finding.key in sayable:
        return PapersAhead(papers=PapersAre.NOT_SEEN, due=due, coming_on=coming, reason=reason)
    return PapersAhead(papers=PapersAre.UNKNOWN, due=due, coming_on=coming, reason=reason if coming else "")


def _reason(finding: Finding | None, said: Sequence[Statement]) -> str:
    """The last reason that somebody gave for this meeting or its series."""
    if finding is not None and finding.reason:
        return finding.reason
    given = [one for one in said if one.said in (Said.REASON, Said.COMING_ON)]
    return given[-1].text if given else ""


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
