"""The log knows which group by its key, how many and how long: never who, what, where, or with what token."""

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from functions.files import shipped
from functions.once import once
from functions.settings import PREFIX, settings
from functions.telemetry import LOG, Telemetry, key_of, telemetry_of
from models.days import LONDON
from tests.door.served_county import Served, served_county, turned_on
from tests.stories.nothing_personal import every_line, told_in, words_of

NOW = datetime(2026, 11, 5, 9, 15, tzinfo=LONDON)  # Thursday
OUTSIDE = "dana.whitlock@council.example"  # a mailbox that the app may not read
LOCKED = f"  - {{name: Dana Whitlock's review, type: priority group, calendar: {OUTSIDE}}}\n"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Served]:
    with served_county(tmp_path) as served:
        agreement = turned_on(shipped.AGREEMENT.read_text("utf-8"))
        assert "\ngroups:\n" in agreement
        with_one_more = agreement.replace("\ngroups:\n", f"\ngroups:\n{LOCKED}", 1)
        (tmp_path / "agreement.yaml").write_text(with_one_more, "utf-8")
        yield served


async def a_bad_day(county: Served) -> None:
    """Four runs: one in which calls fail, one in which nobody can sign in, one well, one that sends its cards."""
    told = settings({f"{PREFIX}{name}": text for name, text in county.settings.items()})
    faults = county.world.faults
    faults.answer("calendarView", 503, times=1)
    faults.answer("lists/", 403, times=2)
    faults.answer("workflows/", 500, times=1)
    faults.cut_off("workflows/", times=1)
    for hours in range(3):
        await once(told, NOW + timedelta(hours=hours * 4), by="story", ca_file=county.ca_file)
    county.world.apps.clear()
    await once(told, NOW + timedelta(days=1), by="story", ca_file=county.ca_file)


async def test_nothing_of_anybody_is_in_any_line_of_any_logger(county: Served) -> None:
    words = words_of(county.world)
    with every_line() as lines:
        await a_bad_day(county)
    words |= words_of(county.world) | {OUTSIDE, "dana whitlock", "sig="}
    assert len(words) > 100
    assert len([line for line in lines if line.startswith(LOG)]) > 20
    assert county.world.posts, "cards were sent in this story"
    assert told_in(lines, words) == []


async def test_a_search_that_finds_nothing_can_find_something(county: Served) -> None:
    with every_line() as lines:
        logging.getLogger("a library").debug("GET /users/%s", "Dana.Whitlock@council.example")
    assert told_in(lines, words_of(county.world)) != []


async def test_a_sweep_a_review_and_a_delivery_each_leave_a_line(county: Served) -> None:
    with every_line() as lines:
        await a_bad_day(county)
    events = [event_in(line) for line in lines if line.startswith(LOG)]
    assert {one["event"] for one in events} >= {"sweep", "review", "daily", "deliver", "delivery", "unread"}
    [board] = {
        one["place"]
        for one in events
        if one.get("group") == key_of("SEND Partnership Board") and "place" in one
    }
    assert board == 2  # the second group of this agreement
    assert all(one["seconds"] >= 0 for one in events if one["event"] != "unread")
    refused = [one for one in events if one["event"] == "unread" and one["status"] == 403]
    assert refused
    assert all(len(str(one["request"])) == 36 for one in refused), "Microsoft's number of the call"


def event_in(line: str) -> dict[str, object]:
    found, _ = json.JSONDecoder().raw_decode(line[line.index("{") :])
    return dict(found)


def test_a_step_that_fails_is_named_by_its_kind_alone() -> None:
    telemetry = Telemetry(ticks=iter((1.0, 3.5)).__next__)
    with every_line() as lines, pytest.raises(ValueError), telemetry.measured("sweep"):
        raise ValueError("the calendar of dana.whitlock@council.example")
    assert event_in(lines[0]) == {"event": "sweep", "failed": "ValueError", "seconds": 2.5}
    assert told_in(lines, ["dana"]) == []


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"APPLICATIONINSIGHTS_CONNECTION_STRING": "x"}, False),  # the host collects the lines, and no spans
        ({"PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY": "false"}, False),
        ({"PYTHON_APPLICATIONINSIGHTS_ENABLE_TELEMETRY": "True"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4317"}, True),
    ],
)
def test_spans_are_made_only_where_somebody_collects_them(environment: dict[str, str], wanted: bool) -> None:
    assert telemetry_of(environment).spans is wanted


def test_a_span_has_the_same_counts_as_the_line() -> None:
    from opentelemetry import trace
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    trace.set_tracer_provider(provider)
    with Telemetry(spans=True, ticks=iter((0.0, 2.0)).__next__).measured("review") as seen:
        seen["findings"] = 3
    [span] = kept.get_finished_spans()
    assert span.name == f"{LOG}.review"
    assert dict(span.attributes or {}) == {f"{LOG}.findings": 3, f"{LOG}.seconds": 2.0}
