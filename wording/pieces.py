"""A piece of news: one thing that somebody hears, before it is a card, a mail, or one of several in a round-up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.agreement import Promise
from models.alerts import Alert
from models.days import end_of
from models.findings import Finding, State
from models.texts import Texts
from wording import alert_words, plain
from wording.ended_words import ended_line, ended_says

MORE_DATES = 8  # dates told in full; the rest are counted


@dataclass(frozen=True, slots=True)
class Piece:
    """A headline, a few lines, how we know it, and the one button. `reference` finds it again in the records."""

    headline: str
    lines: tuple[str, ...]
    more: tuple[str, ...] = ()
    press: tuple[str, str] | None = None  # what stands on the button, and the page that it opens
    reference: str = ""

    def after(self, *lines: str) -> "Piece":
        """The same with these lines before the others."""
        return replace(self, lines=(*(line for line in lines if line), *self.lines))


def alert_piece(
    texts: Texts,
    alert: Alert,
    findings: Sequence[Finding],
    promise: Promise,
    *,
    papers_due: date | None = None,
    answer: str = "",
) -> Piece:
    """An alert that stands: what we can see, what to do, how we know.

    `findings` are the current findings of the alert that need a look, at least one, in date order.
    `papers_due` is the day by whose end the papers of its meeting are due: the line at booking. `answer` is the
    address of the page with its answers, where there is one.
    """
    told = alert_words.worth_telling(findings)
    lines = [
        *facts(texts, told),
        *_papers_due(texts, told, papers_due),
        *_reason(texts, told),
        _ask(texts, told, promise),
    ]
    return Piece(
        headline(texts, alert, told, promise),
        tuple(lines),
        tuple(_how_we_know(texts, told, promise)),
        (texts.say("ladder.answer"), answer) if answer else None,
        texts.say("card.reference", key=alert.key),
    )


def ended_piece(texts: Texts, alert: Alert, title: str) -> Piece:
    """An alert that is over, and how; `title` names the meeting or series. KeyError while it stands."""
    return Piece(ended_line(texts, alert, title), (ended_says(texts, alert),))


def reason_piece(
    texts: Texts, alert: Alert, findings: Sequence[Finding], promise: Promise, reason: str, answer: str = ""
) -> Piece:
    """A reason that was given: for the forum's chair and the manager, in the same words. The chair can answer."""
    told = alert_words.worth_telling(findings)
    about = alert_words.about(alert, told)
    lines = [
        *([texts.say("alert.reason", reason=plain.sentence(reason))] if reason else []),
        plain.sentence(alert_words.headline(texts, told, promise)),
        *facts(texts, told),
        texts.say("ladder.reason_asks"),
    ]
    press = (texts.say("ladder.reason_answer"), answer) if answer else None
    more = tuple(_how_we_know(texts, told, promise))
    return Piece(texts.say("ladder.reason_headline", about=about), tuple(lines), more, press)


def not_agreed_piece(texts: Texts, alert: Alert, findings: Sequence[Finding]) -> Piece:
    """The forum said "not this time" to a reason: once, and kindly, to whoever was told of the alert."""
    about = alert_words.about(alert, findings)
    says = texts.say("ladder.not_agreed_says")
    return Piece(texts.say("ladder.not_agreed_headline", about=about), (says,))


def check_piece(
    texts: Texts,
    alert: Alert,
    findings: Sequence[Finding],
    promise: Promise,
    words: str,
    *,
    days: int,
    reminder: bool = False,
    answer: str = "",
) -> Piece:
    """Somebody said "this is wrong": the manager is asked to look, and reminded once."""
    told = alert_words.worth_telling(findings)
    said = (
        texts.say("ladder.check_said", words=plain.sentence(words))
        if words
        else texts.say("ladder.check_said_only")
    )
    lines = [
        *([texts.say("ladder.check_again")] if reminder else []),
        plain.sentence(alert_words.headline(texts, told, promise)),
        *facts(texts, told),
        said,
        texts.say("ladder.check_asks", days=str(days)),
    ]
    press = (texts.say("ladder.check_answer"), answer) if answer else None
    more = tuple(_how_we_know(texts, told, promise))
    return Piece(
        texts.say("ladder.check_headline", about=alert_words.about(alert, told)), tuple(lines), more, press
    )


def why_now(
    texts: Texts, *, told_on: str = "", others: bool = False, third: bool = False, away: bool = False
) -> list[str]:
    """Why it comes now, and to this role. `told_on` is the day of the first word; `others`: somebody else had it."""
    lines = [texts.say("ladder.away")] if away else []
    if third:
        return [*lines, texts.say("ladder.third")]
    if not told_on:
        return lines
    second = (
        texts.say("ladder.second_other", day=told_on) if others else texts.say("ladder.second", day=told_on)
    )
    return [*lines, second]


def no_address(texts: Texts, role: str) -> str:
    """For the manager: a role that should be told, and has no mail address."""
    return texts.say("ladder.no_address", role=role)


def not_taken(texts: Texts, role: str) -> str:
    """For the manager: a role whose mail was not taken."""
    return texts.say("ladder.nobody", role=role)


def headline(texts: Texts, alert: Alert, told: Sequence[Finding], promise: Promise) -> str:
    """What we see, and of what: "Starts before 10am: SEND Partnership Board"."""
    what, about = alert_words.headline(texts, told, promise), alert_words.about(alert, told)
    return texts.say("card.headline", what=what, about=about) if about else what


def sum_lines(texts: Texts, finding: Finding) -> list[str]:
    """The days of a sum: those that count, those that don't, and why."""
    if not finding.counted:
        return []
    lines = [texts.say("card.counted", days=plain.days_listed(finding.counted))]
    if finding.skipped:
        days = "; ".join(f"{plain.short_day(one.day)} ({one.why})" for one in finding.skipped)
        lines.append(texts.say("card.skipped", days=days))
    return lines


def facts(texts: Texts, told: Sequence[Finding]) -> list[str]:
    """When it is and, where the headline does not hold it, what we see."""
    meetings = alert_words.meetings_of(told)
    if not meetings:
        return [plain.sentence(told[0].because)]
    if len(meetings) == 1:
        because = alert_words.without_its_day(told[0])
        return [f"{plain.when(meetings[0])}.", *([] if alert_words.headline_says_it(told[0]) else [because])]
    days = plain.days_listed(meeting.day for meeting in meetings[:MORE_DATES])
    if len(meetings) > MORE_DATES:
        days = texts.say("alert.more_days", days=days, number=f"{len(meetings) - MORE_DATES:,}")
    hours = {plain.hours(meeting) for meeting in meetings}
    number = f"{len(meetings):,}"
    if len(hours) == 1:
        line = texts.say("alert.series_hours", number=number, hours=hours.pop(), days=days)
    else:
        line = texts.say("alert.series", number=number, days=days)
    return [line, *([] if alert_words.headline_says_it(told[0]) else [plain.sentence(told[0].because)])]


def _papers_due(texts: Texts, told: Sequence[Finding], day: date | None) -> list[str]:
    """By when the papers are due, unless the piece is about them."""
    if day is None or alert_words.papers_kind(told[0]):
        return []
    return [texts.say("alert.papers_due", due=plain.deadline(end_of(day)))]


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


def _how_we_know(texts: Texts, told: Sequence[Finding], promise: Promise) -> list[str]:
    return [
        *([plain.sentence(told[0].because)] if alert_words.headline_says_it(told[0]) else []),
        *sum_lines(texts, told[0]),
        texts.say(
            "card.clause", clause=promise.clause, says=plain.clean(promise.says, plain.PARAGRAPH - 100)
        ),
        texts.say("card.wrong"),
    ]
