"""What each misfortune looks like from outside."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

from emulator.answers import Answer, Call, GraphError, new_request_id, with_ids
from emulator.event_pages import Prepared
from emulator.faults import THROTTLED, UNAVAILABLE
from emulator.misfortunes import Misfortune
from emulator.queries import link, offset_of

SIGN_IN = (
    "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to your account</body></html>"
)


class CutOffError(Exception):
    """The connection breaks here."""


def befallen(kind: Misfortune, call: Call, work: Callable[[Call], Answer], now: float) -> Answer:
    """The answer to a call that this befalls. Where the work is done at all, it is done once."""
    match kind:
        case "429" | "429 until a date" | "429 without a time":
            return _throttled(kind, now)
        case "503":
            return _error(503, UNAVAILABLE)
        case "500":
            return _error(500, {"error": {"code": "InternalServerError", "message": "Something went wrong."}})
        case "504":
            return _error(504, {"error": {"code": "GatewayTimeout", "message": "The gateway timed out."}})
        case "401":
            raise GraphError(
                401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."
            )
        case "reset":
            raise CutOffError
        case "html":
            return Answer(200, SIGN_IN)
        case "redirect":
            return Answer(307, None, {"Location": f"{call.base_url}/v1.0/{call.url.lstrip('/')}"})
        case "truncated" | "drip":
            return replace(work(call), manner=kind)
        case _:
            return _page(kind, call, work)


def empty_first_page(call: Call) -> Answer:
    """An empty page with a next link that leads to everything."""
    context = f"{call.base_url}/v1.0/$metadata#{'/'.join(call.segments)}"
    return Answer(200, {"@odata.context": context, "value": [], "@odata.nextLink": link(call, 0)})


def _page(kind: Misfortune, call: Call, work: Callable[[Call], Answer]) -> Answer:
    answer = work(call)
    if (
        answer.status != 200
        or not isinstance(answer.body, dict)
        or not isinstance(answer.body.get("value"), list)
    ):
        return answer
    if "@odata.deltaLink" in answer.body or any(name.lower() == "token" for name, _ in call.query):
        return answer
    body: dict[str, Any] = dict(answer.body)
    match kind:
        case "empty first page":
            return empty_first_page(call) if offset_of(call) == 0 and "$skiptoken" not in call.url else answer
        case "page twice":
            body["@odata.nextLink"] = link(
                call, offset_of(call), again=sha256(call.url.encode()).hexdigest()[:8]
            )
        case "oversized page" if "@odata.nextLink" in body:
            path = str(body.pop("@odata.nextLink")).removeprefix(f"{call.base_url}/v1.0")
            more = work(replace(call, url=path)).body
            if isinstance(more, dict):
                body["value"] = [*body["value"], *more["value"]]
                body |= {"@odata.nextLink": more["@odata.nextLink"]} if "@odata.nextLink" in more else {}
    return replace(answer, body=Prepared(body))


def _throttled(kind: Misfortune, now: float) -> Answer:
    at = format_datetime(datetime.fromtimestamp(int(now) + 2, UTC), usegmt=True)
    headers = {"429": {"Retry-After": "2.128"}, "429 until a date": {"Retry-After": at}}.get(kind, {})
    return _error(429, THROTTLED, headers)


def _error(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, with_ids(body, new_request_id(), None), headers or {})
