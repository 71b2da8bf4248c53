"""The chairs keep their agreement in a library: a new version is used and told; one that can't be used is not."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import gettempdir

import pytest

from emulator.drives import Drive, DriveItem
from emulator.world import World
from functions.files import shipped
from functions.files.last_good import SetUp, set_up
from functions.settings import PREFIX, Settings, settings
from functions.telling.needs import CHANGES, FILES, needs_of
from functions.telling.release import WHOLE
from graph_client.tenant import Tenant, open_tenant
from graph_client.tokens import FixedToken
from ledger import open_ledger
from ledger.port import Ledger
from models.days import LONDON
from reading.faults import Unreadable
from tests.graph_client.emulated import SITE, InProcess, county

MONDAY = datetime(2026, 11, 2, 6, 0, tzinfo=LONDON)
A_DAY = timedelta(days=1)
AGREED = shipped.AGREEMENT.read_text("utf-8")
P01_ON = AGREED.replace("    on: false", "    on: true", 1)
BROKEN = AGREED.replace("operator: window", "operator: windw", 1)
BROKEN_LINE = 1 + AGREED[: AGREED.index("operator: window")].count("\n")
FOLDER = DriveItem(1, "Watch", folder=True)


@dataclass
class Chairs:
    """The library as the chairs see it, and the set-up as the watch reads it at a time."""

    world: World
    tenant: Tenant
    ledger: Ledger
    told: Settings

    def upload(self, *files: DriveItem, library: str = "Settings", folder: DriveItem | None = FOLDER) -> None:
        """The library now holds these files, and no others."""
        items = (*((folder,) if folder else ()), *files)
        drives = (Drive(library, library, items),)
        self.world.sites = [replace(site, drives=drives) for site in self.world.sites]

    async def read(self, now: datetime) -> SetUp:
        return await set_up(self.told, self.ledger, now, self.tenant)

    async def asked(self, name: str) -> list[str]:
        return list((await self.ledger.remembered(WHOLE)).get(name, {}).get("questions", ()))


def yaml(text: str, name: str = "agreement.yaml", number: int = 2) -> DriveItem:
    return DriveItem(number, name, 1, content=text.encode())


def said_by(**places: str) -> Settings:
    given = {f"{PREFIX}{name}": place for name, place in places.items()}
    return settings({f"{PREFIX}SITE": SITE, **given}, signs_in=False)


@pytest.fixture
async def chairs(tmp_path: Path) -> AsyncIterator[Chairs]:
    world = county("read")
    wire = InProcess(world)
    async with (
        open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}") as ledger,
        open_tenant(
            "https://emulated/v1.0", FixedToken(wire.bearer), lambda: MONDAY, budget=1, wire=wire
        ) as tenant,
    ):
        here = Chairs(world, tenant, ledger, said_by(AGREEMENT="sharepoint:Settings/Watch"))
        here.upload(yaml(AGREED))
        yield here


async def test_a_new_agreement_with_one_promise_on_is_used_and_told_for_a_week(chairs: Chairs) -> None:
    first = await chairs.read(MONDAY)
    assert (first.read.book.agreement.promises_on, first.faults) == (frozenset(), ())
    assert await chairs.asked(CHANGES) == []
    chairs.upload(yaml(P01_ON))
    second = await chairs.read(MONDAY + A_DAY)
    assert second.read.book.agreement.promises_on == {"P01"}
    [said] = await chairs.asked(CHANGES)
    assert said.startswith("The agreement changed: P01 (clause 4.1) is on now: “")
    assert said in (await needs_of(chairs.ledger, second.read.book, observing=False)).questions
    await chairs.read(MONDAY + 5 * A_DAY)
    assert await chairs.asked(CHANGES) == [said], "it is said once, and stands for a week"
    await chairs.read(MONDAY + 9 * A_DAY)
    assert await chairs.asked(CHANGES) == []


async def test_a_broken_one_is_not_used_and_the_manager_hears_file_line_and_cure(chairs: Chairs) -> None:
    chairs.upload(yaml(P01_ON))
    await chairs.read(MONDAY)
    chairs.upload(yaml(BROKEN))
    found = await chairs.read(MONDAY + A_DAY)
    assert found.read.book.agreement.promises_on == {"P01"}
    assert [(fault.file, fault.line) for fault in found.faults] == [
        ("sharepoint:Settings/Watch/agreement.yaml", BROKEN_LINE)
    ]
    [said] = await chairs.asked(FILES)
    assert (
        f"The one that we have had since 2 November 2026 will do until then. agreement.yaml, line {BROKEN_LINE}: "
        in said
    )
    assert await chairs.asked(CHANGES) == []
    chairs.upload(yaml(AGREED))
    await chairs.read(MONDAY + 2 * A_DAY)
    assert await chairs.asked(FILES) == []
    assert "P01 (clause 4.1) is off now" in (await chairs.asked(CHANGES))[0]


BAD = {
    "a deleted folder": ((), None, "there is no file and no folder 'sharepoint:Settings/Watch'"),
    "an empty folder": ((), FOLDER, "the folder 'sharepoint:Settings/Watch' has no agreement"),
    "two files": (
        (yaml(AGREED), yaml(AGREED, "old.yml", 3)),
        FOLDER,
        "the folder 'sharepoint:Settings/Watch' has more than one: agreement.yaml and old.yml",
    ),
    "not a YAML": ((yaml("%PDF-1.7 \x00\x01: ["),), FOLDER, "agreement.yaml"),
    "10 MB": ((yaml("x" * 10_000_000),), FOLDER, "it is larger than 1 MB"),
    "a spreadsheet": (
        (DriveItem(2, "agreement.xlsx", 1, content=b"PK\x03\x04"),),
        FOLDER,
        "has no agreement",
    ),
}


@pytest.mark.parametrize("bad", BAD)
async def test_what_can_not_be_used_leaves_the_last_good_one(chairs: Chairs, bad: str) -> None:
    files, folder, expected = BAD[bad]
    chairs.upload(*files, folder=folder)
    with pytest.raises(Unreadable):  # without a good one before, it is told, and nothing is done
        await chairs.read(MONDAY)
    chairs.upload(yaml(P01_ON))
    await chairs.read(MONDAY)
    chairs.upload(*files, folder=folder)
    found = await chairs.read(MONDAY + A_DAY)
    assert found.read.book.agreement.promises_on == {"P01"}
    said = await chairs.asked(FILES)
    assert expected in said[0]
    assert not [one for one in said if gettempdir() in one or "from the site" in one]


async def test_a_library_that_is_not_there_is_told_by_its_name(chairs: Chairs) -> None:
    await chairs.read(MONDAY)
    chairs.upload(yaml(AGREED), library="Renamed")
    chairs.tenant.library_ids.clear()
    found = await chairs.read(MONDAY + A_DAY)
    assert found.read.book.agreement.name
    [said] = await chairs.asked(FILES)
    assert "there is no 'sharepoint:Settings/Watch' on the site. Check the name" in said


async def test_a_locked_file_is_told(chairs: Chairs) -> None:
    await chairs.read(MONDAY)
    chairs.world.faults.answer("/content", 423, {"error": {"code": "resourceLocked", "message": "x"}})
    await chairs.read(MONDAY + A_DAY)
    [said] = await chairs.asked(FILES)
    assert "Microsoft 365 does not let us have the file 'agreement.yaml' in the library 'Settings'" in said


async def test_what_passes_by_itself_is_told_to_nobody(chairs: Chairs) -> None:
    await chairs.read(MONDAY)
    chairs.world.faults.unavailable("/content", times=50)
    found = await chairs.read(MONDAY + A_DAY)
    assert found.faults == ()
    assert await chairs.asked(FILES) == []


async def test_all_three_settings_and_a_file_by_name(chairs: Chairs) -> None:
    terms = shipped.TERMS[0].read_bytes()
    words = b'language: en\ntexts:\n  en:\n    card:\n      more: "Why"\n'
    closed = b"first_day,last_day,reason\n2026-12-29,,Council closed\n"
    chairs.upload(
        yaml(P01_ON, "ours.yaml"),
        yaml(AGREED, "older.yaml", 3),
        DriveItem(4, "term-dates.csv", 1, content=terms),
        DriveItem(5, "wording.yaml", 1, content=words),
        DriveItem(6, "closed-days.csv", 1, content=closed),
    )
    place = "sharepoint:settings/WATCH"
    chairs.told = said_by(AGREEMENT=f"{place}/ours.yaml", TERMS=place, WORDING=place)
    found = await chairs.read(MONDAY)
    assert found.faults == ()
    assert found.read.book.agreement.promises_on == {"P01"}
    assert found.texts.texts.say("card.more") == "Why"
    assert date(2026, 12, 29) in found.read.book.working.closed  # Tuesday
    chairs.upload(
        yaml(P01_ON, "ours.yaml"),
        DriveItem(4, "term-dates.csv", 1, content=terms + b"\n"),
        DriveItem(5, "wording.yaml", 1, content=words.replace(b"Why", b"More")),
    )
    await chairs.read(MONDAY + A_DAY)
    assert await chairs.asked(CHANGES) == [
        "There is a new version of the school dates. We use it from now on.",
        "There is a new version of the wording. We use it from now on.",
    ]


async def test_the_site_must_be_set(chairs: Chairs) -> None:
    chairs.told = settings({f"{PREFIX}AGREEMENT": "sharepoint:Settings/Watch"}, signs_in=False)
    with pytest.raises(Unreadable, match=r"is on the site, which is not set\. Set PROTOCOL_WATCH_SITE"):
        await chairs.read(MONDAY)
