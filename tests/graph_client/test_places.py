"""Four places, first come first served; whoever leaves in the middle leaves no gap."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from graph_client.places import Places


async def test_a_batch_is_not_starved_by_single_calls():
    places, order = Places(4), []

    async def call(name, wanted):
        async with places.take(wanted):
            order.append(name)
            await asyncio.sleep(0.001)

    await asyncio.gather(
        *(call(n, 1) for n in range(4)), call("batch", 4), *(call(n, 1) for n in range(4, 8))
    )
    assert order == [0, 1, 2, 3, "batch", 4, 5, 6, 7]


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3), st.booleans()), max_size=25))
async def test_never_too_many_and_never_stuck(callers):
    places, inside = Places(4), []

    async def call(wanted, turns):
        async with places.take(wanted):
            inside.append(wanted)
            try:
                assert sum(inside) <= 4
                for _ in range(turns):
                    await asyncio.sleep(0)
            finally:
                inside.remove(wanted)

    tasks = [asyncio.create_task(call(wanted, turns)) for wanted, turns, _ in callers]
    await asyncio.sleep(0)
    for task, (_, _, leaves) in zip(tasks, callers, strict=True):
        if leaves:
            task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert not [each for each in ended if isinstance(each, AssertionError)]
    async with asyncio.timeout(1), places.take(4):
        pass
