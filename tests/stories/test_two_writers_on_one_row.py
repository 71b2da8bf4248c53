"""Two write on one row, in every order: the watcher and a person. No word that a person saved is ever lost.

Twenty orders in the quick run, a thousand in `make prove`. The name of a failing test has its seed.
"""

import os
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from graph_client.batch import MOST as A_CALL
from models.facts import Said
from models.shown_lists import KEY, PROMISES, SHOWN_LISTS
from tests.stories.stage import Stage, Wire, made_list, meeting
from tests.stories.test_the_managers_lists import (
    BOARD,
    CHAIR,
    MANAGER,
    put,
    row_of,
    rows,
    run,
    said,
    the_list,
    type_in,
)

SEEDS = range(1000 if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else 20)


def staged(folder: Path) -> Stage:
    stage = Stage(folder)
    stage.only(BOARD)
    stage.people([MANAGER, CHAIR])
    for one in SHOWN_LISTS:
        put(stage, made_list(one))
    return stage


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_word_of_a_person_is_lost(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    luck, stage = Random(seed), staged(tmp_path)  # noqa: S311 (which order is tried, no secret)
    typed: list[str] = []
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30", uid="early"))
    await run(stage)
    real = Wire.handle_async_request

    def perhaps_save() -> None:
        if luck.random() < 0.3 and any(one.get("Promise") == "P04" for one in rows(stage)):
            typed.append(f"Reason {len(typed)}")
            type_in(stage, row_of(stage, "P04"), Reason=typed[-1])

    async def in_any_order(self: Wire, request: httpx.Request) -> httpx.Response:
        """Before the tenant hears it, or after it has done it; now and then the answer is lost."""
        perhaps_save()
        answer = await real(self, request)
        perhaps_save()
        if luck.random() < 0.1 and "batch" in str(request.url) and b"ShownKey" in request.content:
            raise httpx.ReadError("reset", request=request)
        return answer

    for hour in ("09:00", "09:15", "09:45"):
        stage.calendar(meeting(BOARD, f"Fri 11 Dec 2026 {hour}", uid="early"))
        monkeypatch.setattr(Wire, "handle_async_request", in_any_order)
        await run(stage)
        monkeypatch.setattr(Wire, "handle_async_request", real)
    await run(stage)
    await run(stage)
    row = row_of(stage, "P04").fields
    assert "9:45am" in row["WhatWeSee"], "ours is as it should be"
    assert row.get("Reason", "") == (typed[-1] if typed else ""), "theirs is as they left it"
    heard = [one.text for one in await said(stage) if one.said is Said.REASON and not one.undoes]
    assert heard[-1:] == typed[-1:]
    assert len(heard) == len(set(heard)), "nothing is said twice"
    assert heard == [one for one in typed if one in heard], "and all in their order"


async def test_a_first_filling_goes_by_twenties_stops_anywhere_and_adds_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = staged(tmp_path)
    fridays = [f"Fri {day} {month}" for day, month in _fridays()]
    stage.calendar(
        *(meeting(BOARD, f"{day} 09:{minute:02}") for day in fridays for minute in range(0, 30, 10))
    )
    real, sizes = Wire.handle_async_request, []

    class Dead(Exception):
        pass

    async def dies(self: Wire, request: httpx.Request) -> httpx.Response:
        answer = await real(self, request)
        if b"ShownKey" in request.content:
            sizes.append(request.content.count(b'"method"'))
            if len(sizes) in (1, 3):
                raise Dead
        return answer

    monkeypatch.setattr(Wire, "handle_async_request", dies)
    for _ in range(2):
        with pytest.raises(Dead):
            await run(stage)
    assert await run(stage)
    keys = [one[KEY] for one in rows(stage)]
    assert len(keys) == len(set(keys)) >= len(fridays) * 3
    assert max(sizes) == A_CALL
    stands = the_list(stage, PROMISES)
    assert (await run(stage)).written == 0
    assert the_list(stage, PROMISES) == stands


async def test_a_call_writes_no_more_than_it_may_and_the_rest_follows(tmp_path: Path) -> None:
    stage = staged(tmp_path)
    stage.calendar(*(meeting(BOARD, f"Fri {day} {month} 09:00") for day, month in _fridays()))
    first = await run(stage, most=7)
    assert first.written == 7
    assert first.left > 0
    left: Any = first.left
    while left:
        now = await run(stage, most=7)
        assert now.left < left
        left = now.left
    assert len(rows(stage)) >= len(_fridays())


def _fridays() -> list[tuple[int, str]]:
    months = {"Nov 2026": (6, 13, 20, 27), "Dec 2026": (4, 11, 18), "Jan 2027": (8, 15, 22)}
    return [(day, month) for month, days in months.items() for day in days]
