"""Plays a story: lets its people act on a clock moved by hand, and looks at the calendars in between."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from demonstration.county import County
from demonstration.folder import Folder, shown
from demonstration.pages import Reader
from demonstration.screen import Screen
from demonstration.script import Press, Script, paragraphs
from functions.cloud import Cloud
from functions.demo import DemoClock
from functions.flow import daily, deliver, sweep
from functions.showing.page import show_page
from functions.showing.quarters import quarters_shown
from functions.showing.showing import show
from functions.swept import Swept
from functions.telling.release import release
from functions.watch import Watch
from models.days import LONDON
from models.keys import slug
from models.spoken import count
from wording.plain import short_day
from wording.story_page import Chapter, PageSeen

MORNING = time(9, 15)
LOOKS = (
    MORNING,
    time(13, 15),
)  # of each working day, whatever happens: the times at which cards and mails leave
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
        self,
        watch: Watch,
        pages: Cloud,
        county: County,
        clock: DemoClock,
        folder: Folder,
        say: Callable[[str], None],
    ) -> None:
        self._watch, self._pages, self._county = watch, pages, county
        self._clock, self._folder, self._say = clock, folder, say
        self._swept: Swept | None = None
        self._looks = 0
        self._opened: list[PageSeen] = []

    async def play(self, scripts: Sequence[Script]) -> Played:
        """Play every chapter, in order."""
        chapters = tuple([await self._chapter(script) for script in scripts])
        if self._swept is None:
            raise ValueError("A story needs at least one chapter with a working day in it.")
        return Played(chapters, self._swept, self._looks)

    async def _chapter(self, script: Script) -> Chapter:
        cards_before, mails_before = len(self._county.world.posts), len(self._county.world.outbox)
        self._opened = []
        for moment in self._moments(script):
            self._clock.now = moment
            await self._moment(script, moment)
        quarters = await quarters_shown(self._watch, self._clock())
        await show(self._watch, self._clock(), quarters=quarters)
        await show_page(self._watch, self._clock(), quarters)
        cards = self._folder.keep_cards(self._county.world.posts[cards_before:])
        mails = self._folder.keep_mails(self._county.world.outbox[mails_before:], self._county.roles())
        heard = [count(len(seen), name) for seen, name in ((cards, "card"), (mails, "mail")) if seen]
        self._say(f"{short_day(script.first)}  {script.title}: {', '.join(heard) or 'nobody heard'}")
        return Chapter(
            title=script.title,
            first=script.first,
            last=script.last,
            happened=paragraphs(script.happened),
            done=paragraphs(script.done),
            cards=cards,
            mails=mails,
            pages=tuple(self._opened),
        )

    def _moments(self, script: Script) -> list[datetime]:
        """When something happens or is looked at: each scene, and twice each working day."""
        looks = [
            datetime.combine(day, clock, LONDON)
            for day in _days(script.first, script.last)
            if self._watch.book.working.why_not(day) is None
            for clock in LOOKS
        ]
        released = [script.released_at] if script.released_at else []
        scenes, presses = [one.at for one in script.scenes], [one.at for one in script.presses]
        return sorted({*looks, *released, *scenes, *presses})

    async def _moment(self, script: Script, moment: datetime) -> None:
        """What people do at this moment, then one look at everything, and what is due leaves."""
        for scene in script.scenes:
            if scene.at == moment:
                scene.deed(self._county)
        if moment == script.released_at:
            groups = [group.name for group in self._watch.book.agreement.groups]
            await release(self._watch.ledger, self._watch.book, groups, moment)
        for press in script.presses:
            if press.at == moment:
                await self._press(press)
        self._swept = await sweep(self._watch, moment)
        if moment.time() == MORNING:
            self._swept = await daily(self._watch, self._swept, moment)
        await deliver(self._watch, moment)
        self._looks += 1

    async def _press(self, press: Press) -> None:
        """Somebody opens the newest of their mails that has this link, and presses a button behind it."""
        reader = Reader(self._pages, self._mail_with(press))
        for click in press.links:
            await reader.follow(click)
            self._keep(press, reader.shown)
        await reader.press(press.button, press.filled_in)
        self._keep(press, reader.shown, f", after “{press.button}”")

    def _keep(self, press: Press, page: str, after: str = "") -> None:
        if press.kept:
            title = Screen(page).title
            file = self._folder.keep_page(slug(title)[:40].strip("-"), page)
            self._opened.append(PageSeen(of=press.role, what=f"{title}{after}", file=file))

    def _mail_with(self, press: Press) -> str:
        roles = self._county.roles()
        for mail in reversed(self._county.world.outbox):
            if any(roles.get(address.casefold()) == press.role for address in mail.to):
                html = shown(mail)
                if Screen(html).has(press.links[0]):
                    return html
        raise LookupError(f"{press.role} has had no mail with a link {press.links[0].words!r} by {press.at}.")


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * ONE_DAY
