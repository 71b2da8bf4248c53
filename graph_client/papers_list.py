"""Reads the list where people say when papers went out: one row a meeting.

Graph refuses to give a column that a list does not have (facts: graph §4), and lists made by an older version,
or by hand, lack some. So all are asked for, and only after a refusal is it asked which are there: a list in
order costs one request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from graph_client.errors import GraphRefused
from graph_client.list_columns import read_columns
from graph_client.list_rows import ListRow, RowsRead, read_rows
from graph_client.quirks.date_columns_in_site_time import date_in, moment_in
from graph_client.quirks.formatted_text_in_columns import words_in
from models.papers import PapersRow

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

COLUMNS = ("Title", "Group", "MeetingDate", "MeetingKey", "SentOn", "ComingOn", "Reason", "NoPapers", "Link")
NEEDED = frozenset({"Title", "Group", "MeetingDate", "SentOn"})
DATES = ("MeetingDate", "SentOn", "ComingOn")
YES, NO = frozenset({"true", "yes", "1"}), frozenset({"", "false", "no", "0"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersRead:
    """The whole list; `unreadable` has a sentence for each row that can't be understood.

    `unclear` are those rows among them of which we can read at least which meeting they are for.
    """

    list_name: str
    read_at: datetime
    rows: tuple[PapersRow, ...]
    unreadable: tuple[str, ...] = ()
    unclear: tuple[PapersRow, ...] = ()


async def read_papers(tenant: "Tenant", site: str, list_name: str) -> PapersRead:
    """Every row of the papers list; a GraphError where the site, the list or any page can't be had."""
    read = await _rows(tenant, site, list_name)
    rows: list[PapersRow] = []
    unclear: list[PapersRow] = []
    unreadable = list(read.unreadable)
    for row in read.rows:
        fault = _fault(row.fields)
        if fault:
            unreadable.append(f"Row {row.id} of the list '{list_name}' {fault}.")
            unclear += [replace(_understood(row), unclear=True)] if _says_which(row.fields) else []
        else:
            rows.append(_understood(row))
    return PapersRead(
        list_name=list_name,
        read_at=read.read_at,
        rows=tuple(rows),
        unreadable=tuple(unreadable),
        unclear=tuple(unclear),
    )


async def _rows(tenant: "Tenant", site: str, list_name: str) -> RowsRead:
    try:
        return await read_rows(tenant, site, list_name, COLUMNS)
    except GraphRefused:
        there = {column.name for column in (await read_columns(tenant, site, list_name)).columns}
        if there.issuperset(COLUMNS) or not there >= NEEDED:
            raise
    return await read_rows(tenant, site, list_name, [name for name in COLUMNS if name in there])


def _fault(fields: Mapping[str, Any]) -> str:
    for name in DATES:
        if fields.get(name) not in (None, "") and moment_in(fields[name]) is None:
            return f"has no date in {name}: write it as 2026-11-27"
    if _yes_or_no(fields.get("NoPapers")) is None:
        return "has neither yes nor no in NoPapers: tick the box or clear it"
    if not _says_which(fields):
        return "does not say which meeting it is for: fill in MeetingDate"
    return ""


def _says_which(fields: Mapping[str, Any]) -> bool:
    return bool(_text(fields.get("MeetingKey"))) or date_in(fields.get("MeetingDate")) is not None


def _understood(row: ListRow) -> PapersRow:
    fields = row.fields
    return PapersRow(
        row=row.id,
        title=_text(fields.get("Title")),
        group=_text(fields.get("Group")),
        meeting_date=date_in(fields.get("MeetingDate")),
        meeting_key=_text(fields.get("MeetingKey")).lower(),
        sent_on=moment_in(fields.get("SentOn")),
        coming_on=date_in(fields.get("ComingOn")),
        reason=words_in(_text(fields.get("Reason"))),
        no_papers=bool(_yes_or_no(fields.get("NoPapers"))),
        link=_text(_address_in(fields.get("Link"))),
        changed_at=row.changed_at,
    )


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _yes_or_no(value: object) -> bool | None:
    """A box is true or false; a text column that people made themselves holds words."""
    word = "" if value is None else str(value).strip().casefold()
    return True if word in YES else False if word in NO else None


def _address_in(value: object) -> object:
    """A hyperlink column is an address with a description."""
    return value.get("Url") if isinstance(value, Mapping) else value
