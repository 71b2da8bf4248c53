"""Adaptive Cards for officers in Teams: one headline, one ask, and the sum and clause behind "More".

Cards use what Teams draws everywhere (facts: phones drop tables and newer parts): schema 1.5, one column,
text that wraps, a plain-text fallback. A card is private to the officers who put the flow in their chat.
"""

import re
from collections.abc import Sequence

from models import spoken
from models.agreement import Operator, Promise, WindowTest
from models.alerts import Alert, AlertState
from models.findings import Finding, State
from wording import plain

VERSION = "1.5"  # the most that Teams takes; phones drop a card that names none or more
MORE_DATES = 8  # dates told in full on a card; the rest are counted
ASK = "Can this be put right? If not, please add a short reason."
ASK_AFTERWARDS = (
    "There is nothing to put right now. If there was a reason, please add it, so that the forum knows."
)
AFTERWARDS = {
    Operator.NOTICE: "If the papers are still to come, please tell the forum when to expect them. "
    "If there was a reason, please add it.",
}
SENT_AGAIN = "Sent again: you may have seen this card before."
ENDED = {
    AlertState.PUT_RIGHT: ("Put right", "Thank you. Nothing more to do."),
    AlertState.CALLED_OFF: ("Called off", "This meeting is no longer in the calendar. Nothing more to do."),
    AlertState.EXPLAINED: ("Explained", "A reason was given. Nothing more to do."),
    AlertState.AGREED: ("Agreed", "Both partners agreed to this change. Nothing more to do."),
}

Element = dict[str, object]


def alert_card(
    alert: Alert, findings: Sequence[Finding], promise: Promise, *, again: bool = False
) -> Element:
    """The card for an alert that stands: what we can see, what to do, and behind *More* how we know.

    `findings` are the current findings of the alert that need a look, at least one, in date order.
    `again` says that an earlier card may have arrived.
    """
    ahead = [finding for finding in findings if finding.state is State.AT_RISK]
    told = ahead or list(findings)  # what can still be put right; of the past only where nothing else is left
    headline = f"{_headline(told[0], promise)}: {_subject(alert, told)}"
    ask = (plain.clean(promise.asks) or ASK) if ahead else AFTERWARDS.get(promise.operator, ASK_AFTERWARDS)
    more = [
        *([] if promise.operator is Operator.NOTICE else [_text(told[0].because)]),
        *_sum(told[0]),
        _text(f"The agreement, clause {promise.clause}: “{promise.says}”"),
        _text("This is what the program can see in the calendar. If it is wrong, please tell us."),
        _text(f"Reference: {alert.key}"),
    ]
    return _card(headline, [*_facts(told, promise), ask], more, again=again)


def ended_card(alert: Alert, title: str, *, again: bool = False) -> Element:
    """The card that tells those who heard of an alert that it is over; `title` names the meeting or series."""
    word, thanks = ENDED[alert.state]
    return _card(f"{word}: {plain.clean(title, plain.LINE)}", [thanks], [], again=again)


def _headline(first: Finding, promise: Promise) -> str:
    match promise.operator:
        case Operator.WINDOW:
            return _hours_headline(first, promise.test)
        case Operator.CALENDAR:
            return "In the school holidays"
        case Operator.NOTICE:
            return (
                "Papers not seen yet" if first.state is State.AT_RISK else "Papers not seen by the agreed day"
            )
    return "Please have a look"


def _hours_headline(finding: Finding, test: WindowTest) -> str:
    meeting = finding.meeting
    if meeting is not None and meeting.starts.time() < test.earliest:
        return f"Starts before {spoken.clock(test.earliest)}"
    return f"Runs past {spoken.clock(test.latest)}"


def _subject(alert: Alert, findings: Sequence[Finding]) -> str:
    meeting = findings[0].meeting
    return plain.title(meeting) if meeting is not None else plain.clean(alert.group)


def _facts(findings: Sequence[Finding], promise: Promise) -> list[str]:
    meetings = [finding.meeting for finding in findings if finding.meeting is not None]
    if len(meetings) == 1:
        papers = [findings[0].because] if promise.operator is Operator.NOTICE else []
        return [f"{plain.when(meetings[0])}.", *papers]
    days = plain.days_listed(meeting.day for meeting in meetings[:MORE_DATES])
    rest = f" and {len(meetings) - MORE_DATES} more" if len(meetings) > MORE_DATES else ""
    hours = {plain.hours(meeting) for meeting in meetings}
    told = f", {hours.pop()}" if len(hours) == 1 else ""
    return [f"{spoken.count(len(meetings), 'date')} of this series{told}: {days}{rest}."]


def _sum(finding: Finding) -> list[Element]:
    if not finding.counted:
        return []
    lines = [f"Days that count: {plain.days_listed(finding.counted)}."]
    if finding.skipped:
        skipped = "; ".join(f"{plain.short_day(one.day)} ({one.why})" for one in finding.skipped)
        lines.append(f"Days that don’t: {skipped}.")
    return [_text(line) for line in lines]


def _card(headline: str, lines: Sequence[str], more: Sequence[Element], *, again: bool) -> Element:
    lines = [*lines, SENT_AGAIN] if again else lines
    body: list[Element] = [_text(headline, weight="Bolder", size="Medium")]
    body += [_text(line) for line in lines]
    actions: list[Element] = []
    if more:
        body.append({"type": "Container", "id": "more", "isVisible": False, "items": list(more)})
        actions.append({"type": "Action.ToggleVisibility", "title": "More", "targetElements": ["more"]})
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": VERSION,
        "fallbackText": plain.clean(" ".join([f"{headline}.", *lines]), 500),
        "body": body,
        **({"actions": actions} if actions else {}),
    }


def _text(words: str, **look: str) -> Element:
    return {"type": "TextBlock", "text": inert(words), "wrap": True, **look}


def inert(words: str) -> str:
    """Words that a card shows as they are: the marks that Teams reads as markdown are made harmless."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", words)
