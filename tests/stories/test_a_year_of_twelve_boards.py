"""A year of twelve boards, told from the receivers' own logs alone: what each mailbox and each chat really got.

The program's own records are not asked. People book, move, call off, send papers late and answer now and then,
by a seed. One term in the quick run, a whole year in `make prove`.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email.utils import getaddresses
from functools import cached_property
from itertools import pairwise

import pytest

from emulator.mailboxes import Event, Person
from emulator.outbox import Sent
from functions.flow import deliver, sweep
from functions.saved import statement_saved
from ledger.entries import StatementEntry
from models.agreement import Group
from models.days import LONDON
from models.facts import Said, Statement
from models.people import Contact
from models.telling import Hours
from tests.stories.nothing_personal import words_of
from tests.stories.stage import MAILBOX, Stage, at, headlines_in

WHOLE_YEAR = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
DAYS = 365 if WHOLE_YEAR else 84
BEGINS = at("Tue 1 Sep 2026 08:30")
HOURS = Hours()
A_WEEK = 7 * 86_400
ENDS = ("Put right", "Explained", "Agreed", "Called off", "We got this wrong", "The agreement changed")
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

    @property
    def event(self) -> Event:
        organiser = Person(f"person.{self.uid}@council.example", "Maxine Personname")
        return Event(
            uid=self.uid,
            subject=f"Board {self.board}",
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

    def day(self, today: date) -> None:
        """What people do on one day."""
        if self.luck.random() < 0.3:  # somebody books one more, often too early in the day
            day = today + timedelta(days=self.luck.randrange(12, 60))
            self._book(self.luck.choice(LETTERS), day, late=self.luck.random() < 0.6)
        for one in self.meetings:
            ahead = (one.starts.date() - today).days
            if one.sent_on is None and ahead in range(3, 12) and self.luck.random() < 0.15:
                one.sent_on = today
            if ahead > 2 and one.starts.hour < 10 and self.luck.random() < 0.06:
                one.starts = one.starts.replace(hour=11)
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


@dataclass
class Received:
    """What the receivers got: the log of the mailboxes and of the chat, and nothing else."""

    mails: list[Sent]
    posts: list[float]

    @cached_property
    def by_address(self) -> dict[str, list[Sent]]:
        found: dict[str, list[Sent]] = {}
        for mail in self.mails:
            assert len(mail.to) == 1
            assert not mail.cc
            assert not mail.bcc
            found.setdefault(mail.to[0], []).append(mail)
        return found

    def outside_hours(self, year: Year) -> list[datetime]:
        moments = [
            datetime.fromtimestamp(at, LONDON) for at in (*(one.at for one in self.mails), *self.posts)
        ]
        return [one for one in moments if not HOURS.open_at(one, year.stage.book.working)]

    def too_often(self) -> list[str]:
        """Officers and deputies who got more than two in any seven days."""
        found = []
        for address, mails in self.by_address.items():
            if address.startswith(("officer", "deputy")):
                times = [one.at for one in mails]
                found += [address for at in times if sum(0 <= at - other < A_WEEK for other in times) > 2]
        return found


@pytest.fixture
async def year(stage: Stage) -> Year:
    stage.by_mail(*contacts())
    stage.hours, stage.settle_minutes = HOURS, 20
    groups = tuple(map(board, LETTERS))
    stage.book = replace(stage.book, agreement=stage.book.agreement.model_copy(update={"groups": groups}))
    stage.clock.now = BEGINS
    return Year(stage, random.Random(12))  # noqa: S311 (a story, not a secret)


async def _lived(year: Year) -> Received:
    """Every working day: people do what they do, one sweep, and the two times at which messages leave."""
    year.begin()
    stage = year.stage
    for number in range(DAYS):
        day = BEGINS + timedelta(days=number)
        if stage.book.working.why_not(day.date()) is not None:
            continue
        stage.clock.now = day
        year.day(day.date())
        async with stage.watching() as watch:
            await sweep(watch, stage.clock())
            for hour, minute in ((9, 15), (13, 15), (17, 45), (22, 0)):
                stage.clock.now = day.replace(hour=hour, minute=minute)
                await deliver(watch, stage.clock())
        await year.answer()
    return Received(stage.mails, [post.at for post in stage.world.posts])


async def test_told_from_the_receivers_logs_alone(year: Year) -> None:
    got = await _lived(year)
    assert len(got.mails) > DAYS / 2, "the story would prove nothing"
    assert got.outside_hours(year) == []
    assert got.too_often() == []
    told = {address: _things(mails) for address, mails in got.by_address.items()}
    assert [one for things in told.values() for one in _repeats(things)] == []
    assert _before_the_owner(got) == []
    assert _ended_for_some(got) == []
    _nobody_is_named(got, year)
    chair, manager = (_moments(got, one) for one in (CHAIR, MANAGER))
    assert chair
    assert chair <= manager, "what the chair hears, the manager hears in the same minute"


def _things(mails: list[Sent]) -> list[tuple[str, str]]:
    """Every single thing of a mailbox: its headline, and the lines below it, with the day and the reason in them."""
    return [thing for mail in mails for thing in _things_in(mail)]


def _things_in(mail: Sent) -> Iterator[tuple[str, str]]:
    text = mail.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    lines = [line for line in text.splitlines() if line and "/p/" not in line]
    headlines = set(headlines_in(mail))
    for place, line in enumerate(lines[:-1]):
        if line in headlines and set(lines[place + 1]) == {"-"}:
            yield line, "\n".join(lines[place + 2 : place + 5])


def _repeats(things: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same words of the same meeting, twice to the same person. Word of an end names no day."""
    standing = [one for one in things if not one[0].startswith(ENDS)]
    return [one for one in set(standing) if standing.count(one) > 1]


def _before_the_owner(got: Received) -> list[str]:
    """What reached the forum's chair before the officer or the deputy of that board had heard of it."""
    found = []
    for mail in got.by_address.get(CHAIR.address, ()):
        for headline in headlines_in(mail):
            if headline.startswith(("A reason was given", *ENDS)):
                continue  # the officer gave the reason, and ends go to all
            letter = headline[-1].lower()
            officer = got.by_address.get(f"officer.{letter}@council.example", [])
            if not any(one.at < mail.at and headline in headlines_in(one) for one in officer):
                found.append(headline)
    return found


def _ended_for_some(got: Received) -> list[str]:
    """Ends that came to somebody who had heard of nothing on that board."""
    found = []
    for address, mails in got.by_address.items():
        heard: dict[str, int] = {}
        for mail in mails:
            for headline in headlines_in(mail):
                kind, _, about = headline.partition(": ")
                if kind in ENDS:
                    heard[about] = heard.get(about, 0) - 1
                    found += [f"{address}: {headline}"] if heard[about] < 0 else []
                else:
                    heard[about] = heard.get(about, 0) + 1
    return found


def _moments(got: Received, one: Contact) -> set[int]:
    """The minutes in which somebody heard."""
    return {int(mail.at // 60) for mail in got.by_address.get(one.address, ())}


def _nobody_is_named(got: Received, year: Year) -> None:
    """No mail holds anybody's name or address but its own receiver's and the sender's; none is over 60 KB."""
    people = {one.address for one in contacts()} | {f"{year.meetings[0].uid}", "Maxine Personname"}
    people |= {word for word in words_of(year.stage.world) if "@" in word}
    for mail in got.mails:
        assert len(mail.mime) < 60_000
        body = mail.message.as_string().casefold()
        shown = {address.casefold() for _, address in getaddresses([*mail.to, mail.sender])}
        assert [
            one for one in people if "@" in one and one.casefold() in body and one.casefold() not in shown
        ] == []
        assert "personname" not in body
    for before, after in pairwise(sorted(got.mails, key=lambda one: one.at)):
        assert before.at <= after.at
