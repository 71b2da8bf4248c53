"""The card for an alert that stands: what we can see, what to do, and behind *More* how we know."""

from collections.abc import Sequence
from datetime import date

from models.agreement import Operator, Promise
from models.alerts import Alert
from models.days import end_of
from models.findings import Finding, State
from models.texts import Texts
from wording import alert_words, plain
from wording.cards.parts import Card, card

MORE_DATES = 8  # dates told in full on a card; the rest are counted


def alert_card(
    texts: Texts,
    alert: Alert,
    findings: Sequence[Finding],
    promise: Promise,
    *,
    papers_due: date | None = None,
    again: bool = False,
) -> Card:
    """The card for an alert that stands.

    `findings` are the current findings of the alert that need a look, at least one, in date order.
    `papers_due` is the day by whose end the papers of its meeting are due: the line at booking.
    """
    told = alert_words.worth_telling(findings)
    what, about = alert_words.headline(texts, told, promise), alert_words.about(alert, told)
    headline = texts.say("card.headline", what=what, about=about) if about else what
    line_at_booking = _papers_due(texts, told, papers_due)
    lines = [*_facts(texts, told), *line_at_booking, *_reason(texts, told), _ask(texts, told, promise)]
    return card(texts, headline, lines, _how_we_know(texts, alert, told, promise), again=again)


def sum_lines(texts: Texts, finding: Finding) -> list[str]:
    """The days of a sum: those that count, those that don't, and why."""
    if not finding.counted:
        return []
    lines = [texts.say("card.counted", days=plain.days_listed(finding.counted))]
    if finding.skipped:
        days = "; ".join(f"{plain.short_day(one.day)} ({one.why})" for one in finding.skipped)
        lines.append(texts.say("card.skipped", days=days))
    return lines


def _facts(texts: Texts, told: Sequence[Finding]) -> list[str]:
    """When it is and, where the headline does not hold it, what we see."""
    meetings = alert_words.meetings_of(told)
    if not meetings:
        return [plain.sentence(told[0].because)]
    if len(meetings) == 1:
        because = alert_words.without_its_day(told[0])
        return [f"{plain.when(meetings[0])}.", *([] if _headline_says_it(told[0]) else [because])]
    days = plain.days_listed(meeting.day for meeting in meetings[:MORE_DATES])
    if len(meetings) > MORE_DATES:
        days = texts.say("alert.more_days", days=days, number=f"{len(meetings) - MORE_DATES:,}")
    hours = {plain.hours(meeting) for meeting in meetings}
    number = f"{len(meetings):,}"
    if len(hours) == 1:
        line = texts.say("alert.series_hours", number=number, hours=hours.pop(), days=days)
    else:
        line = texts.say("alert.series", number=number, days=days)
    return [line, *([] if _headline_says_it(told[0]) else [plain.sentence(told[0].because)])]


def _papers_due(texts: Texts, told: Sequence[Finding], day: date | None) -> list[str]:
    """By when the papers are due, unless the card is about them."""
    if day is None or alert_words.papers_kind(told[0]):
        return []
    return [texts.say("alert.papers_due", due=plain.deadline(end_of(day)))]


def _headline_says_it(finding: Finding) -> bool:
    return finding.operator is Operator.WINDOW


def _reason(texts: Texts, told: Sequence[Finding]) -> list[str]:
    """What people gave as a reason, where they did and the line above does not say the same."""
    if not told[0].reason or _seen_by_us(told[0]):
        return []
    return [texts.say("alert.reason", reason=plain.sentence(told[0].reason))]


def _seen_by_us(finding: Finding) -> bool:
    """Whether the reason is what the program saw itself: a meeting called after its papers were due."""
    return bool(finding.reason) and finding.reason in finding.because


def _ask(texts: Texts, told: Sequence[Finding], promise: Promise) -> str:
    """The one thing to do. Nothing more is asked of whoever gave a reason."""
    first, ahead = told[0], told[0].state is State.AT_RISK
    if _seen_by_us(first):
        return texts.say("alert.afterwards_short_notice")
    if all(one.reason for one in told):
        return texts.say("alert.asks_with_reason" if ahead else "alert.afterwards_with_reason")
    if ahead:
        return plain.clean(promise.asks) or texts.say("alert.asks")
    missing = alert_words.papers_kind(first) == "papers.missed"
    return texts.say("alert.afterwards_papers" if missing else "alert.afterwards")


def _how_we_know(texts: Texts, alert: Alert, told: Sequence[Finding], promise: Promise) -> list[str]:
    return [
        *([plain.sentence(told[0].because)] if _headline_says_it(told[0]) else []),
        *sum_lines(texts, told[0]),
        texts.say(
            "card.clause", clause=promise.clause, says=plain.clean(promise.says, plain.PARAGRAPH - 100)
        ),
        texts.say("card.wrong"),
        texts.say("card.reference", key=alert.key),
    ]
