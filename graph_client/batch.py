"""Up to twenty reads in one call, each answered on its own: sent once, with an answer or error for each.

The outer 200 says nothing of the parts; they come back in any order, each with its own status and headers,
and none is retried by anybody but us (facts: graph §7). The content is our own: the one of msgraph-core
1.5.2 puts whole addresses where Graph wants relative ones, and refuses exactly twenty (graph §8).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field, ValidationError

from graph_client.asked import Asked
from graph_client.errors import GraphError, TryAgainLater
from graph_client.quirks.empty_error_codes import code_of
from graph_client.reads import Build, not_published, shape_of
from graph_client.refusals import Refusal, error_for
from graph_client.request_ids import request_in
from graph_client.waiting import retry_after

if TYPE_CHECKING:
    from kiota_abstractions.request_information import RequestInformation

    from graph_client.tenant import Tenant

MOST = 20


@dataclass(frozen=True, slots=True)
class Answered:
    """The body of one part, as parsed JSON."""

    body: object


class _Part(BaseModel):
    id: str = Field(coerce_numbers_to_str=True)
    status: int
    headers: dict[str, Any] | None = None
    body: Any = None


class _Parts(BaseModel):
    responses: list[Any]


async def ask_together(
    tenant: "Tenant", parts: Sequence[tuple[Asked, Build]], whole: Asked
) -> list[Answered | GraphError]:
    """The answer to each part, in the order asked; the error of the whole call is raised."""
    body = await tenant.line.send(_request(tenant, parts), whole, tenant.clock())
    answers = _by_id(body, whole)
    return [_outcome(tenant, answers.get(str(n)), asked) for n, (asked, _) in enumerate(parts, start=1)]


def _request(tenant: "Tenant", parts: Sequence[tuple[Asked, Build]]) -> "RequestInformation":
    from kiota_abstractions.method import Method
    from kiota_abstractions.request_information import RequestInformation

    request = RequestInformation(Method.POST)
    request.url = f"{tenant.line.root}/$batch"
    request.headers.add("Content-Type", "application/json")
    request.headers.add("Accept", "application/json")
    asked = [_part(tenant, str(n), build()) for n, (_, build) in enumerate(parts, start=1)]
    request.content = json.dumps({"requests": asked}).encode()
    return request


def _part(tenant: "Tenant", id: str, request: "RequestInformation") -> dict[str, Any]:
    return {
        "id": id,
        "method": "GET",
        "url": tenant.line.address_of(request),
        "headers": request.request_headers or {},
    }


def _by_id(body: bytes, whole: Asked) -> dict[str, _Part]:
    try:
        entries = shape_of(_Parts).validate_json(body).responses
    except ValidationError as wrong:
        if wrong.errors(include_input=False, include_url=False)[0]["type"] == "json_invalid":
            raise TryAgainLater(whole, "the answer was no JSON") from None
        raise not_published(whole) from None
    parts: dict[str, _Part] = {}
    for entry in entries:
        try:
            part = _Part.model_validate(entry)
        except ValidationError:
            continue  # it names no part, or no status: that part counts as left out
        parts.setdefault(part.id, part)
    return parts


def parts_in(body: bytes) -> Mapping[str, _Part]:
    """The parts of an answer by their ids; none where it can't be read at all."""
    try:
        return _by_id(body, Asked("a batch", ""))
    except GraphError:
        return {}


def _outcome(tenant: "Tenant", part: _Part | None, asked: Asked) -> Answered | GraphError:
    if part is None:
        return TryAgainLater(asked, "it was left out of the answer to a batch")
    if not 200 <= part.status < 300:
        after = retry_after(_headers(part), tenant.clock())
        refused = Refusal(part.status, code_of(part.body), after, request_in(_headers(part), part.body))
        return error_for(refused, asked)
    if isinstance(part.body, str):  # what is no JSON comes as base64 (concepts/json-batching.md)
        return TryAgainLater(asked, "the answer was no JSON", status=part.status)
    return Answered(part.body)


def _headers(part: _Part) -> Mapping[str, str]:
    return {name.lower(): str(value) for name, value in (part.headers or {}).items()}
