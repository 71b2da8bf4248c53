"""People leave, mailboxes and channels are deleted, groups are renamed, certificates run out: the work goes on.

Nothing is told twice, nothing is lost, and whoever can mend it hears what to do, in one sentence.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from functions.once import once
from functions.saved import statement_saved
from functions.settings import PREFIX, settings
from functions.telling.needs import needs_of
from functions.telling.release import quiet_groups
from ledger.entries import DeliveryState, StatementEntry
from ledger.port import Ledger
from models.agreement import Agreement
from models.facts import Said, Statement
from tests.door.served_county import Served, served_county
from tests.stories.stage import MAILBOX, Stage, at, meeting

BOARD, RENAMED = "SEND Partnership Board", "SEND Improvement Board"
EARLY = meeting(BOARD, "Fri 11 Dec 2026 09:30", uid="early")
TOLD = f"Starts before 10am: {BOARD}"


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.only(BOARD)
    stage.calendar(EARLY)
    return stage


async def questions(stage: Stage) -> tuple[str, ...]:
    """What stands on the manager's list now."""
    async with stage.watching() as watch:
        return (await needs_of(watch.ledger, watch.book, observing=False)).questions


async def states(stage: Stage) -> list[str]:
    """The state of every alert of the board, whatever the board is called."""
    async with stage.watching() as watch:
        [group] = watch.book.agreement.groups
        entries = await watch.ledger.alerts(group.name)
        return [entry.value["alert"]["state"] for entry in entries.values()]


# --- the shared mailbox, and the people in it


async def test_the_shared_mailbox_is_deleted_and_comes_back(stage: Stage) -> None:
    await stage.run()
    assert stage.headlines == [TOLD]
    kept = stage.world.mailboxes.pop(MAILBOX)
    await stage.days_pass(3)
    assert stage.headlines == [TOLD]
    assert await states(stage) == ["opened"], "what can't be read is not called off"
    [question] = await questions(stage)
    assert f"the calendar of {MAILBOX}" in question
    assert "check the spelling, and whether it was renamed or deleted." in question
    assert len(stage.managers_headlines) == 1
    stage.world.put(kept)
    await stage.days_pass(2)
    assert stage.headlines == [TOLD]
    assert await questions(stage) == ()


async def test_an_organiser_leaves_and_their_mailbox_goes(stage: Stage) -> None:
    """The meeting stays in the shared mailbox: an invitation that was accepted outlives whoever sent it."""
    await stage.run()
    stage.world.mailboxes.pop(EARLY.organizer.address.lower(), None)
    await stage.days_pass(3)
    assert stage.headlines == [TOLD]
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 10:30", uid="early"))
    await stage.run()
    assert stage.headlines == [TOLD, f"Put right: {BOARD}"]


async def test_an_officer_leaves_and_nobody_has_the_role(stage: Stage) -> None:
    [group] = stage.book.agreement.groups
    change(stage, groups=(group.model_copy(update={"officer": "", "deputy": ""}),))
    await stage.run()
    await stage.days_pass(2)
    assert stage.headlines == [TOLD], "the officers' chat still hears, once"


async def test_a_forum_rep_leaves_and_their_row_is_taken_out(stage: Stage) -> None:
    await stage.run()
    [site, *others] = stage.world.sites
    lists = tuple(replace(one, items=()) if "rep" in one.name.casefold() else one for one in site.lists)
    stage.world.sites = [replace(site, lists=lists), *others]
    swept = await stage.run(whole_day=True)
    assert [calendar.why_not for calendar in swept.calendars] == [""]
    assert stage.headlines == [TOLD]
    assert await questions(stage) == ()


# --- the workflow


async def test_the_workflow_goes_with_its_owner_and_the_cards_wait_for_a_new_one(stage: Stage) -> None:
    stage.world.faults.answer("workflows/officers", 404, times=10_000)
    stage.clock.now = at("Thu 5 Nov 2026 10:00")
    await stage.run()
    assert stage.headlines == []
    assert await questions(stage) == (), "an hour's trouble is nobody's matter"
    await stage.days_pass(1)  # Friday
    await stage.run()
    [question] = await questions(stage)
    assert question == (
        "The officers' Teams workflow has taken no card since Thursday 5 November 2026, and what is owed waits. "
        "Is it still on, and does its chat or channel still exist? Ask its owner; if they have left, make a new "
        "workflow and put its address into PROTOCOL_WATCH_TEAMS_WORKFLOW_URL."
    )
    assert len(stage.managers_headlines) == 1
    await stage.days_pass(5)
    assert len(stage.managers_headlines) == 1, "the manager is told once"
    stage.world.faults.waiting.clear()
    await stage.days_pass(2)
    assert stage.headlines == [TOLD], "nothing was lost, and nothing comes twice"
    assert await questions(stage) == ()


async def test_over_a_weekend_nobody_is_asked_about_the_workflow(stage: Stage) -> None:
    stage.world.faults.answer("workflows/officers", 404, times=10_000)
    stage.clock.now = at("Fri 6 Nov 2026 16:00")
    await stage.run()
    stage.clock.now = at("Mon 9 Nov 2026 09:15")
    await stage.run()
    assert await questions(stage) == ()
    stage.clock.now = at("Mon 9 Nov 2026 16:15")
    await stage.run()
    assert len(await questions(stage)) == 1


# --- the agreement changes


async def test_a_renamed_group_keeps_its_release_its_alerts_and_all_that_was_said(stage: Stage) -> None:
    await stage.run()
    async with stage.watching() as watch:
        await watch.ledger.add_statements(BOARD, [a_contest("a meeting long past", stage)])
        before = await everything(watch.ledger, BOARD)
    rename(stage, RENAMED, formerly=(BOARD,))
    stage.quiet = True  # nobody releases it again
    await stage.run()
    await stage.days_pass(1)
    assert stage.headlines == [TOLD], "nothing is told again"
    async with stage.watching() as watch:
        assert await quiet_groups(watch.ledger, watch.book) == ()
        after = await everything(watch.ledger, RENAMED)
        assert after == before
        assert {one.group for one in await watch.ledger.deliveries() if one.group} == {RENAMED}
        alerts = await watch.ledger.alerts(RENAMED)
        assert {entry.value["alert"]["group"] for entry in alerts.values()} == {RENAMED}
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 10:30", uid="early"))
    await stage.run()
    assert stage.headlines == [TOLD, f"Put right: {BOARD}"], "those who were told hear how it ended"


def test_papers_that_were_written_under_the_old_name_still_count(stage: Stage) -> None:
    rename(stage, RENAMED, formerly=(BOARD,))
    group = stage.book.agreement.group(BOARD)
    assert group is not None
    assert group.name == RENAMED


async def test_renamed_and_named_back_again_is_as_if_nothing_had_been(stage: Stage) -> None:
    await stage.run()
    rename(stage, RENAMED, formerly=(BOARD,))
    await stage.run()
    rename(stage, BOARD, formerly=())
    stage.quiet = True
    await stage.days_pass(2)
    assert stage.headlines == [TOLD]


async def test_a_group_with_a_new_name_and_no_word_of_the_old_one_is_new_to_us(stage: Stage) -> None:
    """We can't know that it is the same: it is quiet, and the manager sees it first."""
    await stage.run()
    rename(stage, RENAMED, formerly=())
    stage.quiet = True
    await stage.days_pass(2)
    assert stage.headlines == [TOLD]
    async with stage.watching() as watch:
        assert await quiet_groups(watch.ledger, watch.book) == (RENAMED,)


def test_a_former_name_that_another_group_has_now_is_refused(stage: Stage) -> None:
    [group] = stage.book.agreement.groups
    other = group.model_copy(update={"name": RENAMED, "formerly": (BOARD,)})
    written = dict(stage.book.agreement) | {"groups": (group, other)}
    with pytest.raises(ValueError, match="is a group's name and another's former name"):
        Agreement.model_validate(written)


async def test_an_agreement_with_other_words_and_the_same_id_keeps_all_in_mid_cycle(stage: Stage) -> None:
    """A clause was put better, a promise was added: what was told stands, and nobody hears of it again."""
    await stage.run()
    promises = tuple(
        one.model_copy(update={"says": one.says + " (as agreed again)"})
        for one in stage.book.agreement.promises
    )
    change(stage, promises=promises)
    stage.quiet = True
    await stage.days_pass(2)
    assert stage.headlines == [TOLD]
    assert await states(stage) == ["opened"]


async def test_a_new_agreement_keeps_what_people_said_of_meetings(stage: Stage) -> None:
    """Statements are about meetings and promises by their ids: they stand where the new one has the same ids."""
    await stage.run()
    async with stage.watching() as watch:
        [entry] = (await watch.ledger.alerts(BOARD)).values()
        [subject] = entry.value["alert"]["dates"]
        await watch.ledger.add_statements(BOARD, [a_contest(subject, stage)])
    await stage.run()
    assert await states(stage) == ["being checked"]
    change(stage, id="lancashire-2027")
    await stage.run()
    assert sorted(await states(stage)) == ["being checked", "superseded"]
    assert [headline for headline in stage.headlines if headline == TOLD] == [TOLD]


# --- the files and the certificate


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Served]:
    (tmp_path / "county").mkdir()
    with served_county(tmp_path / "county") as served:
        yield served


async def test_a_broken_agreement_is_uploaded_and_the_last_good_one_serves(county: Served) -> None:
    told = settings({f"{PREFIX}{name}": text for name, text in county.settings.items()})
    first = await once(told, at("Thu 5 Nov 2026 09:15"), by="story", ca_file=county.ca_file)
    officers = len(county.cards("officers"))
    agreement = Path(county.settings["AGREEMENT"])
    text = agreement.read_text("utf-8")
    agreement.write_text(text.replace("operator: window", "operator: windw", 1), "utf-8")
    line = 1 + text[: text.index("operator: window")].count("\n")
    then = await once(told, at("Fri 6 Nov 2026 09:15"), by="story", ca_file=county.ca_file)
    assert {one.key for one in then.swept.findings} >= {one.key for one in first.swept.findings if one.found}
    assert len(county.cards("officers")) == officers, "nobody else hears anything of it"
    lists = str(county.cards("partnership-manager")[-1])
    assert f"agreement.yaml, line {line}" in lists
    assert "will do until then" in lists
    assert then.exit_code == 2, "at a keyboard it is still a fault of the set-up"
    agreement.write_text(text, "utf-8")
    mended = await once(told, at("Mon 9 Nov 2026 09:15"), by="story", ca_file=county.ca_file)
    assert not mended.bad_set_up


async def test_the_certificate_runs_out_and_what_is_owed_still_goes(county: Served) -> None:
    told = settings({f"{PREFIX}{name}": text for name, text in county.settings.items()})
    friday, monday = at("Fri 6 Nov 2026 09:15"), at("Mon 9 Nov 2026 09:15")
    first = await once(told, friday, by="story", ca_file=county.ca_file)
    assert all(one.read_at for one in first.swept.calendars)
    owed_before = [one for one in first.deliveries if one.state is DeliveryState.OWED]
    [client_id] = county.world.apps
    county.world.apps[client_id] = replace(county.world.apps[client_id], certificates=())
    then = await once(told, monday, by="story", ca_file=county.ca_file)
    why = {one.why_not for one in then.swept.calendars}
    assert len(why) == 1, "one sentence, however many calendars"
    assert "certificate" in why.pop()
    assert not [one for one in then.deliveries if "closed" in one.note or one.state is DeliveryState.DROPPED]
    assert len(county.world.posts) >= len(owed_before)


async def everything(ledger: Ledger, group: str) -> dict[str, object]:
    """What is remembered of a group, but for what each review writes anew."""
    return {
        "stamps": dict(await ledger.stamps(group)),
        "alerts": set(await ledger.alerts(group)),
        "statements": await ledger.statements(group),
        "released": (await ledger.remembered(group))["released"],
        "deliveries": [one.key for one in await ledger.deliveries(group)],
    }


def a_contest(subject: str, stage: Stage) -> StatementEntry:
    """Somebody says that we got it wrong."""
    said = Statement(
        Said.CONTEST, "P04", subject, "It begins at ten.", "Board Manager", "council", stage.clock()
    )
    return StatementEntry("contest", said.at, statement_saved(said))


def change(stage: Stage, **changed: object) -> None:
    stage.book = replace(stage.book, agreement=stage.book.agreement.model_copy(update=changed))


def rename(stage: Stage, name: str, formerly: tuple[str, ...]) -> None:
    [group] = stage.book.agreement.groups
    change(stage, groups=(group.model_copy(update={"name": name, "formerly": formerly}),))
