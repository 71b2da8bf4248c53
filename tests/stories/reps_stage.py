"""A stage with forum reps: the register's people, the mails that they got, and what they press."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from emulator.outbox import Sent
from functions.flow import deliver, sweep
from functions.saved import statement_saved
from ledger.entries import StatementEntry
from models.days import LONDON
from models.facts import Said, Statement
from models.people import Contact, Seat, person_key
from models.reps import BEGUN, PREFERENCES, Preferences, partition_of
from models.rulebook import Rulebook
from models.telling import Hours
from tests.stories.stage import SENDER, Stage

BOARD, EXECUTIVE = "SEND Partnership Board", "SEND Executive Group"
REP, OTHER = "sam.rep@families.example", "alex.rep@families.example"
CHAIR, OFFICER, MANAGER = "chair@forum.example", "board.manager@council.example", "manager@council.example"
CONTACTS = (
    Contact(role="Board Manager", partner="council", address=OFFICER),
    Contact(role="Partnership manager", partner="council", address=MANAGER),
    Contact(role="Forum chair", partner="forum", address=CHAIR),
)
SEATS = (Seat(role="Forum rep for the Board", group=BOARD, address=REP),)
SATURDAY = 5
LOOKS = (time(9, 15), time(13, 15))


class RepsStage(Stage):
    """The Board and the Executive with one rep, whose mails have begun, unless a story is about that."""

    def __init__(self, folder: Path, now: datetime) -> None:
        super().__init__(folder, now)
        self.hours = Hours()
        self.sender, self.links = SENDER, True
        self.book = _of_two_groups(self.book)
        self.people(CONTACTS, SEATS)

    async def begin(self) -> None:
        """The forum's chair has said yes."""
        async with self.watching() as watch:
            await watch.ledger.remember("", BEGUN, {"at": self.clock().isoformat()})

    async def choose(self, address: str = REP, **chosen: Any) -> None:
        """A rep changes what comes."""
        async with self.watching() as watch:
            partition = partition_of(person_key(address))
            await watch.ledger.remember(partition, PREFERENCES, Preferences(**chosen).plain())

    async def press(
        self, said: Said, meeting: str, *, by: str = REP, group: str = BOARD, partner: str = "forum"
    ) -> None:
        """Somebody presses a button of a page."""
        whose = f"{partition_of(person_key(by))}/" if partner == "forum" else ""
        one = Statement(
            said,
            "",
            meeting,
            "",
            "Forum rep" if partner == "forum" else "Board Manager",
            partner,
            self.clock(),
            id=f"{whose}{said.value}/{self.clock().isoformat()}",
            proved="signed link",
        )
        async with self.watching() as watch:
            entry = StatementEntry(one.id, one.at, statement_saved(one))
            await watch.ledger.add_statements(group, [entry])

    async def until(self, moment: str) -> None:
        """Look and deliver until then, at those times of day at which something can be due."""
        end = at(moment)
        async with self.watching() as watch:
            while self.clock() < end:
                self.clock.now = min(end, self._next())
                if self.clock().weekday() < SATURDAY:
                    await sweep(watch, self.clock())
                    await deliver(watch, self.clock())

    async def look_at(self, moment: str) -> None:
        """Look and deliver at one moment, and not before."""
        self.clock.now = at(moment)
        await self.look()

    def _next(self) -> datetime:
        local = self.clock().astimezone(LONDON)
        later = [time_of_day for time_of_day in LOOKS if time_of_day > local.time()]
        days = 0 if later else 1
        return datetime.combine(local.date() + timedelta(days=days), (later or LOOKS)[0], LONDON)

    async def look(self) -> None:
        """One sweep and one delivery, at this moment."""
        async with self.watching() as watch:
            await sweep(watch, self.clock())
            await deliver(watch, self.clock())

    def mails_to(self, address: str = REP) -> list[Sent]:
        """Every mail that Exchange took for one address."""
        return [one for one in self.world.outbox if address in one.to]

    def days_of(self, address: str = REP) -> list[str]:
        """When each of them left: Mon 02 Nov 2026 09:15."""
        return [left(one) for one in self.mails_to(address)]


def _of_two_groups(book: Rulebook) -> Rulebook:
    """The same rulebook with the Board and the Executive alone, both looked after by the Board Manager."""
    groups = tuple(
        one.model_copy(update={"officer": "Board Manager", "deputy": ""})
        for one in book.agreement.groups
        if one.name in (BOARD, EXECUTIVE)
    )
    return replace(book, agreement=book.agreement.model_copy(update={"groups": groups}))


def at(text: str) -> datetime:
    """Fri 27 Nov 2026 10:30, London, with the weekday checked."""
    moment = datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=LONDON)
    assert f"{moment:%a}" == text[:3], f"{text} is a {moment:%A}"
    return moment


def left(mail: Sent) -> str:
    """When Exchange took a mail, in London."""
    return f"{datetime.fromtimestamp(mail.at, LONDON):%a %d %b %Y %H:%M}"


def text_of(mail: Sent) -> str:
    """The plain words of a mail."""
    part = mail.message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def page_of(mail: Sent) -> str:
    """The same mail as HTML."""
    part = mail.message.get_body(("html",))
    assert part is not None
    return str(part.get_content())
