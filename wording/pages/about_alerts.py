"""Pages about one alert: an officer's answers, the forum's answer to a reason, and "was it right?"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models import spoken
from models.agreement import Operator, Promise
from models.alerts import Alert, AlertState
from models.facts import Statement
from models.findings import Finding
from models.texts import Texts
from wording import alert_words, plain
from wording.pages.page import Back, Block, Field, Form, Go, Heading, Notice, Page, Words
from wording.pages.parts import Faults, Values, day_field, said, told_off, undoing, what_was_said, words_field

MOST_DATES = 8
ENDED = {
    AlertState.PUT_RIGHT: "ended.put_right_says",
    AlertState.CALLED_OFF: "ended.called_off_says",
    AlertState.EXPLAINED: "ended.explained_says",
    AlertState.AGREED: "ended.agreed_says",
    AlertState.SUPERSEDED: "ended.superseded_says",
    AlertState.TAKEN_BACK: "ended.taken_back_says",
    AlertState.CLOSED: "page.over_closed",
}

ASKS = {
    "sent": "page.ask_sent",
    "none": "page.ask_none",
    "coming": "page.ask_coming",
    "reason": "page.ask_reason",
    "wrong": "page.ask_wrong",
}
FORUMS = {"agree": "page.do_agree", "not_this": "page.do_not_this", "asked": "page.do_asked"}
CHECKS = {
    "stands": ("page.do_stands", "page.seen_stands"),
    "mistake": ("page.do_mistake", "page.seen_mistake"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSeen:
    """An alert as its page shows it: the findings, what stands of what was said, and what to fill in.

    `mine` is the last word of whoever holds the link, where it still stands. `today` is the day in London.
    `done` names the text that says what a press has just done; `fault` the one about a form as a whole.
    """

    alert: Alert
    findings: Sequence[Finding]
    promise: Promise | None
    statements: Sequence[Statement]
    mine: Statement | None
    turn: str
    today: date
    again_on: date
    done: str = ""
    fault: str = ""

    @property
    def about_papers(self) -> bool:
        """Whether it is about the papers of meetings."""
        return any(one.operator is Operator.NOTICE and one.meeting is not None for one in self.findings)

    @property
    def dates(self) -> tuple[Finding, ...]:
        """The findings about meetings, in the order of their days; each meeting once."""
        by_subject = {one.subject: one for one in self.findings if one.meeting is not None}
        return tuple(sorted(by_subject.values(), key=_begins))


def title(texts: Texts, seen: AlertSeen) -> str:
    """What the page is about, as on the card that led here."""
    if not seen.findings:
        return plain.clean(seen.alert.group, plain.LINE) or texts.say("kind.other")
    told = alert_words.worth_telling(seen.findings)
    what, about = alert_words.headline(texts, told, seen.promise), alert_words.about(seen.alert, told)
    return texts.say("card.headline", what=what, about=about) if about else what


def facts(texts: Texts, seen: AlertSeen) -> Iterator[Block]:
    """When it is and what we see."""
    told = alert_words.worth_telling(seen.findings) if seen.findings else ()
    meetings = sorted(alert_words.meetings_of(told), key=lambda one: one.starts)
    if len(meetings) == 1:
        yield Words(f"{plain.when(meetings[0])}.")
    elif meetings:
        days = plain.days_listed(meeting.day for meeting in meetings[:MOST_DATES])
        if len(meetings) > MOST_DATES:
            days = texts.say("alert.more_days", days=days, number=f"{len(meetings) - MOST_DATES:,}")
        yield Words(texts.say("alert.series", number=f"{len(meetings):,}", days=days))
    if told:
        yield Words(plain.sentence(told[0].because))


def officers_page(texts: Texts, seen: AlertSeen) -> Page:
    """What we see, what was said, and every answer that there is."""
    answers = [("page.do_reason", "reason"), ("page.do_wrong", "wrong")]
    if seen.about_papers:
        papers = [("page.do_sent", "sent"), ("page.do_none", "none"), ("page.do_coming", "coming")]
        answers = [*papers, *answers]
    hand = Form(do="hand", press=texts.say("page.do_hand"), seen=texts.say("page.seen_hand"), turn=seen.turn)
    return Page(
        title(texts, seen),
        (
            *told_off(texts, seen.fault),
            *_done(texts, seen),
            *facts(texts, seen),
            *said(texts, seen.statements),
            *_undo(texts, seen),
            Heading(texts.say("page.ask_answer")),
            *(Go(texts.say(name), f"?do={do}") for name, do in answers),
            Words(texts.say("page.hand_says", day=spoken.day(seen.again_on))),
            hand,
        ),
    )


def answer_page(texts: Texts, seen: AlertSeen, do: str, values: Values, faults: Faults) -> Page:
    """One answer, with what it needs and who will see it."""
    seen_by = "page.seen_wrong" if do == "wrong" else "page.seen_answer"
    form = Form(
        do=do,
        press=texts.say("page.send"),
        seen=texts.say(seen_by),
        fields=tuple(_fields(texts, seen, do, values, faults)),
        turn=seen.turn,
    )
    return Page(
        texts.say(ASKS[do]),
        (*told_off(texts, seen.fault), Words(title(texts, seen)), form, Back(texts.say("page.back"), "?")),
    )


def forums_page(texts: Texts, seen: AlertSeen, reason: Statement | None) -> Page:
    """The forum's answer to a reason; silence is never a yes."""
    blocks: list[Block] = [*told_off(texts, seen.fault), *_done(texts, seen), *facts(texts, seen)]
    blocks += [*said(texts, seen.statements), *_undo(texts, seen)]
    if reason is None:
        blocks.append(Words(texts.say("page.no_reason")))
        return Page(title(texts, seen), tuple(blocks))
    blocks += [Heading(texts.say("page.ask_forum")), Words(what_was_said(texts, reason))]
    blocks += [Words(texts.say("page.seen_forum")), Words(texts.say("page.no_yes"))]
    blocks += [Form(do=do, press=texts.say(press), turn=seen.turn) for do, press in FORUMS.items()]
    return Page(title(texts, seen), tuple(blocks))


def managers_page(
    texts: Texts, seen: AlertSeen, contest: Statement | None, values: Values, faults: Faults
) -> Page:
    """Somebody said "this is wrong": was it?"""
    blocks: list[Block] = [*told_off(texts, seen.fault), *_done(texts, seen), *facts(texts, seen)]
    blocks += [*said(texts, seen.statements), *_undo(texts, seen)]
    if contest is None:
        blocks.append(Words(texts.say("page.no_check")))
        return Page(title(texts, seen), tuple(blocks))
    blocks += [Heading(texts.say("page.ask_check"))]
    for do, (name, seen_by) in CHECKS.items():
        given = faults if values.get("do") == do else {}
        field = words_field(texts, "page.field_check", values if given else {}, given, may_be_empty=True)
        press = texts.say(name)
        blocks.append(Form(do=do, press=press, seen=texts.say(seen_by), fields=(field,), turn=seen.turn))
    return Page(title(texts, seen), tuple(blocks))


def over_page(texts: Texts, seen: AlertSeen | None) -> Page:
    """What became of an alert that is over, with the way back from one's own word."""
    if seen is None:
        return Page(
            texts.say("page.over"), (Words(texts.say("page.over_gone")), Words(texts.say("page.nothing")))
        )
    return Page(
        title(texts, seen),
        (
            *_done(texts, seen),
            Words(texts.say(ENDED[seen.alert.state])),
            *said(texts, seen.statements),
            *_undo(texts, seen),
        ),
    )


def _fields(texts: Texts, seen: AlertSeen, do: str, values: Values, faults: Faults) -> Iterator[Field]:
    dates = seen.dates
    if do in ("sent", "none", "coming") and len(dates) > 1:
        yield _which(texts, "page.field_which", [(one.subject, _named(one)) for one in dates], values, faults)
    if do in ("sent", "coming"):
        yield day_field(texts, values, faults, seen.today, first=seen.today if do == "sent" else None)
    if do == "coming":
        yield words_field(texts, "page.field_why", values, faults)
    if do == "reason":
        yield words_field(texts, "page.field_reason", values, faults)
        if len(dates) > 1:
            choices = [("all", texts.say("page.field_all")), *((one.subject, _named(one)) for one in dates)]
            yield _which(texts, "page.field_dates", choices, {"which": "all", **values}, faults)
            until = day_field(texts, values, faults, seen.today, first=_last_day(dates))
            yield replace(until, label=texts.say("page.field_until"))
    if do == "wrong":
        yield words_field(texts, "page.field_wrong", values, faults, may_be_empty=True)


def _which(texts: Texts, label: str, choices: list[tuple[str, str]], values: Values, faults: Faults) -> Field:
    return Field(
        sort="choice",
        name="which",
        label=texts.say(label),
        choices=tuple(choices),
        value=values.get("which", ""),
        fault=faults.get("which", ""),
    )


def _named(finding: Finding) -> str:
    return spoken.day(finding.meeting.day) if finding.meeting else plain.clean(finding.because, plain.LINE)


def _last_day(dates: Sequence[Finding]) -> date | None:
    return max((one.meeting.day for one in dates if one.meeting), default=None)


def _begins(finding: Finding) -> str:
    return finding.meeting.starts.isoformat() if finding.meeting else ""


def _done(texts: Texts, seen: AlertSeen) -> Iterator[Block]:
    """What the press did: the words that now stand, and who sees them."""
    if not seen.done:
        return
    lines = [texts.say("page.undone" if seen.done == "undo" else "page.done")]
    if seen.mine is not None and seen.done != "undo":
        lines += [what_was_said(texts, seen.mine), texts.say(SEEN_AFTER.get(seen.done, "page.seen_answer"))]
    yield Notice(tuple(lines))


def _undo(texts: Texts, seen: AlertSeen) -> Iterator[Block]:
    if seen.mine is not None:
        yield Words(texts.say("page.last", what=what_was_said(texts, seen.mine)))
        yield undoing(texts, seen.turn)


SEEN_AFTER = {
    "hand": "page.seen_hand",
    "wrong": "page.seen_wrong",
    "agree": "page.seen_forum",
    "not_this": "page.seen_forum",
    "asked": "page.seen_forum",
    "stands": "page.seen_stands",
    "mistake": "page.seen_mistake",
}
