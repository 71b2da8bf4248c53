"""The register's lists are made as declared; made again, nothing changes; what people made stays."""

import json
from dataclasses import replace

import httpx
import pytest

from emulator.sites import Column as Made
from graph_client.column_definitions import ColumnThere, definition_of
from graph_client.errors import PersonMustAct, TryAgainLater
from graph_client.lists_written import ensure_list
from graph_client.tokens import FixedToken
from graph_client.writes_refused import WriteUnsure
from models.columns import Kind, RegisterList
from models.register import REGISTER, register_list
from tests.graph_client.emulated import SITE, WHERE, InProcess, county


@pytest.fixture
def emulated(opened):
    async def make(role="manage", *, lists=True):
        here = InProcess(county(role, lists=lists))
        return here, await opened(here, tokens=FixedToken(here.bearer))

    return make


def site_of(here):
    return next(site for site in here.world.sites if f"{site.hostname}{site.path}" == WHERE)


def list_of(here, name):
    return next(each for each in site_of(here).lists if each.name == name)


def put(here, changed):
    site = site_of(here)
    lists = tuple(changed if each.name == changed.name else each for each in site.lists)
    here.world.sites = [replace(site, lists=lists) if each is site else each for each in here.world.sites]


@pytest.mark.parametrize("wanted", REGISTER, ids=lambda wanted: wanted.name)
async def test_every_list_of_the_register_is_made_as_declared_and_once(emulated, wanted):
    here, tenant = await emulated(lists=False)
    assert (await ensure_list(tenant, SITE, wanted)).made
    made = {column.name: column for column in list_of(here, wanted.name).columns}
    for column in wanted.columns:
        assert made[column.name].title == column.title
        assert made[column.name].indexed == column.indexed or column.name == "Title"
        assert made[column.name].choices == column.choices
    before = len(here.writes)
    again = await ensure_list(tenant, SITE, wanted)
    assert (again.made, again.added, again.differs) == (False, (), ())
    assert len(here.writes) == before


@pytest.mark.parametrize("wanted", REGISTER, ids=lambda wanted: wanted.name)
async def test_days_that_count_are_text(wanted):
    for column in wanted.columns:
        declared = definition_of(column)
        assert not column.holds_day or declared["text"] == {}
        assert declared["name"] == column.name
        assert " " not in declared["name"]
        assert ("defaultValue" in declared) is (column.kind is Kind.YES_NO)


async def test_a_list_is_made_in_one_call_with_its_columns(opened, wire, shared):
    here = wire(
        httpx.Response(404, json={"error": {"code": "itemNotFound", "message": ""}}),
        httpx.Response(201, content=(shared / "data/graph_samples/list_created.json").read_bytes()),
        {"value": [{"id": "t", "name": "Title", "displayName": "Title", "text": {}}]},
        {},
    )
    wanted = register_list("Closed days")
    made = await ensure_list(await opened(here), "h,a,b", wanted)
    assert made.id == "22e03ef3-6ef4-424d-a1d3-92a337807c30"
    assert made.made
    body = json.loads(here.asked[1].content)
    sample = json.loads((shared / "data/graph_samples/list_create_request.json").read_bytes())
    assert body.keys() == sample.keys() | {"description"}
    assert body["list"] == sample["list"]
    assert [column["name"] for column in body["columns"]] == ["Day"]
    assert body["columns"][0]["indexed"]


async def test_only_missing_columns_are_added_to_a_list_that_people_made(emulated):
    here, tenant = await emulated()
    papers = list_of(here, "Papers")
    kept = tuple(column for column in papers.columns if column.name not in ("ComingOn", "Link"))
    put(here, replace(papers, columns=(*kept, Made("OurNotes", title="Our notes"))))
    ensured = await ensure_list(tenant, SITE, register_list("Papers"))
    assert not ensured.made
    assert set(ensured.added) == {"ComingOn", "Link", "Title"}
    after = list_of(here, "Papers")
    assert len(after.items) == len(papers.items)
    assert after.columns[: len(kept)][1:] == kept[1:]
    assert "OurNotes" in {column.name for column in after.columns}


async def test_a_name_that_people_gave_to_the_first_column_stays(emulated):
    here, tenant = await emulated()
    papers = list_of(here, "Papers")
    put(here, replace(papers, columns=(Made("Title", title="Which meeting"), *papers.columns[1:])))
    assert "Title" not in (await ensure_list(tenant, SITE, register_list("Papers"))).added
    assert list_of(here, "Papers").columns[0].title == "Which meeting"


async def test_what_people_should_look_at_is_said_and_left(emulated):
    here, tenant = await emulated()
    wanted = register_list("Groups")
    await ensure_list(tenant, SITE, wanted)
    groups = list_of(here, "Groups")
    columns = {column.name: column for column in groups.columns}
    columns["Calendar"] = replace(columns["Calendar"], kind="number")
    columns["PapersRoute"] = replace(columns["PapersRoute"], choices=("post",))
    columns["MeetingType"] = replace(columns["MeetingType"], indexed=False)
    put(here, replace(groups, columns=tuple(columns.values())))
    indexed = RegisterList(
        wanted.name,
        wanted.purpose,
        tuple(replace(c, indexed=c.indexed or c.name == "MeetingType") for c in wanted.columns),
    )
    ensured = await ensure_list(tenant, SITE, indexed)
    assert ensured.added == ()
    assert [said.split(" of the list")[0] for said in ensured.differs] == [
        "The column 'MeetingType'",
        "The column 'Calendar'",
        "The column 'PapersRoute'",
    ]
    assert "is not indexed" in ensured.differs[0]
    assert "another kind than text" in ensured.differs[1]
    assert list_of(here, "Groups").columns == tuple(columns.values())


async def test_a_role_that_is_too_small_is_said_with_its_cure(emulated):
    here, tenant = await emulated("write")
    with pytest.raises(PersonMustAct, match="role 'manage' on this site while its lists are made") as raised:
        await ensure_list(tenant, SITE, register_list("Groups"))
    assert "has not made the list 'Groups'" in str(raised.value)
    assert here.writes == ["POST"]


@pytest.mark.parametrize("lost", ["POST", "PATCH"])
async def test_a_lost_answer_is_unsure_and_doing_it_again_is_safe(emulated, lost):
    here, tenant = await emulated()
    wanted = register_list("Venues")
    here.lose.add(lost)
    with pytest.raises(WriteUnsure, match="may or may not have"):
        await ensure_list(tenant, SITE, wanted)
    await ensure_list(tenant, SITE, wanted)
    assert (await ensure_list(tenant, SITE, wanted)).added == ()
    assert [each.name for each in site_of(here).lists].count("Venues") == 1
    assert len(list_of(here, "Venues").columns) == len(wanted.columns)


async def test_somebody_made_the_list_a_moment_ago(opened, wire):
    here = wire(
        httpx.Response(404, json={"error": {"code": "itemNotFound", "message": ""}}),
        httpx.Response(409, json={"error": {"code": "nameAlreadyExists", "message": ""}}),
        {"id": "there"},
        {"value": []},
        httpx.Response(409, json={"error": {"code": "nameAlreadyExists", "message": ""}}),
    )
    ensured = await ensure_list(await opened(here), "h,a,b", register_list("Closed days"))
    assert (ensured.id, ensured.made, ensured.added) == ("there", False, ())


async def test_a_throttle_is_for_the_caller(opened, wire):
    here = wire(
        httpx.Response(404, json={"error": {"code": "itemNotFound", "message": ""}}),
        httpx.Response(429, headers={"Retry-After": "2.128"}),
    )
    with pytest.raises(TryAgainLater) as raised:
        await ensure_list(await opened(here), "h,a,b", register_list("Closed days"))
    assert raised.value.after == 2.128
    assert len(here.asked) == 2


def test_a_column_of_a_kind_we_do_not_know_is_none_of_ours():
    there = ColumnThere.model_validate({"name": "Who", "personOrGroup": {}, "new": 1})
    assert not there.is_a("text")


async def test_columns_over_several_pages_are_all_seen(opened, wire):
    wanted = register_list("Closed days")
    link = "https://graph.council.example/v1.0/sites/h/lists/x/columns?$skiptoken=2"
    here = wire(
        {"id": "x"},
        {"value": [], "@odata.nextLink": link},
        {"value": [{"name": "day", "text": {}, "indexed": True}, {"name": 5}], "@odata.nextLink": link + "3"},
        {"value": [{"name": "Title", "displayName": "Reason", "text": {}}]},
    )
    ensured = await ensure_list(await opened(here), "h,a,b", wanted)
    assert (ensured.added, ensured.differs) == ((), ())
    assert len(here.asked) == 4
