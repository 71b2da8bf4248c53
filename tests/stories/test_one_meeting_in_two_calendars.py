"""One meeting in several mailboxes is one meeting: one finding, one card."""

from dataclasses import replace
from datetime import timedelta

import pytest

from emulator.mailboxes import ListedEvents, Mailbox, Person
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
    stage.world.faults.answer(f"users/{MAILBOX}/calendarView", 403, times=40)
    await stage.run()
    await stage.days_pass(2)
    assert len(stage.headlines) == 1


async def test_it_stays_the_same_alert_when_the_other_copy_goes(stage: Stage) -> None:
    invite(stage, Person(MAILBOX), MAILBOX, OTHER)
    await stage.run()
    invite(stage, Person(MAILBOX), MAILBOX)
    stage.clock.pass_by(timedelta(days=1))
    await stage.run()
    assert len(stage.headlines) == 1
