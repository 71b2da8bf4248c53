"""The stories as people live them: a mail comes, its link is followed, a button is pressed, and the next mail comes.

docs/stories.md says which test tells which story.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from demonstration.pages import PagesOf, Reader
from demonstration.screen import Screen
from demonstration.script import Click
from emulator.mailboxes import Attachment
from emulator.outbox import Sent
from models.agreement import Route
from tests.stories.reps_stage import BOARD, RepsStage, at, left, page_of, text_of
from tests.stories.reps_stage import OFFICER as REPS_OFFICER
from tests.stories.stage import PUBLIC_URL, SIGNING_KEY, Stage, meeting
from tests.stories.test_the_ladder import CHAIR, MANAGER, OFFICER, _late_papers, told, until

__all__ = ["told"]  # a fixture, used by its name

APP = {
    "PROTOCOL_WATCH_TOKEN": "opens-nothing",
    "PROTOCOL_WATCH_GRAPH_URL": "http://127.0.0.1:1/v1.0",
    "PROTOCOL_WATCH_PUBLIC_URL": PUBLIC_URL,
    "PROTOCOL_WATCH_SIGNING_KEY": SIGNING_KEY.decode(),
}


@asynccontextmanager
async def reading(stage: Stage, mail: Sent) -> AsyncIterator[Reader]:
    """Somebody with this mail on the screen. Whatever their mail program looks at beforehand changes nothing."""
    async with stage.watching() as watch:
        pages = PagesOf(APP, stage.clock, watch)
        for link in Screen(page_of(mail)).links:
            if link.address.startswith(PUBLIC_URL):
                await Reader(pages, page_of(mail)).follow(Click(link.words))
        yield Reader(pages, page_of(mail))


def newest(stage: Stage, address: str) -> Sent:
    """The last mail to somebody."""
    return [one for one in stage.mails if one.to == (address,)][-1]


@pytest.mark.parametrize(
    ("button", "officer_hears", "all_hear"),
    [("Not this time", f"Not this time: {BOARD}", ""), ("We asked for this", "", f"Agreed: {BOARD}")],
)
async def test_the_boards_papers_are_late_and_explained_and_the_forum_answers(
    told: Stage,
    button: str,
    officer_hears: str,
    all_hear: str,
) -> None:
    """The officer says when they will come and why; chair and manager hear in the same minute; the chair answers."""
    await _late_papers(told)
    async with reading(told, newest(told, OFFICER.address)) as officer:
        await officer.follow(Click("Answer"))
        await officer.follow(Click("They will come on"))
        assert "Who will see this" in officer.shown  # before anything is pressed
        await officer.press("Send", {"day": "2026-11-25", "text": "New figures are due on Tuesday"})
        assert "Thank you. We have noted that." in officer.shown
    await told.run()
    chairs, managers = newest(told, CHAIR.address), newest(told, MANAGER.address)
    assert chairs.subject == managers.subject == f"A reason was given: {BOARD}"
    assert chairs.at // 60 == managers.at // 60
    assert "New figures are due on Tuesday." in text_of(chairs)
    async with reading(told, chairs) as chair:
        await chair.follow(Click("Answer for the forum"))
        assert "If you say nothing, nobody takes it as a yes." in chair.shown
        await chair.press(button, {})
    await until(told, "Thu 3 Dec 2026 09:15")
    heard = told.mailed(OFFICER.address)
    if officer_hears:
        assert heard.count(officer_hears) == 1
        assert not [
            line for one in (OFFICER, CHAIR, MANAGER) for line in told.mailed(one.address) if "Agreed" in line
        ]
    else:
        assert [told.mailed(one.address).count(all_hear) for one in (OFFICER, CHAIR, MANAGER)] == [1, 1, 1]
    assert "New figures are due on Tuesday" not in str(told.cards)  # nothing of it in the officers' chat


@pytest.fixture
async def reps(tmp_path: Path) -> RepsStage:
    """A rep of the Board, whose papers come with the invitation."""
    stage = RepsStage(tmp_path, at("Fri 13 Nov 2026 08:00"))
    groups = tuple(one.model_copy(update={"papers": Route.INVITE}) for one in stage.book.agreement.groups)
    stage.book = replace(stage.book, agreement=stage.book.agreement.model_copy(update={"groups": groups}))
    stage.calendar(meeting(BOARD, "Fri 27 Nov 2026 10:30", uid="november", attachments=(PACK,)))
    await stage.begin()
    return stage


PACK = Attachment("Agenda.pdf", 90_000, modified=at("Thu 12 Nov 2026 10:00"))


async def test_a_rep_cant_open_a_paper_and_hears_when_it_opens(reps: RepsStage) -> None:
    """From the weekly mail to "you can open it now", without an account and without a name."""
    await reps.until("Mon 16 Nov 2026 17:00")
    async with reading(reps, newest(reps, "sam.rep@families.example")) as rep:
        await rep.follow(Click("I can’t open a paper"))
        assert "but not who you are" in rep.shown
        await rep.press("Tell the officer", {"text": "It asks for a password"})
        assert "Thank you. We pass this on." in rep.shown
    await reps.until("Tue 17 Nov 2026 10:00")
    [asked] = reps.mails_to(REPS_OFFICER)
    assert left(asked) == "Tue 17 Nov 2026 09:15"
    assert "sam.rep" not in str(asked.mime)
    mended = replace(PACK, modified=at("Tue 17 Nov 2026 11:00"))
    reps.calendar(meeting(BOARD, "Fri 27 Nov 2026 10:30", uid="november", attachments=(mended,)))
    await reps.until("Tue 17 Nov 2026 17:00")
    told_now = newest(reps, "sam.rep@families.example")
    assert left(told_now) == "Tue 17 Nov 2026 13:15"
    assert told_now.subject == f"You can open it now: {BOARD}"
    await reps.until("Thu 19 Nov 2026 17:00")
    assert reps.mails_to("manager@council.example") == []  # it was seen to in time


async def test_pause_for_a_month(reps: RepsStage) -> None:
    """One press in a mail, four weeks of quiet (whatever happens), and the mails come again by themselves."""
    reps.calendar(
        *(
            meeting(BOARD, f"{day} 10:30", uid=day)
            for day in ("Fri 27 Nov 2026", "Fri 18 Dec 2026", "Fri 15 Jan 2027")
        )
    )
    await reps.until("Mon 16 Nov 2026 17:00")
    async with reading(reps, newest(reps, "sam.rep@families.example")) as rep:
        await rep.follow(Click("Pause for a month"))
        await rep.press("Pause until Monday 14 December 2026", {})
        assert "You get no mail from us until Monday 14 December 2026." in rep.shown
    await reps.until("Tue 24 Nov 2026 17:00")
    reps.calendar(
        *(meeting(BOARD, f"{day} 10:30", uid=day) for day in ("Fri 18 Dec 2026", "Fri 15 Jan 2027"))
    )
    await reps.until("Fri 18 Dec 2026 17:00")  # a meeting was called off meanwhile
    assert reps.days_of() == ["Mon 16 Nov 2026 09:15", "Tue 15 Dec 2026 09:15"]
