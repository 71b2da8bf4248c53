"""Plays a story: lets its people act on a clock moved by hand, and looks at the calendars in between."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from demonstration.county import County
from demonstration.folder import Folder
from demonstration.script import Script, paragraphs
from functions.demo import DemoClock
from functions.flow import daily, deliver, sweep
from functions.swept import Swept
from functions.telling.release import release
from functions.watch import Watch
from models.days import LONDON
from models.spoken import count
from wording.plain import short_day
from wording.story_page import Chapter

MORNING = time(9, 15)
LOOKS = (
    MORNING,
    time(13, 15),
    time(17),
)  # of each working day, whatever happens; at the first two cards leave
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a story: its chapters with their cards, the last sweep, and how often it was looked."""

    chapters: tuple[Chapter, ...]
    last: Swept
    looks: int


class Player:
    """One watch over one county, chapter by chapter; `say` hears a line after each."""

    def __init__(
        self, watch: Watch, county: County, clock: DemoClock, folder: Folder, say: Callable[[str], None]
    ) -> None:
        # each thing has a card of its own, so that every chapter shows its cards
        self._watch = replace(watch, one_by_one=True)
        self._county, self._clock, self._folder, self._say = county, clock, folder, say
        self._swept: Swept | None = None
        self._looks = 0

    async def play(self, scripts: Sequence[Script]) -> Played:
        """Play every chapter, in order."""
        chapters = tuple([await self._chapter(script) for script in scripts])
        if self._swept is None:
            raise ValueError("A story needs at least one chapter with a working day in it.")
        return Played(chapters, self._swept, self._looks)

    async def _chapter(self, script: Script) -> Chapter:
        before = len(self._county.world.posts)
        for moment in self._moments(script):
            self._clock.now = moment
            await self._moment(script, moment)
        cards = self._folder.keep_cards(self._county.world.posts[before:])
        heard = count(len(cards), "card") if cards else "nobody heard"
        self._say(f"{short_day(script.first)}  {script.title}: {heard}")
        return Chapter(
            title=script.title,
            first=script.first,
            last=script.last,
            happened=paragraphs(script.happened),
            done=paragraphs(script.done),
            cards=cards,
        )

    def _moments(self, script: Script) -> list[datetime]:
        """When something happens or is looked at: each scene, and three times each working day."""
        looks = [
            datetime.combine(day, clock, LONDON)
            for day in _days(script.first, script.last)
            if self._watch.book.working.why_not(day) is None
            for clock in LOOKS
        ]
        released = [script.released_at] if script.released_at else []
        return sorted({*looks, *released, *(scene.at for scene in script.scenes)})

    async def _moment(self, script: Script, moment: datetime) -> None:
        """What people do at this moment, then one look at everything, and what is due leaves."""
        for scene in script.scenes:
            if scene.at == moment:
                scene.deed(self._county)
        if moment == script.released_at:
            groups = [group.name for group in self._watch.book.agreement.groups]
            await release(self._watch.ledger, self._watch.book, groups, moment)
        self._swept = await sweep(self._watch, moment)
        if moment.time() == MORNING:
            self._swept = await daily(self._watch, self._swept, moment)
        await deliver(self._watch, moment)
        self._looks += 1


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * ONE_DAY
