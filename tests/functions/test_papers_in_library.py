"""Papers in a document library, as an emulated tenant shows them to the real client."""

import json

import pytest

from emulator.drives import DriveItem, Grant
from functions.papers.in_library import needs_account
from graph_client.file_access import Access
from tests.functions.papers_tenant import (
    BOARD,
    COUNCIL_ONLY,
    INCLUSION,
    OPEN,
    PapersTenant,
    at,
    meeting,
)

FRIDAY = "Fri 27 Nov 2026 10:30"
SEEN = "Fri 27 Nov 2026"
PUT_THERE = "Fri 30 Oct 2026 11:05"
ACCOUNT = "Only people with an account in the council can open them."


@pytest.fixture
def tenant():
    tenant = PapersTenant("library")
    tenant.calendar(meeting(BOARD, FRIDAY), meeting(BOARD, "Thu 17 Dec 2026 10:30"))
    return tenant


def folder(number, name, **fields):
    return DriveItem(number, name, folder=True, fields=fields)


def paper(number, name="Agenda.pdf", parent=1, put_there=PUT_THERE, *, size=2048, grants=OPEN, **fields):
    return DriveItem(number, name, parent, size=size, fields=fields, grants=grants, created=at(put_there))


def opened(tenant):
    return [one for one in tenant.asked if "/items/" in one and one.endswith("/children")]


FOLDERS = [
    "2026-11-27 SEND Partnership Board",
    "2026-11-27 send partnership board",
    "2026–11–27 – SEND Partnership Board",
    "2026-11-27 - Partnership Board papers for Sam Example",
    "Partnership Board, 27 November 2026",
    "20261127_Partnership Board",
]


@pytest.mark.parametrize("name", FOLDERS)
async def test_a_folder_named_for_the_meeting(tenant, name):
    tenant.library(folder(1, name), paper(2), paper(3, "Data.xlsx", put_there="Sun 01 Nov 2026 20:00"))
    seen = await tenant.board()
    papers = seen.papers[tenant.keys[SEEN]]
    assert (papers.sent, papers.files, papers.barrier) == (at(PUT_THERE), 2, "")
    assert (seen.works, seen.questions, tenant.questions) == (True, (), ())


async def test_the_columns_beside_a_file_say_its_meeting(tenant):
    tenant.library(paper(1, "Agenda.pdf", None, Group=BOARD, MeetingDate="2026-11-27"))
    assert list((await tenant.board()).papers) == [tenant.keys[SEEN]]


async def test_the_columns_of_a_file_come_before_the_name_of_its_folder(tenant):
    tenant.library(
        folder(1, f"2026-11-27 {BOARD}"),
        paper(2),
        paper(3, "Early.pdf", Group=BOARD, MeetingDate="2026-12-17"),
        paper(4, "Theirs.pdf", Group=INCLUSION, MeetingDate="2026-11-18"),
    )
    seen = await tenant.board()
    assert {key: one.files for key, one in seen.papers.items()} == {
        tenant.keys[SEEN]: 1,
        tenant.keys["Thu 17 Dec 2026"]: 1,
    }


async def test_a_library_without_our_columns_is_read_all_the_same(tenant):
    tenant.library(folder(1, f"2026-11-27 {BOARD}"), paper(2), columns=("Title",))
    seen = await tenant.board()
    assert list(seen.papers) == [tenant.keys[SEEN]]
    assert tenant.questions == ()


async def test_an_empty_folder_is_no_papers(tenant):
    tenant.library(folder(1, f"2026-11-27 {BOARD}"))
    seen = await tenant.board()
    assert (seen.papers, seen.works, seen.questions) == ({}, False, ())


async def test_minutes_put_there_after_the_meeting_are_no_late_papers(tenant):
    tenant.library(
        folder(1, f"2026-11-27 {BOARD}"), paper(2, "Minutes.docx", put_there="Mon 30 Nov 2026 09:00")
    )
    tenant.later("Tue 01 Dec 2026 09:15")
    assert (await tenant.board()).papers == {}


async def test_a_quiet_second_sweep_opens_no_folder(tenant):
    tenant.library(folder(1, f"2026-11-27 {BOARD}"), paper(2))
    first = await tenant.board()
    assert len(opened(tenant)) == 1
    assert len([one for one in tenant.asked if one.endswith("/permissions")]) == 1
    again = await tenant.board()
    assert again.papers == first.papers
    assert [one.rpartition("/")[2] for one in tenant.asked] == [
        "send-partnership",  # which site it is
        "items",  # the Papers list
        "drives",  # which library
        "children",  # its top
    ]


async def test_the_library_is_read_once_a_sweep_for_all_its_groups(tenant):
    tenant.library(folder(1, f"2026-11-27 {BOARD}"), paper(2))
    await tenant.sweep(BOARD, INCLUSION)
    assert len([one for one in tenant.asked if one.endswith("/root/children")]) == 1


async def test_a_file_that_comes_again_is_not_late(tenant):
    tenant.library(folder(1, f"2026-11-27 {BOARD}"), paper(2, "Agenda.zip"))
    await tenant.board()
    tenant.library(
        folder(1, f"2026-11-27 {BOARD}"), paper(3, "Agenda.pdf", put_there="Mon 23 Nov 2026 09:00")
    )
    tenant.later("Mon 23 Nov 2026 13:15")
    papers = (await tenant.board()).papers[tenant.keys[SEEN]]
    assert (papers.sent, papers.barrier) == (at(PUT_THERE), "")


async def test_a_file_put_with_the_wrong_meeting_follows_when_it_is_moved(tenant):
    folders = (folder(1, f"2026-11-27 {BOARD}"), folder(2, f"2026-12-17 {BOARD}"))
    tenant.library(*folders, paper(3, parent=2))
    assert list((await tenant.board()).papers) == [tenant.keys["Thu 17 Dec 2026"]]
    tenant.library(*folders, paper(3, parent=1))
    assert list((await tenant.board()).papers) == [tenant.keys[SEEN]]


async def test_a_moved_meeting_keeps_its_papers_and_its_folder(tenant):
    tenant.calendar(meeting(BOARD, FRIDAY, uid="board-9"))
    tenant.library(folder(1, f"2026-11-27 {BOARD}"), paper(2, "Agenda.zip"))
    before = (await tenant.board()).papers
    tenant.calendar(meeting(BOARD, "Mon 30 Nov 2026 10:30", uid="board-9"))
    seen = await tenant.board()
    assert seen.papers == before
    assert len(opened(tenant)) == 1  # something stops people: it is looked at again
    assert not [one for one in seen.questions if "which meeting" in one]


ASKED = [
    (
        f"2026-11-26 {BOARD} (Sam Example)",
        (
            "is for SEND Partnership Board on Thursday 26 November 2026, and we see no meeting of the group on that "
            "day: which meeting is it for?"
        ),
    ),
    (
        f"2026-12-17 {BOARD} (Sam Example)",
        (
            "is for SEND Partnership Board on Thursday 17 December 2026, and we see 2 meetings of the group on that "
            "day: which meeting is it for?"
        ),
    ),
]


@pytest.mark.parametrize(("name", "why"), ASKED)
async def test_a_folder_that_fits_none_or_two_is_a_question_and_never_a_guess(tenant, name, why):
    tenant.calendar(
        meeting(BOARD, FRIDAY),
        meeting(BOARD, "Thu 17 Dec 2026 10:30"),
        meeting(BOARD, "Thu 17 Dec 2026 14:00"),
    )
    tenant.library(folder(1, name), paper(2))
    seen = await tenant.board()
    assert seen.papers == {}
    assert seen.questions == (f"A folder in the library 'Meeting papers' {why}",)


async def test_a_folder_of_no_group_is_asked_about_once_a_sweep(tenant):
    tenant.library(
        folder(1, "2026-11-27 SEND Parnership Bord, Sam Example"),
        paper(2),
        folder(3, "Old papers"),
        folder(4, "2025-11-27 Something else"),
    )
    seen = await tenant.sweep(BOARD, INCLUSION)
    assert not any(one.questions for one in seen.values())
    assert tenant.questions == (
        (
            "A folder in the library 'Meeting papers' is for Friday 27 November 2026, and names no group that we "
            "know: which group is it for?"
        ),
    )


GUEST = (Grant("invitation", name="chair", address="chair@forum.example"),)
WAYS = [
    (OPEN, ""),
    (COUNCIL_ONLY, ACCOUNT),
    ((), ACCOUNT),
    (GUEST, ACCOUNT),
    ((Grant("link", scope="organization"),), ACCOUNT),
    ((Grant("link", scope="users", name="chair", address="chair@forum.example"),), ACCOUNT),
    ((*GUEST, *OPEN), ""),
]


@pytest.mark.parametrize(("grants", "barrier"), WAYS, ids=lambda one: str(one)[:40])
async def test_who_may_open_the_papers(tenant, grants, barrier):
    tenant.library(folder(1, f"2026-11-27 {BOARD}"), paper(2, "Sam Example.pdf", grants=grants))
    seen = await tenant.board()
    assert seen.papers[tenant.keys[SEEN]].barrier == barrier
    assert seen.questions == (
        (
            (
                f"Papers for {BOARD} on Friday 27 November 2026: {ACCOUNT} Please check that the forum's reps can "
                "open them, or that they get them by mail."
            ),
        )
        if barrier
        else ()
    )


UNCLEAR = [
    ("A group may open the file, and who is in it is not listed.", True),
    ("Somebody may open the file whose address is not said.", True),
    ("There is a link to the file that does not say how far it reaches.", False),
    ("One way into the file could not be understood.", False),
]


@pytest.mark.parametrize(("said", "needed"), UNCLEAR)
def test_a_way_in_that_may_be_open_to_all_is_no_known_barrier(said, needed):
    access = Access(anyone=False, organisation=True, people=frozenset(), unclear=(said,))
    assert needs_account(access) is needed


async def test_who_may_open_them_is_asked_only_for_meetings_that_are_near(tenant):
    tenant.library(folder(1, f"2026-12-17 {BOARD}"), paper(2, grants=COUNCIL_ONLY))
    seen = await tenant.board()  # Monday 2 November: 45 days ahead
    assert seen.papers[tenant.keys["Thu 17 Dec 2026"]].barrier == ""
    assert not [one for one in tenant.asked if one.endswith("/permissions")]
    tenant.later("Thu 19 Nov 2026 09:15")  # 28 days ahead
    seen = await tenant.board()
    assert seen.papers[tenant.keys["Thu 17 Dec 2026"]].barrier == ACCOUNT


async def test_where_nobody_says_who_may_open_them_the_papers_are_seen_all_the_same(tenant):
    tenant.library(folder(1, f"2026-11-27 {BOARD}"), paper(2))
    tenant.world.faults.answer("/permissions", 403, {"error": {"code": "accessDenied", "message": ""}})
    seen = await tenant.board()
    assert seen.papers[tenant.keys[SEEN]].sent == at(PUT_THERE)
    assert seen.works
    assert len(seen.questions) == 1
    assert (await tenant.board()).questions == ()  # asked again, and answered


async def test_a_library_that_is_not_there_is_asked_about_once_and_nothing_can_be_told():
    tenant = PapersTenant("library", library="Board papers")
    tenant.calendar(meeting(BOARD, FRIDAY))
    seen = await tenant.sweep(BOARD, INCLUSION)
    assert not any(one.works or one.questions for one in seen.values())
    (asked,) = tenant.questions
    assert "the library 'Board papers'" in asked


async def test_a_group_may_have_a_library_of_its_own():
    tenant = PapersTenant("library", library="meeting PAPERS")
    tenant.calendar(meeting(BOARD, FRIDAY))
    tenant.library(folder(1, f"2026-11-27 {BOARD}"), paper(2))
    assert (await tenant.board()).works


async def test_a_folder_that_cannot_be_opened_makes_silence_mean_nothing(tenant):
    tenant.library(folder(1, f"2026-12-17 {BOARD}"), paper(2))
    assert (await tenant.board()).works
    tenant.library(
        folder(1, f"2026-12-17 {BOARD}"), paper(2), folder(3, f"2026-11-27 {BOARD}"), paper(4, parent=3)
    )
    tenant.world.faults.answer("/items/.*/children", 404, {"error": {"code": "itemNotFound", "message": ""}})
    seen = await tenant.board()
    assert not seen.works
    assert len(seen.questions) == 1
    assert (await tenant.board()).works


async def test_no_name_of_a_file_or_folder_leaves(tenant):
    tenant.library(
        folder(1, f"2026-11-27 {BOARD} Sam Example"),
        paper(2, "Sam Example's plan.zip", size=30_000_000, grants=GUEST),
        folder(3, f"2026-11-26 {BOARD} about Sam"),
    )
    seen = await tenant.board()
    assert len(seen.questions) == 2
    told = json.dumps([repr(seen), dict(seen.remember), tenant.questions])
    for secret in ("Sam", ".zip", "@", "chair", "sharepoint"):
        assert secret not in told
    assert json.loads(json.dumps(seen.remember)) == seen.remember
