"""What every page works with: the watch, the link that opened it, what is asked, and the time."""

from dataclasses import dataclass
from datetime import date, datetime

from functions.links import LIVES, PAGE, link
from functions.pages.asked import Asked
from functions.watch import Watch
from models.days import LONDON
from models.links import Pass, Purpose, signed
from models.texts import Texts
from wording.pages.page import Page


class Nobodys(Exception):
    """The link was signed by us, and is nobody's any more: a rep who left, a feed that was ended."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page and its status. `spoke`: something was said about a group, which is to be reviewed soon."""

    page: Page
    status: int = 200
    spoke: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """One link as it is opened now."""

    watch: Watch
    link: Pass
    asked: Asked
    now: datetime

    @property
    def texts(self) -> Texts:
        """The words of the council."""
        return self.watch.texts

    @property
    def today(self) -> date:
        """The day in London."""
        return self.now.astimezone(LONDON).date()

    def page_for(self, purpose: Purpose, *, group: str = "", about: str = "") -> str:
        """The address of another page for the same person, from this one. It lives no longer than this link."""
        opens = Pass(
            purpose=purpose,
            person=self.link.person,
            expires=min(self.link.expires, self.now + LIVES[purpose]),
            group=group,
            about=about,
        )
        return f"/{PAGE}/{signed(opens, self.watch.signing_keys[0])}"

    def feed_address(self, turn: int) -> str:
        """The whole address of the feed of that turn, to be put into a calendar."""
        return link(self.watch, Purpose.FEED, self.link.person, self.now, turn=turn)
