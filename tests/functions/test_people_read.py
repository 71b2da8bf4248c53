"""The people of the register, read through the real client; a bad row is told and nobody else is lost."""

from dataclasses import replace

import pytest

from functions.people_read import PeopleRead, read_people
from models.people import Contact, Seat
from tests.stories.stage import SITE, Stage

MANAGER = Contact(
    role="Partnership Manager", partner="council", address="pm@council.example", stand_in="Board Manager"
)
CHAIR = Contact(role="Forum chair", partner="forum", address="chair@forum.example")
SEAT = Seat(role="Forum rep", group="SEND Partnership Board", address="rep@forum.example")
SILENT = Seat(role="Forum rep", group="SEND Operations Group", address="two@forum.example", no_mail=True)


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path)


async def read(stage, site=SITE):
    async with stage.watching() as watch:
        return await read_people(watch.tenant, site)


async def test_everybody_is_found(stage):
    stage.people([MANAGER, CHAIR], [SEAT, SILENT])
    found = await read(stage)
    assert found.whole
    assert found.questions == ()
    assert found.people.contacts == (MANAGER, CHAIR)
    assert found.people.seats == (SEAT, SILENT)


@pytest.mark.parametrize(
    ("name", "row", "fault"),
    [
        ("Contacts", {"Title": "Officer", "Address": "the phone"}, "has no mail address that can be used"),
        ("Contacts", {"Title": "", "Address": "a@council.example"}, "names no role"),
        (
            "Contacts",
            {"Title": "Two", "Address": "a@council.example, b@council.example"},
            "has no mail address",
        ),
        ("Forum reps", {"Title": "Rep", "Address": "rep@forum.example"}, "names no group"),
    ],
)
async def test_a_row_that_cannot_be_used_is_told_and_the_others_stay(stage, name, row, fault):
    stage.people([MANAGER], [SEAT])
    good = {"Contacts": MANAGER, "Forum reps": SEAT}[name]
    kept = {
        "Title": good.role,
        "Address": good.address,
        "Partner": "council",
        "Group": "SEND Partnership Board",
    }
    stage.rows(name, row, kept)
    found = await read(stage)
    [said] = found.questions
    assert said.startswith(f"Row 1 of the list '{name}' {fault}")
    assert len(found.people.contacts) == len(found.people.seats) == 1


async def test_without_a_site_there_is_nobody(stage):
    stage.people([MANAGER], [SEAT])
    assert await read(stage, "") == PeopleRead()


async def test_a_list_of_an_older_version_lacks_a_column_and_everybody_is_still_told(stage):
    stage.people([MANAGER, CHAIR], [SEAT])
    site = stage.world.sites[0]
    [contacts] = [one for one in site.lists if one.name == "Contacts"]
    fewer = tuple(column for column in contacts.columns if column.name != "Away")
    items = tuple(
        replace(item, fields={name: value for name, value in item.fields.items() if name != "Away"})
        for item in contacts.items
    )
    stage.world.sites[0] = site.with_list(replace(contacts, columns=fewer, items=items))
    found = await read(stage)
    assert found.whole
    assert found.questions == ()
    assert found.people.contacts == (MANAGER, CHAIR)
