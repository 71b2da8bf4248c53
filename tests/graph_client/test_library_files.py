"""A library is read by its folders, later by what changed; and who may open a file is summed up honestly."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from emulator.drives import Drive, DriveItem, Grant
from graph_client.errors import NotThere, PersonMustAct
from graph_client.file_access import read_access
from graph_client.library_files import changed_files, read_folder
from graph_client.tokens import FixedToken
from models.days import LONDON
from tests.graph_client.emulated import SITE, InProcess, county

COLUMNS = ("Title", "Group")
ID = "council.sharepoint.example,11111111-1111-1111-1111-111111111111,22222222-2222-2222-2222-222222222222"
JUNE = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
FOLDER = DriveItem(1, "November", folder=True)
AGENDA = DriveItem(
    2,
    "agenda.pdf",
    1,
    size=2048,
    fields={"Title": "Agenda", "Group": "SEND Partnership Board"},
    created=JUNE,
    modified=JUNE,
)
PLAN = DriveItem(3, "plan.docx")


@pytest.fixture
def world():
    world = county()
    library(world, FOLDER, AGENDA, PLAN)
    return world


@pytest.fixture
async def tenant(opened, world):
    here = InProcess(world)
    return await opened(here, tokens=FixedToken(here.bearer))


def library(world, *items, grants=()):
    drive = Drive("Meeting papers", "Papers", items, ("Title", "Group"), grants)
    world.sites = [replace(site, drives=(drive,)) for site in world.sites]


async def test_a_folder_is_read_with_the_columns_beside_its_files(tenant):
    top = await read_folder(tenant, SITE, "Meeting papers", COLUMNS)
    assert {file.name: file.is_folder for file in top.files} == {"November": True, "plan.docx": False}
    [november] = [file for file in top.files if file.is_folder]
    inside = await read_folder(tenant, SITE, "papers", COLUMNS, folder=november.id)
    [agenda] = inside.files
    assert agenda.fields == {"Title": "Agenda", "Group": "SEND Partnership Board"}
    assert agenda.created_at == datetime(2026, 6, 15, 10, 0, tzinfo=LONDON)
    assert agenda.size == 2048
    assert agenda.content_tag
    assert not inside.unreadable


async def test_a_library_is_found_once_by_its_name_or_its_address(tenant, world):
    await read_folder(tenant, SITE, "PAPERS")
    await read_folder(tenant, SITE, "PAPERS")
    with pytest.raises(NotThere, match="'Minutes'"):
        await read_folder(tenant, SITE, "Minutes")


async def test_what_changed_and_what_is_gone(tenant, world):
    first = await changed_files(tenant, SITE, "Meeting papers")
    assert first.whole
    assert {file.name for file in first.files} == {"November", "agenda.pdf", "plan.docx"}
    library(world, FOLDER, replace(AGENDA, version=2, content_version=2, name="agenda (2).pdf"))
    second = await changed_files(tenant, SITE, "Meeting papers", first.link)
    assert not second.whole
    assert [file.name for file in second.files] == ["agenda (2).pdf"]
    [plan] = [file.id for file in first.files if file.name == "plan.docx"]
    assert second.gone == {plan}
    world.deltas.expire()
    assert (await changed_files(tenant, SITE, "Meeting papers", second.link)).whole


async def test_microsofts_own_samples(opened, wire, sample_json):
    drives = {"value": [{"id": "b!1", "name": "Papers"}]}
    here = wire(
        drives,
        sample_json("drive_delta_deleted.json") | {"@odata.deltaLink": "https://graph.council.example/x"},
    )
    read = await changed_files(await opened(here), ID, "Papers")
    assert read.gone == {"0123456789abc"}  # an empty `deleted` facet
    assert [(file.name, file.is_folder) for file in read.files] == [("file.txt", False)]
    page = sample_json("driveitem_children_page.json")
    del page["@odata.nextLink"]
    read = await read_folder(await opened(wire(drives, page)), ID, "Papers")
    assert len(read.unreadable) == 4  # the sample's items have no id
    root = sample_json("driveitem_root_folder.json")
    read = await read_folder(await opened(wire(drives, {"value": [root]})), ID, "Papers")
    assert (read.files, read.unreadable) == ((), ())


PERSON = Grant("person", name="Robin", address="Robin@forum.example")
WAYS = {
    "nobody in particular": ((), (False, False, set(), 0)),
    "anyone": ((Grant("link", scope="anonymous"),), (True, False, set(), 0)),
    "the organisation": ((Grant("link", scope="organization"),), (False, True, set(), 0)),
    "people by name": ((PERSON,), (False, False, {"robin@forum.example"}, 0)),
    "a guest": (
        (Grant("invitation", name="Sam", address="sam@forum.example"),),
        (False, False, {"sam@forum.example"}, 0),
    ),
    "a link for people": (
        (Grant("link", scope="users", name="Sam", address="sam@forum.example"),),
        (False, False, {"sam@forum.example"}, 0),
    ),
    "a group": ((Grant("group", name="SEND Members"),), (False, False, set(), 1)),
    "many": (
        (
            PERSON,
            Grant("link", scope="anonymous"),
            Grant("group", name="Members"),
            Grant("group", name="Owners"),
        ),
        (True, False, {"robin@forum.example"}, 1),
    ),
}


@pytest.mark.parametrize("ways", WAYS)
async def test_who_can_open_a_file(tenant, world, ways):
    grants, (anyone, organisation, people, unclear) = WAYS[ways]
    library(world, replace(PLAN, grants=grants))
    [plan] = (await read_folder(tenant, SITE, "Meeting papers")).files
    access = await read_access(tenant, SITE, "Meeting papers", plan.id)
    assert (access.anyone, access.organisation, access.people) == (anyone, organisation, people)
    assert len(access.unclear) == unclear


async def test_microsofts_own_permissions(opened, wire, sample_json):
    drives = {"value": [{"id": "b!1", "name": "Papers"}]}
    access = await read_access(
        await opened(wire(drives, sample_json("permissions_list.json"))), ID, "Papers", "1"
    )
    assert not access.anyone  # links without a scope: how far they reach is not said
    assert len(access.unclear) == 2
    invited = sample_json("driveitem_invite_reply.json")
    access = await read_access(await opened(wire(drives, invited)), ID, "Papers", "1")
    assert access.people == frozenset()  # it ran out in 2018
    del invited["value"][0]["expirationDateTime"]
    access = await read_access(await opened(wire(drives, invited)), ID, "Papers", "1")
    assert access.people == {"robin@contoso.com"}


async def test_an_odd_permission_is_unclear_and_never_open(opened, wire):
    odd = {"value": ["rubbish", {"link": {"scope": "someNewScope"}}, {"grantedToV2": {"user": {"id": "1"}}}]}
    here = wire({"value": [{"id": "b!1", "name": "Papers"}]}, odd)
    access = await read_access(await opened(here), ID, "Papers", "1")
    assert (access.anyone, access.organisation, access.people) == (False, False, frozenset())
    assert len(access.unclear) == 3


async def test_a_site_that_is_not_ours(tenant):
    with pytest.raises(PersonMustAct, match=r"Sites\.Selected"):
        await read_folder(tenant, SITE.replace("send-partnership", "finance"), "Papers")
