"""What `watch` did, for the terminal: what was read, what was found, who was told, what waits, what is asked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Group

from models import spoken
from models.days import LONDON
from wording import check_words as words
from wording.arranged import Subject, arranged
from wording.check_json import WHICH_GROUP
from wording.check_text import Line
from wording.plain import LINE, PARAGRAPH, clean, sentence, title, when
from wording.watched import CLAIMED, DROPPED, OWED, PAID, UNSURE, Told, Watched

MOST = 12  # lines of one list; the whole is in --format json
CHAT = {"teams": "the officers' chat", "manager": "the partnership manager's chat"}
OBSERVING = "PROTOCOL_WATCH_MODE is 'observe': nobody is told but the partnership manager."

QUIET = "only the partnership manager hears of them. To change that: protocol-watch release."


def watch_text(watched: Watched) -> Group:
    """The whole run, to be printed on a rich console."""
    parts = (
        _opening(watched),
        _found(watched),
        _told(watched),
        _waits(watched),
        _sentences("Needs mending", watched.results.faults),
        _sentences("Questions", _questions(watched)),
        _sentences("Worth knowing", _notes(watched)),
    )
    return Group(*(line for part in parts for line in part))


def _opening(watched: Watched) -> Iterator[Line]:
    results, read = watched.results, [one for one in watched.calendars if one.read_at is not None]
    yield Line(f"Watched: {clean(results.agreement.name, LINE)}", style="bold")
    meetings = spoken.count(sum(one.meetings for one in read), "meeting")
    calendars = spoken.count(len(read), "calendar")
    days = f"{spoken.day(results.first)} to {spoken.day(results.last)}"
    yield Line(f"Read {meetings} in {calendars}, {days}.")
    missing = len(watched.calendars) - len(read)
    if missing:
        yield Line(f"{spoken.count(missing, 'calendar')} could not be read: see below.")


def _found(watched: Watched) -> Iterator[Line]:
    yield from _heading("What needs a look")
    parts = arranged(watched.results).needs_a_look
    if not parts:
        yield Line("Nothing that we can see.", 2)
    left = MOST
    for part in parts:
        if left > 0:
            yield Line(part.group, 2, "bold")
        for subject in part.subjects[: max(left, 0)]:
            yield Line(_subject(subject), 4)
        left -= len(part.subjects)
    yield from _more(-left)
    totals = words.counted_states(Counter(finding.state for finding in watched.results.findings))
    if totals:
        yield Line("")
        yield Line(f"In all: {totals}. The whole report: --format json.")


def _subject(subject: Subject) -> str:
    """Which meeting or series, and everything that we see about it, in one line."""
    named = ": ".join(filter(None, (words.subject_days(subject), words.subject_title(subject))))
    seen = (f"{words.state_label(point)}: {words.headline(point)}" for point in subject.points)
    return " ".join((f"{named or words.WHOLE_GROUP}.", *seen))


def _told(watched: Watched) -> Iterator[Line]:
    yield from _heading("Who was told")
    if watched.observing:
        yield Line(OBSERVING, 2)
    elif watched.quiet:
        groups = spoken.count(len(watched.quiet), "group")
        yield Line(f"{groups} still quiet: {QUIET}", 2)
    sent = Counter(told.channel for told in watched.deliveries if told.state == PAID)
    for channel, number in sent.items():
        yield Line(f"{_chat(channel)}: {spoken.count(number, 'delivery', 'deliveries')}.", 2)
    dropped = sum(told.state == DROPPED for told in watched.deliveries)
    if dropped:
        no_longer = "was no longer needed" if dropped == 1 else "were no longer needed"
        yield Line(f"{spoken.count(dropped, 'delivery', 'deliveries')} {no_longer} and not sent.", 2)
    if not sent:
        yield Line("Nobody, this time.", 2)


def _waits(watched: Watched) -> Iterator[Line]:
    waiting = [told for told in watched.deliveries if told.waits]
    if waiting:
        yield from _heading("What waits")
        yield from _capped(list(_waiting(waiting)))


def _waiting(waiting: Sequence[Told]) -> Iterator[str]:
    owed = Counter((told.channel, told.not_before, told.note) for told in waiting if told.state == OWED)
    for (channel, until, note), number in sorted(owed.items(), key=lambda each: each[0][1]):
        because = f" {sentence(note)}" if note else ""
        yield f"{_chat(channel)}: {spoken.count(number, 'delivery', 'deliveries')} from {_moment(until)} on.{because}"
    for told in waiting:
        if told.state == UNSURE:
            yield f"{_chat(told.channel)}: a card may have arrived. {sentence(told.note)}".rstrip()
        elif told.state == CLAIMED:
            yield f"{_chat(told.channel)}: a card is being sent by another run."


def _questions(watched: Watched) -> list[str]:
    places = (f"{WHICH_GROUP} {when(meeting)}: {title(meeting)}." for meeting in watched.results.unplaced)
    return [*watched.questions, *places]


def _notes(watched: Watched) -> list[str]:
    return [note for note in watched.results.notes if note not in watched.questions]


def _sentences(name: str, sentences: Sequence[str]) -> Iterator[Line]:
    if sentences:
        yield from _heading(name)
        yield from _capped([clean(each, PARAGRAPH) for each in sentences])


def _capped(lines: Sequence[str]) -> Iterator[Line]:
    for line in lines[:MOST]:
        yield Line(line, 2)
    yield from _more(len(lines) - MOST)


def _more(number: int) -> Iterator[Line]:
    if number > 0:
        yield Line(f"and {number:,} more: use --format json", 2)


def _heading(name: str) -> tuple[Line, Line]:
    return Line(""), Line(name, style="bold underline")


def _chat(channel: str) -> str:
    where = CHAT.get(channel, clean(channel, LINE))
    return where[:1].upper() + where[1:]


def _moment(moment: datetime) -> str:
    return spoken.moment(moment.astimezone(LONDON))
