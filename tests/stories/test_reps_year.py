"""A year of three reps, told from the receivers' mails alone. One autumn in the quick run, the year in `make prove`.

Meetings are booked, moved and called off by chance (of a seed that stands here), papers come in time, late or
not at all, and one rep can't open some. Whatever happens, nobody gets more than was promised.
"""

import os
import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

from emulator.mailboxes import Event
from emulator.outbox import Sent
from models.days import LONDON
from models.facts import Said
from models.people import Seat
from models.terms import Standing
from tests.stories.reps_stage import (
    BOARD,
    CHAIR,
    CONTACTS,
    EXECUTIVE,
    MANAGER,
    OFFICER,
    OTHER,
    REP,
    RepsStage,
    at,
    text_of,
)
from tests.stories.stage import OFFICER as ORGANISER

PROVE = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
BEGINS, ENDS = "Fri 04 Sep 2026 13:15", date(2027, 8, 31) if PROVE else date(2026, 11, 20)
FORUM = "office@forum.example"  # the forum's own address, which holds several seats
PEOPLE = {REP: (BOARD,), OTHER: (BOARD, EXECUTIVE), FORUM: (BOARD, EXECUTIVE)}
WEEK = timedelta(days=7)
NEWS = re.compile(
    r" has moved\. | was called off\. | is new\. | should open now\.|We can’t see the papers for "
)


class Year:
    """What happens to two groups in a year, one thing after another."""

    def __init__(self, stage: RepsStage, chance: Random) -> None:
        self.stage, self.chance = stage, chance
        self.meetings: dict[str, datetime] = {}
        self.rows: list[dict[str, object]] = []
        for group, weekday in ((BOARD, 4), (EXECUTIVE, 3)):
            for number in range(26):
                day = at(BEGINS).date() + timedelta(days=10 + 14 * number)
                day += timedelta(days=(weekday - day.weekday()) % 7)
                self.meetings[f"{group}/{number}"] = datetime.combine(day, time(10, 30), LONDON)
        self.calendar()

    def calendar(self) -> None:
        """Put the meetings as they stand into the shared mailbox."""
        self.stage.calendar(
            *(
                Event(
                    uid=uid,
                    subject=uid.replace("/", " "),  # a title of its own, so that we see which one is meant
                    starts=at,
                    ends=at + timedelta(hours=2),
                    organizer=ORGANISER,
                )
                for uid, at in sorted(self.meetings.items())
            )
        )

    async def day(self, now: datetime) -> None:
        """One day's changes."""
        near = [uid for uid, at in sorted(self.meetings.items()) if now < at < now + timedelta(days=25)]
        if near and self.chance.random() < 0.25:
            uid = self.chance.choice(near)
            if self.chance.random() < 0.4:
                del self.meetings[uid]
            else:
                self.meetings[uid] += timedelta(days=self.chance.choice([-1, 1, 2, 7, 14]))
            self.calendar()
        if near and self.chance.random() < 0.3:
            uid = self.chance.choice(near)
            sent = {"SentOn": now.date().isoformat()} if self.chance.random() < 0.7 else {"NoPapers": True}
            group, day = uid.split("/")[0], self.meetings.get(uid, now).date().isoformat()
            self.rows.append({"Title": uid, "Group": group, "MeetingDate": day, **sent})
            self.stage.papers(*self.rows)
        if self.chance.random() < 0.05:
            async with self.stage.watching() as watch:
                ahead = (await watch.ledger.remembered(BOARD)).get("meetings ahead", {}).get("meetings", ())
            if ahead:
                await self.stage.press(Said.CANT_OPEN, str(ahead[0]["key"]), by=OTHER)


async def test_a_year_of_three_reps(tmp_path: Path) -> None:
    stage = RepsStage(tmp_path, at(BEGINS))
    seats = [
        Seat(role=f"Forum rep {n}", group=g, address=who) for n, who in enumerate(PEOPLE) for g in PEOPLE[who]
    ]
    stage.people(CONTACTS, seats)
    year = Year(stage, Random(20260904))  # noqa: S311 (the same luck each time)
    await stage.begin()
    await stage.choose(REP, day=0)
    await stage.choose(OTHER, day=2, due_days=True)
    await stage.choose(FORUM, day=4)
    while stage.clock().date() < ENDS:
        await year.day(stage.clock())
        tomorrow = stage.clock().date() + timedelta(days=1)
        await stage.until(f"{tomorrow:%a %d %b %Y} 13:15")
    assert_kept(stage)


def assert_kept(stage: RepsStage) -> None:
    """What was promised to reps, looked for in what Exchange took."""
    everybody = {*PEOPLE, CHAIR, OFFICER, MANAGER}
    urgent = 0
    for who, groups in PEOPLE.items():
        mails = stage.mails_to(who)
        weekly = [one for one in mails if one.subject.startswith("Your forum meetings")]
        at_once = [one for one in mails if one not in weekly]
        assert len(weekly) > 8
        assert max(Counter(moment(one).isocalendar()[:2] for one in weekly).values()) == 1
        times = sorted(moment(one) for one in at_once)
        assert all(later - earlier >= WEEK for earlier, later in pairwise(times))
        urgent += len(times)
        news = Counter(line for one in mails for line in text_of(one).splitlines() if NEWS.search(line))
        assert [line for line, times_said in news.items() if times_said > 1] == []
        for one in mails:
            assert_fits(stage, one, everybody - {who, OFFICER, MANAGER})
            assert EXECUTIVE in groups or EXECUTIVE not in str(one.mime)
    assert urgent > 3


def assert_fits(stage: RepsStage, mail: Sent, others: set[str]) -> None:
    """One mail: in hours, on a working day in term, small, whole, and about nobody else."""
    when = moment(mail)
    assert time(8) <= when.time() < time(18)
    assert stage.book.working.why_not(when.date()) is None
    school = stage.book.terms.of(stage.book.agreement.terms.main)
    assert school.on(when.date()).standing is not Standing.CLOSED
    assert len(mail.mime) < 60_000
    assert mail.to == (str(mail.message["To"]),)
    assert not mail.message.defects
    said = mail.mime.decode() + text_of(mail)
    assert not [one for one in others if one in said]
    assert ORGANISER.name not in said
    assert ORGANISER.address not in said
    assert mail.message["List-Unsubscribe-Post"]


def moment(mail: Sent) -> datetime:
    """When Exchange took it, in London."""
    return datetime.fromtimestamp(mail.at, LONDON)
