"""Papers mailed with the shared mailbox in copy, as an emulated tenant shows them to the real client."""

import json

import pytest

from emulator.mailboxes import Person
from tests.functions.papers_tenant import (
    BOARD,
    INCLUSION,
    MAILBOX,
    OFFICER,
    PapersTenant,
    at,
    mail,
    meeting,
)

FRIDAY = "Fri 27 Nov 2026 10:30"
SENT = "Fri 30 Oct 2026 16:40"


@pytest.fixture
def tenant():
    tenant = PapersTenant("mail")
    tenant.calendar(
        meeting(BOARD, "Tue 06 Oct 2026 10:30"),
        meeting(BOARD, FRIDAY),
        meeting(BOARD, "Thu 17 Dec 2026 10:30"),
        meeting(INCLUSION, "Wed 18 Nov 2026 13:00"),
        meeting(INCLUSION, "Wed 25 Nov 2026 13:00"),
    )
    return tenant


SUBJECTS = [  # mailed on Friday 30 October; the meeting that it is for
    ("Papers: SEND Partnership Board, 27 November", "Fri 27 Nov 2026"),
    ("partnership board 2026-11-27", "Fri 27 Nov 2026"),
    ("Partnership Board 27/11/2026 (Sam Example)", "Fri 27 Nov 2026"),
    ("Partnership Board 27 Nov 2026", "Fri 27 Nov 2026"),
    ("Papers for the Partnership Board on 17 December", "Thu 17 Dec 2026"),
    ("Papers for the Partnership Board", "Fri 27 Nov 2026"),  # the only one within four weeks
]


@pytest.mark.parametrize(("subject", "day"), SUBJECTS)
async def test_the_subject_says_which_meeting(tenant, subject, day):
    tenant.mails(mail(subject, SENT))
    seen = await tenant.board()
    assert {key: one.sent for key, one in seen.papers.items()} == {tenant.keys[day]: at(SENT)}
    assert (seen.works, seen.questions) == (True, ())
    assert seen.papers[tenant.keys[day]].files == 0  # what was attached is never asked


NO_PAPERS = [
    mail("Partnership Board 27 November", SENT, files=False),
    mail("Partnership Board 27 November", SENT, to=[Person(MAILBOX)]),
    mail("Partnership Board 27 November", SENT, to=[OFFICER]),  # a note to oneself
    mail("Lunch on 27 November", SENT),
    mail("Minutes of the Partnership Board, 6 October", SENT),  # after that meeting
    mail("Partnership Board 27 November", "Wed 02 Sep 2026 10:00"),  # more than 60 days ago
    mail("Partnership Board, 2 March 2026", SENT),  # not a day that is read
]


@pytest.mark.parametrize(
    "one", NO_PAPERS, ids=lambda one: f"{one.subject}, {len(one.to)}, {one.received:%d %b}"
)
async def test_what_is_no_mail_with_papers_for_others(tenant, one):
    tenant.mails(one)
    seen = await tenant.board()
    assert (seen.papers, seen.works, seen.questions) == ({}, False, ())


async def test_the_first_of_several_mails_stands(tenant):
    tenant.mails(
        mail("Partnership Board 27 November: corrected", "Sun 01 Nov 2026 09:00"),
        mail("Partnership Board 27 November", SENT),
    )
    seen = await tenant.board()
    assert seen.papers[tenant.keys["Fri 27 Nov 2026"]].sent == at(SENT)


ASKED = [
    (
        "Papers: Inclusion",
        "it names no day, and we see 2 meetings of the group in the four weeks after it: which meeting is it for?",
    ),
    (
        "Papers: Inclusion, 20 November",
        (
            "it names Friday 20 November 2026, and we see no meeting of the group on that day: "
            "which meeting is it for?"
        ),
    ),
]


@pytest.mark.parametrize(("subject", "why"), ASKED)
async def test_a_mail_that_fits_none_or_two_is_a_question_and_never_a_guess(tenant, subject, why):
    tenant.mails(mail(f"{subject} (Sam Example)", SENT))
    seen = (await tenant.sweep(INCLUSION))[INCLUSION]
    assert seen.papers == {}
    (asked,) = seen.questions
    assert asked == (
        f"A mail of Friday 30 October 2026 at 4:40pm with files names {INCLUSION}, but {why} "
        "Please note the papers in the Papers list."
    )
    tenant.later("Mon 30 Nov 2026 09:15")
    assert (await tenant.sweep(INCLUSION))[INCLUSION].questions == ()  # a month old: nobody is asked any more


async def test_a_reminder_that_names_no_day_is_not_asked_about(tenant):
    tenant.mails(
        mail("Inclusion 18 November", SENT),
        mail("Inclusion 25 November", SENT),
        mail("Inclusion: a reminder", "Sun 01 Nov 2026 09:00"),
    )
    assert (await tenant.sweep(INCLUSION))[INCLUSION].questions == ()


async def test_two_groups_in_one_subject_need_a_day(tenant):
    tenant.mails(mail("Partnership Board and Inclusion", SENT))
    seen = await tenant.sweep(BOARD, INCLUSION)
    assert not seen[BOARD].papers
    tenant.mails(mail("Partnership Board 27 November and Inclusion 18 November", SENT))
    seen = await tenant.sweep(BOARD, INCLUSION)
    assert [list(one.papers) for one in seen.values()] == [
        [tenant.keys["Fri 27 Nov 2026"]],
        [tenant.keys["Wed 18 Nov 2026"]],
    ]


async def test_a_moved_meeting_keeps_its_papers(tenant):
    tenant.calendar(meeting(BOARD, FRIDAY, uid="board-9"))
    tenant.mails(mail("Partnership Board 27 November", SENT))
    before = (await tenant.board()).papers
    tenant.calendar(
        meeting(BOARD, "Mon 30 Nov 2026 10:30", uid="board-9"), meeting(BOARD, FRIDAY, uid="another")
    )
    assert (await tenant.board()).papers == before


async def test_what_was_mailed_is_remembered_when_the_mail_is_gone(tenant):
    tenant.mails(mail("Partnership Board 27 November", SENT))
    before = await tenant.board()
    tenant.mails()
    assert (await tenant.board()).papers == before.papers


async def test_the_mailbox_is_read_once_a_sweep_for_all_its_groups(tenant):
    tenant.mails(mail("Partnership Board 27 November", SENT))
    await tenant.sweep(BOARD, INCLUSION)
    assert len([one for one in tenant.asked if one.endswith("/messages")]) == 1


async def test_without_the_right_it_is_asked_once_with_the_cure_and_nothing_can_be_told(tenant):
    tenant.mails(mail("Partnership Board 27 November", SENT))
    assert (await tenant.board()).works
    tenant.mails(may_read=False)
    seen = await tenant.sweep(BOARD, INCLUSION)
    assert not any(one.works or one.questions for one in seen.values())
    (asked,) = tenant.questions
    assert "role 'Application Mail.Read'" in asked
    assert seen[BOARD].papers  # what was known is not lost


async def test_a_mail_that_cannot_be_understood_makes_silence_mean_nothing(tenant):
    tenant.mails(mail("Partnership Board 27 November", SENT))
    assert (await tenant.board()).works
    body = {"value": [{"id": "x"}]}
    tenant.world.faults.answer("/messages", 200, body)
    assert not (await tenant.board()).works
    assert len(tenant.questions) == 1


async def test_no_subject_and_no_address_leaves(tenant):
    tenant.mails(
        mail("Partnership Board 27 November, Sam Example", SENT),
        mail("Partnership Board, 20 November, about Sam", SENT),
    )
    seen = await tenant.board()
    told = json.dumps([repr(seen), dict(seen.remember), tenant.questions])
    for secret in ("Sam", "@", "June", "AAMk"):
        assert secret not in told
