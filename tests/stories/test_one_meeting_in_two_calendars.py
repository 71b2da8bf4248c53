"""One meeting in several mailboxes is one meeting: one finding, one card."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from emulator.mailboxes import ListedEvents, Mailbox, Person
from functions.flow import deliver, sweep
from functions.saved import alert_back
from models.agreement import Group
from tests.stories.stage import MAILBOX, OFFICER, Stage, meeting

OTHER = "inclusion@council.example"
BOARD, INCLUSION = "SEND Partnership Board", "Inclusion Task and Finish Group"


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """Two groups with a calendar each, and no words: each takes every meeting of its calendar."""
    groups = (
        Group(name=BOARD, type="partnership group", calendar=MAILBOX),
        Group(name=INCLUSION, type="task and finish group", calendar=OTHER),
    )
    stage.book = replace(stage.book, agreement=stage.book.agreement.model_copy(update={"groups": groups}))
    boxes = frozenset({MAILBOX, OTHER})
    stage.world.change_app(mailboxes=boxes)
    return stage


def invite(stage: Stage, organiser: Person, *mailboxes: str) -> None:
    event = replace(meeting("A joint meeting", "Fri 11 Dec 2026 09:30", uid="joint"), organizer=organiser)
    for mailbox in (MAILBOX, OTHER):
        events = (event,) if mailbox in mailboxes else ()
        stage.world.put(Mailbox(mailbox, ListedEvents(events), mailbox))


@pytest.mark.parametrize("organiser", [OFFICER, Person(OTHER), Person(MAILBOX)])
async def test_it_is_told_once(stage: Stage, organiser: Person) -> None:
    invite(stage, organiser, MAILBOX, OTHER)
    swept = await stage.run()
    await stage.days_pass(3)
    assert len(stage.headlines) == 1
    keys = [finding.key for finding in swept.findings if finding.found]
    assert len(keys) == len(set(keys)) == 1


async def test_it_is_not_told_again_when_one_calendar_cannot_be_read(stage: Stage) -> None:
    invite(stage, Person(MAILBOX), MAILBOX, OTHER)
    await stage.run()
    stage.world.faults.answer("users/send.partnership.*/calendarView", 403, times=40)
    swept = await stage.run()
    assert [one.read_at is None for one in swept.calendars] == [False, True]
    await stage.days_pass(2)
    assert len(stage.headlines) == 1


async def test_it_stays_the_same_alert_when_the_other_copy_goes(stage: Stage) -> None:
    invite(stage, Person(MAILBOX), MAILBOX, OTHER)
    await stage.run()
    invite(stage, Person(MAILBOX), MAILBOX)
    stage.clock.pass_by(timedelta(days=1))
    await stage.run()
    assert len(stage.headlines) == 1


async def read_alone(stage: Stage, mailbox: str, *, tell: bool) -> None:
    """One message of the cloud: one calendar is read, by a worker that was shown no other."""
    async with stage.watching(by=f"a worker with {mailbox}") as watch:
        await sweep(watch, stage.clock(), mailboxes=[mailbox])
        if tell:
            await deliver(watch, stage.clock())
    stage.clock.pass_by(timedelta(seconds=1))


async def groups_that_wait(stage: Stage) -> list[str]:
    """The groups with an alert that stands."""
    async with stage.watching() as watch:
        return [
            group
            for group in (BOARD, INCLUSION)
            for entry in (await watch.ledger.alerts(group)).values()
            if alert_back(entry.value).stands
        ]


@pytest.mark.parametrize("tell", [True, False], ids=["told between", "told at the end"])
@pytest.mark.parametrize("order", [(MAILBOX, OTHER), (OTHER, MAILBOX)])
@pytest.mark.parametrize("organiser", [OFFICER, Person(OTHER), Person(MAILBOX)])
async def test_it_is_told_once_where_each_calendar_is_read_by_another_message(
    stage: Stage, organiser: Person, order: tuple[str, str], tell: bool
) -> None:
    invite(stage, organiser, MAILBOX, OTHER)
    for mailbox in (*order, *reversed(order), *order):
        await read_alone(stage, mailbox, tell=tell)
    await stage.run(whole_day=True)
    await stage.days_pass(2)
    assert len(stage.headlines) == 1
    assert len(await groups_that_wait(stage)) == 1


@pytest.mark.parametrize("order", [(MAILBOX, OTHER), (OTHER, MAILBOX)])
@pytest.mark.parametrize(("organiser", "home"), [(Person(MAILBOX), BOARD), (Person(OTHER), INCLUSION)])
async def test_in_any_order_it_is_its_organisers_while_nobody_was_told(
    stage: Stage, organiser: Person, home: str, order: tuple[str, str]
) -> None:
    invite(stage, organiser, MAILBOX, OTHER)
    for mailbox in order:
        await read_alone(stage, mailbox, tell=False)
    assert await groups_that_wait(stage) == [home]


@pytest.mark.parametrize("organiser", [OFFICER, Person(OTHER), Person(MAILBOX)])
async def test_it_is_told_once_where_both_calendars_are_read_at_the_same_time(
    stage: Stage, organiser: Person
) -> None:
    invite(stage, organiser, MAILBOX, OTHER)
    await asyncio.gather(*(read_alone(stage, one, tell=False) for one in (MAILBOX, OTHER)))
    await stage.run()
    await stage.days_pass(2)
    assert len(stage.headlines) == 1


async def test_on_the_quiet_first_day_it_stands_on_the_managers_list_once(stage: Stage) -> None:
    stage.quiet = True
    invite(stage, Person(OTHER), MAILBOX, OTHER)
    for mailbox in (MAILBOX, OTHER):
        await read_alone(stage, mailbox, tell=True)
    assert await groups_that_wait(stage) == [INCLUSION]
    assert stage.headlines == []


async def test_the_group_that_was_told_hears_when_the_meeting_is_put_right(stage: Stage) -> None:
    """The better copy came later, so the meeting stayed where it was told, and its end is told there too."""
    invite(stage, Person(OTHER), MAILBOX)
    await read_alone(stage, MAILBOX, tell=True)
    invite(stage, Person(OTHER), MAILBOX, OTHER)
    await read_alone(stage, OTHER, tell=True)
    assert len(stage.headlines) == 1
    right = replace(meeting("A joint meeting", "Fri 11 Dec 2026 10:00", uid="joint"), organizer=Person(OTHER))
    for mailbox in (MAILBOX, OTHER):
        stage.world.put(Mailbox(mailbox, ListedEvents((right,)), mailbox))
    for mailbox in (OTHER, MAILBOX):
        await read_alone(stage, mailbox, tell=True)
    assert len(stage.headlines) == 2
    assert await groups_that_wait(stage) == []


async def test_when_it_leaves_the_calendar_that_told_of_it_the_other_takes_it_up(stage: Stage) -> None:
    invite(stage, Person(MAILBOX), MAILBOX, OTHER)
    await stage.run()
    invite(stage, Person(MAILBOX), OTHER)
    for mailbox in (MAILBOX, OTHER):
        await read_alone(stage, mailbox, tell=True)
    assert await groups_that_wait(stage) == [INCLUSION]
