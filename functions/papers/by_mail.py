"""Papers mailed with the group's shared mailbox in copy: which meeting each such mail is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from graph_client.calendar_windows import WindowRead
from graph_client.mail_in_copy import Mail, MailRead
from models import spoken
from models.agreement import Agreement, Group
from models.days import LONDON
from models.facts import Meeting
from models.papers_matching import MAIL, Clue, Trace, meetings_for, trace_id
from models.papers_memory import Looked, Memory, Pack, print_of
from models.papers_names import days_in, groups_named

MAILS_BACK = timedelta(days=60)
ASKED_BACK = timedelta(days=28)  # an older mail that fits no meeting is worth nobody's time


@dataclass(frozen=True, slots=True)
class Letter:
    """What is kept of one mail that may bring papers: no address and no subject, only what they say."""

    id: str = field(repr=False)
    received_at: datetime
    groups: tuple[Group, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Letters:
    """The mails of one mailbox that may bring papers. Where it is not `complete`, there may be others."""

    letters: tuple[Letter, ...]
    complete: bool = True


def letters(read: MailRead, agreement: Agreement) -> Letters:
    """The mails with files that went to somebody besides the mailbox and the sender, and that name a group."""
    found = (
        Letter(
            trace_id(MAIL, mail.id),
            mail.received_at,
            groups_named(mail.subject, agreement),
            days_in(mail.subject, mail.received_at.date()),
        )
        for mail in read.mails
        if mail.has_attachments and _went_to_others(mail, read.mailbox)
    )
    return Letters(tuple(letter for letter in found if letter.groups), complete=not read.unreadable)


def mailed(sent: Letters, group: Group, read: WindowRead, memory: Memory, now: datetime) -> Looked:
    """When each meeting's papers were mailed. A mail that came after the meeting began brings no papers for it."""
    traces: dict[str, Trace] = {}
    unclear: list[tuple[Letter, Sequence[Meeting]]] = []
    for letter in sent.letters:
        if group not in letter.groups:
            continue
        written = letter.received_at.date() if len(letter.groups) == 1 else None
        clue = Clue(id=letter.id, days=letter.days, written=written)
        here = meetings_for(clue, read.meetings, memory.traces)
        ahead = [meeting for meeting in here if meeting.starts > letter.received_at]
        if len(ahead) == 1:
            traces[letter.id] = Trace(ahead[0].key, clue.day, letter.received_at)
        elif ahead or not here:
            unclear.append((letter, ahead))
    known = {trace.key for trace in traces.values()}
    questions = [
        _question(letter, group, len(ahead))
        for letter, ahead in unclear
        if now - letter.received_at <= ASKED_BACK
        if not (ahead and all(meeting.key in known for meeting in ahead))
        if not letter.days or _in_sight(letter, read)
    ]
    packs = {key: _pack(key, traces) for key in known}
    return Looked(traces=traces, packs=packs, questions=tuple(questions), complete=sent.complete)


def _pack(key: str, traces: Mapping[str, Trace]) -> Pack:
    """How many files came, and of what kind, is never asked; a later mail is another print."""
    own = {id: one.sent for id, one in traces.items() if one.key == key and one.sent is not None}
    return Pack(print=print_of((id,) for id in own), newest=max(own.values(), default=None))


def _went_to_others(mail: Mail, mailbox: str) -> bool:
    return bool(mail.recipients - {mailbox.strip().lower(), mail.sender})


def _in_sight(letter: Letter, read: WindowRead) -> bool:
    """Whether a day that it names is one that we read, and not past when it was written: minutes are no papers."""
    return any(max(read.first, letter.received_at.date()) <= day <= read.last for day in letter.days)


def _question(letter: Letter, group: Group, fitting: int) -> str:
    when = spoken.moment(letter.received_at.astimezone(LONDON))
    meetings = spoken.count(fitting, "meeting") if fitting else "no meeting"
    if letter.days:
        days = spoken.listed([spoken.day(day) for day in letter.days])
        why = f"it names {days}, and we see {meetings} of the group on that day"
    else:
        why = f"it names no day, and we see {meetings} of the group in the four weeks after it"
    return (
        f"A mail of {when} with files names {group.name}, but {why}: which meeting is it for? "
        "Please note the papers in the Papers list."
    )
