"""A tenant that nothing here was made for: two calendars that can be read, one locked, one gone."""

import re
from dataclasses import replace

import pytest

from emulator.mailboxes import ListedEvents, Mailbox, Person
from models.agreement import Group
from tests.stories.stage import Stage, meeting

BOARD_BOX, OPS_BOX = "board@borough.example", "ops@borough.example"
LOCKED, GONE = "locked@borough.example", "gone@borough.example"
LEAD = Person("priya.raman@borough.example", "Priya Raman")
HOSTILE = '<img src=x onerror=alert(1)> **Board** [click](http://evil.example) \u202eevil\u202c "; DROP TABLE'


def booked(title: str, starts: str, hours: float = 2, **more: object):
    return replace(meeting(title, starts, hours, **more), organizer=LEAD)


@pytest.fixture
def stage(stage: Stage) -> Stage:
    groups = (
        Group(name="Partnership Board", type="partnership group", calendar=BOARD_BOX),
        Group(name="Delivery Group", type="priority group", calendar=OPS_BOX),
        Group(name="Locked Group", type="priority group", calendar=LOCKED),
        Group(name="Lost Group", type="priority group", calendar=GONE),
    )
    stage.book = replace(stage.book, agreement=stage.book.agreement.model_copy(update={"groups": groups}))
    joint = booked("Joint session", "Wed 9 Dec 2026 09:00", uid="joint")
    private = booked(
        "About Sam Oakley", "Thu 10 Dec 2026 15:00", 1, sensitivity="private", location="12 Elm Row"
    )
    board = (
        joint,
        private,
        booked(HOSTILE, "Fri 11 Dec 2026 08:30", uid="hostile"),
        booked("Board", "Tue 15 Dec 2026 10:00", uid="fine"),
        booked("Board in half term", "Thu 18 Feb 2027 10:30", uid="half-term"),
    )
    stage.world.put(Mailbox(BOARD_BOX, ListedEvents(board), "Board"))
    stage.world.put(Mailbox(OPS_BOX, ListedEvents((joint,)), "Operations"))
    stage.world.put(Mailbox(LOCKED, ListedEvents((booked("Locked", "Fri 11 Dec 2026 08:00"),)), "Locked"))
    stage.world.change_app(mailboxes=frozenset({BOARD_BOX, OPS_BOX, GONE}))
    return stage


async def test_a_tenant_not_seen(stage: Stage) -> None:
    stage.world.faults.answer("workflows/officers", 500, times=1)
    swept = await stage.run()
    await stage.days_pass(2)
    found = sorted(
        (finding.promise, finding.meeting.day.isoformat()) for finding in swept.findings if finding.found
    )
    assert found == [
        ("P04", "2026-12-09"),
        ("P04", "2026-12-10"),
        ("P04", "2026-12-11"),
        ("P05", "2027-02-18"),
    ]
    assert len(stage.headlines) == 4, "each once, and what the failed post lost was sent again"
    unread = {calendar.name: calendar.why_not for calendar in swept.calendars if calendar.why_not}
    assert set(unread) == {LOCKED, GONE}
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in unread.values())
    assert LOCKED in str(stage.world.posts), "the manager's list names what could not be read"


async def test_the_next_run_brings_nothing_new(stage: Stage) -> None:
    await stage.run()
    told = len(stage.world.posts)
    for _ in range(3):
        await stage.run()
    assert len(stage.world.posts) == told


async def test_no_private_word_and_nobodys_address_is_anywhere(stage: Stage) -> None:
    swept = await stage.run(whole_day=True)
    officers = str(stage.cards)
    assert not re.search(r"[\w.]+@[\w.]+\.example", officers)
    assert "Priya" not in str(stage.world.posts)
    assert "priya.raman" not in str(stage.world.posts)
    told = str(stage.world.posts) + str(swept)
    async with stage.watching() as watch:
        for group in stage.book.agreement.groups:
            told += str(await watch.ledger.alerts(group.name)) + str(await watch.ledger.snapshot(group.name))
            told += str(await watch.ledger.remembered(group.name))
        told += str(await watch.ledger.remembered(""))
    for secret in ("Sam Oakley", "Elm Row"):
        assert secret not in told


async def test_a_hostile_subject_is_only_words(stage: Stage) -> None:
    await stage.run()
    [card] = [card for card in stage.cards if "DROP TABLE" in str(card)]
    text = str(card["body"][0]["text"])  # type: ignore[index]
    assert "\u202e" not in text
    assert "[click](" not in text
    assert "**Board**" not in text
