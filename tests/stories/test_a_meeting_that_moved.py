"""A meeting deleted and booked anew is probably the same one: its papers and what was said follow."""

from functions.saved import statement_saved
from ledger.entries import StatementEntry
from models.facts import Said, Statement
from tests.stories.stage import Stage, meeting

BOARD = "SEND Partnership Board"
KEPT_BEFORE = meeting(BOARD, "Fri 9 Oct 2026 10:30", uid="october")
SENT = {"Title": "October", "Group": BOARD, "MeetingDate": "2026-10-09", "SentOn": "2026-09-30"}


async def test_papers_follow_to_the_new_date(stage: Stage) -> None:
    stage.calendar(KEPT_BEFORE, meeting(BOARD, "Fri 27 Nov 2026 10:30", uid="old"))
    early = {"Title": "November", "Group": BOARD, "MeetingDate": "2026-11-27", "SentOn": "2026-10-30"}
    stage.papers(SENT, early)
    await stage.run()
    await stage.days_pass(3)
    stage.calendar(KEPT_BEFORE, meeting(BOARD, "Fri 4 Dec 2026 10:30", uid="new"))
    await stage.run()
    await stage.days_pass(25)
    assert [line for line in stage.headlines if "apers" in line] == []


async def test_without_papers_the_new_date_is_asked_for_as_any(stage: Stage) -> None:
    stage.calendar(KEPT_BEFORE, meeting(BOARD, "Fri 27 Nov 2026 10:30", uid="old"))
    stage.papers(SENT)
    await stage.run()
    stage.calendar(KEPT_BEFORE, meeting(BOARD, "Fri 4 Dec 2026 10:30", uid="new"))
    await stage.days_pass(25)
    assert stage.headlines == [f"Papers not seen yet: {BOARD}"]


async def test_a_reason_follows_even_when_it_moves_twice(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 27 Nov 2026 10:30", uid="a"), KEPT_BEFORE)
    stage.papers(SENT)
    swept = await stage.run()
    [old] = {
        finding.subject for finding in swept.findings if finding.meeting and finding.meeting.day.month == 11
    }
    said = Statement(
        Said.REASON, "P01", old, "New figures come late", "Board Manager", "council", stage.clock()
    )
    async with stage.watching() as watch:
        await watch.ledger.add_statements(BOARD, [StatementEntry("s1", said.at, statement_saved(said))])
    stage.calendar(meeting(BOARD, "Fri 4 Dec 2026 10:30", uid="b"), KEPT_BEFORE)
    await stage.days_pass(1)
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 10:30", uid="c"), KEPT_BEFORE)
    await stage.days_pass(32)
    assert stage.headlines == []
