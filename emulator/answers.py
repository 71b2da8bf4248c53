"""A call to Graph, its answer, and a refusal in Graph's own form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import uuid4

from emulator.rights import AppRegistration


@dataclass(frozen=True, slots=True)
class Call:
    """One request, whether it came alone or as a part of a batch."""

    method: str
    url: str
    """Path and query after the version, still encoded."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: object
    base_url: str
    app: AppRegistration

    @property
    def segments(self) -> list[str]:
        """The path's parts. Decoded one by one, since an id may hold an encoded slash."""
        return [unquote(part) for part in urlsplit(self.url).path.split("/") if part]

    @property
    def query(self) -> list[tuple[str, str]]:
        """The query as it came, decoded. A bare plus is a space here, as in Graph."""
        return parse_qsl(urlsplit(self.url).query, keep_blank_values=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    status: int
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    manner: str = ""
    """How it is sent, if not as it should be: "truncated" or in a "drip"."""


class GraphError(Exception):
    """A call that Graph would refuse, with the status and the code that it would use."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        headers: Mapping[str, str] | None = None,
        *,
        inner_code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, headers or {}
        self.inner_code = inner_code

    def answer(self, request_id: str, client_request_id: str | None) -> Answer:
        """The refusal as Graph words it."""
        error: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.inner_code:
            error["innerError"] = {"code": self.inner_code}
        return Answer(self.status, with_ids({"error": error}, request_id, client_request_id), self.headers)


def with_ids(body: dict[str, Any], request_id: str, client_request_id: str | None) -> dict[str, Any]:
    """An error body with the inner error that Graph puts in each."""
    error = body["error"]
    # Graph writes this date without a zone (graph_samples, batch_response_mixed_2025.json)
    inner = {
        **error.get("innerError", {}),
        "date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}",
        "request-id": request_id,
        "client-request-id": client_request_id or request_id,
    }
    return {**body, "error": {**error, "innerError": inner}}


def new_request_id() -> str:
    """A fresh id for one request."""
    return str(uuid4())
