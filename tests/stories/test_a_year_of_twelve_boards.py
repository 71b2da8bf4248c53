"""A year of twelve boards, told from the receivers' own logs alone: what each mailbox and each chat really got.

The program's own records are not asked. People book, move, call off, send papers late and answer now and then,
by a seed. Seven weeks in the quick run, a whole year in `make prove`.
"""

import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email.utils import getaddresses
from functools import cached_property
from itertools import pairwise

import pytest

from emulator.mailboxes import Event, Person
from emulator.outbox import Sent
from functions.flow import daily, deliver, sweep
from functions.saved import statement_saved
from ledger.entries import StatementEntry
from models.agreement import Group
from models.days import LONDON
from models.facts import Said, Statement
from models.people import Contact
from models.telling import Hours
from tests.stories.stage import (
    MAILBOX,
    MANAGERS_FLOW,
    OFFICERS_FLOW,
    Stage,
    at,
    headlines_in,
    headlines_on,
)

WHOLE_YEAR = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
DAYS = 365 if WHOLE_YEAR else 49
BEGINS = at("Tue 1 Sep 2026 08:30")
HOURS = Hours()
A_WEEK = 7 * 86_400
ENDS = ("Put right", "Explained", "Agreed", "Called off", "We got this wrong", "The agreement changed")
ANSWERS = ("A reason was given", "Not this time")
THANKS = "What went well in"
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\.\w+")
MANAGER = Contact(role="Partnership manager", partner="council", address="manager@council.example")
CHAIR = Contact(role="Forum chair", partner="forum", address="chair@forum.example")
LETTERS = "ABCDEFGHIJKL"


def board(letter: str) -> Group:
    """One of the twelve, with an officer and (for every second one) a deputy of its own."""
    deputy = f"Deputy {letter}" if letter in LETTERS[::2] else ""
    return Group(
        name=f"Board {letter}",
        type="partnership group",
        calendar=MAILBOX,
        match=(f"board {letter.lower()}",),
        papers="ticked",
        officer=f"Officer {letter}",
        deputy=deputy,
    )


def contacts() -> Iterator[Contact]:
    """Everybody whom the register knows."""
    yield from (MANAGER, CHAIR)
    for letter in LETTERS:
        for role in ("Officer", "Deputy"):
            address = f"{role.lower()}.{letter.lower()}@council.example"
            yield Contact(role=f"{role} {letter}", partner="council", address=address)


@dataclass(slots=True)
class Meets:
    """One meeting as the world has it: when it is, and when its papers went out."""

    board: str
    uid: str
    starts: datetime
    sent_on: date | None = None
    gone: bool = False
    mended: datetime | None = None

    @property
    def title(self) -> str:
        """A title of its own, so that whoever hears of it knows which meeting is meant."""
        return f"Board {self.board}: session {self.uid.partition('-')[2]}"

    @property
    def event(self) -> Event:
        organiser = Person(f"person.{self.uid}@council.example", "Maxine Personname")
        return Event(
            uid=self.uid,
            subject=self.title,
            starts=self.starts,
            ends=self.starts + timedelta(hours=2),
            organizer=organiser,
        )


@dataclass
class Year:
    """The twelve boards' year, by chance."""

    stage: Stage
    luck: random.Random
    meetings: list[Meets] = field(default_factory=list)

    def begin(self) -> None:
        """The first calendar: each board meets every month, from October on; all in order, papers long sent."""
        for letter in LETTERS:
            for month in range(-1, DAYS // 30 + 3):
                day = BEGINS.date() + timedelta(days=30 * month + self.luck.randrange(25))
                self._book(letter, day, late=False)
        self._show()

    def day(self, today: date, *, quiet: bool = False) -> None:
        """What people do on one day; on a `quiet` one they only send papers."""
        if not quiet and self.luck.random() < 0.3:  # somebody books one more, often too early in the day
            day = today + timedelta(days=self.luck.randrange(12, 60))
            self._book(self.luck.choice(LETTERS), day, late=self.luck.random() < 0.6)
        for one in self.meetings:
            ahead = (one.starts.date() - today).days
            if one.sent_on is None and ahead in range(3, 12) and self.luck.random() < 0.15:
                one.sent_on = today
            if quiet:
                continue
            if ahead > 2 and one.starts.hour < 10 and self.luck.random() < 0.06:
                one.starts, one.mended = one.starts.replace(hour=11), self.stage.clock()
            if ahead > 2 and self.luck.random() < 0.001:
                one.gone = True
        self._show()

    def _book(self, letter: str, day: date, *, late: bool) -> None:
        taken = {one.starts.date() for one in self.meetings if one.board == letter}
        while self.stage.book.working.why_not(day) is not None or day in taken:
            day += timedelta(days=1)
        hour, minute = (9, 30) if late else (10, 30)
        starts = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
        sent = day - timedelta(days=20) if day < BEGINS.date() + timedelta(days=40) else None
        self.meetings.append(Meets(letter, f"{letter}-{len(self.meetings)}", starts, sent))

    def _show(self) -> None:
        here = [one for one in self.meetings if not one.gone]
        self.stage.calendar(*(one.event for one in here))
        sent = [one for one in here if one.sent_on is not None]
        self.stage.papers(
            *(
                {
                    "Title": one.uid,
                    "Group": f"Board {one.board}",
                    "MeetingDate": one.starts.date().isoformat(),
                    "SentOn": one.sent_on.isoformat(),
                }
                for one in sent
                if one.sent_on is not None
            )
        )

    async def answer(self) -> None:
        """Now and then somebody presses a button."""
        async with self.stage.watching() as watch:
            for group in self.stage.book.agreement.groups:
                for entry in (await watch.ledger.alerts(group.name)).values():
                    alert = entry.value["alert"]
                    if alert["state"] != "opened" or self.luck.random() > 0.02:
                        continue
                    what = self.luck.choice(
                        [Said.REASON, Said.REASON, Said.IN_HAND, Said.CONTEST, Said.AGREE]
                    )
                    council = what is not Said.AGREE
                    said = Statement(
                        what,
                        alert["promise"],
                        next(iter(alert["dates"])),
                        "The room is only free then" if what is Said.REASON else "",
                        group.officer if council else CHAIR.role,
                        "council" if council else "forum",
                        self.stage.clock(),
                        id=f"{alert['key']} {self.stage.clock().isoformat()}",
                        proved="signed link",
                    )
                    saved = StatementEntry(said.id, said.at, statement_saved(said))
                    await watch.ledger.add_statements(group.name, [saved])


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that somebody was told: when, in which words, and of which meeting (its title has its number)."""

    at: float
    headline: str
    lines: str

    @property
    def about(self) -> str:
        return self.headline.partition(": ")[2]

    @property
    def is_end(self) -> bool:
        return self.headline.startswith(ENDS)

    @property
    def is_opening(self) -> bool:
        """Word of an alert that stands; the officer gave the reason and knows of the forum's answer to it."""
        return not self.is_end and not self.headline.startswith(ANSWERS)

    @property
    def minute(self) -> int:
        return int(self.at // 60)


@dataclass
class Received:
    """What the receivers got: the log of the mailboxes and of the two chats, and nothing else."""

    mails: list[Sent]
    chat: list[tuple[float, str]]
    managers_chat: list[tuple[float, str]]

    @cached_property
    def by_address(self) -> dict[str, list[Thing]]:
        found: dict[str, list[Thing]] = {}
        for mail in self.mails:
            assert len(mail.to) == 1
            assert not mail.cc
            assert not mail.bcc
            found.setdefault(mail.to[0], []).extend(_things_in(mail))
        return found

    def outside_hours(self, year: Year) -> list[datetime]:
        """What came when nobody may be told anything."""
        posts = [at for at, _ in (*self.chat, *self.managers_chat)]
        moments = {datetime.fromtimestamp(at, LONDON) for at in (*(one.at for one in self.mails), *posts)}
        return [one for one in moments if not HOURS.open_at(one, year.stage.book.working)]

    def too_often(self) -> list[str]:
        """Officers and deputies who got more than two in any seven days; all of them read the officers' chat."""
        found = []
        in_the_chat = {at for at, _ in self.chat}
        for address in {mail.to[0] for mail in self.mails}:
            if address.startswith(("officer", "deputy")):
                times = sorted({mail.at for mail in self.mails if mail.to == (address,)} | in_the_chat)
                found += [address for at in times if sum(0 <= at - other < A_WEEK for other in times) > 2]
        return found

    def in_the_open(self) -> list[str]:
        """What everybody in the chat could read before its owner had heard. All owners have mail: so only thanks."""
        return [headline for _, headline in self.chat if not headline.startswith(THANKS)]

    def repeats(self) -> list[tuple[str, str, str]]:
        """The same words of the same meeting, twice to the same person."""
        found = []
        for address, things in self.by_address.items():
            said = Counter((one.headline, one.lines) for one in things if not one.is_end)
            found += [(address, *words) for words, times in said.items() if times > 1]
        return found

    def before_the_owner(self) -> list[str]:
        """What anybody else heard of a meeting of which its officer had not heard in an earlier mail."""
        found = []
        for address, things in self.by_address.items():
            for one in things:
                officer = f"officer.{one.about[6:7].lower()}@council.example"
                if address == officer or not one.is_opening or one.headline.startswith("Please check"):
                    continue
                if not any(
                    each.at < one.at and each.about == one.about and each.is_opening
                    for each in self.by_address.get(officer, ())
                ):
                    found.append(f"{address}: {one.headline}")
        return found

    def ends_that_went_wrong(self) -> list[str]:
        """Word of an end to somebody who had heard of nothing, or a put-right that one heard and another did not."""
        found = []
        heard: dict[str, dict[str, list[Thing]]] = {}
        for address, things in self.by_address.items():
            for one in things:
                heard.setdefault(one.about, {}).setdefault(address, []).append(one)
        for about, by_address in heard.items():
            for address, things in by_address.items():
                balance = 0
                for one in things:
                    balance += -1 if one.is_end else 1
                    found += [f"{address} heard of no {about}"] if balance < 0 else []
            kinds = {_kind(one) for things in by_address.values() for one in things if one.is_opening}
            if len(kinds) != 1:  # hours and papers of one meeting: an end does not say of which it is
                continue
            ended = max(
                (one.at for things in by_address.values() for one in things if _put_right(one)), default=None
            )
            for address, things in by_address.items() if ended is not None else ():
                told = [
                    one
                    for one in things
                    if not one.is_end and one.at < ended and not one.headline.startswith("Please check")
                ]
                if told and not any(map(_put_right, things)):
                    found.append(f"{address} did not hear that {about} was put right")
        return found


def _kind(one: Thing) -> str:
    return "papers" if one.headline.startswith("Papers") else "hours"


def _put_right(one: Thing) -> bool:
    return one.headline.startswith("Put right")


@pytest.fixture
async def year(stage: Stage) -> Year:
    stage.by_mail(*contacts())
    stage.hours, stage.settle_minutes = HOURS, 20
    groups = tuple(map(board, LETTERS))
    stage.book = replace(stage.book, agreement=stage.book.agreement.model_copy(update={"groups": groups}))
    stage.clock.now = BEGINS
    return Year(stage, random.Random(12))  # noqa: S311 (a story, not a secret)


async def _lived(year: Year) -> Received:
    """Every working day: people do what they do, a sweep, the daily pass, and the times at which messages leave.

    In the last three weeks nothing new happens, so that what waits for room has gone out.
    """
    year.begin()
    stage = year.stage
    for number in range(DAYS):
        day = BEGINS + timedelta(days=number)
        if stage.book.working.why_not(day.date()) is not None:
            continue
        stage.clock.now = day
        quiet = number > DAYS - 21
        year.day(day.date(), quiet=quiet)
        async with stage.watching() as watch:
            for _ in range(stage.ticks):
                swept = await sweep(watch, stage.clock())
            for _ in range(stage.ticks):
                await daily(watch, swept, stage.clock())
            for hour, minute in ((9, 15), (13, 15), (17, 45), (22, 0)):
                stage.clock.now = day.replace(hour=hour, minute=minute)
                for _ in range(stage.ticks):
                    await deliver(watch, stage.clock())
        if not quiet:
            await year.answer()
    chats: dict[str, list[tuple[float, str]]] = {OFFICERS_FLOW: [], MANAGERS_FLOW: []}
    for post in stage.world.posts:
        chats[post.flow] += [(post.at, line) for card in post.cards for line in headlines_on(card)]
    return Received(stage.mails, chats[OFFICERS_FLOW], chats[MANAGERS_FLOW])


async def test_told_from_the_receivers_logs_alone(year: Year) -> None:
    got = await _lived(year)
    assert len(got.mails) > DAYS / 2, "the story would prove nothing"
    assert got.outside_hours(year) == []
    assert got.too_often() == []
    assert got.in_the_open() == []
    assert got.repeats() == []
    assert got.before_the_owner() == []
    assert got.ends_that_went_wrong() == []
    assert _corrected_and_not_told(got, year) == []
    _nobody_is_named(got)
    _together(got)
    if WHOLE_YEAR:
        assert got.chat, "thanks are among it, or it would not be seen that they count"


def _corrected_and_not_told(got: Received, year: Year) -> list[str]:
    """Meetings that people put right in the calendar, and whose officer had heard of them, and hears of no end."""
    found = []
    for one in year.meetings:
        things = got.by_address.get(f"officer.{one.board.lower()}@council.example", ())
        mine = [each for each in things if each.about == one.title]
        told = [each for each in mine if _kind(each) == "hours" and each.is_opening]
        if (
            one.mended
            and told
            and told[0].at < one.mended.timestamp()
            and not any(each.is_end for each in mine)
        ):
            found.append(one.title)
    return found


def _together(got: Received) -> None:
    """What the chair hears of a meeting the manager hears in the same minute and in the same words."""
    chair, manager = (
        {(each.minute, each.headline, each.lines) for each in got.by_address.get(one.address, ())}
        for one in (CHAIR, MANAGER)
    )
    assert chair
    assert chair - manager == set()


def _things_in(mail: Sent) -> Iterator[Thing]:
    """Every single thing in a mail: its headline, and the lines below it, with the day and the reason in them."""
    text = mail.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    lines = [line for line in text.splitlines() if line and "/p/" not in line]
    headlines = set(headlines_in(mail))
    for place, line in enumerate(lines[:-1]):
        if line in headlines and set(lines[place + 1]) == {"-"}:
            yield Thing(mail.at, line, "\n".join(lines[place + 2 : place + 5]))


def _nobody_is_named(got: Received) -> None:
    """No mail holds anybody's name or address but its own receiver's and the sender's; none is over 60 KB."""
    for mail in got.mails:
        assert len(mail.mime) < 60_000
        parts = [part.get_content() for part in mail.message.walk() if not part.is_multipart()]
        said = "\n".join([*map(str, mail.message.values()), *parts]).casefold()
        shown = {address.casefold() for _, address in getaddresses([*mail.to, mail.sender])}
        assert set(ADDRESS.findall(said)) <= shown
        assert "personname" not in said
    for before, after in pairwise(sorted(got.mails, key=lambda one: one.at)):
        assert before.at <= after.at
