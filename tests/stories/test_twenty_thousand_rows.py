"""A list of twenty thousand rows is filled, read anew and emptied of nothing, inside the smallest tenant's units.

What each request costs is counted here once more, by a table of its own (graph §7): a row or a delta with its
token 1 unit, all else 2. Five hundred rows in the quick run, twenty thousand in `make prove`.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

import httpx
import pytest

from functions.showing.kept import PARTS, PLACE, known_in
from functions.showing.remembered import SHOWN
from functions.showing.showing import MOST, Shown, show
from graph_client.batch import MOST as A_CALL
from models.showing import ShownRow
from models.shown_lists import KEY, PROMISES, SHOWN_LISTS
from tests.stories.stage import Stage, Wire, made_list
from tests.stories.test_the_managers_lists import put, rows, the_list

PROVING = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
ROWS, AT_ONCE = (20_000, MOST) if PROVING else (500, 100)
A_MINUTE, A_DAY = 1_250, 1_200_000  # units that the smallest tenant has
THRESHOLD = 5_000  # rows from which SharePoint refuses to look for what has no index
EVERY = timedelta(minutes=5)  # as the timer ticks


class Dead(Exception):
    """The worker is gone, and nobody says goodbye."""


@dataclass
class Traffic:
    """What was asked of SharePoint: requests, units by minute of the tenant's clock, and addresses."""

    stage: Stage
    requests: int = 0
    units: Counter[int] = field(default_factory=Counter)
    addresses: list[str] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    dies_at: frozenset[int] = frozenset()

    def note(self, request: httpx.Request, answer: httpx.Response) -> None:
        """One request and what it costs, part by part."""
        self.requests += 1
        self.refused += [answer.status_code] if answer.status_code >= 400 else []
        parts = [(request.method, str(request.url))]
        if request.url.path.endswith("$batch"):
            parts = [(one["method"], one["url"]) for one in json.loads(request.content)["requests"]]
            self.batches.append(len(parts))
        for method, address in parts:
            self.units[int(self.stage.clock().timestamp() // 60)] += _cost(method, address)
            self.addresses.append(address)
        if len(self.batches) in self.dies_at and request.url.path.endswith("$batch"):
            raise Dead


def _cost(method: str, address: str) -> int:
    if method != "GET":
        return 2
    one = "delta" in address and "token=" in address
    return 1 if one or re.search(r"/sites/[^/]+(:/[^?]*)?(\?.*)?$", address) else 2


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.world.limits.sharepoint_units = A_MINUTE
    for one in SHOWN_LISTS:
        put(stage, made_list(one))
    return stage


@pytest.fixture
def traffic(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Traffic:
    told, real = Traffic(stage), Wire.handle_async_request

    async def noted(self: Wire, request: httpx.Request) -> httpx.Response:
        answer = await real(self, request)
        told.note(request, answer)
        return answer

    monkeypatch.setattr(Wire, "handle_async_request", noted)
    return told


def wanted(stage: Stage) -> Iterator[tuple[str, ShownRow]]:
    """So many rows, over all groups, as a review leaves them."""
    agreement = stage.book.agreement
    groups, promises = agreement.groups, sorted(agreement.promises_on)
    for number in range(ROWS):
        group, promise = groups[number % len(groups)].name, promises[number % len(promises)]
        key = f"{agreement.key}/{promise}/{number:020}"
        day = date(2026, 11, 3) + timedelta(days=number % 300)
        fields = {
            "Title": f"{group}: {promise}", KEY: key, "Promise": promise, "Clause": "4.2", "Group": group,
            "MeetingDate": day.isoformat(), "State": "cannot tell", "Due": "2026-11-20",
            "WhatWeSee": "We can't see when the papers went out. " * 3,
        }  # fmt: skip
        yield group, ShownRow(key, MappingProxyType(fields), day)


async def reviewed(stage: Stage) -> None:
    """What reviews of all groups leave in the ledger."""
    by_group: dict[str, dict[str, object]] = {}
    for group, row in wanted(stage):
        saved = {"day": row.day.isoformat() if row.day else "", "fields": dict(row.fields)}
        by_group.setdefault(group, {})[row.key] = saved
    async with stage.watching() as watch:
        for group, shown in by_group.items():
            await watch.ledger.remember(group, SHOWN, {"rows": shown})


async def tick(stage: Stage) -> Shown | None:
    """The timer ticks once; None where the worker died."""
    stage.clock.pass_by(EVERY)
    try:
        async with stage.watching() as watch:
            return await show(watch, stage.clock(), most=AT_ONCE)
    except Dead:
        return None


async def filled(stage: Stage) -> int:
    """Tick until nothing is left; how often that was."""
    for ticks in range(1, 3 * ROWS // AT_ONCE):
        shown = await tick(stage)
        if shown is not None and not shown.left:
            return ticks
    raise AssertionError("it never ends")


def assert_gentle(traffic: Traffic) -> None:
    """No minute and no day costs more than there is, and nothing was refused or asked as SharePoint forbids."""
    assert max(traffic.units.values()) <= A_MINUTE
    assert sum(traffic.units.values()) <= A_DAY
    assert not [one for one in traffic.refused if one != 404]  # no row stands in lists that nobody made
    assert not [one for one in traffic.addresses if "filter=" in one or "orderby=" in one]
    assert max(traffic.batches, default=0) <= A_CALL


async def test_a_full_rebuild_fits_into_the_smallest_tenant(stage: Stage, traffic: Traffic) -> None:
    await reviewed(stage)
    ticks = await filled(stage)
    keys = [one[KEY] for one in rows(stage)]
    assert sorted(keys) == sorted(row.key for _, row in wanted(stage))
    assert ticks <= ROWS // AT_ONCE + 1
    assert_gentle(traffic)
    assert sum(traffic.units.values()) < 2.1 * ROWS + 20 * ticks, (
        "adding a row costs two units, and little else"
    )
    assert traffic.requests < ROWS / A_CALL + 5 * ticks
    told = f"{ROWS} rows: {ticks} ticks, {traffic.requests} requests, {sum(traffic.units.values())} units, "
    print(told + f"at most {max(traffic.units.values())} in a minute")  # noqa: T201 (figures for docs/sharepoint.md)


async def test_killed_again_and_again_it_goes_on_and_adds_nothing_twice(
    stage: Stage, traffic: Traffic
) -> None:
    await reviewed(stage)
    traffic.dies_at = frozenset({1, 7, 8, 15})
    await filled(stage)
    keys = [one[KEY] for one in rows(stage)]
    assert len(keys) == len(set(keys)) == ROWS
    assert len(traffic.batches) > 15
    assert_gentle(traffic)


async def test_where_all_that_we_knew_of_rows_is_lost_they_are_read_by_pages_and_none_is_written(
    stage: Stage, traffic: Traffic
) -> None:
    await reviewed(stage)
    await filled(stage)
    stands = the_list(stage, PROMISES)
    async with stage.watching() as watch:
        for part in range(PARTS):
            await watch.ledger.remember(PLACE, f"rows of {PROMISES}, {part}", {})
        await watch.ledger.remember(PLACE, f"changes of {PROMISES}", {"link": ""})
    traffic.requests, before = 0, sum(traffic.units.values())
    shown = await tick(stage)
    assert shown is not None
    assert (shown.written, shown.left) == (0, 0)
    assert the_list(stage, PROMISES) == stands
    assert traffic.requests <= ROWS / 200 + 10
    assert_gentle(traffic)
    async with stage.watching() as watch:
        assert len(known_in(await watch.ledger.remembered(PLACE), PROMISES).rows) == ROWS
    told = f"{ROWS} rows read anew: {traffic.requests} requests, {sum(traffic.units.values()) - before} units"
    print(told)  # noqa: T201 (figures for docs/sharepoint.md)


async def test_one_changed_row_among_all_costs_a_handful(stage: Stage, traffic: Traffic) -> None:
    await reviewed(stage)
    await filled(stage)
    group, changed = next(wanted(stage))
    async with stage.watching() as watch:
        shown = dict((await watch.ledger.remembered(group))[SHOWN]["rows"])
        fields = {**changed.fields, "State": "missed"}
        shown[changed.key] = {"day": changed.day.isoformat() if changed.day else "", "fields": fields}
        await watch.ledger.remember(group, SHOWN, {"rows": shown})
    await tick(stage)  # what we wrote ourselves has been read
    assert [one["State"] for one in rows(stage) if one[KEY] == changed.key] == ["missed"]
    traffic.requests = 0
    await tick(stage)
    assert traffic.requests <= 5
    assert_gentle(traffic)


def test_what_is_proved_is_over_the_threshold() -> None:
    assert not PROVING or ROWS > THRESHOLD
