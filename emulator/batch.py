"""Up to twenty calls in one: each part is answered on its own, and the answers come back in another order."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from emulator.answers import Answer, Call, GraphError, new_request_id, with_ids

MOST = 20


def batch(call: Call, perform: Callable[[Call], Answer]) -> Answer:
    """POST /$batch. The outer 200 says nothing about the parts."""
    parts = _parts(call.body)
    answers: dict[str, Answer] = {}
    for part in parts:
        failed = [other for other in _depends_on(part) if answers.get(other, Answer(424)).status >= 400]
        answers[_id(part)] = _dependency_failed() if failed else perform(_call(call, part))
    # Graph gives no order: this one is always the same for the same parts, and seldom theirs
    shuffled = sorted(answers, key=lambda name: hashlib.sha256(f"{len(answers)}/{name}".encode()).digest())
    return Answer(200, {"responses": [_response(name, answers[name]) for name in shuffled]})


def _parts(body: object) -> list[dict[str, Any]]:
    parts = body.get("requests") if isinstance(body, dict) else None
    if not isinstance(parts, list) or not parts or not all(isinstance(part, dict) for part in parts):
        raise GraphError(400, "BadRequest", "Invalid batch payload format.")
    if len(parts) > MOST:
        raise GraphError(400, "BadRequest", f"Number of batch requests exceeds the limit of {MOST}.")
    names = [part.get("id") for part in parts]
    if not all(isinstance(name, str) and name for name in names) or len(set(names)) != len(names):
        raise GraphError(400, "BadRequest", "Request ids must be texts, and each only once.")
    for part in parts:
        _check(part)
    return parts


def _check(part: dict[str, Any]) -> None:
    url, method, headers = part.get("url"), part.get("method"), part.get("headers", {})
    if not isinstance(url, str) or not isinstance(method, str) or not isinstance(headers, dict):
        raise GraphError(
            400, "BadRequest", "Each request of a batch needs a method and a url, and headers as an object."
        )
    if "://" in url.split("?")[0] or "$batch" in url:
        raise GraphError(
            400, "BadRequest", "The url of a part must be relative, and a batch can't hold a batch."
        )
    if part.get("body") is not None and "content-type" not in {str(name).lower() for name in headers}:
        raise GraphError(400, "BadRequest", "A part with a body needs a Content-Type header.")


def _call(outer: Call, part: dict[str, Any]) -> Call:
    return replace(
        outer,
        method=str(part["method"]).upper(),
        url=str(part["url"]),
        headers={str(name).lower(): str(value) for name, value in part.get("headers", {}).items()},
        body=part.get("body"),
    )


def _id(part: dict[str, Any]) -> str:
    return str(part["id"])


def _depends_on(part: dict[str, Any]) -> list[str]:
    names = part.get("dependsOn") or []
    return [str(name) for name in names] if isinstance(names, list) else []


def _dependency_failed() -> Answer:
    error: dict[str, Any] = {
        "error": {"code": "FailedDependency", "message": "A request it depends on failed."}
    }
    return Answer(424, with_ids(error, new_request_id(), None))


def _response(name: str, answer: Answer) -> dict[str, Any]:
    headers = {"Cache-Control": "no-cache", **answer.headers}
    if isinstance(answer.body, dict):
        headers["Content-Type"] = "application/json"
    return {"id": name, "status": answer.status, "headers": headers, "body": answer.body}
