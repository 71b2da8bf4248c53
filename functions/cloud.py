"""The one watch of a process in the cloud: opened when it is first needed, and kept as long as the process lives.

Nothing is read from the environment while functions are listed, so that faulty settings lose no function:
each call then says what is wrong. Light to import; what is heavy is imported when a watch is opened.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from functions.settings import Settings, SettingsFault, settings
from functions.waking.touched import WINDOW

if TYPE_CHECKING:
    from functions.watch import Watch

log = logging.getLogger("protocol_watch")

LOOK_AGAIN = timedelta(hours=1)  # at files on the site; the settings of the app itself need a restart
IN_AZURE = "WEBSITE_SITE_NAME"  # what Azure's own host sets
FORGETS = (
    "PROTOCOL_WATCH_LEDGER names a file, and an app in Azure loses its files at every restart: "
    "set it to the https address of Azure Tables."
)


class NotReady(Exception):
    """The set-up can't be used: every fault, one sentence each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class Cloud:
    """What all functions of one process share: settings, clock and watch.

    `window` is how long a calendar that was read is left alone.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        clock: Callable[[], datetime],
        window: timedelta = WINDOW,
    ) -> None:
        self._environment = environment
        self._settings: Settings | None = None
        self._watch: Watch | None = None
        self._looked_at: datetime | None = None
        self._said: tuple[str, ...] = ()
        self._opening = asyncio.Lock()
        self._stays_open = AsyncExitStack()
        self.clock, self.window = clock, window
        self.name = uuid4().hex[:8]

    @property
    def settings(self) -> Settings:
        """The settings; NotReady names everything that is wrong with them."""
        if self._settings is None:
            try:
                self._settings = settings(self._environment)
            except SettingsFault as wrong:
                raise self._not_ready(wrong.faults) from None
        return self._settings

    @property
    def client_state(self) -> str:
        """The word that only Graph was given; "" where there is none."""
        secret = self.settings.client_state
        return secret.get_secret_value() if secret else ""

    async def watch(self) -> "Watch":
        """The watch, under a name that is this call's alone, so that two calls never hold the same lease.

        NotReady where it can't be opened; the next call tries again.
        """
        async with self._opening:
            if self._watch is None:
                self._watch, self._looked_at = await self._opened(), self.clock()
            elif self._may_have_changed:
                self._watch, self._looked_at = await self._looked_again(self._watch), self.clock()
        return replace(self._watch, by=f"{self.name} {uuid4().hex[:12]}")

    @property
    def _may_have_changed(self) -> bool:
        """Whether it is time to look at the files on the site again."""
        from functions.files.on_the_site import any_on_the_site

        due = self._looked_at is None or self.clock() - self._looked_at >= LOOK_AGAIN
        return due and any_on_the_site(self.settings)

    async def _looked_again(self, watch: "Watch") -> "Watch":
        """The watch with the files that lie on the site now. Where they can't be had, it goes on as it was."""
        from functions.files.last_good import set_up
        from functions.wiring import storage_token
        from ledger import LedgerFault, open_ledger
        from ledger.former_names import as_first_named, under_first_names
        from reading.faults import Unreadable

        try:
            async with open_ledger(self.settings.ledger, storage_token(self.settings, "")) as ledger:
                found = await set_up(self.settings, ledger, self.clock(), watch.tenant)
        except (Unreadable, LedgerFault) as wrong:
            log.warning("The files on the site could not be looked at again: %s", type(wrong).__name__)
            return watch
        book = found.read.book
        ledger = under_first_names(as_first_named(watch.ledger), book.agreement.first_names)
        return replace(watch, book=book, texts=found.texts.texts, ledger=ledger)

    async def _opened(self) -> "Watch":
        from functions.files.last_good import set_up
        from functions.telemetry import telemetry_of
        from functions.wiring import open_watch, site_of_files, storage_token
        from ledger import LedgerFault, open_ledger
        from reading.faults import Unreadable

        stands = self.settings
        if IN_AZURE in self._environment and stands.ledger.startswith("sqlite:"):
            raise self._not_ready([FORGETS])
        try:
            async with (
                open_ledger(stands.ledger, storage_token(stands, "")) as ledger,
                site_of_files(stands, self.clock) as site,
            ):
                # what can't be used of it, the manager is told
                found = await set_up(stands, ledger, self.clock(), site)
            if found.faults:
                log.warning("Lines of the set-up that can't be used: %s", len(found.faults))
            opening = open_watch(
                stands,
                found.read.book,
                found.texts.texts,
                self.clock,
                by=self.name,
                telemetry=telemetry_of(self._environment),
            )
            return await self._stays_open.enter_async_context(opening)
        except Unreadable as unreadable:
            raise self._not_ready(str(fault) for fault in unreadable.faults) from None
        except LedgerFault as fault:
            raise self._not_ready([str(fault)]) from None

    def _not_ready(self, faults: Iterable[str]) -> NotReady:
        """The faults as an error; each is said in the log once, however many calls meet it."""
        wrong = NotReady(faults)
        if wrong.faults != self._said:
            self._said = wrong.faults
            for fault in wrong.faults:
                log.error("%s", fault)
        return wrong


def _now() -> datetime:
    return datetime.now(UTC)


HERE = Cloud(os.environ, _now)
