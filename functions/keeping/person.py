"""What is held about one person: found by the address, and by the key that the ledger has in its place.

Nobody is looked for by name: no name is read from anywhere. A name that somebody typed into a text is found where
the person says what to look for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from functions.keeping.remembered import LEFT
from functions.keeping.unnamed import mentions
from functions.people_read import read_people
from functions.saved import alert_back, statement_back
from functions.watch import Watch
from graph_client.errors import GraphError, NotThere
from graph_client.list_rows import ListRow, read_rows
from graph_client.quirks.formatted_text_in_columns import words_in
from ledger.entries import Delivery, Json
from models.facts import Statement
from models.people import person_key
from models.register import CONTACTS, FORUM_REPS
from models.retention import REP
from models.shown_lists import SHOWN_LISTS, our_columns, peoples_columns
from wording.held_about import HeldAbout, Mail, Meeting, Row, Spoken


@dataclass(frozen=True, slots=True)
class Person:
    """Whom we look for: an address, perhaps a name that people typed, and the words that would name them."""

    address: str
    name: str = ""

    @property
    def key(self) -> str:
        """The key of this person in the ledger and in links."""
        return person_key(self.address)

    @property
    def partition(self) -> str:
        """The name under which the ledger keeps what this person has chosen."""
        return f"{REP}{self.key}"

    @property
    def words(self) -> tuple[str, ...]:
        """What is looked for; the longest first, so that no part of one is left."""
        told = {self.address.strip(), self.key, " ".join(self.name.split())} - {""}
        return tuple(sorted(told, key=len, reverse=True))


async def held_about(watch: Watch, person: Person) -> HeldAbout:
    """Everything that is held about a person here, and which rows of the register have the address."""
    read = await read_people(watch.tenant, watch.site)
    wanted = person.address.strip().casefold()
    roles = [one.role for one in read.people.contacts if one.address.casefold() == wanted]
    seats = [one for one in read.people.seats if one.address.casefold() == wanted]
    roles = list(dict.fromkeys([*roles, *(one.role for one in seats)]))
    rows, unread = await _rows(watch, wanted)
    shown, typed, not_shown = await _in_lists(watch, person.words)
    chosen = {
        what: dict(value)
        for what, value in (await watch.ledger.remembered(person.partition)).items()
        if what != LEFT
    }
    statements: list[Spoken] = []
    meetings: list[Meeting] = []
    elsewhere: list[str] = []
    for name in await watch.ledger.names():
        if name == person.partition:
            continue
        for entry in await watch.ledger.statements(name):
            one = statement_back(entry.value)
            if one.role in roles or mentions([entry.id, entry.value], person.words):
                statements.append(_spoken(name, one))
        for alert in (await watch.ledger.alerts(name)).values():
            if mentions(alert.value, person.words):
                meetings += _meetings(name, alert.value)
        for what, value in (await watch.ledger.remembered(name)).items():
            if mentions([what, value], person.words):
                elsewhere.append(f"{what} ({name or 'all groups'})")
    mails = [_mail(one) for one in await watch.ledger.deliveries() if is_to(one, person)]
    return HeldAbout(
        address=person.address,
        roles=tuple(roles),
        groups=tuple(dict.fromkeys(one.group for one in seats)),
        rows=rows,
        shown=shown,
        typed=typed,
        chosen=chosen,
        statements=tuple(statements),
        meetings=tuple(dict.fromkeys(meetings)),
        mails=tuple(mails),
        elsewhere=tuple(elsewhere),
        unread=(*unread, *not_shown),
        calendars=watch.book.agreement.calendars,
    )


def is_to(one: Delivery, person: Person) -> bool:
    """Whether a delivery was to this person, or names them."""
    return mentions([one.group, one.key, one.channel, one.about, one.value, one.note], person.words)


async def _rows(watch: Watch, wanted: str) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows of the register with this address, by list and number; and why a list could not be read."""
    found: list[Row] = []
    unread: list[str] = []
    for name in (CONTACTS, FORUM_REPS) if watch.site else ():
        try:
            read = await read_rows(watch.tenant, watch.site, name, ("Title", "Address"))
        except NotThere:
            continue
        except GraphError as error:
            unread.append(str(error))
            continue
        found += [Row(name, row.id) for row in read.rows if _address_in(row) == wanted]
    return tuple(found), tuple(unread)


async def _in_lists(
    watch: Watch, words: Sequence[str]
) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[str, ...]]:
    """Rows of the manager's lists that name the person, in our columns and in people's; what could not be read."""
    shown: list[Row] = []
    typed: list[Row] = []
    unread: list[str] = []
    for one in SHOWN_LISTS if watch.site else ():
        ours, theirs = our_columns(one.name), peoples_columns(one.name)
        try:
            read = await read_rows(watch.tenant, watch.site, one.name, (*ours, *theirs))
        except NotThere:
            continue
        except GraphError as error:
            unread.append(str(error))
            continue
        for row in read.rows:
            for found, names in ((shown, ours), (typed, theirs)):
                if mentions([row.fields.get(name) for name in names], words):
                    found.append(Row(one.name, row.id))
    return tuple(shown), tuple(typed), tuple(unread)


def _address_in(row: ListRow) -> str:
    return words_in(str(row.fields.get("Address") or "")).strip().casefold()


def _spoken(group: str, one: Statement) -> Spoken:
    return Spoken(group, one.at, one.role, one.said.value, one.text)


def _meetings(group: str, value: Json) -> Sequence[Meeting]:
    alert = alert_back(value)
    saved: list[dict[str, Any]] = [one["meeting"] for one in value["findings"] if one["meeting"]]
    told = [(one["title"], one["starts"][:10]) for one in saved]
    return [Meeting(group, title, day, alert.promise, alert.state.value) for title, day in told]


def _mail(one: Delivery) -> Mail:
    return Mail(one.channel, one.about, one.settled_at or one.not_before, one.state.value)
