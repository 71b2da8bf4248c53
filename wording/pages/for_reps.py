"""Pages for forum reps: the next meetings, asking for something before one, and what mail may come."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models import spoken
from models.ahead import MeetingAhead, PapersAre
from models.facts import Statement
from models.reps import WEEKDAYS, Preferences
from models.texts import Texts
from wording import plain
from wording.pages.page import Address, Back, Block, Field, Form, Go, Heading, Meeting, Notice, Page, Words
from wording.pages.parts import Faults, Values, told_off, undoing, words_field

NEXT = 3  # meetings on one page
SEEN = {"open": "page.seen_open", "call": "page.seen_call"}
PRESS = {"open": "page.press_open", "call": "page.press_call"}
FIELD = {"open": "page.field_open", "call": "page.field_call"}


@dataclass(frozen=True, slots=True)
class Around:
    """A meeting with the addresses of the pages for its two questions."""

    meeting: MeetingAhead
    cant_open: str
    call: str


def my_meetings(
    texts: Texts, around: Sequence[Around], as_of: datetime | None, pause: str, choose: str
) -> Page:
    """The next meetings with their papers as of now, and what can be done."""
    blocks: list[Block] = []
    if as_of is not None:
        blocks.append(Words(texts.say("page.mine_as_of", when=spoken.moment(as_of)), small=True))
    blocks += [_meeting(texts, one) for one in around] or [Words(texts.say("page.mine_none"))]
    blocks += [Go(texts.say("page.go_choose"), choose), Go(texts.say("page.go_pause"), pause)]
    return Page(texts.say("page.mine"), tuple(blocks))


def papers_lines(texts: Texts, meeting: MeetingAhead) -> Iterator[str]:
    """How the papers of a meeting stand, in plain words; nothing where nothing was promised."""
    due = spoken.day(meeting.due) if meeting.due else ""
    match meeting.papers:
        case PapersAre.SENT if meeting.sent:
            yield texts.say("page.papers_sent", day=spoken.day(meeting.sent))
        case PapersAre.SENT:
            yield texts.say("page.papers_out")
        case PapersAre.EXPECTED:
            yield texts.say("page.papers_due", day=due) if due else texts.say("page.papers_later")
        case PapersAre.NOT_SEEN:
            yield texts.say("page.papers_late", day=due) if due else texts.say("page.papers_not_seen")
        case PapersAre.NONE:
            yield texts.say("page.papers_none")
        case PapersAre.UNKNOWN:
            yield texts.say("page.papers_unknown")
    if meeting.coming_on and meeting.papers is not PapersAre.SENT:
        yield texts.say("page.papers_coming", day=spoken.day(meeting.coming_on))
    if meeting.reason:
        yield texts.say(
            "page.papers_reason", reason=plain.sentence(plain.clean(meeting.reason, plain.PARAGRAPH))
        )
    if meeting.barrier:
        yield plain.sentence(plain.clean(meeting.barrier, plain.PARAGRAPH))


def asking(
    texts: Texts,
    sort: str,
    meeting: MeetingAhead,
    mine: Statement | None,
    turn: str,
    values: Values,
    faults: Faults,
    *,
    done: str = "",
    fault: str = "",
) -> Page:
    """`open`: a paper that does not open. `call`: a call before a meeting. What was asked can be taken back."""
    day = spoken.day(meeting.day)
    heading = (
        texts.say("page.ask_open") if sort == "open" else texts.say("page.ask_call", day=f"{meeting.day:%A}")
    )
    blocks: list[Block] = [*told_off(texts, fault)]
    if done:
        lines = ("page.undone",) if done == "undo" else ("page.passed_on", SEEN[sort])
        blocks.append(Notice(tuple(texts.say(name) for name in lines)))
    blocks += [Words(f"{_title(meeting)}, {day}.")]
    if mine is not None:
        if not done:
            blocks.append(Notice((texts.say("page.passed_on"), texts.say(SEEN[sort]))))
        blocks.append(undoing(texts, turn, "page.undo_open" if sort == "open" else "page.undo"))
        return Page(heading, tuple(blocks))
    field = words_field(texts, FIELD[sort], values, faults, may_be_empty=True)
    press, seen = texts.say(PRESS[sort]), texts.say(SEEN[sort])
    blocks.append(Form(do=sort, press=press, seen=seen, fields=(field,), turn=turn))
    return Page(heading, tuple(blocks))


def held(texts: Texts, meeting: MeetingAhead | None) -> Page:
    """A link about a meeting that is not ahead any more."""
    if meeting is None:
        return Page(
            texts.say("page.gone"), (Words(texts.say("page.gone_says")), Words(texts.say("page.nothing")))
        )
    when = texts.say("page.held_says", when=spoken.moment(meeting.starts))
    return Page(
        texts.say("page.held"), (Words(f"{_title(meeting)}."), Words(when), Words(texts.say("page.nothing")))
    )


def pausing(texts: Texts, chosen: Preferences, until: date, *, done: str = "", fault: str = "") -> Page:
    """No mail for a month."""
    blocks: list[Block] = [*told_off(texts, fault)]
    if done == "undo":
        blocks.append(Notice((texts.say("page.started"),)))
    paused = chosen.paused_until
    if paused is not None:
        blocks.append(Notice((texts.say("page.pause_done", day=spoken.day(paused)),)))
        blocks.append(undoing(texts, "0", "page.pause_end"))
    if paused is None or paused < until:
        day = spoken.day(until)
        blocks.append(Words(texts.say("page.pause_says", day=day)))
        seen = texts.say("page.only_you")
        blocks.append(Form(do="pause", press=texts.say("page.pause_press", day=day), seen=seen))
    return Page(texts.say("page.pause"), tuple(blocks))


def stopping(texts: Texts, chosen: Preferences, *, done: str = "", fault: str = "") -> Page:
    """No mail at all any more."""
    blocks: list[Block] = [*told_off(texts, fault)]
    if done == "undo":
        blocks.append(Notice((texts.say("page.started"),)))
    if chosen.stopped:
        blocks += [Notice((texts.say("page.stop_done"),)), undoing(texts, "0", "page.pause_end")]
    else:
        blocks.append(Words(texts.say("page.stop_says")))
        seen = texts.say("page.only_you")
        blocks.append(Form(do="stop", press=texts.say("page.stop"), seen=seen))
    return Page(texts.say("page.stop"), tuple(blocks))


def choosing(
    texts: Texts,
    chosen: Preferences,
    feed: str,
    stop: str,
    faults: Faults,
    *,
    done: str = "",
    fault: str = "",
) -> Page:
    """The day of the mail, what else may come, and the calendar."""
    blocks: list[Block] = [*told_off(texts, fault)]
    if done:
        blocks.append(Notice((texts.say(DONE[done]),)))
    if chosen.stopped:
        blocks += [Notice((texts.say("page.stop_stands"),)), undoing(texts, "0", "page.pause_end")]
    elif chosen.paused_until is not None:
        blocks.append(Notice((texts.say("page.pause_done", day=spoken.day(chosen.paused_until)),)))
        blocks.append(undoing(texts, "0", "page.pause_end"))
    day = Field(
        sort="choice",
        name="day",
        label=texts.say("page.choose_day"),
        choices=tuple((str(number), name) for number, name in enumerate(WEEKDAYS)),
        value=str(chosen.day),
        fault=faults.get("day", ""),
    )
    ticks = (
        Field(sort="tick", name=name, label=texts.say(label), value="yes" if on else "")
        for name, label, on in (
            ("at_once", "page.choose_once", chosen.at_once),
            ("in_holidays", "page.choose_holidays", chosen.in_holidays),
            ("due_days", "page.choose_due", chosen.due_days),
        )
    )
    save = texts.say("page.choose_save")
    blocks.append(Form(do="choose", press=save, seen=texts.say("page.only_you"), fields=(day, *ticks)))
    blocks += [Heading(texts.say("page.feed")), Address(texts.say("page.feed_says"), feed)]
    blocks.append(Words(texts.say("page.feed_new_says")))
    blocks.append(Form(do="feed", press=texts.say("page.feed_new"), turn=str(chosen.turn), quiet=True))
    if not chosen.stopped:
        blocks += [Heading(texts.say("page.stop")), Back(texts.say("page.stop"), stop)]
    return Page(texts.say("page.choose"), tuple(blocks))


DONE: Mapping[str, str] = {
    "choose": "page.choose_saved",
    "feed": "page.feed_made",
    "undo": "page.started",
}


def _meeting(texts: Texts, around: Around) -> Meeting:
    one = around.meeting
    lines = [plain.clean(one.place, plain.LINE)] if one.place else []
    if one.online and not one.place:
        lines.append(texts.say("page.mine_online"))
    if one.was is not None:
        lines.append(texts.say("page.mine_was", when=spoken.moment(one.was)))
    when = f"{spoken.day(one.day)}, {spoken.clock(one.starts.time())} to {spoken.clock(one.ends.time())}"
    if one.cancelled:
        return Meeting(_title(one), when, (texts.say("page.mine_cancelled"), *lines))
    goes = (
        Go(texts.say("page.go_open"), around.cant_open),
        Go(texts.say("page.go_call", day=f"{one.day:%A}"), around.call),
    )
    return Meeting(_title(one), when, (*lines, *papers_lines(texts, one)), goes)


def _title(meeting: MeetingAhead) -> str:
    return plain.clean(meeting.title, plain.LINE) or plain.clean(meeting.group, plain.LINE)
