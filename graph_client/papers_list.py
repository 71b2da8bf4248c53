"""Reads the list where people say when papers went out: one row a meeting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graph_client.asked import list_called
from graph_client.bodies import ListItem
from graph_client.quirks.date_columns_in_site_time import date_in, moment_in
from graph_client.reads import Build, Read
from graph_client.sites import site_id_of
from models.papers import PapersRow

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

A_PAGE = 500
COLUMNS = ("Title", "Group", "MeetingDate", "MeetingKey", "SentOn", "ComingOn", "NoPapers", "Link")
DATES = ("MeetingDate", "SentOn", "ComingOn")
YES, NO = frozenset({"true", "yes", "1"}), frozenset({"", "false", "no", "0"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersRead:
    """The whole list; `unreadable` has a sentence for each row that can't be understood."""

    list_name: str
    read_at: datetime
    rows: tuple[PapersRow, ...]
    unreadable: tuple[str, ...] = ()


async def read_papers(tenant: "Tenant", site: str, list_name: str) -> PapersRead:
    """Every row of the papers list; a GraphError where the site, the list or any page can't be had."""
    read_at = tenant.clock()
    site_id = await site_id_of(tenant, site)
    rows: list[PapersRow] = []
    unreadable: list[str] = []
    read = Read(tenant, list_called(list_name, site))
    async for page in read.pages(*_requests(tenant, site_id, list_name)):
        for entry in page:
            found = _row(entry, list_name)
            (unreadable if isinstance(found, str) else rows).append(found)  # type: ignore[arg-type]
    return PapersRead(list_name=list_name, read_at=read_at, rows=tuple(rows), unreadable=tuple(unreadable))


def _requests(tenant: "Tenant", site_id: str, list_name: str) -> tuple[Build, Any]:
    from graph_client.transport import configuration

    items = tenant.line.graph.sites.by_site_id(site_id).lists.by_list_id(list_name).items
    query = items.ItemsRequestBuilderGetQueryParameters(
        expand=[f"fields($select={','.join(COLUMNS)})"], top=A_PAGE
    )

    def following(link: str) -> Build:
        return lambda: items.with_url(link).to_get_request_information(configuration())

    return lambda: items.to_get_request_information(configuration(query)), following


def _row(entry: Any, list_name: str) -> PapersRow | str:
    """The row, or a sentence that says which row must be put right and how."""
    try:
        item = ListItem.model_validate(entry)
    except ValidationError:
        return f"A row of the list '{list_name}' could not be understood: it has no number or no columns."
    fault = _fault(item.fields)
    return f"Row {item.id} of the list '{list_name}' {fault}." if fault else _read(item)


def _fault(fields: Mapping[str, Any]) -> str:
    for name in DATES:
        if fields.get(name) not in (None, "") and moment_in(fields[name]) is None:
            return f"has no date in {name}: write it as 2026-11-27"
    if _yes_or_no(fields.get("NoPapers")) is None:
        return "has neither yes nor no in NoPapers: tick the box or clear it"
    if not _text(fields.get("MeetingKey")) and date_in(fields.get("MeetingDate")) is None:
        return "does not say which meeting it is for: fill in MeetingDate"
    return ""


def _read(item: ListItem) -> PapersRow:
    fields = item.fields
    return PapersRow(
        row=item.id,
        title=_text(fields.get("Title")),
        group=_text(fields.get("Group")),
        meeting_date=date_in(fields.get("MeetingDate")),
        meeting_key=_text(fields.get("MeetingKey")).lower(),
        sent_on=moment_in(fields.get("SentOn")),
        coming_on=date_in(fields.get("ComingOn")),
        no_papers=bool(_yes_or_no(fields.get("NoPapers"))),
        link=_text(_address_in(fields.get("Link"))),
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
