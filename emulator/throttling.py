"""How much Outlook and SharePoint take from one app, and what they say when it is too much."""

from dataclasses import dataclass, field
from typing import Literal

from emulator.addresses import site_address_joined
from emulator.answers import Answer, Call, GraphError

FAMILY: dict[str, Literal["outlook", "sharepoint"]] = {
    "users": "outlook",
    "places": "outlook",
    "sites": "sharepoint",
    "drives": "sharepoint",
}


def family(call: Call) -> str:
    """Which service answers a call behind Graph."""
    return FAMILY.get(call.segments[0].lower(), "") if call.segments else ""


@dataclass(slots=True)
class Slots:
    """What one call, or one batch, holds while it is under way, and how many of its parts must be refused."""

    held: int = 0
    refused: int = 0


@dataclass(slots=True)
class Limits:
    """The limits of graph.md §7, by the tenant's own clock. Throttled calls count too."""

    outlook_at_once: int = 4
    """Over all mailboxes: whether it is per mailbox is told differently in different places."""
    outlook_calls: int = 10_000
    outlook_seconds: int = 600
    sharepoint_units: int = 1250
    sharepoint_seconds: int = 60
    sharepoint_says: Literal[429, 503] = 429
    seconds_under_way: float = 0
    """How long each call takes in earnest, so that calls at once are at once."""
    under_way: dict[str, int] = field(default_factory=dict)
    used: dict[tuple[str, int], int] = field(default_factory=dict)

    def begin(self, call: Call) -> Slots:
        """Take as many of Outlook's four places as the call needs; what finds none will be refused."""
        needed = min(self.outlook_at_once, _outlook_parts(call))
        free = self.outlook_at_once - self.under_way.get(call.app.client_id, 0)
        held = max(0, min(needed, free))
        self.under_way[call.app.client_id] = self.under_way.get(call.app.client_id, 0) + held
        return Slots(held, needed - held)

    def end(self, call: Call, slots: Slots) -> None:
        """Give the places back."""
        self.under_way[call.app.client_id] -= slots.held

    def check(self, call: Call, slots: Slots, mailbox: str, now: float) -> dict[str, str]:
        """Refuse a call that is too much; the headers to put on the answer of one that is not."""
        kind = family(call)
        if kind == "outlook":
            if slots.refused:
                slots.refused -= 1
                raise _concurrency()
            self._check_mailbox(f"{call.app.client_id}/{mailbox}", now)
        return self._check_units(call, now) if kind == "sharepoint" else {}

    def _check_mailbox(self, key: str, now: float) -> None:
        if self._spend(key, 1, self.outlook_seconds, now) > self.outlook_calls:
            said = "Application is over its MailboxRequest limit."
            raise GraphError(429, "ApplicationThrottled", said, _until_next(self.outlook_seconds, now))

    def _check_units(self, call: Call, now: float) -> dict[str, str]:
        used = self._spend(f"{call.app.client_id} units", units(call), self.sharepoint_seconds, now)
        left = max(0, self.sharepoint_units - used)
        wait = _until_next(self.sharepoint_seconds, now)
        told = {
            "RateLimit-Limit": str(self.sharepoint_units),
            "RateLimit-Remaining": str(left),
            "RateLimit-Reset": wait["Retry-After"],
        }
        if used > self.sharepoint_units:
            code, said = ("activityLimitReached", "The request has been throttled")
            raise GraphError(self.sharepoint_says, code, said, {**told, **wait})
        return told if used >= self.sharepoint_units * 0.8 else {}

    def _spend(self, key: str, cost: int, seconds: int, now: float) -> int:
        slot = (key, int(now // seconds))
        if slot not in self.used:
            self.used = {each: spent for each, spent in self.used.items() if each[0] != key}
        self.used[slot] = self.used.get(slot, 0) + cost
        return self.used[slot]


def units(call: Call) -> int:
    """What a call costs in SharePoint: a row or a delta with its token 1, rights 5, everything else 2."""
    segments = [segment.lower() for segment in site_address_joined(call.segments)]
    if "permissions" in segments:
        return 5
    if segments[-1] == "delta":
        return 1 if any(name.lower() == "token" for name, _ in call.query) else 2
    one = segments[-1] in ("drives", "root") or (len(segments) > 2 and segments[-2] in ("items", "lists"))
    return 1 if call.method == "GET" and (one or len(segments) == 2) else 2


def with_headers(answer: Answer, headers: dict[str, str]) -> Answer:
    """The answer with these headers as well."""
    return Answer(answer.status, answer.body, {**headers, **answer.headers}) if headers else answer


def _outlook_parts(call: Call) -> int:
    if call.segments != ["$batch"]:
        return 1 if family(call) == "outlook" else 0
    parts = call.body.get("requests") if isinstance(call.body, dict) else None
    urls = (
        [str(part.get("url", "")) for part in parts if isinstance(part, dict)]
        if isinstance(parts, list)
        else []
    )
    return sum(url.strip("/").lower().startswith(("users/", "places/")) for url in urls)


def _concurrency() -> GraphError:
    said = "Application is over its MailboxConcurrency limit."
    # A fraction of a second, as in the documented sample (graph_samples, throttled_429_body.json)
    return GraphError(429, "ApplicationThrottled", said, {"Retry-After": "2.128"})


def _until_next(seconds: int, now: float) -> dict[str, str]:
    return {"Retry-After": str(max(1, round(seconds - now % seconds)))}
