"""What the log may know: which group by its key, how many, how long, and Microsoft's numbers of calls.

Never a title, a name, an address, a token or a file: a council's log is read by people who are no part of the
partnership. A group is named by a key that says nothing, and by its place in the agreement. Nothing here is
sent anywhere. Azure's own host collects the log, and the spans where somebody has switched them on.
"""

import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING, Any, Concatenate, Protocol

if TYPE_CHECKING:
    from functions.swept import Swept
    from functions.waking.hearing import Heard
    from graph_client.errors import GraphError
    from graph_client.tenant import Wrote
    from ledger.entries import Delivery
    from models.agreement import Group

LOG = "protocol_watch"
SPANS_WANTED = ("OTEL_EXPORTER_OTLP_ENDPOINT", "PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY")
KEY_LENGTH = 12  # of hexadecimal digits: enough for every group of a country

Number = int | float | str
Counts = dict[str, Number]


@dataclass(frozen=True, slots=True)
class Telemetry:
    """Writes one line for each thing that was done; with `spans` each is a span of OpenTelemetry too."""

    log: logging.Logger = field(default_factory=lambda: logging.getLogger(LOG))
    spans: bool = False
    ticks: Callable[[], float] = monotonic

    def note(self, event: str, **counts: Number) -> None:
        """One line: the event and its counts, as JSON. Only keys, numbers and our own words may be given."""
        self.log.info("%s", _line(event, counts))

    @contextmanager
    def measured(self, event: str) -> Iterator[Counts]:
        """One line at the end of a piece of work, with the seconds that it took and what it came to.

        What is raised in it is named by its kind alone, because its words may hold an address.
        """
        counts: Counts = {}
        began = self.ticks()
        with self._span(event) as span:
            try:
                yield counts
            except BaseException as error:
                counts["failed"] = type(error).__name__
                raise
            finally:
                counts["seconds"] = round(self.ticks() - began, 3)
                self.note(event, **counts)
                if span is not None:
                    span.set_attributes({f"{LOG}.{name}": value for name, value in counts.items()})

    @contextmanager
    def _span(self, event: str) -> Iterator[Any]:
        if not self.spans:
            yield None
            return
        from opentelemetry import trace  # only now: it costs time at every start

        span = trace.get_tracer(LOG).start_as_current_span(
            f"{LOG}.{event}", record_exception=False, set_status_on_exception=False
        )
        with span as opened:
            yield opened


class Noting(Protocol):
    """Whatever holds the telemetry of a piece of work: a Watch."""

    @property
    def telemetry(self) -> Telemetry:
        """Where its lines go."""
        ...


def telemetry_of(environment: Mapping[str, str]) -> Telemetry:
    """The telemetry that this environment asks for: lines always, spans only where something collects them."""
    return Telemetry(
        spans=any(environment.get(name, "").lower() not in ("", "false") for name in SPANS_WANTED)
    )


def key_of(name: str) -> str:
    """The key of a group or a calendar in the log: the same in every line, and it says nothing by itself."""
    return sha256(name.casefold().encode(errors="surrogatepass")).hexdigest()[:KEY_LENGTH]


def of_sweep(swept: "Swept") -> Counts:
    """What a sweep or a daily pass came to."""
    unread = sum(calendar.read_at is None for calendar in swept.calendars)
    return {
        "calendars": len(swept.calendars),
        "unread": unread,
        "meetings": len(swept.meetings),
        "findings": len(swept.findings),
        "questions": len(swept.questions),
    }


def of_review(
    group: "Group", groups: Sequence["Group"], findings: Sequence[object], questions: Sequence[object]
) -> Counts:
    """What the review of one group came to; no findings where another worker was at it."""
    place = next((number for number, one in enumerate(groups, start=1) if one.name == group.name), 0)
    return {
        "group": key_of(group.name),
        "place": place,
        "findings": len(findings),
        "questions": len(questions),
    }


def of_deliveries(tried: Sequence["Delivery"]) -> Counts:
    """What a round of deliveries came to: how many were tried, and how many of them are in which state."""
    return {"tried": len(tried), **Counter(one.state.value for one in tried)}


def of_delivery(delivery: "Delivery") -> Counts:
    """One delivery: whose, by which way, of which kind. Its key may hold words of a group, and is not told."""
    return {
        "group": key_of(delivery.group),
        "reference": key_of(delivery.key),
        "channel": delivery.channel,
        "kind": str(delivery.value.get("kind", "")),
        "again": int(delivery.again),
    }


def of_refusal(calendar: str, error: "GraphError") -> Counts:
    """A calendar that could not be read: by its key, with Microsoft's number of the call."""
    return {
        "calendar": key_of(calendar),
        "why": type(error).__name__,
        "status": error.status,
        "request": error.request,
    }


def of_notices(heard: "Heard") -> Counts:
    """One call of the webhook, whoever called: what it was answered, and how many notices were in it."""
    touched = heard.touched
    return {
        "status": heard.status,
        "notices": heard.notices,
        "foreign": heard.foreign,
        "why": str(touched.why) if touched else "",
        "calendar": touched.calendars[0][:KEY_LENGTH] if touched else "",
    }


def of_write(wrote: "Wrote") -> Counts:
    """One change in Microsoft 365, by the kind of the call, with Microsoft's number of it."""
    return {"call": wrote.call, "status": wrote.status, "request": wrote.request}


def noted[Holder: Noting, **Rest, Result](
    event: str, counts: Callable[[Result], Counts]
) -> Callable[
    [Callable[Concatenate[Holder, Rest], Awaitable[Result]]],
    Callable[Concatenate[Holder, Rest], Awaitable[Result]],
]:
    """Note every call of a step with how long it took, and what `counts` makes of its result."""

    def noting(
        step: Callable[Concatenate[Holder, Rest], Awaitable[Result]],
    ) -> Callable[Concatenate[Holder, Rest], Awaitable[Result]]:
        @wraps(step)
        async def measured(watch: Holder, /, *args: Rest.args, **more: Rest.kwargs) -> Result:
            with watch.telemetry.measured(event) as seen:
                result = await step(watch, *args, **more)
                seen.update(counts(result))
                return result

        return measured

    return noting


def _line(event: str, counts: Mapping[str, Number]) -> str:
    return json.dumps({"event": event, **counts}, ensure_ascii=True, separators=(", ", ": "))
