"""A forum rep's weeks, told from the mails alone: what came, when, and what did not."""

import os
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date
from itertools import product
from pathlib import Path
from shutil import copy

import pytest
from icalendar import Calendar

from emulator.mailboxes import Attachment
from functions.flow import deliver
from functions.reps.feed import feed_of
from functions.telling.needs import REPS_MAILS
from ledger import open_ledger
from ledger.entries import DeliveryState
from models.agreement import Route
from models.facts import Said
from models.people import Seat, person_key
from models.reps import SEATS as REMEMBERED
from models.reps import partition_of
from tests.stories.nothing_personal import every_line, told_in, words_of
from tests.stories.reps_stage import (
    BOARD,
    CHAIR,
    CONTACTS,
    EXECUTIVE,
    MANAGER,
    OFFICER,
    OTHER,
    REP,
    RepsStage,
    at,
    left,
    page_of,
    text_of,
)
from tests.stories.stage import meeting
from tests.stories.test_killed_at_every_step import Died, Mortal

PROVE = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
STEPS = 36  # more than a round of deliveries with one rep takes; the test holds that
OCTOBER = meeting(BOARD, "Fri 9 Oct 2026 10:30", uid="october")
SENT_BEFORE = {"Title": "October", "Group": BOARD, "MeetingDate": "2026-10-09", "SentOn": "2026-09-30"}


@pytest.fixture
def stage(tmp_path: Path) -> RepsStage:
    return RepsStage(tmp_path, at("Mon 2 Nov 2026 08:00"))


async def test_no_log_says_anything_about_anybody(stage: RepsStage) -> None:
    stage.calendar(november())
    await stage.begin()
    begins = words_of(stage.world)
    with every_line() as lines:
        await stage.until("Mon 9 Nov 2026 17:00")
        await stage.press(Said.CALL_WANTED, await key_of(stage))
        await stage.until("Tue 10 Nov 2026 17:00")
    assert lines
    assert len(stage.world.outbox) == 3
    assert told_in(lines, begins | words_of(stage.world)) == []


def november(starts: str = "Fri 27 Nov 2026 10:30", **more: object):
    return meeting(BOARD, starts, uid="november", **more)


async def key_of(stage: RepsStage, group: str = BOARD) -> str:
    """The key of the group's one meeting ahead."""
    async with stage.watching() as watch:
        [one] = (await watch.ledger.remembered(group))["meetings ahead"]["meetings"]
        return str(one["key"])


async def test_one_mail_a_week_on_the_day_the_rep_picked(stage: RepsStage) -> None:
    stage.calendar(november())
    await stage.begin()
    await stage.choose(day=2)
    await stage.until("Fri 27 Nov 2026 17:00")
    assert stage.days_of() == [
        "Wed 11 Nov 2026 09:15",
        "Wed 18 Nov 2026 09:15",
        "Wed 25 Nov 2026 09:15",
    ]
    first = text_of(stage.mails_to()[0])
    assert "SEND Partnership Board: Friday 27 November" in first
    assert "10:30am to 12:30pm" in first
    assert "Papers: due by the end of Thursday 19 November." in first
    assert "Your forum’s chair asked us to send you this." in first
    assert "Your forum’s chair" not in text_of(stage.mails_to()[1])


async def test_nobody_hears_before_the_chair_said_yes_and_the_chair_is_asked_once(stage: RepsStage) -> None:
    stage.calendar(november())
    await stage.until("Fri 13 Nov 2026 17:00")
    assert stage.mails_to() == []
    [asked] = stage.mails_to(CHAIR)
    assert left(asked) == "Mon 02 Nov 2026 09:15"
    assert "https://watch.council.example/p/" in text_of(asked)
    await stage.begin()
    await stage.until("Fri 20 Nov 2026 17:00")
    assert stage.days_of() == ["Mon 16 Nov 2026 09:15"]
    assert len(stage.mails_to(CHAIR)) == 1


async def test_without_pages_the_manager_hears_why_no_rep_does(stage: RepsStage) -> None:
    stage.links = False
    stage.calendar(november())
    await stage.until("Tue 3 Nov 2026 17:00")
    assert stage.world.outbox == []
    asked = str([post.cards for post in stage.world.posts if post.flow == "partnership-manager"])
    assert "Forum reps get no mail yet" in asked


async def test_a_week_in_half_term(tmp_path: Path) -> None:
    for asked, days in ((False, ["Mon 19 Oct 2026 09:15", "Mon 02 Nov 2026 09:15"]), (True, None)):
        folder = tmp_path / str(asked)
        folder.mkdir()
        stage = RepsStage(folder, at("Fri 16 Oct 2026 08:00"))
        stage.calendar(meeting(BOARD, "Wed 4 Nov 2026 10:30", uid="november"))
        await stage.begin()
        await stage.choose(in_holidays=asked)
        await stage.until("Tue 3 Nov 2026 17:00")
        assert stage.days_of() == (
            days or ["Mon 19 Oct 2026 09:15", "Mon 26 Oct 2026 09:15", "Mon 02 Nov 2026 09:15"]
        )


async def test_a_pause_and_a_stop(stage: RepsStage) -> None:
    stage.clock.now = at("Fri 27 Nov 2026 08:00")
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 10:30", uid="december"))
    await stage.begin()
    await stage.choose(paused_until=date(2026, 12, 2))
    await stage.until("Mon 7 Dec 2026 17:00")
    assert stage.days_of() == ["Thu 03 Dec 2026 09:15", "Mon 07 Dec 2026 09:15"]
    await stage.choose(stopped=True)
    await stage.until("Tue 15 Dec 2026 17:00")
    assert len(stage.mails_to()) == 2


async def test_the_registers_own_stop_wins(stage: RepsStage) -> None:
    stage.people(CONTACTS, [Seat(role="Forum rep", group=BOARD, address=REP, no_mail=True)])
    stage.calendar(november())
    await stage.begin()
    await stage.until("Mon 23 Nov 2026 17:00")
    assert stage.world.outbox == []


async def test_nothing_to_say_is_no_mail(stage: RepsStage) -> None:
    stage.calendar(meeting(BOARD, "Fri 5 Feb 2027 10:30"))
    await stage.begin()
    await stage.until("Mon 16 Nov 2026 17:00")
    assert stage.world.outbox == []


async def test_two_groups_are_one_mail_and_no_other_groups_meetings(stage: RepsStage) -> None:
    stage.people(
        CONTACTS,
        [
            Seat(role="Forum rep for the Board", group=BOARD, address=REP),
            Seat(role="Forum rep for the Executive", group=EXECUTIVE, address=REP.upper()),
            Seat(role="Forum rep for the Executive", group=EXECUTIVE, address=OTHER),
        ],
    )
    stage.calendar(november(), meeting(EXECUTIVE, "Thu 26 Nov 2026 10:00"))
    await stage.begin()
    await stage.until("Mon 9 Nov 2026 17:00")
    [mine], [others] = stage.mails_to(), stage.mails_to(OTHER)
    assert BOARD in text_of(mine)
    assert EXECUTIVE in text_of(mine)
    assert BOARD not in text_of(others)
    assert OTHER not in str(mine.mime)
    assert REP not in str(others.mime)


async def test_a_moved_meeting_is_told_at_once_and_only_once(stage: RepsStage) -> None:
    stage.clock.now = at("Fri 20 Nov 2026 08:00")
    stage.calendar(november())
    await stage.begin()
    await stage.until("Mon 23 Nov 2026 10:00")
    before = len(stage.mails_to())
    stage.settle_minutes = 20
    stage.calendar(november("Thu 26 Nov 2026 14:00"))
    await stage.look_at("Mon 23 Nov 2026 13:00")
    await stage.look_at("Mon 23 Nov 2026 13:15")
    assert stage.mails_to()[before:] == []  # it settles first
    await stage.look_at("Mon 23 Nov 2026 13:20")
    await stage.until("Fri 27 Nov 2026 17:00")
    [told] = stage.mails_to()[before:]
    assert left(told) == "Mon 23 Nov 2026 13:20"
    assert told.subject == "Moved: SEND Partnership Board"
    said = text_of(told)
    assert "It was on Friday 27 November at 10:30am. Now it is on Thursday 26 November at 2pm." in said


async def test_a_meeting_booked_anew_on_another_day_has_moved(stage: RepsStage) -> None:
    stage.clock.now = at("Fri 20 Nov 2026 08:00")
    stage.calendar(november())
    await stage.begin()
    await stage.until("Mon 23 Nov 2026 10:00")
    stage.calendar(meeting(BOARD, "Wed 2 Dec 2026 10:30", uid="another"))
    await stage.until("Tue 24 Nov 2026 17:00")
    assert [one.subject for one in stage.mails_to()[-1:]] == ["Moved: SEND Partnership Board"]
    assert "called off" not in text_of(stage.mails_to()[-1])


async def test_who_was_never_told_of_the_old_time_hears_of_no_move(stage: RepsStage) -> None:
    """It moved before the chair said yes: in the first mail it is simply a meeting ahead."""
    stage.calendar(november())
    await stage.until("Tue 3 Nov 2026 17:00")
    stage.calendar(november("Thu 26 Nov 2026 14:00"))
    await stage.until("Wed 4 Nov 2026 17:00")
    await stage.begin()
    await stage.until("Mon 9 Nov 2026 17:00")
    [first] = stage.mails_to()
    assert "Thursday 26 November" in text_of(first)
    assert "27 November" not in text_of(first)
    assert "Now it is" not in text_of(first)


async def test_called_off_and_on_again_within_twenty_minutes_is_not_told(stage: RepsStage) -> None:
    stage.clock.now = at("Fri 20 Nov 2026 08:00")
    stage.settle_minutes = 20
    stage.calendar(november())
    await stage.begin()
    await stage.until("Mon 23 Nov 2026 10:00")
    before = len(stage.mails_to())
    stage.calendar()
    await stage.look_at("Mon 23 Nov 2026 10:05")
    stage.calendar(november())
    await stage.look_at("Mon 23 Nov 2026 10:20")
    await stage.look_at("Mon 23 Nov 2026 10:30")
    await stage.until("Tue 24 Nov 2026 17:00")
    assert stage.mails_to()[before:] == []


async def test_called_off_soon_is_told_at_once_and_later_with_the_weekly_mail(stage: RepsStage) -> None:
    stage.clock.now = at("Fri 20 Nov 2026 08:00")
    near, far = november(), meeting(BOARD, "Fri 18 Dec 2026 10:30", uid="december")
    stage.calendar(near, far)
    await stage.begin()
    await stage.until("Tue 24 Nov 2026 10:00")
    before = len(stage.mails_to())
    stage.calendar(far)
    await stage.until("Wed 25 Nov 2026 10:00")
    stage.calendar()  # the second within seven days, and not near
    await stage.until("Mon 30 Nov 2026 17:00")
    at_once, weekly = stage.mails_to()[before:]
    assert at_once.subject == "Called off: SEND Partnership Board"
    assert left(at_once) == "Tue 24 Nov 2026 13:15"
    assert left(weekly) == "Mon 30 Nov 2026 09:15"
    said = text_of(weekly)
    assert "was called off. It was to be on Friday 18 December at 10:30am." in said
    assert "27 November" not in said


async def test_papers_late_for_a_meeting_within_three_days(stage: RepsStage) -> None:
    stage.calendar(OCTOBER, november("Thu 26 Nov 2026 10:30"))
    stage.papers(SENT_BEFORE)
    await stage.begin()
    await stage.choose(day=2)
    await stage.until("Thu 26 Nov 2026 17:00")
    late = [one for one in stage.mails_to() if one.subject.startswith("Papers not seen yet")]
    assert [left(one) for one in late] == ["Mon 23 Nov 2026 09:15"]
    said = text_of(late[0])
    assert (
        "We can’t see the papers for SEND Partnership Board on Thursday 26 November at 10:30am yet." in said
    )
    assert "They were due by the end of Wednesday 18 November." in said


async def test_lateness_is_not_said_where_the_promise_is_off(stage: RepsStage) -> None:
    promises = tuple(one.model_copy(update={"on": False}) for one in stage.book.agreement.promises)
    stage.book = replace(stage.book, agreement=stage.book.agreement.model_copy(update={"promises": promises}))
    stage.calendar(OCTOBER, november("Thu 26 Nov 2026 10:30"))
    stage.papers(SENT_BEFORE)
    await stage.begin()
    await stage.until("Thu 26 Nov 2026 09:00")
    assert all("We can’t see the papers" not in text_of(one) for one in stage.mails_to())
    assert "we can’t tell if they have gone out" in text_of(stage.mails_to()[-1])
    assert "due by the end of Wednesday 18 November" in text_of(stage.mails_to()[0])


async def test_a_rep_who_cant_open_a_paper(stage: RepsStage) -> None:
    stage.clock.now = at("Fri 13 Nov 2026 08:00")
    stage.calendar(OCTOBER, november())
    sent = {"Title": "November", "Group": BOARD, "MeetingDate": "2026-11-27", "SentOn": "2026-11-17"}
    stage.papers(SENT_BEFORE, sent)
    await stage.begin()
    await stage.until("Wed 18 Nov 2026 19:00")
    await stage.press(Said.CANT_OPEN, await key_of(stage))
    await stage.look()
    assert stage.mails_to(OFFICER) == []  # nobody hears anything in the evening
    await stage.look_at("Thu 19 Nov 2026 08:00")
    await stage.until("Thu 19 Nov 2026 17:00")
    [asked] = stage.mails_to(OFFICER)
    assert left(asked) == "Thu 19 Nov 2026 08:00"
    assert "can’t open a paper" in text_of(asked)
    assert REP not in str(asked.mime)
    assert stage.mails_to(MANAGER) == []
    await stage.look_at("Fri 20 Nov 2026 11:55")
    assert stage.mails_to(MANAGER) == []
    await stage.look_at("Fri 20 Nov 2026 12:00")
    await stage.until("Fri 20 Nov 2026 17:00")
    [passed] = stage.mails_to(MANAGER)
    assert left(passed) == "Fri 20 Nov 2026 12:00"
    assert "We told the officer of the group on Thursday 19 November 2026 at 8am." in text_of(passed)
    before = len(stage.mails_to())
    await stage.press(Said.SENT, await key_of(stage), partner="council")
    await stage.until("Mon 23 Nov 2026 12:00")
    assert "should open now" in text_of(stage.mails_to()[before])


async def test_a_paper_that_was_replaced_is_looked_at_again_and_the_rep_hears(stage: RepsStage) -> None:
    """Nothing that we know of stopped anybody, and the officer only put in another file: that is seen."""
    groups = tuple(one.model_copy(update={"papers": Route.INVITE}) for one in stage.book.agreement.groups)
    stage.book = replace(stage.book, agreement=stage.book.agreement.model_copy(update={"groups": groups}))
    stage.clock.now = at("Fri 13 Nov 2026 08:00")
    agenda = Attachment("Agenda.pdf", 90_000, modified=at("Mon 16 Nov 2026 10:00"))
    stage.calendar(november(attachments=(agenda,)))
    await stage.begin()
    await stage.until("Tue 17 Nov 2026 10:00")
    data = Attachment("Data.pdf", 70_000, modified=at("Tue 17 Nov 2026 15:00"))
    stage.calendar(november(attachments=(agenda, data)))  # before the rep said it: no news of it
    await stage.look_at("Tue 17 Nov 2026 16:00")
    await stage.press(Said.CANT_OPEN, await key_of(stage))
    before = len(stage.mails_to())
    await stage.until("Thu 19 Nov 2026 17:00")
    assert stage.mails_to()[before:] == []
    again = replace(data, modified=at("Thu 19 Nov 2026 17:10"))
    stage.calendar(november(attachments=(agenda, again)))
    await stage.until("Fri 20 Nov 2026 17:00")
    [told] = stage.mails_to()[before:]
    assert left(told) == "Fri 20 Nov 2026 09:15"
    assert "should open now" in text_of(told)


async def test_seen_to_in_time_the_manager_hears_nothing(stage: RepsStage) -> None:
    stage.clock.now = at("Fri 13 Nov 2026 08:00")
    stage.calendar(OCTOBER, november())
    await stage.begin()
    await stage.until("Wed 18 Nov 2026 11:00")
    await stage.press(Said.CANT_OPEN, await key_of(stage))
    await stage.until("Wed 18 Nov 2026 15:00")
    await stage.press(Said.SENT, await key_of(stage), partner="council")
    await stage.until("Fri 20 Nov 2026 17:00")
    assert [left(one) for one in stage.mails_to(OFFICER)] == ["Wed 18 Nov 2026 13:15"]
    assert stage.mails_to(MANAGER) == []


async def test_a_rep_who_left(stage: RepsStage) -> None:
    stage.clock.now = at("Fri 6 Nov 2026 08:00")
    stage.calendar(november())
    await stage.begin()
    await stage.until("Tue 10 Nov 2026 17:00")
    heard = len(stage.mails_to())
    stage.people(CONTACTS, [])
    await stage.until("Tue 17 Nov 2026 17:00")
    assert len(stage.mails_to()) == heard
    async with stage.watching() as watch:
        partition = partition_of(person_key(REP))
        assert (await watch.ledger.remembered(partition))[REMEMBERED]["groups"] == []
        waits = [one for one in await watch.ledger.deliveries(partition) if one.state is DeliveryState.OWED]
        assert waits == []


async def test_a_refused_address_is_tried_once_a_week_and_the_manager_knows(stage: RepsStage) -> None:
    stage.calendar(november())
    await stage.begin()
    answer = {"error": {"code": "ErrorInvalidRecipients", "message": "At least one recipient is not valid."}}
    stage.world.faults.answer("sendMail", 400, answer)
    await stage.until("Fri 13 Nov 2026 17:00")
    assert stage.world.outbox == []
    asked = str([post.cards for post in stage.world.posts if post.flow == "partnership-manager"])
    assert "correct the recipient's address in the register" in asked.replace("\\", "")
    assert REP not in asked


async def test_a_mail_that_may_have_come_is_not_sent_again(stage: RepsStage) -> None:
    stage.calendar(november())
    await stage.begin()
    stage.world.faults.cut_off("sendMail", times=1, after_the_work=True)
    await stage.until("Fri 13 Nov 2026 17:00")
    assert len(stage.mails_to()) == 1
    asked = str([post.cards for post in stage.world.posts if post.flow == "partnership-manager"])
    assert "reached the Forum rep for the Board" in asked
    await stage.until("Mon 16 Nov 2026 17:00")
    assert stage.days_of() == ["Mon 09 Nov 2026 09:15", "Mon 16 Nov 2026 09:15"]


async def test_while_observing_or_quiet_no_rep_hears(stage: RepsStage) -> None:
    stage.observing = True
    stage.calendar(november())
    await stage.begin()
    await stage.until("Tue 10 Nov 2026 17:00")
    assert stage.world.outbox == []


async def test_every_mail_can_be_stopped_and_answered(stage: RepsStage) -> None:
    stage.calendar(november())
    await stage.begin()
    await stage.until("Mon 9 Nov 2026 17:00")
    [mail] = stage.mails_to()
    assert mail.message["Reply-To"] == OFFICER
    assert str(mail.message["List-Unsubscribe"]).startswith("<https://watch.council.example/p/")
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(mail.mime) < 60_000
    assert "Stop these mails" in page_of(mail)


async def test_the_ledger_has_no_address(stage: RepsStage, tmp_path: Path) -> None:
    stage.calendar(november())
    await stage.begin()
    await stage.until("Tue 10 Nov 2026 17:00")
    for file in tmp_path.iterdir():
        assert b"families.example" not in file.read_bytes()


async def test_two_workers_send_one_mail(stage: RepsStage) -> None:
    stage.calendar(november())
    await stage.begin()
    await stage.until("Mon 9 Nov 2026 08:00")
    stage.clock.now = at("Mon 9 Nov 2026 09:15")
    async with stage.watching(by="one") as one, stage.watching(by="two") as two:
        await deliver(one, stage.clock())
        await deliver(two, stage.clock())
    assert len(stage.mails_to()) == 1


async def test_due_days_come_as_calendar_entries_and_go_again(stage: RepsStage) -> None:
    due = november("Thu 26 Nov 2026 10:30"), meeting(BOARD, "Thu 10 Dec 2026 10:30", uid="december")
    stage.calendar(*due)
    await stage.begin()
    await stage.choose(due_days=True)
    await stage.until("Mon 16 Nov 2026 13:00")
    stage.calendar(due[0])
    await stage.until("Mon 23 Nov 2026 13:00")
    await stage.choose(due_days=False)
    entries = []
    for mail in stage.mails_to():
        parts = [one for one in mail.message.walk() if one.get_content_type() == "text/calendar"]
        for part in parts:
            [event] = Calendar.from_ical(part.get_content()).walk("VEVENT")
            guests = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
            assert [str(one) for one in guests] == [f"mailto:{REP}"]
            assert event.decoded("DTSTAMP").tzinfo is UTC or event.decoded("DTSTAMP").utcoffset().seconds == 0
            entries.append(
                (
                    left(mail)[:6],
                    part.get_param("method"),
                    event["SEQUENCE"],
                    event.decoded("DTSTART"),
                    event["UID"],
                )
            )
    november_uid, december_uid = entries[0][4], entries[1][4]
    assert november_uid != december_uid
    assert entries == [
        ("Mon 09", "REQUEST", 0, date(2026, 11, 18), november_uid),
        ("Mon 16", "REQUEST", 0, date(2026, 12, 2), december_uid),
        ("Mon 23", "CANCEL", 1, date(2026, 12, 2), december_uid),
    ]
    assert "With this mail comes a day for your calendar" in text_of(stage.mails_to()[0])


async def test_the_feed_has_the_reps_own_groups_and_the_same_bytes_each_time(stage: RepsStage) -> None:
    stage.calendar(november(), meeting(EXECUTIVE, "Thu 26 Nov 2026 10:00"))
    await stage.begin()
    await stage.until("Mon 9 Nov 2026 13:00")
    async with stage.watching() as watch:
        first = await feed_of(watch.ledger, watch.book, watch.texts, person_key(REP))
        nobody = await feed_of(watch.ledger, watch.book, watch.texts, "somebody else")
    await stage.until("Mon 9 Nov 2026 17:00")
    async with stage.watching() as watch:
        again = await feed_of(watch.ledger, watch.book, watch.texts, person_key(REP))
    assert first is not None
    assert first == again
    assert nobody is None
    assert [str(one["SUMMARY"]) for one in Calendar.from_ical(first).walk("VEVENT")] == [
        "SEND Partnership Board",
        "Papers due: SEND Partnership Board",
    ]


async def test_killed_at_every_step_a_weekly_mail_comes_once(stage: RepsStage, tmp_path: Path) -> None:
    """The one gap: from the claim to the word of what became of it. Then it may have come, and is not sent again."""
    stage.clock.now = at("Fri 6 Nov 2026 17:00")
    stage.calendar(november())
    await stage.begin()
    await stage.look()
    begins, found = stage.ledger_address.removeprefix("sqlite:///"), {}
    for dies_at, after in product(range(1, STEPS, 1 if PROVE else 2), (False, True)):
        stage.world.outbox.clear()
        stage.clock.now = at("Mon 9 Nov 2026 09:15")
        stage.ledger_address = f"sqlite:///{copy(begins, tmp_path / f'{dies_at}-{after}.sqlite3')}"
        with open_ledger(stage.ledger_address) as ledger:
            mortal = Mortal(ledger, dies_at, after=after)
            with suppress(Died):
                async with stage.watching(mortal) as watch:  # type: ignore[arg-type]
                    await deliver(watch, stage.clock())
        await stage.look_at("Mon 9 Nov 2026 09:45")
        async with stage.watching() as watch:
            kept = await watch.ledger.deliveries(partition_of(person_key(REP)))
            asked = (await watch.ledger.remembered("")).get(REPS_MAILS, {"questions": ()})["questions"]
        unsure = sum(one.state is DeliveryState.UNSURE for one in kept)
        found[dies_at, mortal.last, after] = (len(stage.mails_to()), unsure, len(asked))
    gaps = {"claim": (0, 1, 1), "settle": (1, 1, 1)}
    for (_, step, after), came in found.items():
        gap = (step, after) in (("claim", True), ("settle", False))
        assert came == (gaps[step] if gap else (1, 0, 0)), (step, after)
    steps = {step for _, step, _ in found}
    assert steps >= {"", "owe", "remember"}
    assert steps & set(gaps)
    assert not PROVE or steps >= set(gaps)


@pytest.mark.parametrize("becomes", ["of another group", "private", "all day"])
async def test_what_only_left_the_list_was_not_called_off(stage: RepsStage, becomes: str) -> None:
    stage.clock.now = at("Fri 20 Nov 2026 08:00")
    other = meeting(BOARD, "Thu 26 Nov 2026 10:30", uid="other")
    stage.calendar(november(), other)
    await stage.begin()
    await stage.until("Mon 23 Nov 2026 10:00")
    changed = {
        "of another group": replace(november(), subject=EXECUTIVE),
        "private": replace(november(), sensitivity="private"),
        "all day": replace(november("Fri 27 Nov 2026 00:00"), all_day=True, ends=at("Sat 28 Nov 2026 00:00")),
    }
    stage.calendar(changed[becomes], other)
    await stage.until("Mon 30 Nov 2026 10:00")
    assert [one.subject for one in stage.mails_to()] == ["Your forum meetings: Monday 23 November"]
