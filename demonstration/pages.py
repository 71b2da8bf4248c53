"""The pages behind the links of the story's mails: opened and pressed through the same code that the cloud runs.

Nothing listens on a network: a link of a mail is handed to that code as Azure's host would hand it over.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from demonstration.screen import Screen
from demonstration.script import Click
from functions.cloud import Cloud
from functions.links import PAGE
from functions.pages import opening
from functions.pages.asked import FORM, PRESSES, asked
from functions.watch import Watch

PUBLIC_URL = "https://watch.millbrook.example"


class PagesOf(Cloud):
    """The cloud's part that answers links, with the story's own watch."""

    def __init__(self, environment: Mapping[str, str], clock: Callable[[], datetime], watch: Watch) -> None:
        super().__init__(environment, clock)
        self._open = watch

    async def watch(self) -> Watch:
        """The story's watch, under a name of this call's own."""
        return replace(self._open, by=f"pages {uuid4().hex[:12]}")


class Reader:
    """Somebody with a mail on the screen, who follows its links and presses the buttons behind them."""

    def __init__(self, pages: Cloud, shown: str) -> None:
        self._pages, self.shown, self._token = pages, shown, ""

    async def follow(self, click: Click) -> None:
        """Open a link."""
        address = urlsplit(Screen(self.shown).link(click))
        if address.path not in ("", "?"):
            self._token = address.path.removeprefix(f"/{PAGE}/")
        await self._asked("GET", part=_part(address.query))

    async def press(self, words: str, filled_in: Mapping[str, str]) -> None:
        """Press the button whose words begin so."""
        form = {**Screen(self.shown).form(words), **filled_in}
        await self._asked(PRESSES, media=FORM, body=urlencode(form).encode())

    async def _asked(self, method: str, *, part: str = "", media: str = "", body: bytes = b"") -> None:
        answer = await opening.page(self._pages, self._token, asked(method, part, media, body))
        self.shown = answer.body.decode()
        if answer.status != 200:
            raise RuntimeError(f"The page answered {answer.status}: {self.shown}")


def _part(query: str) -> str:
    return dict(pair.partition("=")[::2] for pair in query.split("&")).get("do", "")
