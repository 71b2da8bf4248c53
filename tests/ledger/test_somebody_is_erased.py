"""A rep asks what is held, then to be erased: nothing of address, key or name is left, and counts stay."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from functions.keeping.counted import totals_of
from functions.keeping.erasing import erase
from functions.keeping.person import Person, held_about
from functions.saved import statement_saved
from functions.telling.release import WHOLE
from ledger import open_ledger
from ledger.entries import Delivery, DeliveryState, StatementEntry
from models.facts import Said, Statement
from models.people import Contact, Seat
from tests.ledger.azurite import table_address
from tests.stories.nothing_personal import every_line, told_in
from tests.stories.stage import Stage, meeting
from tests.stories.test_kept_as_long_as_said import everything
from wording.held_about import HeldAbout, Row
from wording.held_text import erased_json, erased_text, held_json, held_text

BOARD = "SEND Partnership Board"
SAM = Person("Sam.Hill@mail.example", "Sam Hill")
ALEX = Person("alex.hill@mail.example")
OFFICER = "jo.marsh@council.example"


def _sqlite(_request: pytest.FixtureRequest, stage: Stage) -> str:
    return stage.ledger_address


def _azure(request: pytest.FixtureRequest, _stage: Stage) -> str:
    return table_address(request.getfixturevalue("tables"))


@pytest.fixture(params=[_sqlite, _azure], ids=["sqlite", "azure"])
def begun(request: pytest.FixtureRequest, tmp_path: Path) -> Stage:
    """A partnership with two reps who have said something, pressed something and been sent something."""
    stage = Stage(tmp_path)
    where: Callable[[pytest.FixtureRequest, Stage], str] = request.param
    stage.ledger_address = where(request, stage)
    stage.only(BOARD)
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    stage.people(
        [Contact(role="Forum chair", partner="forum", address=SAM.address)],
        [
            Seat(role="Forum rep", group=BOARD, address=SAM.address.lower()),
            Seat(role="Other rep", group=BOARD, address=ALEX.address),
        ],
    )
    return stage


async def lived_with(stage: Stage) -> None:
    await stage.run()
    at = stage.clock()
    async with open_ledger(stage.ledger_address) as ledger:
        [alert] = await ledger.alerts(BOARD)
        for person, role in ((SAM, "Forum rep"), (ALEX, "Other rep")):
            await ledger.remember(person.partition, "preferences", {"day": 2, "stopped": False})
            await ledger.remember(person.partition, "seats", {"groups": [BOARD]})
            id = f"press/{person.key}/1"
            text = "Sam Hill has asked for it"
            said = Statement(
                Said.CANT_OPEN, "P02", "m1", text, role, "forum", at, id=id, proved="signed link"
            )
            undone = Statement(Said.CANT_OPEN, "P02", "m1", "", role, "forum", at, id=f"{id}b", undoes=id)
            await ledger.add_statements(
                BOARD, [StatementEntry(one.id, at, statement_saved(one)) for one in (said, undone)]
            )
            mails = [
                Delivery(
                    key=f"weekly/{week}/{person.key}",
                    group=group,
                    channel="mail",
                    about=alert,
                    not_before=at,
                    value={"kind": "weekly", "to": person.key},
                )
                for week, group in (("2026-W45", person.partition), ("2026-W46", WHOLE))
            ]
            await ledger.owe(mails)
            await ledger.claim(mails[0].group, mails[0].key, by="me", now=at, until=at)
            await ledger.settle(mails[0].group, mails[0].key, DeliveryState.PAID, by="me", at=at)
        await ledger.remember(
            WHOLE, "questions", {"questions": ["Is SAM.HILL@mail.example still a rep?"], "unplaced": []}
        )


async def looked_for(stage: Stage, person: Person) -> HeldAbout:
    async with stage.watching() as watch:
        return await held_about(watch, person)


async def dump(stage: Stage) -> str:
    async with open_ledger(stage.ledger_address) as ledger:
        return json.dumps(await everything(ledger), ensure_ascii=False)


async def test_what_is_held_is_said_in_plain_words(begun: Stage) -> None:
    await lived_with(begun)
    held = await looked_for(begun, SAM)
    assert held.roles == ("Forum chair", "Forum rep")
    assert held.rows == (Row("Contacts", "1"), Row("Forum reps", "1"))
    said = held_text(held)
    assert "This is held about Sam.Hill@mail.example." in said
    assert f"Groups: {BOARD}." in said
    assert "Kept under preferences: day: 2, stopped: False." in said
    assert "Said on Monday 2 November 2026 as Forum rep (can't open): Sam Hill has asked for it" in said
    assert said.count("Sent on Monday 2 November 2026 by mail") == 2
    assert "Named in: questions (all groups)." in said
    assert "Other rep (can't open)" in said, "somebody else's words name this person"
    assert json.loads(json.dumps(held_json(held)))["chosen"]["preferences"]["day"] == 2
    others = await looked_for(begun, Person("nobody@mail.example"))
    assert held_text(others) == "Nothing is held here about nobody@mail.example."


async def test_an_organiser_is_told_which_meetings(begun: Stage) -> None:
    await lived_with(begun)
    said = held_text(await looked_for(begun, Person(OFFICER)))
    assert f"A meeting on Friday 11 December 2026: {BOARD} (P04, opened)." in said


async def test_a_dry_run_erases_nothing(begun: Stage) -> None:
    await lived_with(begun)
    before = await dump(begun)
    async with begun.watching() as watch:
        done = await erase(watch, SAM, begun.clock(), dry=True)
    assert await dump(begun) == before
    assert dict(done.gone)["mails and cards"] == 2
    assert "This would be erased here:\n  mails and cards: 2" in erased_text(
        done, await looked_for(begun, SAM)
    )


async def test_nothing_is_left_of_an_erased_rep_and_the_other_keeps_everything(begun: Stage) -> None:
    await lived_with(begun)
    words = [SAM.address.casefold(), SAM.key, "sam hill"]
    before = (await dump(begun)).casefold()
    assert [word for word in words if word not in before] == []
    theirs = await looked_for(begun, ALEX)
    begun.people(seats=[Seat(role="Other rep", group=BOARD, address=ALEX.address)])
    with every_line() as lines:
        async with begun.watching() as watch:
            done = await erase(watch, SAM, begun.clock())
        await begun.days_pass(2)
    assert told_in(lines, words) == []
    left = (await dump(begun)).casefold()
    assert [word for word in words if word in left] == []
    held = await looked_for(begun, SAM)
    assert not held.anything
    after = erased_text(done, held)
    assert "Sent Items" in after
    assert done.whole
    assert erased_json(done, held)["rows_to_delete"] == []
    assert not told_in(str(begun.world.posts).splitlines(), words)
    other = await looked_for(begun, ALEX)
    assert (other.chosen, other.rows, other.mails[0]) == (
        theirs.chosen,
        (Row("Forum reps", "1"),),
        theirs.mails[0],
    )
    assert len(other.statements) == 2
    async with open_ledger(begun.ledger_address) as ledger:
        assert totals_of(await ledger.remembered(WHOLE)) == {
            "2026-11": {"mail weekly paid": 1, "mail weekly dropped": 1}
        }
        statements = [one.value for one in await ledger.statements(BOARD)]
        erased = [one for one in statements if one["role"] == "Forum rep"]
        assert [one["text"] for one in erased] == ["somebody has asked for it", ""]
        assert erased[1]["undoes"] == erased[0]["id"], "what was taken back stays taken back"
    async with begun.watching() as watch:
        again = await erase(watch, SAM, begun.clock())
    assert not any(again.gone.values())


async def test_a_mail_that_is_being_sent_is_said(begun: Stage) -> None:
    await lived_with(begun)
    at = begun.clock()
    async with open_ledger(begun.ledger_address) as ledger:
        await ledger.claim(
            WHOLE, f"weekly/2026-W46/{SAM.key}", by="sender", now=at, until=at.replace(hour=23)
        )
    async with begun.watching() as watch:
        done = await erase(watch, SAM, begun.clock())
    assert (done.waiting, done.whole) == (1, False)
    assert "run this again in ten minutes" in erased_text(done, await looked_for(begun, SAM))


async def test_rows_of_the_register_are_left_to_people(begun: Stage) -> None:
    await lived_with(begun)
    async with begun.watching() as watch:
        held = await held_about(watch, SAM)
        done = await erase(watch, SAM, begun.clock())
    said = erased_text(done, held)
    assert "Please delete these rows of the register." in said
    assert "  Contacts, row 1\n  Forum reps, row 1\n" in said
    assert (await looked_for(begun, SAM)).rows == held.rows
