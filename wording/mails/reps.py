"""A forum rep's mails: the one of the week, and the few that can't wait. Whole without a tap.

Plain words, no name of anybody, and nothing that a scanner of mails could set off: a link only opens a page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from models import spoken
from models.ahead import MeetingAhead, PapersAre
from models.due_days import EntrySent
from models.rep_mail import Change, Changed, RepMail
from models.texts import Texts
from wording.mails.letter import Block, Heading, Letter, Points, Press, Words, letter_html, letter_text
from wording.plain import NO_TITLE, clean, sentence

MEETINGS_AT_MOST = (12, 8, 4, 2)  # in one mail: as many as fit; the page has them all
CHANGES_AT_MOST = 12
LARGEST = 40_000  # bytes of the words, as text and as HTML; what a mail adds to them makes half as much again
PLACE, REASON = 80, 200  # letters
NAME = 70  # letters of a meeting's title in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class RepLinks:
    """The pages that a mail can open; each is "" (or absent) where there are no links."""

    my_meetings: str = ""
    choices: str = ""
    pause: str = ""
    stop: str = ""
    cant_open: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    call: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around the meetings of a mail. `first`: the chair has just let these mails begin."""

    groups: Sequence[str]
    links: RepLinks
    answers_to: str = ""  # "officer", "manager" or nobody
    first: bool = False
    entry: EntrySent | None = None


def weekly_letter(texts: Texts, mail: RepMail, around: Around, now: datetime) -> Letter:
    """The mail of the week, with as many meetings as fit into a mail that every phone takes."""
    for most in MEETINGS_AT_MOST:
        letter = _weekly(texts, mail, around, now, most)
        if len(letter_text(letter).encode()) + len(letter_html(letter).encode()) <= LARGEST:
            break
    return letter


def _weekly(texts: Texts, mail: RepMail, around: Around, now: datetime, most: int) -> Letter:
    blocks: list[Block] = [Heading(texts.say("rep.heading"))]
    if around.first:
        blocks.append(Words(texts.say("rep.introduced")))
    if mail.changes:
        blocks += [Heading(texts.say("rep.changed")), _changes(texts, mail.changes)]
    blocks += _meetings(texts, mail.meetings, around.links, most)
    blocks += _end(texts, around)
    return Letter(texts.say("rep.subject", day=_day(now)), tuple(blocks))


def at_once_letter(texts: Texts, mail: RepMail, around: Around) -> Letter:
    """A mail about what can't wait, and nothing else."""
    subject = _subject(texts, mail.changes)
    blocks: list[Block] = [Heading(subject)]
    blocks += [Words(_changed(texts, one)) for one in mail.changes[:CHANGES_AT_MOST]]
    for key in dict.fromkeys(one.meeting.key for one in mail.changes if one.change is Change.OPENS):
        if address := around.links.cant_open.get(key, ""):
            blocks.append(Press(texts.say("rep.cant_open"), address))
    blocks += _end(texts, around)
    return Letter(subject, tuple(blocks))


def _subject(texts: Texts, changes: Sequence[Changed]) -> str:
    if len(changes) != 1:
        return texts.say("rep.several", number=str(len(changes)))
    [one] = changes
    name = _name(one.meeting)
    match one.change:
        case Change.MOVED:
            return texts.say("rep.moved_subject", title=name)
        case Change.CANCELLED:
            return texts.say("rep.cancelled_subject", title=name)
        case Change.LATE:
            return texts.say("rep.late_subject", title=name)
        case Change.OPENS:
            return texts.say("rep.opens_subject", title=name)
        case Change.NEW:
            return texts.say("rep.new_subject", title=name)


def _changes(texts: Texts, changes: Sequence[Changed]) -> Points:
    lines = [_changed(texts, one) for one in changes[:CHANGES_AT_MOST]]
    if left := len(changes) - len(lines):
        lines.append(texts.say("rep.more", number=str(left)))
    return Points(tuple(lines))


def _changed(texts: Texts, one: Changed) -> str:
    name, when = _name(one.meeting), _when(one.meeting)
    match one.change:
        case Change.MOVED:
            was = _moment(one.was) if one.was is not None else ""
            return texts.say("rep.moved", title=name, was=was, when=when)
        case Change.CANCELLED:
            return texts.say("rep.cancelled", title=name, when=when)
        case Change.NEW:
            return texts.say("rep.new", title=name, when=when)
        case Change.OPENS:
            return texts.say("rep.opens", title=name, when=when)
        case Change.LATE:
            told = [texts.say("rep.late", title=name, when=when)]
            return " ".join([*told, *_why_late(texts, one.meeting)])


def _meetings(texts: Texts, meetings: Sequence[MeetingAhead], links: RepLinks, most: int) -> Iterator[Block]:
    if not meetings:
        yield Words(texts.say("rep.no_meeting"))
        return
    for one in meetings[:most]:
        yield Heading(texts.say("rep.meeting", title=_name(one), day=_day(one.starts)))
        yield Points(tuple(_about(texts, one)))
        if one.papers is PapersAre.SENT and (address := links.cant_open.get(one.key, "")):
            yield Press(texts.say("rep.cant_open"), address)
        if address := links.call.get(one.key, ""):
            yield Press(texts.say("rep.call"), address)
    if (left := len(meetings) - most) and left > 0:
        yield Words(texts.say("rep.more", number=str(left)))


def _about(texts: Texts, one: MeetingAhead) -> Iterator[str]:
    ends = spoken.clock(one.ends.time()) if one.ends.date() == one.day else _moment(one.ends)
    hours = texts.say("rep.hours", start=spoken.clock(one.starts.time()), end=ends)
    place = clean(one.place, PLACE) or (texts.say("rep.online") if one.online else "")
    yield texts.say("rep.at", hours=hours, place=place) if place else hours
    yield _papers(texts, one)
    if one.papers is PapersAre.SENT and one.barrier:
        yield sentence(clean(one.barrier, REASON))


def _papers(texts: Texts, one: MeetingAhead) -> str:
    """How its papers stand. "As we see it" is said once, at the end of the mail."""
    match one.papers:
        case PapersAre.SENT if one.sent is not None:
            return texts.say("rep.papers_sent", day=_near(one.sent))
        case PapersAre.NONE:
            return texts.say("rep.papers_none")
        case PapersAre.NOT_SEEN:
            return " ".join([texts.say("rep.papers_not_seen"), *_why_late(texts, one)])
        case PapersAre.NOT_PROMISED:
            return texts.say("rep.papers_not_promised")
        case PapersAre.EXPECTED if one.coming_on is None and one.due is not None:
            return texts.say("rep.papers_due", day=_near(one.due))
        case PapersAre.EXPECTED if one.coming_on is not None:
            return " ".join([texts.say("rep.papers_coming", day=_near(one.coming_on)), *_reason(texts, one)])
    told = [texts.say("rep.papers_unknown")]
    if one.coming_on is not None:
        told.append(texts.say("rep.coming", day=_near(one.coming_on)))
    return " ".join([*told, *_reason(texts, one)])


def _why_late(texts: Texts, one: MeetingAhead) -> Iterator[str]:
    if one.due is not None:
        yield texts.say("rep.were_due", day=_near(one.due))
    if one.coming_on is not None:
        yield texts.say("rep.coming", day=_near(one.coming_on))
    yield from _reason(texts, one)


def _reason(texts: Texts, one: MeetingAhead) -> Iterator[str]:
    if one.reason:
        yield texts.say("rep.reason", reason=sentence(clean(one.reason, REASON)))


def _end(texts: Texts, around: Around) -> Iterator[Block]:
    links = around.links
    if around.entry is not None:
        told = {"title": clean(around.entry.entry.title, NAME), "day": _near(around.entry.entry.day)}
        live = around.entry.entry.live
        yield Words(texts.say("rep.entry", **told) if live else texts.say("rep.entry_gone", **told))
    if links.my_meetings:
        yield Heading(texts.say("rep.yours"))
    for words, address in (
        ("rep.my_meetings", links.my_meetings),
        ("rep.choices", links.choices),
        ("rep.pause", links.pause),
        ("rep.stop", links.stop),
    ):
        if address:
            yield Press(texts.say(words), address)
    yield Words(texts.say("rep.as_we_see"), small=True)
    if around.answers_to == "officer":
        yield Words(texts.say("rep.answers_officer"), small=True)
    elif around.answers_to == "manager":
        yield Words(texts.say("rep.answers_manager"), small=True)
    yield Words(
        texts.say("rep.why", groups=spoken.listed([clean(one, NAME) for one in around.groups])), small=True
    )
    if links.stop:
        yield Words(texts.say("rep.how_to_stop"), small=True)
    elif around.answers_to:
        yield Words(texts.say("rep.how_to_stop_by_answer"), small=True)


def _name(one: MeetingAhead) -> str:
    return clean(one.title, NAME) or NO_TITLE


def _when(one: MeetingAhead) -> str:
    return _moment(one.starts)


def _moment(moment: datetime) -> str:
    return f"{_near(moment.date())} at {spoken.clock(moment.time())}"


def _day(moment: datetime) -> str:
    return _near(moment.date())


def _near(day: date) -> str:
    """Friday 27 November. All of it is within weeks, so nobody needs the year, and a phone is narrow."""
    return f"{day:%A} {day.day} {day:%B}"
