"""A quarter's figures stop, and both chairs get the same Word document in the same minute, or neither does."""

from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import docx
import pytest

from functions.flow import deliver
from functions.freezing import freeze
from functions.telling.needs import needs_of
from ledger.entries import DeliveryState
from models.people import Contact
from models.quarters import quarter_named
from tests.stories.stage import Stage, at

MANAGER = Contact(role="Partnership manager", partner="council", address="pm@council.example")
CHAIR = Contact(role="Forum chair", partner="forum", address="chair@forum.example")
QUARTER = quarter_named("2026/27-Q2")


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.clock.pass_by(at("Mon 5 Oct 2026 10:00") - stage.clock())
    return stage


async def stopped(stage: Stage) -> None:
    """The manager stops the figures of July to September."""
    async with stage.watching() as watch:
        await freeze(watch.ledger, watch.book, QUARTER, stage.clock(), by="the manager")
    stage.clock.pass_by(timedelta(minutes=1))


async def rounds(stage: Stage, number: int = 1) -> Any:
    """So many rounds of deliveries, an hour apart; gives back what then waits for the manager."""
    async with stage.watching() as watch:
        for _ in range(number):
            await deliver(watch, stage.clock())
            stage.clock.pass_by(timedelta(hours=1))
        return await needs_of(watch.ledger, watch.book, observing=False)


def document(message: EmailMessage) -> tuple[str, Any]:
    """The one file that goes with a mail, by its name, and the document that it is."""
    [file] = list(message.iter_attachments())
    return str(file.get_filename()), docx.Document(BytesIO(file.get_payload(decode=True)))


async def test_both_get_the_same_draft_in_the_same_minute_and_only_once(stage: Stage) -> None:
    stage.by_mail(MANAGER, CHAIR)
    await stopped(stage)
    await rounds(stage, 3)
    first, second = stage.mails
    assert {one.to for one in (first, second)} == {(MANAGER.address,), (CHAIR.address,)}
    assert abs(first.at - second.at) < 60
    for one in (first, second):
        name, word = document(one.message)
        assert name == "report-2026-27-Q2.docx"
        assert "July to September 2026" in word.paragraphs[0].text
        assert one.message["Reply-To"] == MANAGER.address
        assert one.subject == "Draft report: July to September 2026"
    told = [one.message.get_body(("plain",)) for one in (first, second)]
    assert told[0] is not None
    assert told[1] is not None
    assert told[0].get_content() == told[1].get_content()


async def test_nobody_gets_it_while_one_of_them_has_no_address(stage: Stage) -> None:
    stage.by_mail(MANAGER)
    await stopped(stage)
    needs = await rounds(stage)
    assert stage.mails == []
    assert [one for one in needs.questions if "draft of the report" in one] == [
        "The draft of the report waits: add the role 'Forum chair' with an address to the list Contacts."
    ]
    stage.people([MANAGER, CHAIR])
    needs = await rounds(stage)
    assert len(stage.mails) == 2
    assert not [one for one in needs.questions if "draft" in one]


async def test_without_a_mailbox_to_send_from_the_manager_is_asked_for_one(stage: Stage) -> None:
    stage.people([MANAGER, CHAIR])
    await stopped(stage)
    needs = await rounds(stage)
    assert any("PROTOCOL_WATCH_SENDER" in one for one in needs.questions)


async def test_what_may_have_gone_is_sent_again_and_says_so(stage: Stage) -> None:
    stage.by_mail(MANAGER, CHAIR)
    await stopped(stage)
    async with stage.watching() as watch:
        for one in await watch.ledger.due(stage.clock()):
            assert await watch.ledger.claim(
                one.group, one.key, by="who died", now=stage.clock(), until=stage.clock()
            )
    stage.clock.pass_by(timedelta(minutes=10))
    await rounds(stage)
    assert len(stage.mails) == 2
    for one in stage.mails:
        body = one.message.get_body(("plain",))
        assert body is not None
        assert "Sent again" in body.get_content()
    async with stage.watching() as watch:
        assert {one.state for one in await watch.ledger.deliveries("")} == {DeliveryState.PAID}
