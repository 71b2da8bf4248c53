"""A partnership manager without a workflow in Teams: the list, and what is held, come by mail."""

from dataclasses import replace

import pytest

from functions.telling.release import held_keys
from models.people import Contact
from tests.stories.nothing_personal import words_of
from tests.stories.stage import Stage, at, meeting
from tests.stories.test_too_much_at_once import BOARD, dates

MANAGER = Contact(role="Partnership manager", partner="council", address="manager@council.example")
OFFICER = Contact(role="Board officer", partner="council", address="officer@council.example")


@pytest.fixture
def mailed(stage: Stage) -> Stage:
    """A stage with a mailbox to send from, and no workflow of the manager's."""
    stage.by_mail(OFFICER, MANAGER)
    stage.managers_flow = False
    groups = tuple(
        one.model_copy(update={"officer": OFFICER.role, "deputy": ""})
        for one in stage.book.agreement.groups
        if one.name == BOARD
    )
    stage.book = replace(stage.book, agreement=stage.book.agreement.model_copy(update={"groups": groups}))
    return stage


def text_of(stage: Stage, number: int = -1) -> str:
    """The plain words of one mail."""
    return str(stage.mails[number].message.get_body(("plain",)).get_content())  # type: ignore[union-attr]


async def test_on_the_quiet_first_day_the_list_comes_once_and_nobody_else_hears(mailed: Stage) -> None:
    mailed.observing = True
    mailed.calendar(*dates(3), meeting("Planning session", "Wed 2 Dec 2026 13:00"))
    await mailed.run()
    await mailed.days_pass(3)
    [mail] = mailed.mails
    assert mail.to == (MANAGER.address,)
    assert mail.subject == "For you: 4 things to look at"
    said = text_of(mailed)
    assert "Nobody but you has been told." in said
    assert "- Tue 1 Dec 2026, 9:30am to 11:30am: Starts before 10am" in said
    assert "Planning session" in said
    assert "protocol-watch release --all" in said
    others = {one for one in words_of(mailed.world) if "@" in one} - {MANAGER.address, mailed.sender}
    assert not [one for one in others if one in said]
    assert len(mail.mime) < 60_000


async def test_what_is_held_is_asked_by_mail_and_once(mailed: Stage) -> None:
    mailed.calendar(*dates(11))
    await mailed.run()
    await mailed.days_pass(3)
    async with mailed.watching() as watch:
        assert len(await held_keys(watch.ledger)) == 11
    assert [one.subject for one in mailed.mails] == ["11 new things came up at once"]
    assert mailed.mails[0].to == (MANAGER.address,)
    assert "protocol-watch release --held" in text_of(mailed)


async def test_without_an_address_the_list_waits_and_a_mail_that_may_have_gone_comes_again(
    mailed: Stage,
) -> None:
    mailed.observing = True
    mailed.people([OFFICER])
    mailed.calendar(*dates(2))
    await mailed.run()
    assert mailed.mails == []
    mailed.people([OFFICER, MANAGER])
    mailed.world.faults.cut_off("sendMail", times=1, after_the_work=True)
    await mailed.run()
    mailed.clock.now = at("Tue 3 Nov 2026 09:15")
    await mailed.run()
    assert [one.subject for one in mailed.mails] == ["For you: 2 things to look at"] * 2
    assert "Sent again" not in text_of(mailed, 0)
    assert "Sent again" in text_of(mailed, 1)
