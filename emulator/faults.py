"""Things that go wrong on request: the next calls that match are throttled, refused or cut off."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from emulator.misfortunes import Misfortunes

THROTTLED = {
    "error": {
        "code": "TooManyRequests",
        "innerError": {"code": "429", "message": "Please retry after", "status": "429"},
        "message": "Please retry again later.",
    }
}
UNAVAILABLE = {"error": {"code": "ServiceUnavailable", "message": "The service is temporarily unavailable."}}

FaultKind = Literal["answer", "cut off before", "cut off after", "empty first page"]


@dataclass(slots=True)
class Fault:
    """One thing to go wrong, and how many times more it will."""

    matching: re.Pattern[str]
    times: int
    kind: FaultKind = "answer"
    status: int = 503
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Faults:
    """The faults still to come, in order. `matching` is a pattern searched in "GET /v1.0/users/…?…"."""

    waiting: list[Fault] = field(default_factory=list)
    misfortunes: Misfortunes | None = None

    def answer(
        self,
        matching: str,
        status: int,
        body: object = None,
        *,
        times: int = 1,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer the next calls so, without doing them. A body that is text is sent as it is."""
        self._add(Fault(re.compile(matching), times, "answer", status, body, headers or {}))

    def throttle(self, matching: str, *, times: int = 1, retry_after: str | None = "2.128") -> None:
        """Answer 429. Graph's own sample has a fractional Retry-After; some services send none."""
        headers = {} if retry_after is None else {"Retry-After": retry_after}
        self.answer(matching, 429, THROTTLED, times=times, headers=headers)

    def unavailable(self, matching: str, *, times: int = 1) -> None:
        """Answer 503 with no Retry-After."""
        self.answer(matching, 503, UNAVAILABLE, times=times)

    def cut_off(self, matching: str, *, times: int = 1, after_the_work: bool = False) -> None:
        """Break the connection: before the work is done, or after it, so that only the answer is lost."""
        kind: FaultKind = "cut off after" if after_the_work else "cut off before"
        self._add(Fault(re.compile(matching), times, kind))

    def empty_first_page(self, matching: str, *, times: int = 1) -> None:
        """Answer an empty page with a next link first, as Graph may; it ends many a client's loop."""
        self._add(Fault(re.compile(matching), times, "empty first page"))

    def random(self, seed: int, rate: float, *, writes: bool = False) -> Misfortunes:
        """From now on calls go wrong at random at this rate, the same way for the same seed."""
        self.misfortunes = Misfortunes(seed, rate, writes)
        return self.misfortunes

    def take(self, call: str, *kinds: FaultKind) -> Fault | None:
        """The fault that befalls this call, if any; it is used up by one."""
        for fault in self.waiting:
            if fault.kind in kinds and fault.matching.search(call):
                fault.times -= 1
                if not fault.times:
                    self.waiting.remove(fault)
                return fault
        return None

    def _add(self, fault: Fault) -> None:
        self.waiting.append(fault)
