"""Writes up to twenty rows in one call: added, changed or deleted, each with an answer of its own.

The outer 200 says nothing of the parts (graph §7). A row is changed or deleted only at the version that was
read. What may have been done is told as unsure, and found out by reading the list again: its key is unique, so
that no row is ever added twice.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph_client.asked import list_called
from graph_client.batch import MOST, parts_in
from graph_client.errors import GraphError, NotThere
from graph_client.quirks.empty_error_codes import code_of
from graph_client.refusals import Refusal
from graph_client.rows_written import MAY_WRITE, Row, Value
from graph_client.sites import site_id_of
from graph_client.waiting import retry_after
from graph_client.writes_refused import WriteUnsure, Writing, error_of_write
from graph_client.writing import write

if TYPE_CHECKING:
    from kiota_abstractions.request_information import RequestInformation

    from graph_client.tenant import Tenant


@dataclass(frozen=True, slots=True)
class Change:
    """One row to write. Without an `id` it is added; without `fields` it is deleted."""

    fields: Mapping[str, Value] | None
    id: str = ""
    etag: str = field(default="", repr=False)

    @property
    def method(self) -> str:
        """How it is done."""
        if not self.id:
            return "POST"
        return "PATCH" if self.fields is not None else "DELETE"


Outcome = Row | None | GraphError
"""The row as it is now; None where it is gone; or why it was not written, or may not have been."""


async def write_rows(tenant: "Tenant", site: str, list_name: str, changes: Sequence[Change]) -> list[Outcome]:
    """Write them, at most twenty, and give what came of each, in their order.

    Nothing is tried again. Where the whole call failed, each has that error.
    """
    if len(changes) > MOST:
        raise ValueError(f"{len(changes)} rows are more than go into one call.")
    items = f"/sites/{await site_id_of(tenant, site)}/lists/{_quoted(list_name)}/items"
    doing = [_doing(each, list_name, site) for each in changes]
    whole = Writing(list_called(list_name, site).what, MAY_WRITE, f"written rows of the list '{list_name}'")
    requests = [_part(str(n), each, items) for n, each in enumerate(changes, start=1)]
    try:
        body = await write(tenant, lambda: _request(tenant, requests), whole)
    except GraphError as error:
        return [error.about(each) for each in doing]
    answers = parts_in(body)
    return [
        _outcome(tenant, answers.get(str(n)), change, writing)
        for n, (change, writing) in enumerate(zip(changes, doing, strict=True), start=1)
    ]


def _doing(change: Change, list_name: str, site: str) -> Writing:
    if not change.id:
        added = f"added a row to the list '{list_name}'"
        return Writing(list_called(list_name, site).what, MAY_WRITE, added, makes=True)
    if not change.etag:
        raise ValueError(f"Row {change.id} was read without its version, so it can't be changed safely.")
    which = f"row {change.id} of the list '{list_name}'"
    return Writing(which, MAY_WRITE, f"{'changed' if change.fields is not None else 'deleted'} {which}")


def _part(id: str, change: Change, items: str) -> dict[str, Any]:
    headers = {"Accept": "application/json"}
    if change.etag:
        headers["If-Match"] = change.etag
    part: dict[str, Any] = {"id": id, "method": change.method, "url": items, "headers": headers}
    if change.id:
        part["url"] = f"{items}/{_quoted(change.id)}{'/fields' if change.fields is not None else ''}"
    if change.fields is not None:
        headers["Content-Type"] = "application/json"
        part["body"] = dict(change.fields) if change.id else {"fields": dict(change.fields)}
    return part


def _request(tenant: "Tenant", requests: Sequence[Mapping[str, Any]]) -> "RequestInformation":
    from kiota_abstractions.method import Method
    from kiota_abstractions.request_information import RequestInformation

    request = RequestInformation(Method.POST)
    request.url = f"{tenant.line.root}/$batch"
    request.headers.add("Accept", "application/json")
    content = json.dumps({"requests": requests}, ensure_ascii=False).encode()
    request.set_stream_content(content, "application/json")
    return request


def _outcome(tenant: "Tenant", part: Any, change: Change, writing: Writing) -> Outcome:
    if part is None:
        return WriteUnsure(writing, "it was left out of the answer to a batch")
    if not 200 <= part.status < 300:
        headers = {name.lower(): str(value) for name, value in (part.headers or {}).items()}
        after = retry_after(headers, tenant.clock())
        error = error_of_write(Refusal(part.status, code_of(part.body), after), writing)
        return None if isinstance(error, NotThere) and change.fields is None else error
    if change.fields is None:
        return None
    body = part.body if isinstance(part.body, dict) else {}
    inside = body.get("fields")
    etag = body.get("eTag") or body.get("@odata.etag") or ""
    id = change.id or body.get("id")
    if not etag or not id:
        return WriteUnsure(writing, "the answer can't be read")
    fields = {**change.fields, **(inside if isinstance(inside, dict) else {})}
    return Row(str(id), str(etag), fields)


def _quoted(part: str) -> str:
    from urllib.parse import quote

    return quote(part, safe="")
