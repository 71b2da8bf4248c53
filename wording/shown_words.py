"""The rows of the manager's list *Needs you*: what each thing is called there, and what we see. Roles, no names."""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from types import MappingProxyType

from models.agreement import Agreement
from models.alerts import Alert, AlertState
from models.facts import Meeting
from models.findings import Finding
from models.showing import ShownRow, text_for_column
from models.shown_lists import KEY
from models.texts import Texts
from wording import alert_words, plain

LOOK, CHECK, WHICH_GROUP, ANSWER, DELIVERY = "a look", "a check", "which group?", "an answer", "a delivery"
Taken = tuple[Alert, Sequence[Finding]]


def alert_row(texts: Texts, taken: Taken, agreement: Agreement, link: str) -> ShownRow:
    """An alert that waits for the manager: one row, however many dates it is about."""
    alert, findings = taken
    sort = CHECK if alert.state is AlertState.BEING_CHECKED else LOOK
    told = alert_words.worth_telling(findings)
    held = alert_words.meetings_of(told)
    about = alert_words.about(alert, told) or texts.say("manager.no_group")
    if held and held[0].private:
        about, what = held[0].type or texts.say("site.private"), texts.say("site.private_says")
    else:
        what = alert_words.headline(texts, told, alert_words.known_promise(agreement, alert))
        why = (
            texts.say("manager.series", number=f"{len(held):,}", when=plain.when(held[0]))
            if len(held) > 1
            else ""
        )
        what = plain.sentence(f"{what}. {why or plain.sentence(told[0].because)}")
    day = held[0].day if held else None
    return _row(alert.key, sort, about, what, group=alert.group, day=day, link=link)


def unplaced_row(texts: Texts, meeting: Meeting) -> ShownRow:
    """A meeting that fits no group, or more than one."""
    title = texts.say("site.private") if meeting.private else plain.title(meeting)
    says = texts.say("site.private_says") if meeting.private else texts.say("manager.which_group_says")
    return _row(f"which-group/{meeting.key}", WHICH_GROUP, title, says, day=meeting.day)


def question_row(texts: Texts, question: str, link: str = "") -> ShownRow:
    """A sentence that waits for an answer: a calendar that can't be read, a row that nobody understands.

    `link` opens what it is about.
    """
    key = f"question/{sha256(question.encode(errors='surrogatepass')).hexdigest()[:16]}"
    return _row(key, ANSWER, texts.say("manager.questions"), plain.sentence(question), link=link)


def unsure_row(texts: Texts, key: str, group: str) -> ShownRow:
    """Something we sent that may not have arrived. To whom is not said."""
    row_key = f"delivery/{sha256(key.encode()).hexdigest()[:16]}"
    return _row(
        row_key, DELIVERY, group or texts.say("manager.no_group"), texts.say("site.unsure"), group=group
    )


def in_order(rows: Iterable[ShownRow]) -> tuple[ShownRow, ...]:
    """A to Z, each key once: never by how much there is, or how bad."""
    return tuple(sorted({row.key: row for row in rows}.values(), key=lambda row: row.order))


def _row(
    key: str,
    sort: str,
    about: str,
    what: str,
    *,
    group: str = "",
    day: date | None = None,
    link: str = "",
) -> ShownRow:
    fields = {
        "Title": about,
        "Sort": sort,
        "Group": group,
        "MeetingDate": day.isoformat() if day else "",
        "WhatWeSee": what,
        "Link": link,
    }
    safe = {name: text_for_column(value) for name, value in fields.items()}
    return ShownRow(key, MappingProxyType({**safe, KEY: key}), day)
