"""Who hears what, told from the receivers' own logs: mails that Exchange took, cards that a workflow took."""

from dataclasses import replace
from datetime import timedelta

import pytest

from emulator.mailboxes import Attachment
from functions.flow import deliver, sweep
from functions.saved import statement_saved
from ledger.entries import DeliveryState, StatementEntry
from models.agreement import Group, Route
from models.facts import Said, Statement
from models.people import Contact
from models.telling import Hours
from tests.stories.stage import Stage, at, headlines_in, meeting

BOARD = "SEND Partnership Board"
JO = Contact(role="Board organiser", partner="council", address="jo.marsh@council.example")
OFFICER = Contact(role="Board officer", partner="council", address="officer@council.example")
DEPUTY = Contact(role="Board deputy", partner="council", address="deputy@council.example")
MANAGER = Contact(role="Partnership manager", partner="council", address="manager@council.example")
CHAIR = Contact(role="Forum chair", partner="forum", address="chair@forum.example")
EVERYBODY = (OFFICER, DEPUTY, MANAGER, CHAIR)
EARLY = meeting(BOARD, "Fri 27 Nov 2026 09:30", uid="board")
HEADLINE, PUT_RIGHT = f"Starts before 10am: {BOARD}", f"Put right: {BOARD}"


def group_of(stage: Stage, **changed: object) -> Group:
    """The Board, with these things changed in the agreement."""
    groups = tuple(
        one.model_copy(update=changed) if one.name == BOARD else one for one in stage.book.agreement.groups
    )
    stage.book = replace(stage.book, agreement=stage.book.agreement.model_copy(update={"groups": groups}))
    return groups[0]


@pytest.fixture
def told(stage: Stage) -> Stage:
    """A stage with a mailbox to send from, and everybody in the list Contacts."""
    stage.by_mail(*EVERYBODY)
    group_of(stage, officer="Board officer", deputy="Board deputy")
    stage.only(BOARD)
    return stage


async def say(stage: Stage, what: Said, by: Contact, text: str = "", **more: object) -> None:
    """A statement as the pages write it: signed link, the role of the link, about the alert's one meeting."""
    async with stage.watching() as watch:
        [entry] = (await watch.ledger.alerts(BOARD)).values()
        alert = entry.value["alert"]
        [key] = alert["dates"]
        known = {"said": what, "promise": alert["promise"], "subject": key, "text": text, "role": by.role}
        now, id = stage.clock(), f"{what}-{stage.clock().isoformat()}"
        said = Statement(
            **known,
            partner=by.partner,
            at=now,
            id=id,
            proved="signed link",
            **more,  # type: ignore[arg-type]
        )
        await watch.ledger.add_statements(BOARD, [StatementEntry(id, now, statement_saved(said))])


async def until(stage: Stage, day: str) -> None:
    while stage.clock() < at(day):
        await stage.days_pass(1)


async def test_a_meeting_at_half_past_nine_put_right_in_ten_minutes_and_nobody_hears(told: Stage) -> None:
    told.settle_minutes, told.hours = 20, Hours()
    await told.run()  # the calendar was known before
    told.clock.pass_by(timedelta(minutes=30))
    told.calendar(EARLY)
    await told.run()
    told.clock.pass_by(timedelta(minutes=10))
    told.calendar(meeting(BOARD, "Fri 27 Nov 2026 10:30", uid="board"))
    await told.run()
    for _ in range(20):
        told.clock.pass_by(timedelta(hours=4))
        await told.run()
    assert (told.mails, told.headlines) == ([], [])


async def test_a_whole_series_at_half_past_nine_put_right_in_ten_minutes_and_nobody_hears(
    told: Stage,
) -> None:
    days = ("Fri 27 Nov 2026", "Fri 11 Dec 2026", "Fri 8 Jan 2027", "Fri 22 Jan 2027")
    early = [
        meeting(BOARD, f"{day} 09:30", uid="series", kind="occurrence", original_start=at(f"{day} 09:30"))
        for day in days
    ]
    told.settle_minutes, told.hours = 20, Hours()
    await told.run()  # the calendar was known before
    told.clock.now = at("Mon 2 Nov 2026 13:04")  # cards leave at 13:15
    told.calendar(*early)
    await told.run()
    told.clock.pass_by(timedelta(minutes=10))
    told.calendar(*(replace(one, starts=one.starts + timedelta(minutes=30)) for one in early))
    for moment in ("Mon 2 Nov 2026 13:15", "Tue 3 Nov 2026 09:15", "Fri 6 Nov 2026 09:15"):
        await told.run()
        told.clock.now = at(moment)
    await told.run()
    assert (told.mails, told.headlines) == ([], [])


async def test_papers_attached_to_the_invite_on_the_due_day_and_no_message_ever_came(told: Stage) -> None:
    group_of(told, papers=Route.INVITE)
    pack = (Attachment("Agenda.pdf", 90_000),)
    held = [
        meeting(BOARD, f"{day} 10:30", uid=day, attachments=pack)
        for day in ("Fri 18 Dec 2026", "Thu 7 Jan 2027", "Thu 14 Jan 2027")
    ]
    told.clock.now = at("Tue 10 Nov 2026 09:15")
    late = meeting(BOARD, "Fri 29 Jan 2027 10:30", uid="january")
    told.calendar(*held, late)
    await told.run()
    await until(told, "Thu 21 Jan 2027 09:15")  # the earlier due day of the two readings
    told.calendar(*held, replace(late, attachments=pack))
    await until(told, "Mon 1 Feb 2027 09:15")
    assert (told.mails, told.headlines) == ([], [])


async def test_nobody_answers_and_each_rung_hears_in_its_turn(told: Stage) -> None:
    told.calendar(EARLY)
    await told.run()
    days = {}
    for day in ("Mon 2", "Tue 3", "Wed 4", "Thu 5", "Fri 6"):
        await until(told, f"{day} Nov 2026 09:15")
        days[day] = sorted(address.partition("@")[0] for mail in told.mails for address in mail.to)
    assert days["Tue 3"] == ["officer"]
    assert days["Wed 4"] == ["deputy", "officer", "officer"]
    assert days["Thu 5"] == days["Wed 4"]
    assert days["Fri 6"] == ["chair", "deputy", "manager", "officer", "officer"]
    chair, manager = (one for one in told.mails if one.to in ((CHAIR.address,), (MANAGER.address,)))
    assert abs(chair.at - manager.at) < 60
    assert chair.subject == manager.subject == HEADLINE
    assert told.headlines == []


async def test_put_right_goes_to_all_who_were_told_and_by_the_way_they_were_told(told: Stage) -> None:
    told.calendar(EARLY)
    await told.run()
    await until(told, "Mon 9 Nov 2026 09:15")
    told.calendar(meeting(BOARD, "Fri 27 Nov 2026 10:30", uid="board"))
    await told.run()
    await told.days_pass(8)
    for one in EVERYBODY:
        assert told.mailed(one.address)[-1] == PUT_RIGHT
        assert told.mailed(one.address).count(PUT_RIGHT) == 1


async def test_where_the_manager_runs_the_meeting_put_right_comes_to_both_in_the_same_minute(
    told: Stage,
) -> None:
    """The manager has room for it on Tuesday, the chair on Friday: both hear on Friday, once each."""
    group_of(told, officer="", deputy="Board deputy")
    told.calendar(EARLY)
    await told.run()
    await until(told, "Tue 3 Nov 2026 09:15")
    other = meeting(BOARD, "Fri 4 Dec 2026 09:30", uid="december")
    told.calendar(EARLY, other)
    await told.run()
    await until(told, "Mon 9 Nov 2026 09:15")
    assert told.mailed(CHAIR.address) == [HEADLINE, HEADLINE]
    told.calendar(*(replace(one, starts=one.starts + timedelta(hours=1)) for one in (EARLY, other)))
    await told.days_pass(10)
    heard = {one.address: _moments(told, one, PUT_RIGHT) for one in (CHAIR, MANAGER)}
    assert len(heard[CHAIR.address]) == 1
    assert heard[CHAIR.address] == heard[MANAGER.address]
    for one in (CHAIR, MANAGER, DEPUTY):
        assert told.mailed(one.address).count(PUT_RIGHT) == 2


def _moments(stage: Stage, one: Contact, headline: str) -> set[float]:
    """The minutes in which somebody heard this."""
    mails = [mail for mail in stage.mails if mail.to == (one.address,)]
    return {mail.at // 60 for mail in mails if headline in headlines_in(mail)}


async def test_where_the_chairs_mail_is_refused_the_manager_does_not_hear_before_the_chair(
    told: Stage,
) -> None:
    told.calendar(EARLY)
    await told.run()
    await until(told, "Thu 5 Nov 2026 09:15")
    answer = {"error": {"code": "ErrorInvalidRecipients", "message": "At least one recipient is not valid."}}
    told.world.faults.answer("sendMail", 400, answer, times=1)
    await told.days_pass(1)
    assert told.mailed(CHAIR.address) == told.mailed(MANAGER.address) == []
    async with told.watching() as watch:
        assert "“Forum chair”" in str((await watch.ledger.remembered(""))["questions of the people"])
    await told.days_pass(3)
    assert told.mailed(CHAIR.address) == told.mailed(MANAGER.address) == [HEADLINE]
    assert _moments(told, CHAIR, HEADLINE) == _moments(told, MANAGER, HEADLINE)


async def test_the_councils_own_organiser_hears_first_and_an_outside_one_never(told: Stage) -> None:
    told.by_mail(*EVERYBODY, JO)
    told.calendar(EARLY)
    await told.run()
    assert told.mailed(JO.address) == [HEADLINE]
    told.by_mail(*EVERYBODY, replace(JO, partner="NHS"))
    told.calendar(EARLY, meeting(BOARD, "Fri 11 Dec 2026 09:30", uid="december"))
    await told.run()
    assert told.mailed(JO.address) == [HEADLINE]
    assert told.mailed(OFFICER.address) == [HEADLINE]


async def test_an_organiser_who_is_away_is_not_written_to(told: Stage) -> None:
    told.by_mail(replace(JO, away=True, stand_in=DEPUTY.role), *EVERYBODY)
    told.calendar(EARLY)
    await told.run()
    [mail] = told.mails
    assert mail.to == (DEPUTY.address,)
    text = mail.message.get_body(("plain",)).get_content()
    assert "may be away" in text
    assert "not replied" not in text


async def _late_papers(told: Stage) -> None:
    """Papers for Friday 27 November were not seen, and the officer hears on Monday 23rd."""
    told.calendar(
        meeting(BOARD, "Fri 27 Nov 2026 10:30", uid="november"),
        meeting(BOARD, "Fri 9 Oct 2026 10:30", uid="october"),
    )
    told.papers({"Title": "O", "Group": BOARD, "MeetingDate": "2026-10-09", "SentOn": "2026-09-30"})
    await told.run()
    await until(told, "Mon 23 Nov 2026 09:15")


async def test_papers_late_and_explained_reach_chair_and_manager_in_the_same_minute(told: Stage) -> None:
    await _late_papers(told)
    monday = told.clock().date()
    before = len(told.mails)
    await say(told, Said.COMING_ON, OFFICER, "New figures are due on Friday.", day=monday + timedelta(days=2))
    await told.run()
    news = [one for one in told.mails[before:] if one.to != (OFFICER.address,)]
    assert {one.to for one in news} == {(CHAIR.address,), (MANAGER.address,)}
    assert len({round(one.at) for one in news}) == 1
    texts = [one.message.get_body(("plain",)).get_content() for one in news]
    for text in texts:
        assert "New figures are due on Friday." in text
        assert "If it says nothing, nothing is agreed." in text
    assert sum("/p/" in text for text in texts) == 1  # only the chair can answer for the forum
    await told.days_pass(2)  # the officer has had two mails in these seven days
    assert told.mailed(OFFICER.address)[-1] == f"Explained: {BOARD}"


async def test_not_this_time_is_told_kindly_and_once(told: Stage) -> None:
    await _late_papers(told)
    await say(told, Said.REASON, OFFICER, "New figures are due on Friday.")
    await told.run()
    told.clock.pass_by(timedelta(hours=2))
    await say(told, Said.NOT_THIS_TIME, CHAIR)
    await told.days_pass(10)
    assert told.mailed(OFFICER.address).count(f"Not this time: {BOARD}") == 1
    assert f"Agreed: {BOARD}" not in told.mailed(OFFICER.address)


@pytest.mark.parametrize("answer", [Said.WE_ASKED, Said.AGREE])
async def test_we_asked_for_this_is_agreed_and_all_who_were_told_hear_so(told: Stage, answer: Said) -> None:
    await _late_papers(told)
    await say(told, Said.REASON, OFFICER, "New figures are due on Friday.")
    await told.run()
    told.clock.pass_by(timedelta(hours=2))
    await say(told, answer, CHAIR)
    await told.days_pass(10)
    for one in (OFFICER, MANAGER, CHAIR):
        assert told.mailed(one.address).count(f"Agreed: {BOARD}") == 1


async def test_this_is_wrong_goes_to_the_manager_and_the_ladder_rests(told: Stage) -> None:
    told.calendar(EARLY)
    await told.run()
    await say(told, Said.CONTEST, OFFICER, "It was moved in August.")
    await told.run()
    assert told.mailed(MANAGER.address) == [f"Please check: {BOARD}"]
    await until(told, "Fri 13 Nov 2026 09:15")
    assert told.mailed(MANAGER.address) == [f"Please check: {BOARD}"] * 2  # reminded once
    assert told.mailed(OFFICER.address) == [HEADLINE]
    await say(told, Said.OUR_MISTAKE, MANAGER)
    await told.days_pass(3)
    assert told.mailed(OFFICER.address) == [HEADLINE, f"We got this wrong: {BOARD}"]
    assert told.mailed(CHAIR.address) == []


async def test_several_things_at_one_moment_are_one_mail_and_a_week_holds_two(told: Stage) -> None:
    told.calendar(EARLY, meeting(BOARD, "Thu 18 Feb 2027 10:30", uid="half-term"))
    await told.run()
    [mail] = told.mails
    assert mail.subject == "2 things to look at"
    assert sorted(told.mailed(OFFICER.address)) == sorted([f"In the school holidays: {BOARD}", HEADLINE])
    for number in range(6):
        told.calendar(meeting(BOARD, f"{['Tue 1', 'Wed 2', 'Thu 3'][number % 3]} Dec 2026 09:{number:02}"))
        await told.days_pass(1)
    officers = [one.at for one in told.mails if one.to == (OFFICER.address,)]
    assert max(sum(0 <= one - other < 7 * 86_400 for other in officers) for one in officers) <= 2


@pytest.mark.parametrize("begins", ["Mon 2 Nov 2026 09:15", "Thu 29 Oct 2026 09:15"])
async def test_thanks_are_for_all_officers_and_count_for_each_of_them(told: Stage, begins: str) -> None:
    """Nobody reads three things from us in a week: the next mail waits for the thanks, or they for it."""
    october = [meeting(BOARD, f"{day} Oct 2026 10:30", uid=day) for day in ("Fri 9", "Thu 15", "Wed 21")]
    told.clock.now = at(begins)
    told.calendar(*october, EARLY)
    await told.run(whole_day=True)
    told.calendar(*october, EARLY, meeting(BOARD, "Fri 4 Dec 2026 09:30", uid="december"))
    for _ in range(14):
        told.clock.pass_by(timedelta(days=1))
        await told.run(whole_day=True)
    assert told.headlines == ["What went well in October"]
    moments = sorted(
        [one.at for one in told.mails if one.to == (OFFICER.address,)]
        + [one.at for one in told.world.posts if one.flow == "officers"]
    )
    assert len(moments) > 3
    assert max(sum(0 <= one - other < 7 * 86_400 for other in moments) for one in moments) == 2


async def test_a_mail_that_may_have_gone_is_sent_again_and_says_so(told: Stage) -> None:
    told.calendar(EARLY)
    told.world.faults.cut_off("sendMail", times=1, after_the_work=True)
    await told.run()
    await told.days_pass(1)
    first, second = (one.message.get_body(("plain",)).get_content() for one in told.mails)
    assert "Sent again" not in first
    assert "Sent again" in second


async def test_a_role_without_an_address_stands_on_the_managers_list_and_nothing_is_lost(told: Stage) -> None:
    told.people([OFFICER, DEPUTY, MANAGER])
    told.calendar(EARLY)
    await told.run()
    await until(told, "Tue 10 Nov 2026 09:15")
    assert told.mailed(MANAGER.address) == []  # of the two nobody hears before the other
    async with told.watching() as watch:
        owed = [one for one in await watch.ledger.deliveries() if one.state is DeliveryState.OWED]
        asked = str((await watch.ledger.remembered(""))["questions of the people"])
    assert sorted(one.value["who"] for one in owed) == ["chair", "manager"]
    assert "no mail address for the role “Forum chair”" in asked
    told.people(EVERYBODY)
    await told.days_pass(1)
    assert told.mailed(CHAIR.address) == told.mailed(MANAGER.address) == [HEADLINE]
    assert len({one.at // 60 for one in told.mails[-2:]}) == 1


async def test_in_observe_mode_no_mail_leaves(told: Stage) -> None:
    told.observing = True
    told.calendar(EARLY)
    await told.run()
    await told.days_pass(5)
    assert told.mails == []


async def test_two_workers_send_one_mail(told: Stage) -> None:
    told.calendar(EARLY)
    async with told.watching() as one, told.watching(by="other") as two:
        await sweep(one, told.clock())
        await deliver(one, told.clock())
        await deliver(two, told.clock())
    assert len(told.mails) == 1
