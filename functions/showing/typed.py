"""What people type into the manager's lists, as statements: each once, by role and partner, never by name.

What is typed anew takes back what stood there before; what is cleared takes it back and puts nothing in its
place. Who saved a row is looked up among the contacts and then forgotten. A yes from somebody whose partner we
don't know counts for nobody, and the manager is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from graph_client.list_rows import ListRow
from graph_client.quirks.formatted_text_in_columns import words_in
from models.facts import Said, Statement
from models.people import Contact, People
from models.shown_lists import AGREE, PROMISES, RULING, peoples_columns

PROVED = "register"
LONGEST = 500  # letters of what somebody typed
NOT_KNOWN = "somebody in the manager's list"
Typed = Mapping[str, Sequence[str]]
"""What was taken from a row so far: the words and the id of the statement, by column."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a row came to: what was taken of it by now, the statements that are new, and what must be asked."""

    typed: Typed = field(default_factory=lambda: MappingProxyType({}))
    statements: tuple[Statement, ...] = ()
    questions: tuple[str, ...] = ()


def heard(key: str, row: ListRow, before: Typed, people: People, read_at: datetime) -> Heard:
    """What people typed into one row of *Promises*, beside what was taken from it before."""
    by = people.at(row.changed_by)
    at = row.changed_at or read_at
    typed: dict[str, Sequence[str]] = {}
    said: list[Statement] = []
    questions: list[str] = []
    for column in peoples_columns(PROMISES):
        text = _text(row.fields.get(column))
        had, had_id = before.get(column, ("", ""))
        if text == had:
            if had or had_id:
                typed[column] = (had, had_id)
            continue
        kind = _said(column, text)
        if text and kind is None:
            questions.append(_not_understood(row, column, text))
            typed |= {column: before[column]} if column in before else {}
            continue
        if kind is Said.AGREED_CHANGE and by is None:
            questions.append(_whose_yes(row))
            continue
        who = by or Contact(role=NOT_KNOWN, partner="", address="")
        made = partial(_statement, key, who, at)
        if had and had_id:
            said.append(made(_said(column, had) or Said.REASON, "", _id(key, column, "", had_id), had_id))
        if text and kind is not None:
            said.append(made(kind, text, _id(key, column, text, had_id), ""))
        typed[column] = (text, _id(key, column, text, had_id))
    return Heard(MappingProxyType(typed), tuple(said), tuple(questions))


def _id(key: str, column: str, text: str, before: str) -> str:
    """The same each time that the same is heard, so that a worker who died may hear it again."""
    return sha256(f"{key}\n{column}\n{text}\n{before}".encode(errors="surrogatepass")).hexdigest()[:24]


def _statement(
    key: str, who: Contact, at: datetime, said: Said, text: str, id: str, undoes: str
) -> Statement:
    """One statement; one that undoes another takes it back and says no more."""
    _, promise, subject = key.split("/", 2)
    return Statement(
        said=said,
        promise=promise,
        subject=subject,
        text=text,
        role=who.role,
        partner=who.partner,
        at=at,
        id=id,
        proved=PROVED,
        undoes=undoes,
    )


def _said(column: str, text: str) -> Said | None:
    match column, text.casefold():
        case "Reason", _:
            return Said.REASON
        case "Wrong", _:
            return Said.CONTEST
        case "Agree", "yes":
            return Said.AGREED_CHANGE
        case "Ruling", "it stands":
            return Said.STANDS
        case "Ruling", "our mistake":
            return Said.OUR_MISTAKE
    return None


def _text(value: Any) -> str:
    """The words of a value: columns may have been made anew as boxes or links."""
    if isinstance(value, bool):
        return AGREE if value else ""
    if isinstance(value, Mapping):
        value = value.get("Url") or value.get("LookupValue") or ""
    return words_in(value)[:LONGEST] if isinstance(value, str) else ("" if value is None else str(value))


def _not_understood(row: ListRow, column: str, text: str) -> str:
    choices = f"'{AGREE}'" if column == "Agree" else f"'{RULING[0]}' or '{RULING[1]}'"
    title = {"Agree": "You agree to the change", "Ruling": "After a look"}[column]
    return f"Row {row.id} of the list '{PROMISES}' has '{text[:40]}' in '{title}': choose {choices}, or clear it."


def _whose_yes(row: ListRow) -> str:
    return (
        f"Row {row.id} of the list '{PROMISES}' has a yes to a change, and we can't tell for which partner: add the "
        "mail address of whoever gave it to the list 'Contacts', then save the row again."
    )
