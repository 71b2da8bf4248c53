"""Every word of a tenant that belongs in no log: people, addresses, titles, places, files, tokens, signatures."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from emulator.mailboxes import Event, Mailbox, Person
from emulator.world import World

FROM, TO = datetime(2025, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
TOO_COMMON = frozenset({"", "true", "false", "yes", "no", "none", "new"})
SERVERS = ("uvicorn", "asyncio")  # the emulated tenant's own: it may write down who called


class Lines(logging.Handler):
    """Every line that any logger of ours or of a library writes, at any level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s %(pathname)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(SERVERS):
            self.lines.append(self.format(record) + str(record.__dict__.get("args") or ""))


@contextmanager
def every_line() -> Iterator[list[str]]:
    """All that is logged in the block, with every logger at its most talkative."""
    root, lines = logging.getLogger(), Lines()
    level = root.level
    root.addHandler(lines)
    root.setLevel(logging.DEBUG)
    try:
        yield lines.lines
    finally:
        root.removeHandler(lines)
        root.setLevel(level)


def words_of(world: World) -> frozenset[str]:
    """What would name somebody or something of this tenant, in small letters."""
    found = {*world.bearers, *(flow.signature for flow in world.flows.values()), *world.issued}
    for mailbox in world.mailboxes.values():
        found |= {*_of_mailbox(mailbox)}
    for site in world.sites:
        for one in site.lists:
            found |= {value for item in one.items for value in map(str, item.fields.values())}
    return frozenset(word.casefold() for word in found if len(word) > 3 and word.casefold() not in TOO_COMMON)


def told_in(lines: Iterable[str], words: Iterable[str]) -> list[str]:
    """The lines that hold one of these words, each with the word."""
    looked_for = tuple(words)
    return [f"{word}: {line}" for line in lines for word in looked_for if word in line.casefold()]


def _of_mailbox(mailbox: Mailbox) -> Iterator[str]:
    yield from (mailbox.address, mailbox.name)
    for event in mailbox.calendar.between(FROM, TO):
        yield from _of_event(event)
    for message in mailbox.messages:
        yield message.subject
        for person in (message.sender, *message.to, *message.cc):
            yield from _of_person(person)


def _of_event(event: Event) -> Iterator[str]:
    yield from (event.subject, event.location, event.notes, event.online_url or "")
    yield from (attached.name for attached in event.attachments)
    for person in (event.organizer, *(guest.person for guest in event.attendees)):
        yield from _of_person(person)


def _of_person(person: Person) -> Iterator[str]:
    yield from (person.address, person.name)
