"""Microsoft Graph v1.0, as much of it as is used here: its paths, and what goes wrong on request."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from emulator.addresses import site_address_joined
from emulator.answers import Answer, Call, GraphError, new_request_id, with_ids
from emulator.batch import batch
from emulator.faults import Fault
from emulator.misfortunes import ANSWERS, OF_A_BATCH, OF_A_CALL, OF_A_PART, OF_A_WRITE, Misfortune
from emulator.mishaps import CutOffError, befallen, empty_first_page
from emulator.routes import ROUTES
from emulator.throttling import Slots, family, with_headers
from emulator.world import World


@dataclass(frozen=True, slots=True)
class Graph:
    """Answers calls about one tenant. `slots` are what the call holds of the places that Outlook has."""

    world: World
    slots: Slots = field(default_factory=Slots)

    def answer(self, call: Call) -> Answer:
        """The answer to one call from outside, with the headers that every answer of Graph has."""
        self._cut_off(call, "cut off before")
        client_request_id = call.headers.get("client-request-id")
        kind = self._misfortune(call, _kinds(call))
        answer = befallen(kind, call, self._whole, self.world.clock()) if kind else self._whole(call)
        self._cut_off(call, "cut off after")
        ids = {"request-id": new_request_id(), "client-request-id": client_request_id or new_request_id()}
        return replace(answer, headers={**ids, "Cache-Control": "private", **answer.headers})

    def perform(self, call: Call) -> Answer:
        """The answer to one call."""
        return self._part(call, lambda: self._throttled(call))

    def _whole(self, call: Call) -> Answer:
        if call.segments == ["$batch"]:
            return self._part(call, lambda: self._batch(call))
        return self.perform(call)

    def _batch(self, call: Call) -> Answer:
        if call.method != "POST":
            raise _wrong_method()
        return batch(call, self._part_of_batch)

    def _part_of_batch(self, call: Call) -> Answer:
        kind = self._misfortune(call, OF_A_PART if call.method == "GET" else ANSWERS)
        return befallen(kind, call, self.perform, self.world.clock()) if kind else self.perform(call)

    def _throttled(self, call: Call) -> Answer:
        name = call.segments[1] if family(call) == "outlook" and len(call.segments) > 1 else ""
        found = self.world.mailbox(name) if name else None
        box = found.address if found else name
        headers = self.world.limits.check(call, self.slots, box, self.world.clock())
        return with_headers(_handled(self.world, call), headers)

    def _part(self, call: Call, work: Callable[[], Answer]) -> Answer:
        client_request_id = call.headers.get("client-request-id")
        fault = self.world.faults.take(_name(call), "answer", "empty first page")
        if fault is not None:
            return _faulty(fault, call, client_request_id)
        try:
            return work()
        except GraphError as refusal:
            return refusal.answer(new_request_id(), client_request_id)

    def _misfortune(self, call: Call, kinds: tuple[Misfortune, ...]) -> Misfortune | None:
        chance = self.world.faults.misfortunes
        if chance is None or (kinds in (ANSWERS, OF_A_WRITE) and not chance.writes):
            return None
        return chance.take(_name(call) + (str(call.body) if call.segments == ["$batch"] else ""), kinds)

    def _cut_off(self, call: Call, when: str) -> None:
        if self.world.faults.take(_name(call), when):  # type: ignore[arg-type]
            raise CutOffError


def _kinds(call: Call) -> tuple[Misfortune, ...]:
    if call.segments == ["$batch"]:
        parts = call.body.get("requests", []) if isinstance(call.body, dict) else []
        reads = all(isinstance(part, dict) and part.get("method") == "GET" for part in parts)
        return OF_A_BATCH if reads else OF_A_WRITE
    return OF_A_CALL if call.method == "GET" else OF_A_WRITE


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


def _fits(template: tuple[str, ...], segments: list[str]) -> bool:
    return len(template) == len(segments) and all(
        t in ("{}", s.lower().removesuffix("()")) for t, s in zip(template, segments, strict=True)
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
        return empty_first_page(call)
    body = fault.body
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        body = with_ids(body, new_request_id(), client_request_id)
    return Answer(fault.status, body, fault.headers)
