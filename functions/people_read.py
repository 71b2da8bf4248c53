"""The people of the partnership, read from the register: roles with addresses, and the forum's seats.

A row that can't be used is told with its cure, and everybody else is still told. Nothing of it is kept.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from functions.row_values import YES
from graph_client.errors import GraphError, GraphRefused, NotThere
from graph_client.list_columns import read_columns
from graph_client.list_rows import ListRow, RowsRead, read_rows
from graph_client.quirks.formatted_text_in_columns import words_in
from graph_client.tenant import Tenant
from models.people import Contact, People, Seat
from models.register import CONTACTS, FORUM_REPS

CONTACT_COLUMNS = ("Title", "Partner", "Address", "StandIn", "Away")
SEAT_COLUMNS = ("Title", "Group", "Address", "NoMail")
NEEDED = frozenset({"Title", "Address"})


@dataclass(frozen=True, slots=True)
class PeopleRead:
    """The people, and a sentence for each thing to mend. `whole`: both lists were read, so nobody is missing."""

    people: People = field(default_factory=People)
    questions: tuple[str, ...] = ()
    whole: bool = True


async def read_people(tenant: Tenant, site: str) -> PeopleRead:
    """Everybody in the lists Contacts and Forum reps. A list that is not there has nobody in it."""
    if not site:
        return PeopleRead()
    questions: list[str] = []
    contacts = await _rows(tenant, site, CONTACTS, CONTACT_COLUMNS, questions)
    seats = await _rows(tenant, site, FORUM_REPS, SEAT_COLUMNS, questions)
    people = People(
        contacts=tuple(_contacts(contacts or (), questions)), seats=tuple(_seats(seats or (), questions))
    )
    return PeopleRead(people, tuple(questions), whole=contacts is not None and seats is not None)


Register = Callable[[], Awaitable[PeopleRead]]
"""Gives the people of the register, as they were when first asked for."""


def register_of(tenant: Tenant, site: str) -> Register:
    """The people of one round of deliveries: read once, and only if somebody is to be told."""
    known: list[PeopleRead] = []

    async def read() -> PeopleRead:
        if not known:
            known.append(await read_people(tenant, site))
        return known[0]

    return read


async def _rows(
    tenant: Tenant, site: str, name: str, columns: tuple[str, ...], questions: list[str]
) -> tuple[ListRow, ...] | None:
    try:
        read = await _with_columns(tenant, site, name, columns)
    except NotThere:
        return ()
    except GraphError as error:
        questions.append(str(error))
        return None
    questions += read.unreadable
    return read.rows


async def _with_columns(tenant: Tenant, site: str, name: str, columns: tuple[str, ...]) -> RowsRead:
    """The rows with the columns that are there: Graph refuses one that a list of an older version lacks.

    Only after a refusal is it asked which are there, so that a list in order costs one request.
    """
    try:
        return await read_rows(tenant, site, name, columns)
    except GraphRefused:
        there = {column.name for column in (await read_columns(tenant, site, name)).columns}
        if there.issuperset(columns) or not there >= NEEDED:
            raise
    return await read_rows(tenant, site, name, [column for column in columns if column in there])


def _contacts(rows: tuple[ListRow, ...], questions: list[str]) -> Iterator[Contact]:
    for row in rows:
        role, address = _text(row.fields, "Title"), _text(row.fields, "Address")
        if fault := _fault(role, address):
            questions.append(f"Row {row.id} of the list '{CONTACTS}' {fault}.")
            continue
        yield Contact(
            role=role,
            partner=_text(row.fields, "Partner"),
            address=address,
            stand_in=_text(row.fields, "StandIn"),
            away=_is_yes(row.fields, "Away"),
        )


def _seats(rows: tuple[ListRow, ...], questions: list[str]) -> Iterator[Seat]:
    for row in rows:
        role, address, group = (_text(row.fields, name) for name in ("Title", "Address", "Group"))
        fault = _fault(role, address) or ("" if group else "names no group: fill in the column Group")
        if fault:
            questions.append(f"Row {row.id} of the list '{FORUM_REPS}' {fault}.")
            continue
        yield Seat(role=role, group=group, address=address, no_mail=_is_yes(row.fields, "NoMail"))


def _fault(role: str, address: str) -> str:
    """What is wrong with a row; an address is looked at no closer than a mail program would."""
    if not role:
        return "names no role: fill in the first column"
    before, at, after = address.partition("@")
    if not (before and at and "." in after) or any(sign.isspace() or sign in ",;<>" for sign in address):
        return "has no mail address that can be used: write one, such as board.manager@council.example"
    return ""


def _is_yes(fields: Mapping[str, Any], name: str) -> bool:
    return str(fields.get(name) or "").strip().casefold() in YES


def _text(fields: Mapping[str, Any], name: str) -> str:
    given = fields.get(name)
    return words_in(given) if isinstance(given, str) else ""
