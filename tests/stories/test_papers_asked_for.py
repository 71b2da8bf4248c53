"""Papers: one nudge two working days before they are due, one card when they were not seen, and then quiet."""

import pytest

from tests.stories.stage import Stage, at, meeting

BOARD = "SEND Partnership Board"
NOVEMBER = meeting(BOARD, "Fri 27 Nov 2026 10:30", uid="november")
# Papers for these went out more than five working days ahead
HELD = ["Fri 4 Sep 2026", "Fri 11 Sep 2026", "Fri 2 Oct 2026", "Fri 9 Oct 2026", "Fri 16 Oct 2026"]
NUDGE, NOT_SEEN = f"Papers not seen yet: {BOARD}", f"Papers not seen by the agreed day: {BOARD}"


def sent(*days: str) -> list[dict[str, object]]:
    rows = []
    for day in days:
        on = at(f"{day} 09:00").date()
        rows.append({"Title": day, "Group": BOARD, "MeetingDate": on.isoformat(), "SentOn": "2026-08-20"})
    return rows


async def days_until(stage: Stage, day: str) -> None:
    while stage.clock() < at(day):
        await stage.days_pass(1)


# Clear days give Thursday 19 November, counted Friday 20th; the partners have not settled which
DAYS = [
    ("Mon 16 Nov 2026 09:15", []),
    ("Tue 17 Nov 2026 09:15", [NUDGE]),
    ("Fri 20 Nov 2026 09:15", [NUDGE]),
    ("Mon 23 Nov 2026 09:15", [NUDGE, NOT_SEEN]),
    ("Fri 18 Dec 2026 09:15", [NUDGE, NOT_SEEN]),
]


@pytest.mark.parametrize(("day", "cards"), DAYS)
async def test_due_then_asked_for_then_not_seen_each_once(stage: Stage, day: str, cards: list[str]) -> None:
    stage.calendar(NOVEMBER, meeting(BOARD, "Fri 9 Oct 2026 10:30", uid="october"))
    stage.papers(*sent("Fri 9 Oct 2026"))
    await stage.run()
    await days_until(stage, day)
    assert stage.headlines == cards


async def test_a_group_that_was_on_time_three_times_is_not_nudged_but_told_when_it_is_late(
    stage: Stage,
) -> None:
    stage.clock.now = at("Mon 19 Oct 2026 09:15")
    stage.calendar(NOVEMBER, *(meeting(BOARD, f"{day} 10:30", uid=day) for day in HELD))
    stage.papers(*sent(*HELD))
    await stage.run()
    await days_until(stage, "Fri 20 Nov 2026 09:15")
    assert stage.headlines == []
    await days_until(stage, "Tue 24 Nov 2026 09:15")
    assert stage.headlines == [NOT_SEEN]


async def test_papers_that_come_after_the_nudge_are_thanked_for(stage: Stage) -> None:
    stage.calendar(NOVEMBER, meeting(BOARD, "Fri 9 Oct 2026 10:30", uid="october"))
    stage.papers(*sent("Fri 9 Oct 2026"))
    await stage.run()
    await days_until(stage, "Wed 18 Nov 2026 09:15")
    row = {"Title": "N", "Group": BOARD, "MeetingDate": "2026-11-27", "SentOn": "2026-11-18"}
    stage.papers(*sent("Fri 9 Oct 2026"), row)
    await days_until(stage, "Fri 27 Nov 2026 09:15")
    assert stage.headlines == [NUDGE, f"Put right: {BOARD}"]


async def test_a_reason_in_the_list_explains_them_and_nobody_is_asked_again(stage: Stage) -> None:
    stage.calendar(NOVEMBER, meeting(BOARD, "Fri 9 Oct 2026 10:30", uid="october"))
    stage.papers(*sent("Fri 9 Oct 2026"))
    await stage.run()
    await days_until(stage, "Wed 18 Nov 2026 09:15")
    row = {"Title": "N", "Group": BOARD, "MeetingDate": "2026-11-27", "Reason": "New figures come on Monday."}
    stage.papers(*sent("Fri 9 Oct 2026"), row)
    await days_until(stage, "Fri 18 Dec 2026 09:15")
    assert stage.headlines == [NUDGE, f"Explained: {BOARD}"]
