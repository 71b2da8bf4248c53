"""Microsoft Graph v1.0, as much of it as is used here: its paths, and what goes wrong on request."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from emulator import calendars, lists
from emulator.answers import Answer, Call, GraphError, new_request_id, with_ids
from emulator.batch import batch
from emulator.faults import Fault
from emulator.queries import link
from emulator.world import World

type Handler = Callable[..., Answer]

ROUTES: list[tuple[str, tuple[str, ...], Handler]] = [
    ("GET", ("users", "{}", "calendarview"), calendars.calendar_view),
    ("GET", ("sites", "{}"), lists.site),
    ("GET", ("sites", "{}", "lists"), lists.lists),
    ("GET", ("sites", "{}", "lists", "{}", "items"), lists.items),
]


class CutOffError(Exception):
    """The connection breaks here."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Answers calls about one tenant."""

    world: World

    def answer(self, call: Call) -> Answer:
        """The answer to one call from outside, with the headers that every answer of Graph has."""
        self._cut_off(call, "cut off before")
        client_request_id = call.headers.get("client-request-id")
        if call.segments == ["$batch"]:
            answer = self._part(call, lambda: self._batch(call))
        else:
            answer = self.perform(call)
        self._cut_off(call, "cut off after")
        ids = {"request-id": new_request_id(), "client-request-id": client_request_id or new_request_id()}
        return replace(answer, headers={**ids, "Cache-Control": "private", **answer.headers})

    def perform(self, call: Call) -> Answer:
        """The answer to one call or one part of a batch."""
        return self._part(call, lambda: _handled(self.world, call))

    def _batch(self, call: Call) -> Answer:
        if call.method != "POST":
            raise _wrong_method()
        return batch(call, self.perform)

    def _part(self, call: Call, work: Callable[[], Answer]) -> Answer:
        client_request_id = call.headers.get("client-request-id")
        fault = self.world.faults.take(_name(call), "answer", "empty first page")
        if fault is not None:
            return _faulty(fault, call, client_request_id)
        try:
            return work()
        except GraphError as refusal:
            return refusal.answer(new_request_id(), client_request_id)

    def _cut_off(self, call: Call, when: str) -> None:
        if self.world.faults.take(_name(call), when):  # type: ignore[arg-type]
            raise CutOffError


def _handled(world: World, call: Call) -> Answer:
    segments = site_address_joined(call.segments)
    methods = set()
    for method, template, handler in ROUTES:
        if _fits(template, segments):
            if method == call.method:
                return handler(
                    world, call, *[s for s, t in zip(segments, template, strict=True) if t == "{}"]
                )
            methods.add(method)
    if methods:
        raise _wrong_method()
    unknown = _first_unknown(segments)
    raise GraphError(400, "BadRequest", f"Resource not found for the segment '{unknown}'.")


def site_address_joined(segments: list[str]) -> list[str]:
    """A site may be addressed as {host}:/{path} or {host}:/{path}:/lists: its address becomes one segment."""
    if len(segments) < 2 or segments[0].lower() != "sites" or not segments[1].endswith(":"):
        return segments
    path: list[str] = []
    rest = segments[2:]
    while rest:
        part = rest.pop(0)
        path.append(part.removesuffix(":"))
        if part.endswith(":"):
            break
    return ["sites", f"{segments[1]}/{'/'.join(path)}", *rest]


def _fits(template: tuple[str, ...], segments: list[str]) -> bool:
    return len(template) == len(segments) and all(
        t in ("{}", s.lower()) for t, s in zip(template, segments, strict=True)
    )


def _first_unknown(segments: list[str]) -> str:
    for length in range(1, len(segments) + 1):
        if not any(_fits(template[:length], segments[:length]) for _, template, _ in ROUTES):
            return segments[length - 1]
    return segments[-1] if segments else ""


def _wrong_method() -> GraphError:
    return GraphError(
        405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target."
    )


def _name(call: Call) -> str:
    return f"{call.method} /v1.0/{call.url.lstrip('/')}"


def _faulty(fault: Fault, call: Call, client_request_id: str | None) -> Answer:
    if fault.kind == "empty first page":
        context = f"{call.base_url}/v1.0/$metadata#{'/'.join(call.segments)}"
        return Answer(200, {"@odata.context": context, "value": [], "@odata.nextLink": link(call, 0)})
    body = fault.body
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        body = with_ids(body, new_request_id(), client_request_id)
    return Answer(fault.status, body, fault.headers)
