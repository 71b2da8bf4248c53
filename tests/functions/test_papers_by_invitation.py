"""Papers attached to the invitation, as an emulated tenant shows them to the real client."""

import json

import pytest

from tests.functions.papers_tenant import BOARD, PapersTenant, at, file, meeting

FRIDAY = "Fri 27 Nov 2026 10:30"
SEEN = "Fri 27 Nov 2026"
AGENDA = file("Agenda for Sam Example.pdf", "Fri 30 Oct 2026 11:00")


@pytest.fixture
def tenant():
    return PapersTenant("invite")


def files_asked(tenant):
    return [one for one in tenant.asked if one.endswith("/attachments")]


async def test_the_first_file_says_when_papers_went_out(tenant):
    tenant.calendar(meeting(BOARD, FRIDAY, file("Data.xlsx", "Sun 01 Nov 2026 20:00"), AGENDA))
    seen = await tenant.board()
    papers = seen.papers[tenant.keys[SEEN]]
    assert (papers.sent, papers.files, papers.barrier) == (at("Fri 30 Oct 2026 11:00"), 2, "")
    assert (seen.works, seen.questions) == (True, ())


async def test_a_quiet_second_sweep_asks_for_no_invitation(tenant):
    tenant.calendar(meeting(BOARD, FRIDAY, AGENDA), meeting(BOARD, "Thu 17 Dec 2026 10:30"))
    first = await tenant.board()
    assert len(files_asked(tenant)) == 1
    again = await tenant.board()
    assert files_asked(tenant) == []
    assert (again.papers, again.works) == (first.papers, True)
    assert again.remember == first.remember  # nothing to save, either


async def test_pictures_in_the_text_are_no_papers(tenant):
    tenant.calendar(meeting(BOARD, FRIDAY, file("logo.png", "Fri 30 Oct 2026 11:00", inline=True)))
    seen = await tenant.board()
    assert (seen.papers, seen.works) == ({}, False)


async def test_a_corrected_version_is_not_a_late_paper(tenant):
    tenant.calendar(meeting(BOARD, FRIDAY))
    await tenant.board()
    tenant.calendar(meeting(BOARD, FRIDAY, file("Agenda.zip", "Mon 02 Nov 2026 11:00")))
    tenant.later("Mon 02 Nov 2026 13:15")
    first = await tenant.board()
    assert "needs a program" in first.papers[tenant.keys[SEEN]].barrier
    tenant.calendar(meeting(BOARD, FRIDAY, file("Agenda.pdf", "Mon 23 Nov 2026 11:00")))
    tenant.later("Mon 23 Nov 2026 13:15")
    seen = await tenant.board()
    papers = seen.papers[tenant.keys[SEEN]]
    assert papers.sent == at("Mon 02 Nov 2026 11:00")
    assert (papers.barrier, papers.on_or_before) == ("", False)
    assert seen.questions == ()


async def test_files_that_were_there_when_we_first_looked_may_be_later_versions(tenant):
    tenant.calendar(meeting(BOARD, FRIDAY, AGENDA), meeting(BOARD, "Thu 17 Dec 2026 10:30"))
    seen = await tenant.board()
    assert seen.papers[tenant.keys[SEEN]].on_or_before
    december = meeting(BOARD, "Thu 17 Dec 2026 10:30", file("Agenda.pdf", "Mon 02 Nov 2026 12:00"))
    tenant.calendar(meeting(BOARD, FRIDAY, AGENDA), december)
    tenant.later("Mon 02 Nov 2026 13:15")
    seen = await tenant.board()
    assert seen.papers[tenant.keys[SEEN]].on_or_before
    assert not seen.papers[tenant.keys["Thu 17 Dec 2026"]].on_or_before


async def test_after_a_long_gap_a_new_file_may_have_been_there_earlier(tenant):
    tenant.calendar(meeting(BOARD, FRIDAY))
    await tenant.board()
    tenant.calendar(meeting(BOARD, FRIDAY, file("Agenda.pdf", "Mon 23 Nov 2026 08:00")))
    tenant.later("Mon 23 Nov 2026 09:15")
    assert (await tenant.board()).papers[tenant.keys[SEEN]].on_or_before


async def test_only_meetings_in_sight_are_asked_about(tenant):
    tenant.calendar(
        meeting(BOARD, "Tue 29 Sep 2026 10:30", AGENDA),  # 34 days back
        meeting(BOARD, "Fri 01 Jan 2027 10:30", AGENDA),  # 60 days ahead
        meeting(BOARD, "Sat 02 Jan 2027 10:30", AGENDA),
        meeting(BOARD, "Tue 24 Nov 2026 10:30", AGENDA, cancelled=True),
    )
    seen = await tenant.board()
    assert len(files_asked(tenant)) == 2
    assert set(seen.papers) == {tenant.keys["Tue 29 Sep 2026"], tenant.keys["Fri 01 Jan 2027"]}


async def test_what_stops_people_is_a_question_until_the_meeting(tenant):
    tenant.calendar(meeting(BOARD, FRIDAY, file("Sam Example.zip", "Fri 30 Oct 2026 11:00")))
    (asked,) = (await tenant.board()).questions
    assert asked == (
        "Papers for SEND Partnership Board on Friday 27 November 2026: One of the files needs a program that "
        "many phones don't have. Please ask for that file again as a PDF or a Word file."
    )
    tenant.later("Fri 27 Nov 2026 10:31")
    assert (await tenant.board()).questions == ()


async def test_a_moved_meeting_keeps_its_papers(tenant):
    tenant.calendar(meeting(BOARD, FRIDAY, AGENDA, uid="board-9"))
    before = (await tenant.board()).papers
    tenant.calendar(meeting(BOARD, "Mon 30 Nov 2026 10:30", AGENDA, uid="board-9"))
    assert (await tenant.board()).papers == before
    assert files_asked(tenant) == []


@pytest.mark.parametrize(("status", "code"), [(403, "ErrorAccessDenied"), (404, "ErrorItemNotFound")])
async def test_files_that_cannot_be_had_are_told_and_make_silence_mean_nothing(tenant, status, code):
    both = (meeting(BOARD, FRIDAY, AGENDA), meeting(BOARD, "Tue 17 Nov 2026 10:30", AGENDA))
    tenant.calendar(both[0])
    assert (await tenant.board()).works
    tenant.calendar(*both)
    body = {"error": {"code": code, "message": ""}}
    tenant.world.faults.answer("/attachments", status, body)
    seen = await tenant.board()
    assert not seen.works
    assert len(seen.questions) == 1
    assert set(seen.papers) == {tenant.keys[SEEN]}  # what was known is not lost
    seen = await tenant.board()
    assert (seen.works, len(seen.papers), seen.questions) == (True, 2, ())


async def test_nothing_of_a_private_meeting_or_a_file_name_leaves(tenant):
    hidden = file("Complaint about Sam Example.msg", "Fri 30 Oct 2026 11:00")
    tenant.calendar(meeting(f"{BOARD}: Sam Example", FRIDAY, hidden, AGENDA, sensitivity="private"))
    seen = await tenant.board()
    assert seen.papers
    told = json.dumps([repr(seen), dict(seen.remember), tenant.questions])
    for secret in ("Sam", "Complaint", "Agenda", ".msg", "@", "jo.marsh"):
        assert secret not in told
    assert json.loads(json.dumps(seen.remember)) == seen.remember


async def test_a_persons_word_counts_beside_the_invitation(tenant):
    tenant.calendar(meeting(BOARD, FRIDAY), meeting(BOARD, "Tue 17 Nov 2026 10:30"))
    tenant.rows(
        {"Group": BOARD, "MeetingDate": "2026-11-27", "SentOn": "2026-10-30"},
        {"Group": BOARD, "MeetingDate": "2026-11-17", "NoPapers": True},
    )
    seen = await tenant.board()
    assert seen.papers[tenant.keys[SEEN]].sent == at("Fri 30 Oct 2026 00:00")
    assert seen.papers[tenant.keys["Tue 17 Nov 2026"]].none_this_time
    assert not seen.works  # the invitation was never seen to work
