"""Links that are nobody's: one answer to all of them, and nothing is looked up before a signature holds."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from functions.pages import opening
from functions.pages.asked import asked
from ledger import LedgerFault, open_ledger
from models.links import Purpose
from models.reps import PREFERENCES, SEATS, Preferences, partition_of
from tests.functions import pages_stage as stage
from tests.functions.pages_stage import EVERY_PAGE, FORMER, NOW, OTHER_REP, REP, Desk, Here, at_a_desk, token


class Failing:
    """A ledger that fails at the first look into it."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"the ledger was asked before the signature held: {name}")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}") as ledger:
        made = at_a_desk(ledger, tmp_path)
        await made.begin()
        yield made


def bad_links() -> set[str]:
    """Ten thousand that open no page: forged, expired, swapped, cut short, changed, of another purpose."""
    good = [*EVERY_PAGE.values()]
    halves = [one.split(".") for one in good]
    bad = {f"{body}.{halves[(at + 1) % len(halves)][1]}" for at, (body, _) in enumerate(halves)}
    bad |= {one[:length] for one in good for length in range(len(one))}
    bad |= {f"{one}{more}" for one in good for more in ("=", "A", ".", " ", "%00", ".ics")}
    bad |= {"", ".", "..", "ü" * 9, "x" * 100_000, "eyJhIjoxfQ." + "A" * 27}
    bad |= {
        token(purpose, stage.OFFICER, f"{number}", now=NOW - timedelta(days=900))
        for number in range(300)
        for purpose in Purpose
    }
    bad.add(token(Purpose.FEED, REP))
    whole = good[6]
    bad |= {
        f"{whole[:at]}{sign}{whole[at + 1 :]}"
        for at in range(len(whole))
        for sign in "Az09-_"
        if sign != whole[at]
    }
    forged = (
        token(Purpose.ALERT, stage.OFFICER, f"{number}", key="a-guess") for number in range(10_000 - len(bad))
    )
    return bad | set(forged)


async def test_ten_thousand_bad_links_have_one_answer_and_no_look_up(tmp_path: Path) -> None:
    here = Here(stage.environment(tmp_path), lambda: NOW, Failing())  # type: ignore[arg-type]
    looked, pressed = (
        asked("GET", "", "", b""),
        asked("POST", "", "application/x-www-form-urlencoded", b"do=hand"),
    )
    bad = bad_links()
    assert len(bad) >= 10_000
    answers = set()
    for number, link in enumerate(sorted(bad)):
        answer = await opening.page(here, link, pressed if number % 2 else looked)
        answers.add((answer.status, tuple(answer.headers.items()), answer.body, answer.touched))
    for link in sorted(bad | set(EVERY_PAGE.values()))[::20]:
        if link != token(Purpose.FEED, REP):
            answer = await opening.calendar(here, f"{link}.ics", looked)
            answers.add((answer.status, tuple(answer.headers.items()), answer.body, answer.touched))
    [(status, _, body, _)] = answers
    assert status == 404
    assert b"This link does not open" in body


async def test_a_rep_who_left_has_the_same_answer_as_a_made_up_link(desk: Desk) -> None:
    bad = await desk.look("made-up")
    gone = [
        token(purpose, stage.GONE_REP, stage.NEXT.key if purpose in (Purpose.CALL, Purpose.CANT_OPEN) else "")
        for purpose in (
            Purpose.MY_MEETINGS,
            Purpose.CANT_OPEN,
            Purpose.CALL,
            Purpose.PAUSE,
            Purpose.PREFERENCES,
            Purpose.UNSUBSCRIBE,
        )
    ]
    assert [await desk.look(one) for one in gone] == [bad] * 6
    assert [await desk.press(one, do="stop") for one in gone] == [bad] * 6
    assert await desk.fetch(token(Purpose.FEED, stage.GONE_REP)) == bad
    assert await desk.fetch("made-up") == bad
    assert not await desk.remembered(partition_of(stage.GONE_REP))


async def test_a_rep_who_changed_groups_can_not_ask_about_the_old_one(desk: Desk) -> None:
    ledger = (await desk.here.watch()).ledger
    await ledger.remember(partition_of(REP), SEATS, {"groups": ["Another group"], "roles": ["Forum rep"]})
    assert await desk.look(EVERY_PAGE["call"]) == await desk.look("made-up")


async def test_a_link_that_a_former_key_signed_still_opens(desk: Desk) -> None:
    assert (await desk.look(token(Purpose.ALERT, stage.OFFICER, stage.ON_PAPERS, key=FORMER))).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", ""])
async def test_other_methods_are_answered_alike_for_every_link(desk: Desk, method: str) -> None:
    answers = [await desk.look(one, method=method) for one in (*EVERY_PAGE.values(), "made-up")]
    assert answers == [answers[0]] * len(answers)
    assert answers[0].status == 405
    assert answers[0].headers["Allow"] == "GET, HEAD, POST"


async def test_a_ledger_that_is_down_is_said_and_what_was_written_is_given_back(desk: Desk) -> None:
    class Down:
        def __getattr__(self, name: str) -> object:
            raise LedgerFault("The ledger is down: try again.")

    assert desk.here._watch is not None
    desk.here._watch = replace(desk.here._watch, ledger=Down())  # type: ignore[arg-type]
    looked = await desk.look(EVERY_PAGE["alert"])
    pressed = await desk.press(EVERY_PAGE["alert"], do="reason", text="A long story")
    assert looked.status == pressed.status == 503
    assert looked.headers["Retry-After"] == "300"
    assert b"A long story" in pressed.body
    assert b"The ledger" not in pressed.body


async def test_the_feed_is_the_reps_own_and_not_sent_twice(desk: Desk) -> None:
    link = token(Purpose.FEED, REP)
    first = await desk.fetch(link)
    assert first.status == 200
    assert first.headers["Content-Type"].startswith("text/calendar")
    assert first.headers["Cache-Control"] == "private, max-age=3600"
    assert b"STATUS:CANCELLED" in first.body
    tag = first.headers["ETag"]
    for known in (tag, f"W/{tag}", f'"old", {tag}', "*"):
        again = await desk.fetch(link, known_as=known)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert (await desk.fetch(link, known_as='"old"')).body == first.body
    assert (await desk.fetch(link, method="POST")).status == 405
    assert (await desk.fetch(link, method="HEAD")).headers == first.headers


async def test_a_feed_is_fetched_thirty_times_an_hour_at_most(desk: Desk) -> None:
    link = token(Purpose.FEED, REP)
    assert [(await desk.fetch(link)).status for _ in range(30)] == [200] * 30
    often = await desk.fetch(link)
    assert often.status == 429
    assert often.headers["Retry-After"] == "3600"
    assert (await desk.fetch(token(Purpose.FEED, OTHER_REP))).status == 200
    desk.moment += timedelta(hours=1)
    assert (await desk.fetch(link)).status == 200


async def test_a_new_address_ends_the_ones_before_it_and_only_once(desk: Desk) -> None:
    bad, old = await desk.look("made-up"), token(Purpose.FEED, REP)
    for _ in range(2):
        made = await desk.press(EVERY_PAGE["preferences"], do="feed", turn="0")
    kept = Preferences.of({PREFERENCES: (await desk.remembered(partition_of(REP)))[PREFERENCES]})
    assert kept.turn == 1
    assert await desk.fetch(old) == bad
    assert (await desk.fetch(token(Purpose.FEED, REP, turn=1))).status == 200
    assert await desk.fetch(token(Purpose.FEED, REP, turn=2)) == bad
    assert b"https://watch.example/feed/" in made.body
