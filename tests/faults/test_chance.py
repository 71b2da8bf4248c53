"""The whole county, read while one call in ten goes wrong: the same meetings every time.

Ten seeds in the quick run, two hundred in `make prove`. The name of a failing test has its seed.
"""

import os
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from emulator.misfortunes import Misfortune, Misfortunes
from emulator.serve import running
from emulator.world import World
from graph_client.calendar_windows import WindowRead, read_window
from graph_client.errors import GraphError
from graph_client.library_files import read_folder
from graph_client.list_rows import read_rows
from graph_client.mail_in_copy import read_mail_in_copy
from graph_client.papers_list import read_papers
from graph_client.tenant import Tenant
from graph_client.windows_of_many import read_windows
from tests.faults.partnership import CALENDARS, FIRST, LAST, NOW, TROUBLED, opened, tenant_of_twenty
from tests.faults.wires import SmallPages
from tests.stories.stage import MAILBOX, SITE

RATE = 0.10
SEEDS = range(200 if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else 10)

Read = dict[str, object]


async def the_county(tenant: Tenant) -> Read:
    """Every calendar there is, together, and two of them alone; lists, files and mail.

    What may not be read on a good day (a mailbox outside our scope) must be told in the same words on a bad one.
    """
    county = sorted(tenant_of_twenty().mailboxes)
    together = await read_windows(tenant, county, FIRST, LAST)
    alone = {f"{box} alone": await read_window(tenant, box, FIRST, LAST) for box in (MAILBOX, TROUBLED)}
    told = {box: str(read) if isinstance(read, GraphError) else read for box, read in together.items()}
    return {
        **told,
        **alone,
        "papers": await read_papers(tenant, SITE, "Papers"),
        "rows": await read_rows(tenant, SITE, "Papers", ("Title", "Group")),
        "files": await read_folder(tenant, SITE, "Meeting papers"),
        "mail": await read_mail_in_copy(tenant, MAILBOX, NOW - timedelta(days=90)),
    }


async def read_once(world: World) -> tuple[Read, SmallPages]:
    """The county as one client reads it, and the wire that it went over."""
    wire = SmallPages(world)
    async with opened(wire) as client:
        return await the_county(client.tenant), wire


@dataclass(slots=True)
class OneTokenCalledBack(Misfortunes):
    """As they come, but the fresh token is good: one that is refused too is for a person (test_each_fault)."""

    refused: set[str] = field(default_factory=set)

    def take(self, name: str, kinds: tuple[Misfortune, ...]) -> Misfortune | None:
        """What befalls this call, if anything does."""
        kind = Misfortunes.take(self, name, kinds)
        again = kind == "401" and name in self.refused
        self.refused = self.refused | {name} if kind == "401" else self.refused - {name}
        return None if again else kind


def bad_day(seed: int) -> tuple[World, Misfortunes]:
    """The tenant on a day when one call in ten goes wrong."""
    world = tenant_of_twenty()
    world.faults.misfortunes = OneTokenCalledBack(seed, RATE)
    return world, world.faults.misfortunes


_CALM: list[Read] = []


@pytest.fixture
async def calm() -> Read:
    """The county on a good day."""
    if not _CALM:
        _CALM.append((await read_once(tenant_of_twenty()))[0])
    return _CALM[0]


async def test_on_a_good_day_there_is_much_to_read(calm: Read) -> None:
    held = [read for read in calm.values() if isinstance(read, WindowRead)]
    assert len(held) > len(CALENDARS) + 2
    assert sum(len(read.meetings) for read in held) > 200
    assert not any(read.unreadable for read in held)


@pytest.mark.parametrize("seed", SEEDS)
async def test_on_a_bad_day_the_county_is_the_same(seed: int, calm: Read) -> None:
    world, chance = bad_day(seed)
    read, wire = await read_once(world)
    assert read == calm, f"seed {seed}: {chance.befallen}"
    assert len(wire.asked) < 200


@pytest.mark.parametrize("seed", SEEDS[:3])
async def test_on_a_real_wire_it_is_the_same(seed: int, calm: Read) -> None:
    """Over https and a real server, where a reset is a reset and a drip drips."""
    world, chance = bad_day(seed)
    with running(world) as served:
        async with opened(None, url=served.base_url, ca_file=str(served.ca_file)) as client:
            read = await the_county(client.tenant)
    assert read == calm, f"seed {seed}: {chance.befallen}"


async def test_bad_days_are_bad() -> None:
    befallen = set()
    for seed in range(10):
        world, chance = bad_day(seed)
        await read_once(world)
        befallen |= {kind for _, kind in chance.befallen}
    assert len(befallen) > 8
