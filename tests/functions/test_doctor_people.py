"""Whom mails would go to, as doctor sees it: read from the register through the real client, and nothing is sent."""

from dataclasses import replace

import pytest

from functions.doctor.people import people_examined, people_found
from functions.files.rulebooks import read_book
from functions.settings import PREFIX, what_stands
from models.agreement import Agreement
from models.people import Contact, People, Seat
from tests.stories.stage import SITE, Stage
from wording.examined import Examined, Standing

BOARD = "SEND Partnership Board"
MANAGER = Contact(role="Partnership manager", partner="council", address="pm@council.example")
CHAIR = Contact(role="Forum chair", partner="forum", address="chair@forum.example")
OFFICER = Contact(role="SEND Partnership Board Manager", partner="council", address="board@council.example")
SEAT = Seat(role="Forum rep for the Board", group=BOARD, address="rep@families.example")


@pytest.fixture
def agreement() -> Agreement:
    """The shipped one with the Board alone, which one officer looks after."""
    shipped = read_book().book.agreement
    board = shipped.group(BOARD)
    assert board is not None
    board = board.model_copy(update={"officer": OFFICER.role, "deputy": ""})
    return shipped.model_copy(update={"groups": (board,)})


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path)


def settings_with(**given: str):
    return what_stands({f"{PREFIX}{name}": text for name, text in given.items()})[0]


async def examined(stage: Stage, agreement: Agreement, **given: str) -> list[Examined]:
    told = settings_with(SITE=SITE, SENDER="send.partnership@council.example", **given)
    async with stage.watching() as watch:
        return list(await people_examined(watch.tenant, told, agreement))


def found(agreement: Agreement, *contacts: Contact, seats: tuple[Seat, ...] = (SEAT,)) -> list[Examined]:
    return list(people_found(People(contacts, seats), agreement))


def said(examined: list[Examined], standing: Standing) -> str:
    return "\n".join(f"{one.what}: {one.says}. {one.cure}" for one in examined if one.standing is standing)


async def test_everybody_is_there(stage, agreement):
    stage.people(
        [MANAGER, CHAIR, OFFICER], [SEAT, replace(SEAT, address="two@families.example", no_mail=True)]
    )
    told = await examined(stage, agreement)
    assert {one.standing for one in told} == {Standing.WELL}
    assert "2 reps known by address, 1 of them with mail" in said(told, Standing.WELL)
    assert stage.world.outbox == []


async def test_without_a_sender_nobody_is_looked_for(stage, agreement):
    async with stage.watching() as watch:
        assert await people_examined(watch.tenant, settings_with(SITE=SITE), agreement) == ()


async def test_lists_that_were_never_made_lack_the_manager_and_the_chair(stage, agreement):
    told = said(await examined(stage, agreement), Standing.WRONG)
    assert "the role 'Partnership manager' has no address" in told
    assert "the role 'Forum chair' has no address, so what is for the chair waits" in told
    assert "list 'Contacts'" in told


async def test_rows_that_cannot_be_used_are_told_and_hide_nothing(stage, agreement):
    stage.people([MANAGER, CHAIR, OFFICER, replace(OFFICER, role="Helper", address="the phone")], [SEAT])
    told = await examined(stage, agreement)
    assert "has no mail address that can be used" in said(told, Standing.LOOK)
    assert "1 rep known by address" in said(told, Standing.WELL)


async def test_a_list_that_may_not_be_read_is_told_once_and_takes_nobody_for_missing(stage, agreement):
    stage.people([MANAGER, CHAIR, OFFICER], [SEAT])
    stage.world.faults.answer(
        r"GET /v1\.0/sites/.*/lists/", 403, {"error": {"code": "accessDenied"}}, times=9
    )
    told = await examined(stage, agreement)
    assert told
    assert {one.standing for one in told} == {Standing.LOOK}


def test_roles_are_those_that_the_agreement_names(agreement):
    rule = agreement.telling.model_copy(update={"manager": "Board Manager", "forum_chair": "Chair of us"})
    own = agreement.model_copy(update={"telling": rule})
    told = said(found(own, MANAGER, CHAIR, OFFICER), Standing.WRONG)
    assert "'Board Manager'" in told
    assert "'Chair of us'" in told


def test_an_officer_without_an_address_hears_by_the_chat(agreement):
    told = said(found(agreement, MANAGER, CHAIR), Standing.LOOK)
    assert "'SEND Partnership Board Manager'; they hear by the chat" in told


def test_a_group_without_an_officer_is_named(agreement):
    [board] = agreement.groups
    bare = agreement.model_copy(update={"groups": (board.model_copy(update={"officer": ""}),)})
    assert f"no officer is named for {BOARD}" in said(found(bare, MANAGER, CHAIR), Standing.LOOK)


@pytest.mark.parametrize(
    ("stand_in", "is_told"), [("", True), ("Nobody we know", True), ("Forum chair", False)]
)
def test_who_is_away_needs_somebody_who_stands_in(agreement, stand_in, is_told):
    away = replace(OFFICER, away=True, stand_in=stand_in)
    told = said(found(agreement, MANAGER, CHAIR, away), Standing.LOOK)
    assert ("is away, and nobody who is there stands in" in told) is is_told


@pytest.mark.parametrize(
    "address", ["zoë@families.example", "rep@[families.example", "a..b@families.example"]
)
def test_an_address_that_no_mail_can_be_made_for_is_wrong(agreement, address):
    told = found(agreement, MANAGER, CHAIR, OFFICER, seats=(replace(SEAT, address=address),))
    assert "the address of 'Forum rep for the Board' in the list 'Forum reps'" in said(told, Standing.WRONG)
    assert address not in str(told)


def test_a_seat_in_a_group_that_is_not_there_is_told(agreement):
    seats = (SEAT, replace(SEAT, group="SEND Partnership Bored"))
    told = said(found(agreement, MANAGER, CHAIR, OFFICER, seats=seats), Standing.LOOK)
    assert "names 'SEND Partnership Bored', which the agreement does not have" in told


def test_no_rep_at_all_is_no_fault(agreement):
    told = found(agreement, MANAGER, CHAIR, OFFICER, seats=())
    assert "so no weekly mail goes out" in said(told, Standing.LOOK)
    assert said(told, Standing.WRONG) == ""


def test_words_that_people_typed_are_left_out_of_what_strangers_get(agreement):
    for one in found(agreement, seats=(replace(SEAT, group="Elsewhere"),)):
        if "Partnership manager" in one.says or "Elsewhere" in one.says:
            assert one.theirs
