"""Stories of one meeting: booked wrong, put right, called off; told once, never twice."""

from dataclasses import replace
from datetime import timedelta

from tests.stories.stage import Stage, at, meeting

BOARD = "SEND Partnership Board"


async def test_a_meeting_in_hours_and_in_term_brings_no_card(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 10:00", 4))
    swept = await stage.run()
    assert stage.headlines == []
    assert {finding.state for finding in swept.findings if finding.promise in ("P04", "P05")} == {"kept"}


async def test_a_meeting_before_ten_brings_one_card_however_often_we_look(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    for _ in range(5):
        await stage.run()
        stage.clock.pass_by(timedelta(minutes=20))
    assert stage.headlines == [f"Starts before 10am: {BOARD}"]


async def test_put_right_is_told_to_those_who_were_told(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30", uid="board"))
    await stage.run()
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 10:30", uid="board"))
    await stage.run()
    await stage.run()
    assert stage.headlines == [f"Starts before 10am: {BOARD}", f"Put right: {BOARD}"]


async def test_wrong_again_after_being_put_right_is_told_again(stage: Stage) -> None:
    for starts in ("09:30", "10:30", "09:00"):
        stage.calendar(meeting(BOARD, f"Fri 11 Dec 2026 {starts}", uid="board"))
        await stage.run()
        stage.clock.pass_by(timedelta(hours=1))
    assert len(stage.headlines) == 2  # nobody hears a third time in seven days
    await stage.days_pass(7)
    assert [headline.split(":")[0] for headline in stage.headlines] == [
        "Starts before 10am",
        "Put right",
        "Starts before 10am",
    ]


async def test_a_deleted_meeting_is_called_off_once(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"), meeting(BOARD, "Fri 15 Jan 2027 10:30"))
    await stage.run()
    stage.calendar(meeting(BOARD, "Fri 15 Jan 2027 10:30"))
    await stage.run()
    await stage.run()
    assert stage.headlines[1:] == [f"Called off: {BOARD}"]


async def test_a_cancelled_copy_that_lingers_is_called_off(stage: Stage) -> None:
    event = meeting(BOARD, "Fri 11 Dec 2026 09:30")
    stage.calendar(event)
    await stage.run()
    stage.calendar(replace(event, cancelled=True))
    await stage.run()
    assert stage.headlines[1:] == [f"Called off: {BOARD}"]


async def test_a_series_is_one_card(stage: Stage) -> None:
    days = ["Tue 10 Nov 2026", "Tue 17 Nov 2026", "Tue 24 Nov 2026", "Tue 1 Dec 2026"]
    stage.calendar(
        *(
            meeting(BOARD, f"{day} 09:30", kind="occurrence", uid="series", original_start=at(f"{day} 09:30"))
            for day in days
        )
    )
    await stage.run()
    assert stage.headlines == [f"Starts before 10am: {BOARD}"]
    card = stage.world.posts[0].cards[0]
    assert "4 dates of this series, 9:30am to 11:30am" in str(card["body"])


async def test_forty_quiet_days_bring_nothing_new(stage: Stage) -> None:
    stage.calendar(
        meeting(BOARD, "Fri 11 Dec 2026 09:30"),
        meeting(BOARD, "Fri 15 Jan 2027 10:30"),
        meeting(BOARD, "Thu 18 Feb 2027 10:30"),
    )
    await stage.run()
    assert len(stage.headlines) == 2
    await stage.days_pass(40)
    assert len(stage.headlines) == 2


async def test_papers_go_from_due_to_at_risk_and_are_asked_for_once(stage: Stage) -> None:
    stage.calendar(
        meeting(BOARD, "Fri 27 Nov 2026 10:30", uid="november"),
        meeting(BOARD, "Fri 9 Oct 2026 10:30", uid="october"),
    )
    stage.papers({"Title": "October", "Group": BOARD, "MeetingDate": "2026-10-09", "SentOn": "2026-09-30"})
    await stage.run()
    assert stage.headlines == []
    await stage.days_pass(15)  # Tuesday 17 November: two working days before Thursday 19th
    assert stage.headlines == [f"Papers not seen yet: {BOARD}"]
    stage.papers(
        {"Title": "October", "Group": BOARD, "MeetingDate": "2026-10-09", "SentOn": "2026-09-30"},
        {"Title": "November", "Group": BOARD, "MeetingDate": "2026-11-27", "SentOn": "2026-11-18"},
    )
    await stage.days_pass(12)
    assert stage.headlines[1:] == [f"Put right: {BOARD}"]


async def test_silence_says_nothing_where_the_list_was_never_used(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 27 Nov 2026 10:30"))
    await stage.run()
    await stage.days_pass(30)
    assert stage.headlines == []


async def test_a_private_meeting_keeps_its_title_to_itself(stage: Stage) -> None:
    secret = f"{BOARD} about Sam"
    stage.calendar(meeting(secret, "Fri 11 Dec 2026 15:00", 1, sensitivity="private", location="12 Elm Row"))
    swept = await stage.run()
    assert stage.headlines == ["Starts after 2pm: Private meeting"]
    told = str(swept) + str([post.message for post in stage.world.posts])
    async with stage.watching() as watch:
        told += str(await watch.ledger.alerts(BOARD)) + str(await watch.ledger.snapshot(BOARD))
    assert "Sam" not in told
    assert "Elm" not in told


async def test_a_calendar_that_cannot_be_read_is_told_and_closes_nothing(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    await stage.run()
    stage.world.faults.answer("calendarView", 403, times=20)
    swept = await stage.run()
    assert [calendar.why_not for calendar in swept.calendars if calendar.why_not]
    assert len(stage.headlines) == 1


async def test_a_papers_list_that_cannot_be_read_never_makes_papers_missed(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 6 Nov 2026 10:30"))
    stage.papers({"Title": "Sent", "Group": BOARD, "MeetingDate": "2026-11-06", "SentOn": "2026-10-27"})
    stage.world.faults.answer("items", 403, times=20)
    swept = await stage.run()
    assert {finding.state for finding in swept.findings if finding.promise == "P01"} == {"cannot tell"}
    assert swept.questions


async def test_a_promise_switched_off_says_nothing_of_its_meetings(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    await stage.run()
    off = tuple(one.model_copy(update={"on": False}) for one in stage.book.agreement.promises)
    stage.book = replace(stage.book, agreement=stage.book.agreement.model_copy(update={"promises": off}))
    await stage.run()
    assert len(stage.headlines) == 1
