"""What every ledger must do. A second one is added by one more opener in test_ledgers.py.

`open_it()` opens the same store again each time: two opened at once are two programs.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest

from ledger import Ledger
from ledger.entries import (
    AlertEntry,
    Delivery,
    DeliveryState,
    Known,
    Sighting,
    Snapshot,
    StatementEntry,
)
from ledger.faults import ChangedSince
from models.facts import Stamp

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BOARD, OTHER = "SEND Partnership Board", "Inclusion/Group #2?"  # a table's keys take no / # or ?
BOX = Sighting(
    key="m1",
    starts=datetime(2026, 11, 27, 10, 0, tzinfo=LONDON),
    ends=datetime(2026, 11, 27, 12, 0, tzinfo=LONDON),
    place="County Hall",
)
CARD = Delivery(key="lancs/P04/m1/opened", group=BOARD, channel="teams", about="lancs/P04/m1", not_before=NOW)
Open = Callable[[], Ledger]
HARD_NAMES = (
    "Inclusion/Group #2? 100% \\ 'quoted' \"twice\"",
    "Bwrdd AAA – «naïve» 会議 \U0001f4c5",
    "a:b",
    "=2F",
    " blanks ",
    "\x00\x1f\x7f\x9f\n",
    "long" * 400,
    "é" * 700,
)
KEYS_OF_5000 = [(n, sha256(f"{n}".encode()).hexdigest()[:20]) for n in range(5000)]


class LedgerContract:
    """The whole contract; a subclass gives the fixture `open_it`."""

    @pytest.fixture
    async def ledger(self, open_it: Open):
        async with open_it() as ledger:
            yield ledger

    @pytest.fixture
    async def several(self, open_it: Open):
        async with AsyncExitStack() as stack:
            yield [await stack.enter_async_context(open_it()) for _ in range(4)]

    # --- stamps

    async def test_a_meeting_is_stamped_when_first_seen(self, ledger: Ledger) -> None:
        stamps = await ledger.stamp(BOARD, [BOX], NOW, on_or_before=True)
        assert stamps == {"m1": Stamp(NOW, NOW, True)}
        assert await ledger.stamps(BOARD) == stamps
        assert await ledger.stamps(OTHER) == {}

    async def test_a_stamp_never_changes(self, ledger: Ledger) -> None:
        first = await ledger.stamp(BOARD, [BOX], NOW, on_or_before=True)
        again = await ledger.stamp(BOARD, [BOX], NOW + HOUR, on_or_before=False)
        assert again == first

    @pytest.mark.parametrize(
        "moved",
        [
            replace(BOX, starts=BOX.starts - HOUR),
            replace(BOX, ends=BOX.ends + HOUR),
            replace(BOX, place="Town Hall"),
        ],
    )
    async def test_a_moved_meeting_has_a_new_date_stamp_only(self, ledger: Ledger, moved: Sighting) -> None:
        await ledger.stamp(BOARD, [BOX], NOW, on_or_before=True)
        stamps = await ledger.stamp(BOARD, [moved], NOW + HOUR, on_or_before=False)
        assert stamps == {"m1": Stamp(NOW, NOW + HOUR, False)}
        assert await ledger.stamp(BOARD, [moved], NOW + 2 * HOUR, on_or_before=False) == stamps
        back = await ledger.stamp(BOARD, [BOX], NOW + 3 * HOUR, on_or_before=False)
        assert back == {"m1": Stamp(NOW, NOW + 3 * HOUR, False)}

    async def test_the_same_moment_in_another_zone_is_no_move(self, ledger: Ledger) -> None:
        first = await ledger.stamp(BOARD, [BOX], NOW, on_or_before=False)
        same = replace(BOX, starts=BOX.starts.astimezone(UTC))
        assert await ledger.stamp(BOARD, [same], NOW + HOUR, on_or_before=False) == first

    async def test_only_the_stamps_asked_for_are_given(self, ledger: Ledger) -> None:
        await ledger.stamp(BOARD, [BOX], NOW, on_or_before=True)
        later = await ledger.stamp(BOARD, [replace(BOX, key="m2")], NOW + HOUR, on_or_before=False)
        assert later == {"m2": Stamp(NOW + HOUR, NOW + HOUR, False)}
        assert set(await ledger.stamps(BOARD)) == {"m1", "m2"}
        assert await ledger.stamp(BOARD, [], NOW, on_or_before=False) == {}

    async def test_each_group_stamps_for_itself(self, ledger: Ledger) -> None:
        await ledger.stamp(BOARD, [BOX], NOW, on_or_before=True)
        there = await ledger.stamp(OTHER, [BOX], NOW + HOUR, on_or_before=False)
        assert there == {"m1": Stamp(NOW + HOUR, NOW + HOUR, False)}

    async def test_a_time_without_a_zone_is_refused(self, ledger: Ledger) -> None:
        with pytest.raises(ValueError, match="zone"):
            await ledger.stamp(BOARD, [BOX], datetime(2026, 11, 23), on_or_before=True)  # noqa: DTZ001
        assert await ledger.stamps(BOARD) == {}

    # --- the last window

    async def test_a_window_is_remembered_in_place_of_the_last(self, ledger: Ledger) -> None:
        assert await ledger.snapshot(BOARD) is None
        first = Snapshot(first=date(2026, 10, 1), last=date(2027, 12, 1), read_at=NOW)
        await ledger.save_snapshot(BOARD, first)
        meetings = (
            Known("m1", NOW, {"title": "Board – «naïve»", "dates": [1, None]}),
            Known("m2", NOW + HOUR),
        )
        second = replace(first, read_at=NOW + HOUR, meetings=meetings)
        await ledger.save_snapshot(BOARD, second)
        assert await ledger.snapshot(BOARD) == second
        assert await ledger.snapshot(OTHER) is None

    # --- alerts

    async def test_alerts_are_saved_with_their_version(self, ledger: Ledger) -> None:
        await ledger.save_alerts(BOARD, [AlertEntry("a/P04/m1", {"state": "opened", "on": ["2026-11-27"]})])
        alerts = await ledger.alerts(BOARD)
        assert alerts["a/P04/m1"].value == {"state": "opened", "on": ["2026-11-27"]}
        assert await ledger.alerts(OTHER) == {}
        changed = replace(alerts["a/P04/m1"], value={"state": "put right"})
        await ledger.save_alerts(BOARD, [changed])
        after = (await ledger.alerts(BOARD))["a/P04/m1"]
        assert after.value == {"state": "put right"}
        assert after.version > changed.version

    @pytest.mark.parametrize("stale", [0, 1])
    async def test_an_alert_that_somebody_else_saved_is_not_overwritten(
        self, ledger: Ledger, stale: int
    ) -> None:
        await ledger.save_alerts(BOARD, [AlertEntry("a", {"n": 1})])
        read = (await ledger.alerts(BOARD))["a"]
        await ledger.save_alerts(BOARD, [replace(read, value={"n": 2})])
        theirs = AlertEntry("a", {"n": 3}, read.version if stale else 0)
        with pytest.raises(ChangedSince):
            await ledger.save_alerts(BOARD, [AlertEntry("b", {}), theirs])
        assert {key: dict(entry.value) for key, entry in (await ledger.alerts(BOARD)).items()} == {
            "a": {"n": 2}
        }

    # --- statements

    async def test_statements_are_only_ever_added(self, ledger: Ledger) -> None:
        said = StatementEntry("s1", NOW, {"text": "agreed with the forum"})
        await ledger.add_statements(BOARD, [said])
        await ledger.add_statements(BOARD, [replace(said, value={"text": "never said"})])
        earlier = StatementEntry("s0", NOW - HOUR, {"text": "first"})
        await ledger.add_statements(BOARD, [earlier])
        assert await ledger.statements(BOARD) == (earlier, said)
        assert await ledger.statements(OTHER) == ()

    # --- deliveries

    async def test_what_is_owed_twice_is_owed_once(self, ledger: Ledger) -> None:
        assert await ledger.owe([CARD]) == (CARD.key,)
        assert await ledger.owe([replace(CARD, not_before=NOW + HOUR), CARD]) == ()
        assert await ledger.due(NOW) == (CARD,)
        there = replace(CARD, group=OTHER)
        assert await ledger.owe([there]) == (CARD.key,)
        assert await ledger.deliveries() == (CARD, there)
        assert await ledger.deliveries(OTHER) == (there,)

    async def test_of_what_is_over_only_the_latest_is_read(self, ledger: Ledger) -> None:
        """Paid at nine, dropped at nine and at ten; what is owed, claimed or unsure is there however old."""
        keys = ("paid", "dropped", "dropped late", "unsure", "claimed", "owed")
        await ledger.owe([replace(CARD, key=key) for key in keys])
        for key, until in (("paid", HOUR), ("unsure", MINUTE), ("claimed", HOUR)):
            assert await ledger.claim(BOARD, key, by="me", now=NOW, until=NOW + until)
        assert await ledger.settle(BOARD, "paid", DeliveryState.PAID, by="me", at=NOW)
        assert await ledger.drop(BOARD, "dropped", at=NOW, note="")
        assert await ledger.drop(BOARD, "dropped late", at=NOW + HOUR, note="")
        assert [one.key for one in await ledger.find_unsure(NOW + MINUTE)] == ["unsure"]
        assert tuple(one.key for one in await ledger.deliveries(since=NOW)) == keys
        open_ones = ("unsure", "claimed", "owed")
        assert [one.key for one in await ledger.deliveries(BOARD, since=NOW + MINUTE)] == [
            "dropped late",
            *open_ones,
        ]
        in_london = (NOW + 2 * HOUR).astimezone(LONDON)
        assert tuple(one.key for one in await ledger.deliveries(since=in_london)) == open_ones
        assert await ledger.deliveries(OTHER, since=NOW) == ()
        assert len(await ledger.deliveries()) == len(keys)

    async def test_nothing_is_due_before_its_time(self, ledger: Ledger) -> None:
        late = replace(CARD, key="late", not_before=NOW + HOUR)
        await ledger.owe([late, CARD])
        assert [each.key for each in await ledger.due(NOW)] == [CARD.key]
        assert [each.key for each in await ledger.due(NOW + HOUR)] == [CARD.key, "late"]
        assert not await ledger.claim(BOARD, "late", by="me", now=NOW, until=NOW + MINUTE)
        assert not await ledger.claim(BOARD, "none", by="me", now=NOW, until=NOW + MINUTE)

    async def test_of_two_who_claim_one_wins(self, open_it: Open) -> None:
        async with open_it() as one, open_it() as two:
            await one.owe([CARD])
            tries: list[Awaitable[bool]] = [
                ledger.claim(BOARD, CARD.key, by=by, now=NOW, until=NOW + MINUTE)
                for ledger, by in ((one, "one"), (two, "two"), (one, "three"), (two, "four"))
            ]
            won = await asyncio.gather(*tries)
            assert won.count(True) == 1
            assert await one.due(NOW) == ()
            (claimed,) = await two.deliveries(BOARD)
            assert claimed.state is DeliveryState.CLAIMED
            assert claimed.claimed_by == ("one", "two", "three", "four")[won.index(True)]

    async def test_a_claim_is_paid_once_by_who_has_it(self, ledger: Ledger) -> None:
        await self._claimed(ledger)
        paid = DeliveryState.PAID
        assert not await ledger.settle(BOARD, CARD.key, paid, by="somebody else", at=NOW)
        assert await ledger.settle(BOARD, CARD.key, paid, by="me", at=NOW + MINUTE, value={"id": "1:x"})
        assert not await ledger.settle(BOARD, CARD.key, paid, by="me", at=NOW)
        (after,) = await ledger.deliveries(BOARD)
        assert (after.state, after.settled_at, after.value) == (paid, NOW + MINUTE, {"id": "1:x"})
        assert await ledger.find_unsure(NOW + 24 * HOUR) == ()
        assert not await ledger.put_off(BOARD, CARD.key, by="me", not_before=NOW)
        assert not await ledger.drop(BOARD, CARD.key, at=NOW, note="too late")
        assert await ledger.owe([CARD]) == ()

    async def test_a_crash_between_claim_and_paid_shows_as_unsure(self, open_it: Open) -> None:
        async with open_it() as ledger:
            await self._claimed(ledger)
        async with open_it() as ledger:  # the program was killed, and started again
            assert await ledger.find_unsure(NOW + MINUTE - timedelta(seconds=1)) == ()
            (unsure,) = await ledger.find_unsure(NOW + MINUTE)
            assert unsure.state is DeliveryState.UNSURE
            assert unsure.key == CARD.key
            assert await ledger.find_unsure(NOW + HOUR) == (unsure,)
            assert await ledger.due(NOW + HOUR) == ()
            assert not await ledger.claim(BOARD, CARD.key, by="you", now=NOW + HOUR, until=NOW + 2 * HOUR)

    async def test_what_is_unsure_is_owed_again_and_says_so(self, ledger: Ledger) -> None:
        await self._claimed(ledger)
        await ledger.find_unsure(NOW + MINUTE)
        assert await ledger.put_off(BOARD, CARD.key, by="you", not_before=NOW + HOUR)
        (owed,) = await ledger.due(NOW + HOUR)
        assert (owed.again, owed.claimed_by, owed.claimed_until) == (True, "", None)
        assert await ledger.claim(BOARD, CARD.key, by="you", now=NOW + HOUR, until=NOW + 2 * HOUR)
        assert not await ledger.settle(BOARD, CARD.key, DeliveryState.PAID, by="me", at=NOW + HOUR)
        assert await ledger.put_off(BOARD, CARD.key, by="you", not_before=NOW + 2 * HOUR)
        assert (await ledger.due(NOW + 2 * HOUR))[0].again

    async def test_a_slow_sender_may_still_say_that_it_was_paid(self, ledger: Ledger) -> None:
        await self._claimed(ledger)
        await ledger.find_unsure(NOW + HOUR)
        assert await ledger.settle(BOARD, CARD.key, DeliveryState.PAID, by="me", at=NOW + HOUR)
        assert await ledger.find_unsure(NOW + 2 * HOUR) == ()

    async def test_what_surely_did_not_arrive_is_put_off(self, ledger: Ledger) -> None:
        await self._claimed(ledger)
        assert not await ledger.put_off(BOARD, CARD.key, by="somebody else", not_before=NOW)
        assert await ledger.put_off(BOARD, CARD.key, by="me", not_before=NOW + HOUR, note="busy")
        assert await ledger.due(NOW) == ()
        (owed,) = await ledger.due(NOW + HOUR)
        assert (owed.again, owed.note, owed.not_before) == (False, "busy", NOW + HOUR)

    async def test_who_sent_it_may_say_that_it_is_unsure(self, ledger: Ledger) -> None:
        await self._claimed(ledger)
        unsure = DeliveryState.UNSURE
        assert await ledger.settle(BOARD, CARD.key, unsure, by="me", at=NOW, note="cut off")
        assert [each.note for each in await ledger.find_unsure(NOW)] == ["cut off"]

    async def test_what_is_no_longer_needed_is_dropped(self, ledger: Ledger) -> None:
        await ledger.owe([CARD])
        assert await ledger.drop(BOARD, CARD.key, at=NOW, note="put right")
        assert not await ledger.drop(BOARD, CARD.key, at=NOW, note="again")
        assert await ledger.due(NOW + HOUR) == ()
        (dropped,) = await ledger.deliveries(BOARD)
        assert (dropped.state, dropped.note) == (DeliveryState.DROPPED, "put right")

    @pytest.mark.parametrize("state", [DeliveryState.OWED, DeliveryState.CLAIMED])
    async def test_nothing_is_settled_by_being_owed(self, ledger: Ledger, state: DeliveryState) -> None:
        await self._claimed(ledger)
        with pytest.raises(ValueError, match="not settled"):
            await ledger.settle(BOARD, CARD.key, state, by="me", at=NOW)

    async def _claimed(self, ledger: Ledger) -> None:
        await ledger.owe([CARD])
        assert await ledger.claim(BOARD, CARD.key, by="me", now=NOW, until=NOW + MINUTE)

    # --- what else is remembered

    async def test_nothing_is_remembered_at_first(self, ledger: Ledger) -> None:
        assert await ledger.remembered(BOARD) == {}

    async def test_the_latest_is_remembered_under_each_name(self, ledger: Ledger) -> None:
        await ledger.remember(BOARD, "released", {"at": "2026-11-23"})
        await ledger.remember(BOARD, "moved", {"new": "old"})
        await ledger.remember(BOARD, "moved", {"newer": "old"})
        assert await ledger.remembered(BOARD) == {"released": {"at": "2026-11-23"}, "moved": {"newer": "old"}}

    async def test_each_group_is_remembered_on_its_own_and_the_partnership_too(self, ledger: Ledger) -> None:
        await ledger.remember(BOARD, "released", {"at": "1"})
        await ledger.remember(OTHER, "released", {"at": "2"})
        await ledger.remember("", "held/a?#b", {"keys": ["x/y"]})
        assert await ledger.remembered(OTHER) == {"released": {"at": "2"}}
        assert await ledger.remembered("") == {"held/a?#b": {"keys": ["x/y"]}}

    async def test_what_is_remembered_outlives_the_program(self, open_it: Open) -> None:
        async with open_it() as ledger:
            await ledger.remember(BOARD, "released", {"at": "1"})
        async with open_it() as ledger:
            assert await ledger.remembered(BOARD) == {"released": {"at": "1"}}

    # --- leases

    async def test_one_at_a_time_reviews_a_group(self, open_it: Open) -> None:
        async with open_it() as one, open_it() as two:
            assert await one.take_lease(BOARD, by="one", now=NOW, until=NOW + MINUTE)
            assert not await two.take_lease(BOARD, by="two", now=NOW, until=NOW + MINUTE)
            assert await two.take_lease(OTHER, by="two", now=NOW, until=NOW + MINUTE)
            assert await one.take_lease(BOARD, by="one", now=NOW, until=NOW + HOUR)  # longer
            assert not await two.take_lease(BOARD, by="two", now=NOW + MINUTE, until=NOW + HOUR)
            await two.give_lease(BOARD, by="two")  # not theirs to give
            assert not await two.take_lease(BOARD, by="two", now=NOW, until=NOW + HOUR)
            await one.give_lease(BOARD, by="one")
            assert await two.take_lease(BOARD, by="two", now=NOW, until=NOW + HOUR)

    async def test_a_lease_runs_out(self, ledger: Ledger) -> None:
        await ledger.take_lease(BOARD, by="killed", now=NOW, until=NOW + MINUTE)
        assert await ledger.take_lease(BOARD, by="next", now=NOW + MINUTE, until=NOW + HOUR)
        await ledger.give_lease(BOARD, by="killed")
        assert not await ledger.take_lease(BOARD, by="third", now=NOW + MINUTE, until=NOW + HOUR)

    # --- names, sizes and numbers

    @pytest.mark.parametrize("name", HARD_NAMES, ids=range(len(HARD_NAMES)))
    async def test_any_name_may_be_a_group_and_a_key(self, ledger: Ledger, name: str) -> None:
        other = f"{name}."
        card = replace(CARD, group=name, key=name, note=name, value={name: name})
        await ledger.stamp(name, [replace(BOX, key=name), replace(BOX, key=other)], NOW, on_or_before=True)
        await ledger.save_alerts(name, [AlertEntry(name, {"n": name}), AlertEntry(other, {})])
        await ledger.add_statements(name, [StatementEntry(name, NOW, {}), StatementEntry(other, NOW, {})])
        await ledger.remember(name, name, {"n": 1})
        await ledger.owe([card, replace(card, key=other), replace(card, group=other)])
        assert set(await ledger.stamps(name)) == {name, other}
        assert {key: dict(one.value) for key, one in (await ledger.alerts(name)).items()} == {
            name: {"n": name},
            other: {},
        }
        assert [one.id for one in await ledger.statements(name)] == [name, other]
        assert await ledger.remembered(name) == {name: {"n": 1}}
        assert await ledger.deliveries(name) == (card, replace(card, key=other))
        assert await ledger.remembered(other) == {}
        assert await ledger.claim(name, name, by="me", now=NOW, until=NOW + HOUR)

    async def test_a_window_of_5000_meetings_is_remembered_whole(self, ledger: Ledger) -> None:
        meetings = tuple(Known(key, NOW + n * HOUR, {"print": key[::-1] * 2}) for n, key in KEYS_OF_5000)
        window = Snapshot(first=date(2026, 10, 1), last=date(2027, 12, 1), read_at=NOW, meetings=meetings)
        await ledger.save_snapshot(BOARD, window)
        assert await ledger.snapshot(BOARD) == window
        small = replace(window, meetings=meetings[:1])
        await ledger.save_snapshot(BOARD, small)
        assert await ledger.snapshot(BOARD) == small

    async def test_5000_meetings_are_stamped_and_one_that_moved_is_found(self, ledger: Ledger) -> None:
        seen = [replace(BOX, key=key) for _, key in KEYS_OF_5000]
        await ledger.stamp(BOARD, seen[:10], NOW, on_or_before=True)
        await ledger.stamp(BOARD, seen, NOW + HOUR, on_or_before=False)
        moved = replace(seen[-1], place="Town Hall")
        stamps = await ledger.stamp(BOARD, [*seen[:-1], moved], NOW + 2 * HOUR, on_or_before=False)
        assert list(stamps.values()) == [
            *[Stamp(NOW, NOW, True)] * 10,
            *[Stamp(NOW + HOUR, NOW + HOUR, False)] * 4989,
            Stamp(NOW + HOUR, NOW + 2 * HOUR, False),
        ]
        assert await ledger.stamps(BOARD) == stamps

    async def test_more_alerts_than_one_transaction_takes_are_saved(self, ledger: Ledger) -> None:
        entries = [AlertEntry(f"a/P04/{n:03}", {"n": n}) for n in range(250)]
        await ledger.save_alerts(BOARD, entries)
        read = await ledger.alerts(BOARD)
        assert list(read) == [one.key for one in entries]
        await ledger.save_alerts(BOARD, [replace(one, value={"n": -1}) for one in read.values()])
        assert {one.value["n"] for one in (await ledger.alerts(BOARD)).values()} == {-1}
        stale = [AlertEntry("new", {}), *read.values()]
        with pytest.raises(ChangedSince):
            await ledger.save_alerts(BOARD, stale)
        assert "new" not in await ledger.alerts(BOARD)

    async def test_long_alerts_are_saved_though_together_they_are_too_many(self, ledger: Ledger) -> None:
        noise = [key for _, key in KEYS_OF_5000]
        entries = [AlertEntry(f"a{n}", {"dates": noise[n:], "n": n}) for n in range(80)]
        await ledger.save_alerts(BOARD, entries)
        read = await ledger.alerts(BOARD)
        assert {key: dict(one.value) for key, one in read.items()} == {one.key: one.value for one in entries}

    async def test_an_alert_twice_in_one_saving_is_refused(self, ledger: Ledger) -> None:
        with pytest.raises(ChangedSince):
            await ledger.save_alerts(BOARD, [AlertEntry("a", {"n": 1}), AlertEntry("a", {"n": 2})])

    async def test_what_was_said_at_one_moment_stays_in_its_order(self, ledger: Ledger) -> None:
        said = [StatementEntry(f"{n * 7 % 10}", NOW, {"n": n}) for n in range(10)]
        await ledger.add_statements(BOARD, said[:6])
        await ledger.add_statements(BOARD, said)
        assert list(await ledger.statements(BOARD)) == said

    async def test_many_are_owed_at_once_and_stay_in_their_order(self, ledger: Ledger) -> None:
        cards = [
            replace(CARD, key=f"{n * 7919 % 230}", group=BOARD if n % 2 else OTHER, channel=f"{n}")
            for n in range(230)
        ]
        assert await ledger.owe(cards[:3]) == tuple(one.key for one in cards[:3])
        assert await ledger.owe(cards) == tuple(one.key for one in cards[3:])
        assert list(await ledger.deliveries()) == cards
        assert list(await ledger.due(NOW)) == cards
        assert list(await ledger.deliveries(OTHER)) == cards[::2]
        await ledger.claim(OTHER, cards[0].key, by="me", now=NOW, until=NOW + MINUTE)
        assert [one.channel for one in await ledger.deliveries()] == [one.channel for one in cards]

    async def test_nothing_at_all_is_nothing_to_do(self, ledger: Ledger) -> None:
        await ledger.save_alerts(BOARD, [])
        await ledger.add_statements(BOARD, [])
        assert await ledger.owe([]) == ()
        assert await ledger.deliveries() == ()
        await ledger.give_lease(BOARD, by="nobody")

    # --- several at once

    async def test_of_eight_who_want_to_review_one_does(self, several: list[Ledger]) -> None:
        tries = [
            one.take_lease(BOARD, by=f"{n}", now=NOW, until=NOW + HOUR) for n, one in enumerate(several * 2)
        ]
        assert (await asyncio.gather(*tries)).count(True) == 1

    async def test_of_two_who_save_an_alert_the_second_is_told(self, several: list[Ledger]) -> None:
        await several[0].save_alerts(BOARD, [AlertEntry("a", {"n": 0})])
        read = (await several[0].alerts(BOARD))["a"]
        tries = [
            one.save_alerts(BOARD, [replace(read, value={"n": n}), AlertEntry(f"new{n}", {})])
            for n, one in enumerate(several, start=1)
        ]
        said = await asyncio.gather(*tries, return_exceptions=True)
        assert [type(one) for one in said if one is not None] == [ChangedSince] * (len(several) - 1)
        winner = said.index(None) + 1
        after = await several[0].alerts(BOARD)
        assert dict(after["a"].value) == {"n": winner}
        assert set(after) == {"a", f"new{winner}"}  # nothing of the others' saving is left

    async def test_what_several_owe_at_once_is_new_to_one_of_them(self, several: list[Ledger]) -> None:
        cards = [replace(CARD, key=f"k{n}") for n in range(12)]
        new = await asyncio.gather(*(one.owe(cards[n:] + cards[:n]) for n, one in enumerate(several)))
        assert sorted(key for keys in new for key in keys) == sorted(one.key for one in cards)
        assert len(await several[0].deliveries()) == 12

    async def test_several_who_see_a_new_meeting_agree_on_when(self, several: list[Ledger]) -> None:
        tries = [
            one.stamp(BOARD, [BOX, replace(BOX, key=f"m{n + 2}")], NOW + n * HOUR, on_or_before=False)
            for n, one in enumerate(several)
        ]
        assert len({stamps["m1"] for stamps in await asyncio.gather(*tries)}) == 1
        assert len(await several[0].stamps(BOARD)) == 1 + len(several)

    async def test_several_may_remember_and_one_is_last(self, several: list[Ledger]) -> None:
        await asyncio.gather(
            *(one.remember(BOARD, "released", {"by": n}) for n, one in enumerate(several * 2))
        )
        [(name, value)] = (await several[0].remembered(BOARD)).items()
        assert name == "released"
        assert value["by"] in range(8)

    async def test_a_slow_sender_and_who_finds_it_unsure_do_not_both_have_it(
        self, several: list[Ledger]
    ) -> None:
        cards = [replace(CARD, key=f"k{n}") for n in range(10)]
        await several[0].owe(cards)
        for one in cards:
            await several[0].claim(BOARD, one.key, by="slow", now=NOW, until=NOW + MINUTE)
        paid = [
            several[1].settle(BOARD, one.key, DeliveryState.PAID, by="slow", at=NOW + HOUR) for one in cards
        ]
        _, *settled = await asyncio.gather(several[2].find_unsure(NOW + HOUR), *paid)
        again = [await several[3].put_off(BOARD, one.key, by="next", not_before=NOW + HOUR) for one in cards]
        assert settled == [not owed for owed in again]

    # --- forgetting

    async def test_every_name_under_which_something_is_kept(self, ledger: Ledger) -> None:
        assert await ledger.names() == ()
        await ledger.stamp(BOARD, [BOX], NOW, on_or_before=True)
        await ledger.remember("", "held", {"keys": []})
        await ledger.remember("rep/abc", "preferences", {"day": 1})
        await ledger.owe([replace(CARD, group=OTHER)])
        assert await ledger.names() == tuple(sorted(("", BOARD, OTHER, "rep/abc")))

    @pytest.mark.parametrize("name", HARD_NAMES, ids=range(len(HARD_NAMES)))
    async def test_any_name_is_named_and_forgotten(self, ledger: Ledger, name: str) -> None:
        await ledger.add_statements(name, [StatementEntry(name, NOW, {"n": 1})])
        await ledger.remember(f"{name}.", "n", {"n": 1})
        assert await ledger.names() == tuple(sorted((name, f"{name}.")))
        await ledger.forget(name)
        assert await ledger.names() == (f"{name}.",)

    async def test_a_name_is_forgotten_with_all_that_is_under_it(self, ledger: Ledger) -> None:
        for name in ("", BOARD, OTHER):
            await self._everything(ledger, name)
        for name in (BOARD, ""):
            await ledger.forget(name)
            await ledger.forget(name)
            assert await ledger.stamps(name) == {}
            assert await ledger.snapshot(name) is None
            assert await ledger.alerts(name) == {}
            assert await ledger.statements(name) == ()
            assert await ledger.remembered(name) == {}
            assert name not in {one.group for one in await ledger.deliveries()}
            assert await ledger.take_lease(name, by="next", now=NOW, until=NOW + HOUR)
        assert len(await ledger.stamps(OTHER)) == 1
        assert len(await ledger.deliveries(OTHER)) == 1
        assert not await ledger.take_lease(OTHER, by="next", now=NOW, until=NOW + HOUR)
        await self._everything(ledger, BOARD)
        assert [one.id for one in await ledger.statements(BOARD)] == ["s"]

    async def _everything(self, ledger: Ledger, name: str) -> None:
        await ledger.stamp(name, [BOX], NOW, on_or_before=True)
        await ledger.save_snapshot(
            name, Snapshot(first=date(2026, 10, 1), last=date(2027, 1, 1), read_at=NOW)
        )
        await ledger.save_alerts(name, [AlertEntry("a", {"n": 1})])
        await ledger.add_statements(name, [StatementEntry("s", NOW, {"text": "x"})])
        await ledger.remember(name, "released", {"at": "1"})
        await ledger.owe([replace(CARD, group=name)])
        await ledger.take_lease(name, by="me", now=NOW, until=NOW + HOUR)

    async def test_stamps_are_forgotten_by_key(self, ledger: Ledger) -> None:
        await ledger.stamp(BOARD, [replace(BOX, key=f"m{n}") for n in range(230)], NOW, on_or_before=True)
        await ledger.stamp(OTHER, [replace(BOX, key="m0")], NOW, on_or_before=True)
        await ledger.forget_stamps(BOARD, [f"m{n}" for n in range(229)])
        await ledger.forget_stamps(BOARD, ["m0", "never seen"])
        await ledger.forget_stamps(BOARD, [])
        assert set(await ledger.stamps(BOARD)) == {"m229"}
        assert set(await ledger.stamps(OTHER)) == {"m0"}

    async def test_a_window_is_forgotten_only_as_it_was_read(self, ledger: Ledger) -> None:
        window = Snapshot(first=date(2026, 10, 1), last=date(2027, 12, 1), read_at=NOW)
        assert not await ledger.forget_snapshot(BOARD, NOW)
        await ledger.save_snapshot(BOARD, window)
        assert not await ledger.forget_snapshot(BOARD, NOW - HOUR)
        assert await ledger.snapshot(BOARD) == window
        assert await ledger.forget_snapshot(BOARD, NOW)
        assert await ledger.snapshot(BOARD) is None

    async def test_an_alert_that_somebody_saved_meanwhile_is_not_forgotten(self, ledger: Ledger) -> None:
        await ledger.save_alerts(BOARD, [AlertEntry(f"a{n:03}", {"n": n}) for n in range(120)])
        read = await ledger.alerts(BOARD)
        await ledger.save_alerts(BOARD, [replace(read["a007"], value={"n": "new"})])
        gone = await ledger.forget_alerts(BOARD, read.values())
        assert sorted(gone) == [key for key in read if key != "a007"]
        assert set(await ledger.alerts(BOARD)) == {"a007"}
        assert await ledger.forget_alerts(BOARD, read.values()) == ()
        assert await ledger.forget_alerts(BOARD, []) == ()

    async def test_statements_are_changed_in_their_place_and_taken_away(self, ledger: Ledger) -> None:
        said = [StatementEntry(f"s{n}", NOW, {"who": "x", "n": n}) for n in range(12)]
        await ledger.add_statements(BOARD, said)
        without = [replace(one, value={"who": "", "n": one.value["n"]}) for one in said]
        changes = [
            (said[0], None),
            (said[1], without[1]),
            (said[2], replace(without[2], id="another id")),
            (replace(said[3], value={"never": "said"}), None),
            (replace(said[4], id="not there"), None),
        ]
        after = (without[1], replace(without[2], id="another id"), *said[3:])
        for _ in range(2):
            await ledger.change_statements(BOARD, changes)
            assert await ledger.statements(BOARD) == after
        await ledger.change_statements(BOARD, [(one, None) for one in said[3:]])
        await ledger.change_statements(BOARD, [])
        assert [one.id for one in await ledger.statements(BOARD)] == ["s1", "another id"]
        await ledger.add_statements(BOARD, [StatementEntry("later", NOW, {})])
        assert [one.id for one in await ledger.statements(BOARD)] == ["s1", "another id", "later"]

    async def test_what_is_remembered_is_changed_only_as_it_was_read(self, ledger: Ledger) -> None:
        assert await ledger.change_remembered(BOARD, "n", None, None)
        assert not await ledger.change_remembered(BOARD, "n", {"n": 1}, {"n": 2})
        assert not await ledger.change_remembered(BOARD, "n", {"n": 1}, None)
        assert await ledger.change_remembered(BOARD, "n", None, {"n": 1, "m": [None, "é"]})
        assert not await ledger.change_remembered(BOARD, "n", None, {"n": 3})
        assert not await ledger.change_remembered(BOARD, "n", {"n": 1}, {"n": 3})
        assert await ledger.change_remembered(BOARD, "n", {"m": [None, "é"], "n": 1}, {"n": 2})
        assert await ledger.remembered(BOARD) == {"n": {"n": 2}}
        assert not await ledger.change_remembered(BOARD, "n", {"n": 1}, None)
        assert await ledger.change_remembered(BOARD, "n", {"n": 2}, None)
        assert await ledger.remembered(BOARD) == {}

    async def test_of_several_who_change_what_is_remembered_one_wins(self, several: list[Ledger]) -> None:
        await several[0].remember(BOARD, "n", {"n": 0})
        tries = [
            one.change_remembered(BOARD, "n", {"n": 0}, {"n": number})
            for number, one in enumerate(several, start=1)
        ]
        won = await asyncio.gather(*tries)
        assert won.count(True) == 1
        assert await several[0].remembered(BOARD) == {"n": {"n": won.index(True) + 1}}

    async def test_only_what_nobody_sends_is_forgotten_of_the_deliveries(self, ledger: Ledger) -> None:
        cards = [replace(CARD, key=f"k{n}") for n in range(5)]
        await ledger.owe(cards)
        for one in cards[:4]:
            await ledger.claim(BOARD, one.key, by="me", now=NOW, until=NOW + MINUTE)
        for one, state in zip(
            cards, (DeliveryState.PAID, DeliveryState.UNSURE, DeliveryState.DROPPED), strict=False
        ):
            await ledger.settle(BOARD, one.key, state, by="me", at=NOW)
        read = await ledger.deliveries()
        await ledger.put_off(BOARD, "k1", by="me", not_before=NOW + HOUR)  # unsure when it was read
        assert await ledger.forget_deliveries(read) == ((BOARD, "k0"), (BOARD, "k2"))
        assert await ledger.forget_deliveries(read) == ()
        assert await ledger.forget_deliveries([]) == ()
        assert [one.key for one in await ledger.deliveries()] == ["k1", "k3", "k4"]

    # --- the whole

    async def test_opening_it_again_keeps_everything(self, open_it: Open) -> None:
        snapshot = Snapshot(first=date(2026, 10, 1), last=date(2027, 12, 1), read_at=NOW)
        async with open_it() as ledger:
            stamps = await ledger.stamp(BOARD, [BOX], NOW, on_or_before=True)
            await ledger.save_snapshot(BOARD, snapshot)
            await ledger.save_alerts(BOARD, [AlertEntry("a", {"n": 1})])
            await ledger.add_statements(BOARD, [StatementEntry("s", NOW, {"text": "x"})])
            await ledger.owe([CARD])
            await ledger.take_lease(BOARD, by="me", now=NOW, until=NOW + HOUR)
        async with open_it() as ledger:
            assert await ledger.stamps(BOARD) == stamps
            assert await ledger.snapshot(BOARD) == snapshot
            assert dict((await ledger.alerts(BOARD))["a"].value) == {"n": 1}
            assert len(await ledger.statements(BOARD)) == 1
            assert await ledger.due(NOW) == (CARD,)
            assert not await ledger.take_lease(BOARD, by="you", now=NOW, until=NOW + HOUR)
