"""The nightly run: what has had its time goes, what hasn't stays, and counts stay, wherever the program dies."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from functions.flow import sweep
from functions.keeping.counted import totals_of
from functions.keeping.tidying import Tidied, tidy
from functions.saved import statement_saved
from functions.telling.release import WHOLE
from functions.watch import Watch
from ledger import Ledger, open_ledger
from ledger.entries import Delivery, DeliveryState, StatementEntry
from models.facts import Said, Statement
from models.people import Seat, person_key
from models.retention import place_of, unknown_names
from tests.stories.stage import Stage, at, meeting
from tests.stories.test_killed_at_every_step import Died, Mortal

BOARD = "SEND Partnership Board"
REP = "sam.hill@mail.example"
KEY = person_key(REP)
TITLE = f"{BOARD}: the Marsh report"
EARLY = "Fri 11 Dec 2026 09:30"
MET = date(2026, 12, 11)


async def everything(ledger: Ledger) -> dict[str, Any]:
    """All that a ledger holds, as plain values."""
    held: dict[str, Any] = {}
    for name in await ledger.names():
        window = await ledger.snapshot(name)
        held[name] = {
            "stamps": sorted(await ledger.stamps(name)),
            "window": sorted(one.key for one in window.meetings) if window else None,
            "alerts": {key: dict(one.value) for key, one in (await ledger.alerts(name)).items()},
            "statements": [[one.id, dict(one.value)] for one in await ledger.statements(name)],
            "remembered": {key: dict(one) for key, one in (await ledger.remembered(name)).items()},
        }
    held["deliveries"] = [
        [one.group, one.key, one.state.value, dict(one.value)] for one in await ledger.deliveries()
    ]
    return held


async def dump(stage: Stage) -> str:
    """The same as text, to look for words in it."""
    async with open_ledger(stage.ledger_address) as ledger:
        return json.dumps(await everything(ledger), ensure_ascii=False)


async def tidied(stage: Stage, day: date, *, dry: bool = False) -> Tidied:
    """One nightly run, at three in the morning of a day."""
    stage.clock.pass_by(datetime(day.year, day.month, day.day, 3, tzinfo=UTC) - stage.clock())
    async with stage.watching() as watch:
        return await tidy(watch, stage.clock(), dry=dry)


def said(id: str, subject: str, at: datetime, **more: Any) -> StatementEntry:
    """A reason that somebody gave, by a press."""
    told = Statement(
        Said.REASON,
        "P04",
        subject,
        "The room is free only then",
        "Forum rep",
        "forum",
        at,
        id=id,
        proved="signed link",
        **more,
    )
    return StatementEntry(id, at, statement_saved(told))


async def told_and_closed(stage: Stage) -> str:
    """A meeting at 9:30 was told, held and closed; somebody said why. Gives back its key."""
    stage.only(BOARD)
    stage.calendar(meeting(TITLE, EARLY))
    await stage.run()
    async with open_ledger(stage.ledger_address) as ledger:
        [(key, _)] = (await ledger.alerts(BOARD)).items()
        subject = key.rsplit("/", 1)[-1]
        await ledger.add_statements(BOARD, [said(f"press/{KEY}/1", subject, stage.clock())])
    for day in (date(2026, 12, 14), date(2027, 1, 4)):
        stage.clock.pass_by(datetime(day.year, day.month, day.day, 9, 15, tzinfo=UTC) - stage.clock())
        await stage.run()
    async with open_ledger(stage.ledger_address) as ledger:
        assert (await ledger.alerts(BOARD))[key].value["alert"]["state"] == "closed"
    return subject


async def test_a_meeting_goes_step_by_step(stage: Stage) -> None:
    subject = await told_and_closed(stage)
    assert (await tidied(stage, date(2027, 1, 10))).gone["alerts without old titles"] == 0
    assert "Marsh report" in await dump(stage)

    assert (await tidied(stage, date(2027, 1, 11))).gone["alerts without old titles"] == 1
    left = await dump(stage)
    assert "Marsh report" not in left
    assert "jo.marsh" not in left
    assert subject in left
    await stage.run()  # the meeting still lies in the window: its title does not come back
    assert "Marsh report" not in await dump(stage)

    closed = date(2027, 1, 4)
    assert (await tidied(stage, closed + timedelta(days=30))).gone["deliveries"] == 0
    assert (await tidied(stage, closed + timedelta(days=31))).gone["deliveries"] == 1
    stage.calendar()
    await stage.run()  # it has left the window
    async with open_ledger(stage.ledger_address) as ledger:
        assert await ledger.deliveries(BOARD) == ()
        assert totals_of(await ledger.remembered(BOARD)) == {"2026-11": {"teams opened paid": 1}}
        assert set(await ledger.stamps(BOARD)) == {subject}
    assert (await tidied(stage, date(2027, 2, 10))).gone["stamps"] == 0
    assert (await tidied(stage, date(2027, 3, 12))).gone["stamps"] == 0
    assert (await tidied(stage, date(2027, 3, 13))).gone["stamps"] == 1

    # agreed on 11 January 2024 and reviewed each year: closed on 4 January 2027, kept until 11 January 2028
    assert not (await tidied(stage, date(2028, 1, 11))).anything
    last = (await tidied(stage, date(2028, 1, 12))).gone
    assert (last["alerts"], last["statements"]) == (1, 1)
    # a share of the agreement looks 12 months back: December's record stays until 30 January 2028
    assert not (await tidied(stage, date(2028, 1, 30))).anything
    assert subject in await dump(stage)
    await tidied(stage, date(2028, 1, 31))
    assert subject not in await dump(stage)
    async with open_ledger(stage.ledger_address) as ledger:
        totals = totals_of(await ledger.remembered(BOARD))
    assert totals == {
        "2026-11": {"teams opened paid": 1, "said: reason": 1},
        "2027-01": {"P04 closed": 1},
    }
    assert not (await tidied(stage, date(2028, 2, 1))).anything
    assert len(stage.headlines) == 1, "nobody heard anything again"


async def test_a_dry_run_says_the_same_and_changes_nothing(stage: Stage) -> None:
    await told_and_closed(stage)
    stage.calendar()
    await stage.run()
    await tidied(stage, date(2027, 1, 10))
    before = await dump(stage)
    dry = await tidied(stage, date(2027, 3, 1), dry=True)
    assert await dump(stage) == before
    wet = await tidied(stage, date(2027, 3, 1))
    assert dry.dry
    assert dict(dry.gone) == dict(wet.gone)
    assert wet.gone["deliveries"] == 1


async def test_what_still_waits_for_somebody_keeps_all_that_hangs_on_it(stage: Stage) -> None:
    """The calendar can't be read any more, so nobody can tell how its alert ended."""
    stage.only(BOARD)
    stage.calendar(meeting(TITLE, EARLY))
    await stage.run()
    gone = (await tidied(stage, date(2030, 1, 7))).gone
    assert (gone["deliveries"], gone["alerts"], gone["stamps"], gone["windows"]) == (0, 0, 0, 0)
    assert gone["alerts without old titles"] == 1


async def test_a_group_that_is_gone_from_the_agreement_goes_by_and_by(stage: Stage) -> None:
    stage.calendar(meeting(TITLE, EARLY))
    await stage.run()
    stage.only("SEND Executive Group")
    assert not (await tidied(stage, date(2026, 12, 1))).anything
    gone = (await tidied(stage, date(2027, 1, 8))).gone  # 2 November, 35 days and 30 more
    assert gone["windows"] == 9  # of the ten groups one is left
    await tidied(stage, date(2027, 3, 1))
    gone = (await tidied(stage, date(2028, 1, 12))).gone
    assert gone["alerts"] == 1
    await tidied(stage, date(2028, 1, 13))
    async with open_ledger(stage.ledger_address) as ledger:
        remembered = await ledger.remembered(BOARD)
        assert set(remembered) == {"totals"}
        assert await ledger.stamps(BOARD) == {}
        assert await ledger.alerts(BOARD) == {}


async def test_a_press_is_a_roles_word_once_the_alert_is_closed(stage: Stage) -> None:
    await told_and_closed(stage)
    async with open_ledger(stage.ledger_address) as ledger:
        await ledger.remember(f"rep/{KEY}", "preferences", {"day": 2})
    stage.people(seats=[Seat(role="Forum rep", group=BOARD, address=REP)])
    await tidied(stage, date(2027, 1, 11))
    async with open_ledger(stage.ledger_address) as ledger:
        [one] = await ledger.statements(BOARD)
    assert KEY not in json.dumps([one.id, dict(one.value)])
    assert one.id == one.value["id"]
    assert (one.value["role"], one.value["text"]) == ("Forum rep", "The room is free only then")


async def test_a_rep_who_has_left_is_forgotten_after_a_month_and_one_who_came_back_is_not(
    stage: Stage,
) -> None:
    stage.only(BOARD)
    seat = Seat(role="Forum rep", group=BOARD, address=REP)
    async with open_ledger(stage.ledger_address) as ledger:
        await ledger.remember(f"rep/{KEY}", "preferences", {"day": 2})
        await ledger.remember(f"rep/{KEY}", "seats", {"groups": [BOARD]})
        mail = Delivery(
            key=f"weekly/2026-W45/{KEY}",
            group=f"rep/{KEY}",
            channel="mail",
            about="weekly",
            not_before=stage.clock(),
        )
        await ledger.owe([mail])
    stage.people(seats=[seat])
    await tidied(stage, date(2026, 12, 1))
    stage.people()
    await tidied(stage, date(2026, 12, 2))
    stage.people(seats=[seat])
    await tidied(stage, date(2027, 1, 20))
    stage.people()
    await tidied(stage, date(2027, 1, 21))
    assert (await tidied(stage, date(2027, 2, 20))).gone["reps who have left"] == 0
    assert KEY in await dump(stage)
    stage.world.faults.answer("items", 403, times=2)
    assert (await tidied(stage, date(2027, 2, 20))).gone["reps who have left"] == 0, (
        "the register can't be read"
    )
    assert (await tidied(stage, date(2027, 2, 21))).gone["reps who have left"] == 1
    assert KEY not in await dump(stage)
    async with open_ledger(stage.ledger_address) as ledger:
        assert totals_of(await ledger.remembered(WHOLE))["2026-11"] == {"mail owed": 1}


async def test_a_group_under_review_waits_for_the_next_night(stage: Stage) -> None:
    await told_and_closed(stage)
    now = datetime(2027, 1, 20, 3, tzinfo=UTC)
    async with open_ledger(stage.ledger_address) as ledger:
        await ledger.take_lease(BOARD, by="a review", now=now, until=now + timedelta(minutes=5))
    done = await tidied(stage, date(2027, 1, 20))
    assert (done.busy, done.gone["alerts without old titles"]) == (1, 0)
    done = await tidied(stage, date(2027, 1, 21))
    assert (done.busy, done.gone["alerts without old titles"]) == (0, 1)


async def test_a_name_that_is_in_no_table_is_told(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    async with open_ledger(stage.ledger_address) as ledger:
        await ledger.remember(BOARD, "shoe sizes", {})
    assert (await tidied(stage, date(2027, 1, 20))).unknown == ("shoe sizes",)


EVERY = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else 5  # step at which we die
TAKES_AWAY = {
    "forget",
    "forget_alerts",
    "forget_deliveries",
    "forget_stamps",
    "change_statements",
    "change_remembered",
}
STEPS = 140  # more than a night takes, which the last of them holds


@asynccontextmanager
async def mortal_night(stage: Stage, dies_at: int, *, after: bool) -> AsyncIterator[tuple[Mortal, Watch]]:
    async with open_ledger(stage.ledger_address) as ledger:
        mortal = Mortal(ledger, dies_at, after=after)
        async with stage.watching(mortal) as watch:  # type: ignore[arg-type]
            yield mortal, watch


async def night_and_death(stage: Stage, dies_at: int, *, after: bool) -> str:
    """One night on a mortal ledger; which step it died at, or nothing where it lived."""
    async with mortal_night(stage, dies_at, after=after) as (mortal, watch):
        try:
            await tidy(watch, stage.clock())
        except Died:
            return mortal.last
        return ""


async def ready_to_go(folder: Path, at_day: date) -> Stage:
    """A partnership in which everything of one meeting has had its time at once, and a rep has left."""
    stage = Stage(folder)
    await told_and_closed(stage)
    stage.calendar()
    await stage.run()
    async with open_ledger(stage.ledger_address) as ledger:
        await ledger.remember(f"rep/{KEY}", "preferences", {"day": 2})
        await ledger.remember(f"rep/{KEY}", "left", {"since": "2027-01-01"})
        card = Delivery(
            key="list/2026-11-02", group=WHOLE, channel="manager", about="list", not_before=stage.clock()
        )
        await ledger.owe([card])
        await ledger.claim(
            WHOLE, card.key, by="me", now=stage.clock(), until=stage.clock() + timedelta(minutes=1)
        )
        await ledger.settle(WHOLE, card.key, DeliveryState.PAID, by="me", at=stage.clock())
        left = dict.fromkeys(await ledger.stamps(BOARD), "2027-01-01")
        await ledger.remember(BOARD, "left", left)
    stage.clock.pass_by(datetime(at_day.year, at_day.month, at_day.day, 3, tzinfo=UTC) - stage.clock())
    return stage


async def what_stays(stage: Stage) -> Any:
    async with open_ledger(stage.ledger_address) as ledger:
        held = await everything(ledger)
    for one in held.values():
        if isinstance(one, dict):
            one["remembered"].get("totals", {}).pop("counted", None)  # what went last: another after a death
    return held


async def test_killed_at_every_step_and_made_good_the_next_night(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    whole = await ready_to_go(tmp_path / "whole", date(2028, 1, 20))
    assert await night_and_death(whole, STEPS, after=False) == ""
    expected = await what_stays(whole)
    assert KEY not in json.dumps(expected)
    (tmp_path / "begun").mkdir()
    begun = await ready_to_go(tmp_path / "begun", date(2028, 1, 20))
    source = Path(begun.ledger_address.removeprefix("sqlite:///"))
    async with open_ledger(begun.ledger_address) as ledger:
        ledger._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[attr-defined]
    content, now = source.read_bytes(), begun.clock()
    died = set()
    for dies_at in range(1, STEPS, EVERY):
        for after in (False, True):
            for more in source.parent.glob(f"{source.name}-*"):
                more.unlink()
            source.write_bytes(content)
            begun.clock.pass_by(now - begun.clock())
            step = await night_and_death(begun, dies_at, after=after)
            if not step:
                break
            died.add(step)
            begun.clock.pass_by(timedelta(minutes=6))  # leases run out
            async with begun.watching() as watch:
                await tidy(watch, begun.clock())
            assert await what_stays(begun) == expected, f"killed at {dies_at} ({step}, after: {after})"
    if EVERY == 1:
        assert died >= TAKES_AWAY | {"take_lease", "give_lease"}


async def test_two_nights_at_once_count_once(tmp_path: Path) -> None:
    stage = await ready_to_go(tmp_path, date(2028, 1, 20))
    async with stage.watching(by="one") as one, stage.watching(by="two") as two:
        first, second = await tidy(one, stage.clock()), await tidy(two, stage.clock())
    assert first.anything
    assert not second.anything
    async with open_ledger(stage.ledger_address) as ledger:
        totals = totals_of(await ledger.remembered(BOARD))
    assert totals["2027-01"] == {"P04 closed": 1}


async def test_every_name_that_the_stories_remember_is_in_the_table(stage: Stage) -> None:
    stage.people(seats=[Seat(role="Forum rep", group=BOARD, address=REP)])
    stage.calendar(meeting(TITLE, EARLY), meeting("Something else", "Mon 14 Dec 2026 11:00"))
    await stage.run(whole_day=True)
    async with stage.watching() as watch:
        await sweep(watch, stage.clock())
        for name in await watch.ledger.names():
            assert unknown_names(place_of(name), await watch.ledger.remembered(name)) == ()
    assert at(EARLY).date() == MET


async def test_the_last_mail_to_a_rep_and_the_question_to_the_chair_stay(stage: Stage) -> None:
    stage.people(seats=[Seat(role="Forum rep", group=BOARD, address=REP)])
    at = stage.clock()
    mails = [
        Delivery(key=key, group=group, channel="reps", about="weekly", not_before=at)
        for group, key in ((f"rep/{KEY}", "weekly/1"), (f"rep/{KEY}", "weekly/2"), ("rep/chair", "introduce"))
    ]
    async with open_ledger(stage.ledger_address) as ledger:
        await ledger.owe(mails)
        for one in mails:
            await ledger.claim(one.group, one.key, by="me", now=at, until=at + timedelta(minutes=1))
            await ledger.settle(one.group, one.key, DeliveryState.PAID, by="me", at=at)
        await ledger.remember("meetings by calendar", "old@council.example", {"places": {}, "away": []})
        await ledger.remember(
            "meetings by calendar", stage.book.agreement.calendars[0], {"places": {}, "away": []}
        )
    done = await tidied(stage, date(2027, 2, 1))
    assert (done.gone["deliveries"], done.gone["notes of calendars"], done.unknown) == (1, 1, ())
    await tidied(stage, date(2027, 6, 1))
    async with open_ledger(stage.ledger_address) as ledger:
        assert [one.key for one in await ledger.deliveries()] == ["weekly/2", "introduce"]
        assert list(await ledger.remembered("meetings by calendar")) == [stage.book.agreement.calendars[0]]
