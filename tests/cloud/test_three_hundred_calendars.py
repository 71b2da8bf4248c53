"""Many calendars are swept while workers are killed at random: everybody is told once, whatever dies.

Real worker processes with Microsoft's library in them take messages of twenty calendars from a real queue, and
share a ledger in Azurite's tables. What each calendar's officer received by mail is held against an oracle that
knows the calendars alone. Three hundred calendars in `make prove`, whose seed decides who dies when; with
STORY_CALENDARS=30 in the environment thirty, within a minute.

Only one thing may come twice: a mail that was taken while its sender died before it could write that down.
"""

import os
import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from emulator.mailboxes import Event, Person
from emulator.sites import Item
from ledger import open_ledger
from ledger.entries import Delivery, DeliveryState
from models.days import LONDON
from models.register import register_list
from tests.cloud.county import MONDAY, County, county
from tests.cloud.crew import Crew, crew
from tests.cloud.storage import Storage
from tests.stories.stage import SENDER, SITE, headlines_in, made_list

ASKED = os.environ.get("STORY_CALENDARS", "300" if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else "")
pytestmark = pytest.mark.skipif(
    not ASKED, reason="takes minutes: only in make prove, or with STORY_CALENDARS=30"
)
CALENDARS = int(ASKED or 0)
MANY = CALENDARS > 100
WORKERS, HIDDEN = (3, 15) if MANY else (2, 2)
SWEEPS_WITH_DEATHS, DEATHS_EACH, EVERY = (4, 4, 4.0) if MANY else (1, 1, 0.4)  # seconds between two deaths
USUAL_SEED = 5
OFFICER = Person("jo.marsh@council.example", "Jo Marsh")
A_LITTLE_LATER = timedelta(minutes=6)  # leases and claims of the dead are over, and the chat takes more cards
MAIL = "mail"
NOT_WRITTEN_DOWN = (DeliveryState.CLAIMED, DeliveryState.UNSURE)
WORDS = {"P04": "Starts before 10am", "P05": "In the school holidays", "ended": "Put right"}
Told = str
"""A headline: what it is, and of which board. No board has two of a kind."""

TERMS = (  # of the county, 2026/27
    (datetime(2026, 11, 2, tzinfo=LONDON), datetime(2026, 12, 18, 23, tzinfo=LONDON)),  # Monday to Friday
    (datetime(2027, 1, 4, tzinfo=LONDON), datetime(2027, 2, 12, 23, tzinfo=LONDON)),
    (datetime(2027, 2, 22, tzinfo=LONDON), datetime(2027, 3, 25, 23, tzinfo=LONDON)),
)


def meetings_of(number: int, *, mended: bool = False) -> list[Event]:
    """A few meetings of one calendar: each third starts too early once, each fourth meets in half term.

    When the early ones are `mended`, each fifth of them starts at half past ten.
    """
    early = 10 if number % 3 or (mended and number % 15 == 0) else 9
    half_term = 25 if number % 4 else 18
    starts = (
        datetime(2026, 12, 8, 10, 30, tzinfo=LONDON),  # Tuesday
        datetime(2027, 1, 13, early, 30, tzinfo=LONDON),  # Wednesday
        datetime(2027, 2, half_term, 10, 30, tzinfo=LONDON),  # Thursday, in half term or a week after
        datetime(2027, 3, 11, 11, 0, tzinfo=LONDON),  # Thursday
    )
    return [
        Event(f"board-{number}-{n}", f"Board {number}", at, at + timedelta(hours=2), OFFICER)
        for n, at in enumerate(starts)
    ]


def oracle(mended: bool = False) -> set[Told]:
    """All that is owed, by the calendars alone: hours from ten to two, in term."""
    owed: set[Told] = set()
    for number in range(CALENDARS):
        for event, now in zip(meetings_of(number), meetings_of(number, mended=mended), strict=True):
            if not 10 <= event.starts.hour < event.ends.hour <= 14:
                owed.add(f"{WORDS['P04']}: {event.subject}")
            if not any(first <= event.starts <= last for first, last in TERMS):
                owed.add(f"{WORDS['P05']}: {event.subject}")
            if now.starts != event.starts:
                owed.add(f"{WORDS['ended']}: {event.subject}")
    return owed


def mailbox(number: int) -> str:
    return f"board-{number}@council.example"


def officer(number: int) -> str:
    return f"officer.{number}@council.example"


@dataclass
class Story:
    """What happens, and the `gap`: how often each thing was taken by Exchange and not written down by its sender."""

    crew: Crew
    chance: random.Random
    gap: Counter[Told] = field(default_factory=Counter)

    @property
    def county(self) -> County:
        return self.crew.county

    def received(self) -> Counter[Told]:
        """How often each thing came to the officer whose board it is about; to another officer it never may."""
        found: Counter[Told] = Counter()
        for mail in self.county.world.outbox:
            for headline in headlines_in(mail):
                assert mail.to == (officer(int(headline.rpartition(" ")[2])),), headline
                found[headline] += 1
        return found

    async def deliveries(self) -> list[Delivery]:
        """What was owed to the officers so far."""
        async with open_ledger(self.county.settings["PROTOCOL_WATCH_LEDGER"]) as ledger:
            return [one for one in await ledger.deliveries() if one.channel == MAIL]

    async def a_round(self, deaths: int = 0) -> None:
        """A sweep and a delivery, each with so many deaths; then it is a little later."""
        await self.crew.sweep()
        await self.crew.work(self.chance, kills=deaths, every=EVERY)
        await self.cards_leave(deaths)

    async def cards_leave(self, deaths: int = 0) -> None:
        """One delivery; what the dead left behind is counted while nobody works, and then it is a little later."""
        await self.crew.deliver(self.chance, kills=deaths, every=EVERY / 4)
        received = self.received()
        for one in await self.deliveries():
            if one.state in NOT_WRITTEN_DOWN:
                self.gap[_owed(one)] = received[_owed(one)]
        await self.crew.clock_stands_at(self.crew.clock() + A_LITTLE_LATER)

    async def until_all_is_told(self) -> None:
        """Nobody dies any more: a sweep, and deliveries until nothing is owed."""
        await self.a_round()
        over = (DeliveryState.PAID, DeliveryState.DROPPED)
        for _ in range(40):
            if all(one.state in over for one in await self.deliveries()):
                return
            await self.cards_leave()

    def put(self, *, mended: bool = False) -> None:
        """These are the calendars now."""
        for number in range(CALENDARS):
            self.county.calendar(*meetings_of(number, mended=mended), mailbox=mailbox(number))


def _owed(delivery: Delivery) -> Told:
    kind = str(delivery.value["kind"])
    return f"{WORDS['ended' if kind == 'ended' else delivery.about.split('/')[1]]}: {delivery.group}"


def tally(cards: Iterable[Told], gap: Counter[Told]) -> Counter[Told]:
    """Each thing once, and once more for each time that nobody could write it down."""
    return Counter(cards) + gap


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The luck of this run: that of `make prove SEED=`, else always the same."""
    given = str(request.config.getoption("--hypothesis-seed") or "")
    return int(given) if given.isdigit() else USUAL_SEED


async def test_everybody_is_told_once_though_workers_die(
    house: Path, account: Storage, tmp_path: Path, seed: int
) -> None:
    groups = {f"Board {number}": mailbox(number) for number in range(CALENDARS)}
    with county(tmp_path, account.ledger, **groups) as served:
        _each_has_an_officer(served)
        served.world.change_app(mailboxes=frozenset(groups.values()))
        async with crew(served, house, account.connection, MONDAY, size=WORKERS, hidden=HIDDEN) as working:
            story = Story(working, random.Random(seed))  # noqa: S311
            story.put()
            await story.a_round(DEATHS_EACH)  # the quiet first day: all is read, and nobody is told
            await story.a_round()
            assert story.received() == {}
            await served.release_all(working.clock())
            for _ in range(SWEEPS_WITH_DEATHS):
                await story.a_round(DEATHS_EACH)
            await story.until_all_is_told()
            assert story.received() == tally(oracle(), story.gap), f"seed {seed}"
            _assert_deaths_were_the_only_trouble(story)
            if not MANY:  # what follows is the same again, for a card of another kind
                return
            story.put(mended=True)  # at most two or twenty are put right, and no alert is new
            for _ in range(SWEEPS_WITH_DEATHS):
                await story.a_round(DEATHS_EACH)
            await story.until_all_is_told()
    assert story.received() == tally(oracle(mended=True), story.gap), f"seed {seed}"
    _assert_deaths_were_the_only_trouble(story)


def _each_has_an_officer(served: County) -> None:
    """By role in the agreement, by address in Contacts; mails go from the one mailbox that may send."""
    agreement = served.folder / "agreement.yaml"
    named = re.sub(r"(name: Board (\d+), .*)\}", r"\1, officer: Officer \2}", agreement.read_text("utf-8"))
    agreement.write_text(named, "utf-8")
    rows = [
        Item(number + 1, {"Title": f"Officer {number}", "Partner": "council", "Address": officer(number)})
        for number in range(CALENDARS)
    ]
    served.world.put_site(
        served.world.sites[0].with_list(replace(made_list(register_list("Contacts")), items=tuple(rows)))
    )
    served.settings |= {"PROTOCOL_WATCH_SENDER": SENDER, "PROTOCOL_WATCH_SITE": SITE}


def _assert_deaths_were_the_only_trouble(story: Story) -> None:
    """Nothing else failed, and no mail came twice without a death at the sending of it."""
    deaths = story.crew.deaths
    assert story.crew.failures == []
    assert deaths["touched_groups"] >= DEATHS_EACH
    assert story.gap.total() <= 2 * deaths["delivery_times"]  # an officer is told of two things in one mail
