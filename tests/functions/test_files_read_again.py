"""A process in the cloud looks at the files on the site again within the hour, and needs no restart for it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from emulator.drives import Drive, DriveItem
from emulator.serve import running
from emulator.world import World
from functions.cloud import LOOK_AGAIN, Cloud
from functions.files import shipped
from functions.settings import PREFIX
from functions.telling.needs import needs_of
from functions.watch import Watch
from models.days import LONDON
from tests.graph_client.emulated import SITE, county

MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=LONDON)
AGREED = shipped.AGREEMENT.read_text("utf-8")
P01_ON = AGREED.replace("    on: false", "    on: true", 1)
BROKEN = AGREED.replace("operator: window", "operator: windw", 1)
A_MINUTE = timedelta(minutes=1)


@dataclass
class Process:
    """One process at work, the library that it reads, and its clock."""

    world: World
    cloud: Cloud
    now: datetime = MONDAY

    def upload(self, agreement: str) -> None:
        file = DriveItem(1, "agreement.yaml", content=agreement.encode())
        drives = (Drive("Settings", "Settings", (file,)),)
        self.world.sites = [replace(site, drives=drives) for site in self.world.sites]

    async def after(self, wait: timedelta) -> Watch:
        """The watch of the next thing that it does, after a while."""
        self.now += wait
        return await self.cloud.watch()


@pytest.fixture
async def process(tmp_path: Path) -> AsyncIterator[Process]:
    world = county("read")
    with running(world, tls=False) as tenant:
        told = {
            "GRAPH_URL": f"{tenant.base_url}/v1.0",
            "TOKEN": next(iter(world.bearers)),
            "SITE": SITE,
            "LEDGER": f"sqlite:///{tmp_path / 'ledger.sqlite3'}",
            "AGREEMENT": "sharepoint:Settings",
        }
        one = Process(world, Cloud({f"{PREFIX}{name}": text for name, text in told.items()}, lambda: one.now))
        one.upload(AGREED)
        yield one
        await one.cloud._stays_open.aclose()


async def test_a_new_version_is_used_within_the_hour_and_a_broken_one_is_told_and_not_used(
    process: Process,
) -> None:
    async def asked(watch: Watch) -> str:
        return " ".join((await needs_of(watch.ledger, watch.book, observing=False)).questions)

    first = await process.after(timedelta())
    assert first.book.agreement.promises_on == frozenset()
    process.upload(P01_ON)
    assert (await process.after(LOOK_AGAIN - A_MINUTE)).book.agreement.promises_on == frozenset()
    second = await process.after(A_MINUTE)
    assert second.book.agreement.promises_on == {"P01"}
    assert "The agreement changed: P01" in await asked(second)
    assert second.tenant is first.tenant, "nothing was opened anew"

    process.upload(BROKEN)
    assert "windw" not in await asked(await process.after(LOOK_AGAIN - A_MINUTE))
    third = await process.after(A_MINUTE)
    assert third.book.agreement.promises_on == {"P01"}
    said = await asked(third)
    assert "The agreement can't be used before this is mended." in said
    assert "windw" in said

    process.upload(P01_ON)
    assert "windw" not in await asked(await process.after(LOOK_AGAIN))
