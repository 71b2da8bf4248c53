"""What is in a small file of a library: fetched where Graph says, without our token, and never more than 1 MB."""

import json
import subprocess
import sys
from dataclasses import replace

import httpx
import pytest

from emulator.drives import Drive, DriveItem
from graph_client.errors import AnswerUnusable, NotThere, PersonMustAct, TryAgainLater
from graph_client.file_content import LARGEST, read_content
from graph_client.library_files import File, read_folder
from graph_client.tokens import FixedToken
from tests.graph_client.emulated import SITE, InProcess, county

TEXT = "agreement: Ours\nid: é\n".encode()


def lies(world, *items):
    drive = Drive("Settings", "Settings", items)
    world.sites = [replace(site, drives=(drive,)) for site in world.sites]


@pytest.fixture
def world():
    world = county("read")
    lies(world, DriveItem(1, "agreement.yaml", content=TEXT), DriveItem(2, "folder", folder=True))
    return world


@pytest.fixture
def here(world, tmp_path):
    return InProcess(world, tmp_path / "exchanges.jsonl")


@pytest.fixture
async def tenant(opened, here):
    return await opened(here, tokens=FixedToken(here.bearer))


async def file_in(tenant, name="agreement.yaml") -> File:
    return next(one for one in (await read_folder(tenant, SITE, "Settings")).files if one.name == name)


async def test_a_file_is_had_as_it_lies_there_and_our_token_stays_with_graph(tenant, here):
    assert await read_content(tenant, SITE, "Settings", await file_in(tenant)) == TEXT
    asked, fetched = here.asked[-2:]
    assert asked.url.path.endswith("/content")
    assert "authorization" in asked.headers
    assert fetched.url.path.startswith("/downloads/")
    assert "authorization" not in fetched.headers


async def test_the_referee_knows_each_call(tenant, tmp_path, shared):
    await read_content(tenant, SITE, "Settings", await file_in(tenant))
    recorded = (tmp_path / "exchanges.jsonl").read_text("utf-8")
    assert any("/content" in json.loads(line)["url"] for line in recorded.splitlines())
    assert "/downloads/" not in "".join(json.loads(line)["url"] for line in recorded.splitlines())
    check = [
        sys.executable,
        str(shared / "graph_contract" / "check_exchanges"),
        str(tmp_path / "exchanges.jsonl"),
    ]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


async def test_a_file_that_is_said_to_be_large_is_not_asked_for(tenant, here):
    large = replace(await file_in(tenant), size=LARGEST + 1)
    before = len(here.asked)
    with pytest.raises(
        PersonMustAct, match=r"file 'agreement.yaml' in the library 'Settings'.*larger than 1 MB"
    ):
        await read_content(tenant, SITE, "Settings", large)
    assert len(here.asked) == before


async def test_a_file_that_grew_meanwhile_is_left(tenant, world):
    file = await file_in(tenant)
    lies(world, DriveItem(1, "agreement.yaml", content=b"x" * 10_000_000))
    with pytest.raises(PersonMustAct, match="larger than 1 MB"):
        await read_content(tenant, SITE, "Settings", file)


@pytest.mark.parametrize(
    ("status", "error"), [(423, PersonMustAct), (403, PersonMustAct), (404, NotThere), (503, TryAgainLater)]
)
async def test_a_refusal_is_told_of_the_file(tenant, world, status, error):
    file = await file_in(tenant)
    world.faults.answer("/content", status, {"error": {"code": "x", "message": "x"}}, times=100)
    with pytest.raises(error, match=r"the file 'agreement\.yaml' in the library 'Settings'"):
        await read_content(tenant, SITE, "Settings", file)


async def test_one_bad_minute_is_waited_out(tenant, world):
    file = await file_in(tenant)
    world.faults.unavailable("/content", times=2)
    assert await read_content(tenant, SITE, "Settings", file) == TEXT


class Wire(httpx.MockTransport):
    """Answers as it is told, and never has to wait."""

    async def wait(self, seconds: float) -> None:
        raise AssertionError(f"asked to wait {seconds} s")


@pytest.mark.parametrize(
    ("place", "had"),
    [
        ("https://council.sharepoint.example/download?tempauth=x", True),
        ("http://council.sharepoint.example/download?tempauth=x", False),
        ("https://elsewhere.example/download?tempauth=x", False),
        ("https://council.sharepoint.example.elsewhere.example/download", False),
    ],
)
async def test_it_is_fetched_at_the_sites_own_host_and_nowhere_else(opened, place, had):
    met: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        met.append(request)
        if request.url.path.endswith("/content"):
            return httpx.Response(302, headers={"Location": place})
        return httpx.Response(200, content=TEXT)

    tenant = await opened(Wire(answer))
    tenant.library_ids[SITE, "Settings"] = "b!1"
    file = File(
        id="01A", name="a.yaml", is_folder=False, size=9, created_at=None, changed_at=None, content_tag="",
        web_address="", fields={},
    )  # fmt: skip
    if had:
        assert await read_content(tenant, SITE, "Settings", file) == TEXT
        assert "authorization" not in met[-1].headers
    else:
        with pytest.raises(AnswerUnusable, match="at another address"):
            await read_content(tenant, SITE, "Settings", file)
        assert len(met) == 1
